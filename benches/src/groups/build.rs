//! Building programs from nothing, ours and those of peers: `cargo build` in an empty target folder.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context as _;

use super::Context;
use crate::process::{Program, Run};
use crate::report::{OURS, Recorder, Unit};

/// A program that is built, and which of its binaries.
struct Subject {
    item: &'static str,
    subject: &'static str,
    /// The package's folder in the workspace.
    folder: &'static str,
    binary: &'static str,
    /// Whether it is a user's program, whose `main` may change.
    user: bool,
    /// A peer's folder, which it is built in, so that it is installed afterwards.
    installed: Option<&'static str>,
}

const CALLS: &str = "program that makes the two calls";

const SUBJECTS: [Subject; 5] = [
    Subject {
        item: CALLS,
        subject: OURS,
        folder: "benches/programs/two-calls",
        binary: "two-calls",
        user: true,
        installed: None,
    },
    Subject {
        item: CALLS,
        subject: "by hand",
        folder: "benches/peers/by-hand",
        binary: "two-calls",
        user: true,
        installed: Some("by-hand"),
    },
    Subject {
        item: CALLS,
        subject: "Rust SDK",
        folder: "benches/peers/rust-sdk",
        binary: "two-calls",
        user: true,
        installed: Some("rust-sdk"),
    },
    Subject {
        item: "command line",
        subject: OURS,
        folder: "generated/partnercentral-selling-cli",
        binary: "partnercentral-selling",
        user: false,
        installed: None,
    },
    Subject {
        item: "mock",
        subject: OURS,
        folder: "generated/partnercentral-selling-mock",
        binary: "partnercentral-selling-mock",
        user: false,
        installed: None,
    },
];

/// Measures it, once: there are minutes of work in it.
pub fn run(context: &Context<'_>, recorder: &mut Recorder<'_>) -> anyhow::Result<()> {
    let mut programs = Vec::new();
    for subject in &SUBJECTS {
        let folder = context.workspace.root.join(subject.folder);
        if !folder.is_dir() {
            recorder.absent(format_args!("no {}", subject.folder));
            continue;
        }
        let scratch = tempfile::tempdir_in(&context.workspace.scratch)?;
        let target = match subject.installed {
            Some(name) => context.workspace.scratch.join("peers").join(name),
            None => scratch.path().to_path_buf(),
        };
        if target.is_dir() {
            std::fs::remove_dir_all(&target)?;
        }
        if subject.user && subject.subject == OURS {
            // Our programs are built with the versions that the workspace locks.
            std::fs::copy(context.workspace.root.join("Cargo.lock"), folder.join("Cargo.lock"))?;
        }
        let cold = cold(recorder, subject, &folder, &target)?;
        if subject.user {
            programs.push((subject.subject, cold.cpu));
        }
        if subject.user && subject.subject == OURS {
            generated_alone(recorder, &folder, &target)?;
            rebuild(context, recorder, subject, &folder, &target)?;
        }
        if subject.installed.is_some() {
            build(&folder, &target, "drive", "release").args(["--all-features"]).run()?;
        }
    }
    let cpu = |wanted: &str| programs.iter().find(|(subject, _)| *subject == wanted).map(|(_, cpu)| *cpu);
    for (peer, bound) in [("Rust SDK", 0.30), ("by hand", 1.15)] {
        let ratio = cpu(OURS).zip(cpu(peer)).map(|(ours, theirs)| ours / theirs);
        recorder.at_most(&format!("{CALLS}: CPU against {peer}"), Unit::Ratio, ratio, bound);
    }
    Ok(())
}

/// Builds into an empty folder.
#[allow(clippy::cast_precision_loss, reason = "sizes of files")]
fn cold(recorder: &mut Recorder<'_>, subject: &Subject, folder: &Path, target: &Path) -> anyhow::Result<Run> {
    fetch(folder)?;
    let cold = build(folder, target, subject.binary, "release").run()?;
    let item = format!("{}, cold, release", subject.item);
    recorder.runs(&item, subject.subject, &[cold]);
    recorder.exact(&item, subject.subject, "crates", Unit::Count, crates(folder)? as f64);
    let (program, stripped) = (target.join("release").join(subject.binary), target.join("stripped"));
    Program::new("strip").args(["-o"]).args([&stripped, &program]).run()?;
    let size = std::fs::metadata(&stripped)?.len() as f64;
    recorder.exact(&item, subject.subject, "stripped binary", Unit::Bytes, size);
    Ok(cold)
}

/// Downloads dependencies first: they are not part of the build.
fn fetch(folder: &Path) -> anyhow::Result<()> {
    let status = Command::new("cargo").args(["fetch", "--quiet"]).current_dir(folder).status()?;
    anyhow::ensure!(status.success(), "cargo fetch in {}: {status}", folder.display());
    Ok(())
}

/// A build without a compiler cache, and without results of earlier builds of the same crate.
fn build(folder: &Path, target: &Path, binary: &str, profile: &str) -> Program {
    Program::new("cargo")
        .args(["build", "--quiet", "--offline", "--profile", profile, "--bin", binary, "--manifest-path"])
        .args([folder.join("Cargo.toml")])
        .args(["--target-dir"])
        .args([target])
        .env("RUSTC_WRAPPER", "")
        .env("CARGO_INCREMENTAL", if profile == "dev" { "1" } else { "0" })
}

/// The number of packages compiled for the program, including build scripts and macros.
fn crates(folder: &Path) -> anyhow::Result<usize> {
    let text = Program::new("cargo")
        .args(["tree", "--offline", "--prefix", "none", "--edges", "normal,build", "--manifest-path"])
        .args([folder.join("Cargo.toml")])
        .output()?;
    let names: BTreeSet<&str> =
        text.lines().map(|line| line.trim_end_matches(" (*)")).filter(|line| !line.is_empty()).collect();
    Ok(names.len())
}

/// Changes a line of the user's `main` in a copy of the package, and builds again.
fn rebuild(
    context: &Context<'_>,
    recorder: &mut Recorder<'_>,
    subject: &Subject,
    folder: &Path,
    target: &Path,
) -> anyhow::Result<()> {
    if subject.subject != OURS {
        return Ok(());
    }
    // As deep in the workspace as the original, so that relative paths lead to the same place.
    let copy = context.workspace.root.join("target/bench").join(subject.binary);
    copy_package(folder, &copy)?;
    let main = copy.join("src/main.rs");
    let original = std::fs::read_to_string(&main)?;
    for profile in ["release", "dev"] {
        let program = build(&copy, target, subject.binary, profile);
        program.run()?;
        let runs: Vec<Run> = (0..5)
            .map(|round| {
                std::fs::write(&main, format!("{original}\n// Changed: {round}.\nconst _: u32 = {round};\n"))?;
                program.run()
            })
            .collect::<anyhow::Result<_>>()?;
        recorder.runs(&format!("rebuild after a change in main, {profile}"), subject.subject, &runs);
        let cpu = crate::sample::Sample::of(runs.iter().map(|run| run.cpu)).map(|sample| sample.median);
        recorder.at_most(&format!("rebuild after a change in main, {profile}: CPU"), Unit::Seconds, cpu, 1.0);
    }
    Ok(())
}

fn copy_package(from: &Path, to: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(to.join("src"))?;
    for file in ["Cargo.toml", "Cargo.lock", "src/main.rs"] {
        std::fs::copy(from.join(file), to.join(file)).with_context(|| format!("cannot copy {file}"))?;
    }
    Ok(())
}

/// Returns the generated crate.
fn generated_alone(recorder: &mut Recorder<'_>, folder: &Path, target: &Path) -> anyhow::Result<()> {
    const PACKAGE: &str = "partnercentral-selling";
    let manifest: PathBuf = folder.join("Cargo.toml");
    let cargo = |words: &[&str]| {
        Program::new("cargo")
            .args(words.iter().copied())
            .args(["--quiet", "--offline", "--release", "--package", PACKAGE, "--manifest-path"])
            .args([&manifest])
            .args(["--target-dir"])
            .args([target])
            .env("RUSTC_WRAPPER", "")
            .env("CARGO_INCREMENTAL", "0")
    };
    let mut runs = Vec::new();
    for _ in 0..3 {
        cargo(&["clean"]).run()?;
        runs.push(cargo(&["build"]).run()?);
    }
    recorder.runs("generated types + client alone, release", OURS, &runs);
    let cpu = crate::sample::Sample::of(runs.iter().map(|run| run.cpu)).map(|sample| sample.median);
    recorder.at_most("generated types + client alone: CPU", Unit::Seconds, cpu, 3.0);
    Ok(())
}
