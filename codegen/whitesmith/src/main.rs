//! The program `whitesmith`.

use std::process::ExitCode;

use clap::Parser as _;
use whitesmith::{Arguments, Program};

fn main() -> ExitCode {
    let program = Program { name: "whitesmith", files: Some(whitesmith_runtime_sources::FILES) };
    whitesmith::exit_code(Arguments::parse().command.run(&program))
}
