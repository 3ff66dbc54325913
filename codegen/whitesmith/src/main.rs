//! The program `whitesmith`: the library's commands, and what describes the program itself.

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};
use clap_complete::Shell;
use mimalloc::MiMalloc;
use whitesmith::{Outcome, Program};

/// Generates Rust crates from Smithy models.
#[derive(Parser)]
#[command(name = NAME, version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
#[allow(clippy::large_enum_variant, reason = "one value, which lives as long as the program")]
enum Command {
    #[command(flatten)]
    Whitesmith(whitesmith::Command),
    /// Print a shell's completion script for this program.
    Completions {
        /// The shell.
        shell: Shell,
    },
    /// Print the manual page of this program or of one of its commands.
    Manual {
        /// The command.
        command: Option<String>,
    },
}

const NAME: &str = "whitesmith";

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let program = Program { name: NAME, files: Some(whitesmith_runtime_sources::FILES) };
    whitesmith::exit_code(match Arguments::parse().command {
        Command::Whitesmith(command) => command.run(&program),
        Command::Completions { shell } => print(|text| {
            clap_complete::generate(shell, &mut Arguments::command(), NAME, text);
            Ok(())
        }),
        Command::Manual { command } => print(|text| write_manual(command.as_deref(), text)),
    })
}

/// Prints text. A closed pipe is not an error.
fn print(write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> anyhow::Result<Outcome> {
    let mut text = Vec::new();
    write(&mut text)?;
    match io::stdout().lock().write_all(&text) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(Outcome::Success),
    }
}

fn write_manual(name: Option<&str>, text: &mut Vec<u8>) -> io::Result<()> {
    let mut command = Arguments::command().disable_help_subcommand(true);
    // Lets commands know what they are called with.
    command.build();
    let page = match name {
        None => &command,
        Some(name) => command
            .find_subcommand(name)
            .ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, format!("unknown command `{name}`")))?,
    };
    let version = command.render_version();
    clap_mangen::Man::new(page.clone()).source(version.trim_end()).render(text)
}
