//! Start-up of the command line for commands without a server, beside a program that does nothing.

use std::path::PathBuf;
use std::process::Command;

use super::Context;
use crate::process::{Program, Run, in_turns};
use crate::report::{OURS, Recorder, Unit};
use crate::sample::Sample;
use crate::workspace::Workspace;

/// The package and the binary of the command line.
pub const COMMAND: (&str, &str) = ("partnercentral-selling-cli", "partnercentral-selling");

const OPERATION: &str = "start-engagement-by-accepting-invitation-task";

const CASES: [(&str, &[&str]); 4] = [
    ("--version", &["--version"]),
    ("skeleton", &[OPERATION, "--generate-cli-skeleton", "input"]),
    ("help of a command", &[OPERATION, "help"]),
    ("help", &["help"]),
];

/// Measures it.
pub fn run(context: &Context<'_>, recorder: &mut Recorder<'_>) -> anyhow::Result<()> {
    let (package, binary) = COMMAND;
    let Some(command) = context.workspace.program(package, binary, "release")? else {
        recorder.absent(format_args!("everything: no package {package}"));
        return Ok(());
    };
    let mut programs = vec![Program::new(empty(context.workspace)?)];
    // A pager would wait for a person.
    let ours = CASES.iter().map(|(_, arguments)| Program::new(&command).args(*arguments).env("AWS_PAGER", ""));
    programs.extend(ours);
    // Runs are so short that many are needed.
    let runs = in_turns(&programs, context.rounds * 10)?;
    let Some((empty, ours)) = runs.split_first() else { return Ok(()) };
    recorder.runs("an empty program", "Rust", empty);
    let cpu = |runs: &[Run]| runs.iter().map(|run| run.cpu).collect::<Vec<_>>();
    for ((item, _), runs) in CASES.iter().zip(ours) {
        recorder.runs(item, OURS, runs);
        let (floor, ours) = (Sample::of(cpu(empty)), Sample::of(cpu(runs)));
        let bound = floor.map_or(0.0, |floor| floor.median * 1.5 + 0.001);
        recorder.at_most(
            &format!("{item}: CPU, 1.5 × empty + 1 ms"),
            Unit::Seconds,
            ours.map(|ours| ours.median),
            bound,
        );
    }
    Ok(())
}

/// Compiles the program that does nothing.
fn empty(workspace: &Workspace) -> anyhow::Result<PathBuf> {
    let source = workspace.scratch.join("empty.rs");
    let program = workspace.scratch.join("empty");
    std::fs::write(&source, "fn main() {}\n")?;
    let status = Command::new("rustc").args(["-O", "-o"]).args([&program, &source]).status()?;
    anyhow::ensure!(status.success(), "rustc failed: {status}");
    Ok(program)
}
