//! The program `whitesmith`.

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    whitesmith::exit_code(whitesmith::Arguments::parse().command.run())
}
