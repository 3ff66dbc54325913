//! Runs our programs and those of peers in turns and reports their cost: `cargo xtask bench`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Parser, Subcommand};

mod arguments;
mod callgrind;
mod estimates;
mod groups;
mod machine;
mod peers;
mod plot;
mod process;
mod report;
mod sample;
mod workspace;

use arguments::Bench;
use report::{Recorder, Report};
use workspace::Workspace;

/// Measures generation and what was generated, beside peers where they are installed.
#[derive(Parser)]
#[command(name = "cargo xtask bench", version, disable_help_subcommand = true, args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    inside: Option<Inside>,
    #[command(flatten)]
    bench: Bench,
}

/// The work that groups run in separate processes.
#[derive(Subcommand)]
enum Inside {
    /// Repeats a workload and prints its cost as JSON.
    #[command(hide = true)]
    Drive { work: String, calls: u64, url: Option<String> },
    /// Serves a constant response: a file's content, or a response to the first of the operations.
    #[command(hide = true)]
    Serve {
        #[arg(default_value_t = 0)]
        port: u16,
        body: Option<PathBuf>,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let answer = match arguments.inside {
        Some(Inside::Drive { work, calls, url }) => drive(&work, calls, &url.unwrap_or_default()),
        Some(Inside::Serve { port, body }) => serve(port, body.as_deref()),
        None => bench(&arguments.bench),
    };
    match answer {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn drive(work: &str, calls: u64, url: &str) -> anyhow::Result<bool> {
    println!("{}", serde_json::to_string(&whitesmith_benches::drive::run(work, calls, url)?)?);
    Ok(true)
}

fn serve(port: u16, body: Option<&Path>) -> anyhow::Result<bool> {
    let body = match body {
        Some(path) => std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?,
        None => whitesmith_benches::messages::INVITATION_RESPONSE.into(),
    };
    whitesmith_benches::server::serve(port, body.into(), |address| {
        println!("http://{address}");
        Ok(())
    })?;
    Ok(true)
}

fn bench(arguments: &Bench) -> anyhow::Result<bool> {
    let chosen = groups::choose(&arguments.groups)?;
    let earlier = arguments.compare.as_deref().map(read).transpose()?;
    let workspace =
        Workspace::find(arguments.corpus.clone().or_else(|| std::env::var_os("WHITESMITH_CORPUS").map(PathBuf::from)))?;
    let mut report = Report { machine: machine::describe(), ..Report::default() };
    let context = groups::Context { workspace: &workspace, rounds: arguments.rounds };
    let mut failed = Vec::new();
    for group in chosen {
        eprintln!("measuring {} …", group.name);
        let mut recorder = Recorder { report: &mut report, group: group.name };
        if let Err(error) = (group.run)(&context, &mut recorder) {
            // A failing group does not lose the figures of the others.
            eprintln!("{}: {error:#}", group.name);
            failed.push(group.name);
        }
    }
    print!("{}", report.render(earlier.as_ref()));
    let path = arguments.json.clone().unwrap_or_else(|| workspace.scratch.join(format!("{}.json", machine::seconds())));
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let text = serde_json::to_string_pretty(&report)? + "\n";
    std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    println!("written to {}", path.display());
    if arguments.plot {
        plot::draw(&report, &workspace.root.join("benches/plots"))?;
    }
    anyhow::ensure!(failed.is_empty(), "not measured to the end: {}", failed.join(", "));
    if arguments.check { groups::instructions::check(&context, &report) } else { Ok(true) }
}

fn read(path: &Path) -> anyhow::Result<Report> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} holds no figures", path.display()))
}
