//! Command lines that are generated, built, and run against observed cases of the AWS CLI.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::Context as _;
use clap::Parser as _;
use whitesmith::Outcome;
use whitesmith::workspace::cargo;

use crate::suite::{Context, PROGRAM, Tally};

/// The fixed texts of the observed version.
const TEXTS: &str = "aws-cli-docs/texts/v2.36.json";

/// A command line to generate.
pub struct CommandLine<'a> {
    /// The model, relative to the corpora.
    pub model: &'a str,
    /// The name of the crates and of the program.
    pub name: &'a str,
    /// The operations; none for all.
    pub operations: &'a [&'a str],
}

/// A program for several services to generate.
pub struct CombinedCommandLine<'a> {
    /// The models, relative to the corpora.
    pub models: &'a [String],
    /// The name of the program.
    pub name: &'a str,
}

/// Generates a command line into a folder as a user would. Returns whether it is supported.
pub fn generate(context: &Context<'_>, folder: &Path, line: &CommandLine<'_>) -> anyhow::Result<bool> {
    let mut words: Vec<OsString> = vec!["--emit".into(), "types,client,cli".into()];
    let mut option = |name: &str, value: OsString| words.extend([name.into(), value]);
    option("--model", context.corpus.join(line.model).into());
    option("--name", line.name.into());
    line.operations.iter().for_each(|name| option("--operation", name.into()));
    let outcome = codegen(context, folder, words)?;
    Ok(outcome == Outcome::Success && folder.join(format!("{}-cli", line.name)).is_dir())
}

/// Generates a program for several services into a folder as a user would.
pub fn generate_combined(context: &Context<'_>, folder: &Path, line: &CombinedCommandLine<'_>) -> anyhow::Result<()> {
    let mut words: Vec<OsString> = vec!["--combine".into()];
    let mut option = |name: &str, value: OsString| words.extend([name.into(), value]);
    line.models.iter().for_each(|model| option("--model", context.corpus.join(model).into()));
    option("--name", line.name.into());
    let outcome = codegen(context, folder, words)?;
    anyhow::ensure!(outcome == Outcome::Success, "cannot generate the command line");
    Ok(())
}

fn codegen(context: &Context<'_>, folder: &Path, options: Vec<OsString>) -> anyhow::Result<Outcome> {
    let mut words: Vec<OsString> = ["whitesmith", "codegen"].map(OsString::from).into();
    words.extend(options);
    words.extend(["--cli-texts".into(), context.corpus.join(TEXTS).into(), "--out".into(), folder.into()]);
    whitesmith::Arguments::try_parse_from(words)?.command.run(&PROGRAM)
}

/// Builds the programs of a folder with the versions that the workspace is tested with; returns where they are.
pub fn build(context: &Context<'_>, folder: &Path) -> anyhow::Result<PathBuf> {
    build_into(context, folder, &folder.join("target"), &["--bins"])
}

/// Builds one command line of a folder, with dependencies that all such folders share; returns its path.
pub fn build_program(context: &Context<'_>, folder: &Path, name: &str) -> anyhow::Result<PathBuf> {
    let shared = folder.with_file_name("command-lines");
    let built = build_into(context, folder, &shared, &["--package", &format!("{name}-cli")])?;
    let program = built.join(name).with_extension(std::env::consts::EXE_EXTENSION);
    // Not in the folder itself, where a crate may have this name.
    let kept = folder.join("bin");
    std::fs::create_dir_all(&kept).with_context(|| format!("cannot create {}", kept.display()))?;
    let kept = kept.join(name).with_extension(std::env::consts::EXE_EXTENSION);
    std::fs::copy(&program, &kept).with_context(|| format!("cannot copy {}", program.display()))?;
    Ok(kept)
}

fn build_into(context: &Context<'_>, folder: &Path, target: &Path, options: &[&str]) -> anyhow::Result<PathBuf> {
    std::fs::copy(context.root.join("Cargo.lock"), folder.join("Cargo.lock")).context("cannot copy Cargo.lock")?;
    let mut build = cargo();
    build.args(["build", "--quiet"]).args(options).arg("--manifest-path").arg(folder.join("Cargo.toml"));
    build.arg("--target-dir").arg(target).env("CARGO_PROFILE_DEV_DEBUG", "0");
    anyhow::ensure!(build.status().context("cannot run cargo")?.success(), "{} does not build", folder.display());
    Ok(target.join("debug"))
}

/// Runs the checker that comes with the cases and parses its tally.
pub fn check(context: &Context<'_>, script: &str, waivers: &str, arguments: &[OsString]) -> anyhow::Result<Tally> {
    let mut command = Command::new("python3");
    command.arg(context.corpus.join(script)).args(arguments);
    command.arg("--waivers").arg(context.root.join(waivers));
    let output = command.stderr(Stdio::inherit()).output().context("cannot run python3")?;
    let text = String::from_utf8_lossy(&output.stdout);
    print!("{text}");
    let tally = text.lines().last().and_then(tally).context("no tally from the checker")?;
    // The checker also fails for waivers that are not needed.
    anyhow::ensure!(output.status.success() || tally.failed > 0, "{waivers} is out of date");
    Ok(tally)
}

/// Reads `370 passed, 0 failed, 2 skipped`.
fn tally(line: &str) -> Option<Tally> {
    let mut counts = line.split(", ").zip(["passed", "failed", "skipped"]).map(|(part, word)| {
        let (count, found) = part.split_once(' ')?;
        count.parse().ok().filter(|_| found == word)
    });
    let mut next = || counts.next().flatten();
    Some(Tally { passed: next()?, failed: next()?, skipped: next()?, demanded: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tallies_are_read() {
        let read = tally("370 passed, 1 failed, 2 skipped").map(|tally| (tally.passed, tally.failed, tally.skipped));
        assert_eq!(read, Some((370, 1, 2)));
        assert!(tally("370 passed, 1 failed").is_none());
        assert!(tally("error").is_none());
    }
}
