//! Calls of services with REST protocols, without a socket. The crates are generated from models of the corpus.

use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::Context;
use super::client::{in_turns, record};
use crate::peers::Peer;
use crate::process::Program;
use crate::report::{OURS, Recorder};

/// Models, the names of their crates, and the operations that are called.
const SERVICES: [(&str, &str, &str); 2] = [
    ("polly-2016-06-10.json", "polly", "StartSpeechSynthesisTask"),
    ("route-53-2013-04-01.json", "route-53", "ChangeResourceRecordSets"),
];

/// Workloads; both programs have the same.
const WORKS: [&str; 2] = ["restJson1-no-socket", "restXml-no-socket"];

/// Repetitions in one run.
const CALLS: u64 = 20_000;

/// Measures it.
pub fn run(context: &Context<'_>, recorder: &mut Recorder<'_>) -> anyhow::Result<()> {
    let corpus = context.workspace.corpus.join("aws-models");
    if let Some((model, ..)) = SERVICES.iter().find(|(model, ..)| !corpus.join(model).is_file()) {
        recorder.absent(format_args!("REST calls: {} does not exist", corpus.join(model).display()));
        return Ok(());
    }
    let mut drivers = vec![(OURS, CALLS, Program::new(build(context, &corpus)?))];
    let peer = Peer::RustSdkRest;
    match peer.command(context.workspace).and_then(|words| words.into_iter().next()) {
        Some(program) => drivers.push((peer.name(), CALLS, Program::new(program))),
        None => recorder.absent("not installed: rust-sdk-rest"),
    }
    for work in WORKS {
        let programs: Vec<Program> =
            drivers.iter().map(|(_, calls, driver)| driver.clone().args([work, &calls.to_string()])).collect();
        record(recorder, work, &drivers, &in_turns(&programs, context.rounds)?);
    }
    Ok(())
}

/// Generates the crates and builds the program that calls them, with the versions that the workspace locks.
fn build(context: &Context<'_>, corpus: &Path) -> anyhow::Result<PathBuf> {
    let workspace = context.workspace;
    let whitesmith = workspace.program("whitesmith", "whitesmith", "dev")?.context("no package `whitesmith`")?;
    let folder = workspace.scratch.join("rest");
    for (model, name, operation) in SERVICES {
        Program::new(&whitesmith)
            .args(["codegen", "--emit", "types,client", "--operation", operation, "--name", name, "--model"])
            .args([corpus.join(model)])
            .args(["--out"])
            .args([&folder])
            .run()?;
    }
    let driver = folder.join("driver");
    std::fs::create_dir_all(driver.join("src"))?;
    let source = workspace.root.join("benches/programs/rest");
    for file in ["Cargo.toml", "src/main.rs", "src/task.json", "src/change.xml"] {
        std::fs::copy(source.join(file), driver.join(file)).with_context(|| format!("cannot copy {file}"))?;
    }
    std::fs::copy(workspace.root.join("Cargo.lock"), driver.join("Cargo.lock"))?;
    let target = folder.join("target");
    Program::new("cargo")
        .args(["build", "--quiet", "--release", "--manifest-path"])
        .args([driver.join("Cargo.toml")])
        .args(["--target-dir"])
        .args([&target])
        .run()?;
    Ok(target.join("release/rest"))
}
