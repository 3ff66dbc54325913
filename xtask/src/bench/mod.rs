//! `cargo xtask bench`: measures, with programs that are built for it alone so that the front door stays quick to build.

use std::ffi::OsString;
use std::process::Command;

use anyhow::Context as _;

use crate::{Answer, TROUBLE, workspace};

/// Measure generation and what was generated, beside peers where they are installed; --help tells more.
#[derive(clap::Args, Debug)]
#[command(disable_help_flag = true)]
pub struct Arguments {
    /// Groups and options, for the program that measures.
    #[arg(value_name = "GROUP", trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<OsString>,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> anyhow::Result<Answer> {
    let root = workspace::root()?;
    let status = Command::new("cargo")
        .args(["run", "--release", "--package", "whitesmith-benches", "--"])
        .args(&arguments.arguments)
        .current_dir(&root)
        .status()
        .context("cargo cannot be started")?;
    match status.code() {
        Some(0) => Ok(Answer::Yes),
        Some(code) if code != i32::from(TROUBLE) && code < 100 => Ok(Answer::No),
        _ => anyhow::bail!("the measurement was not finished ({status})"),
    }
}
