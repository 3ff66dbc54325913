// Generated from partnercentral-selling.json (SHA-256 c3d25834fb2af76529be1c0eace65ca98c7c8cc26b83e521cb3c005c0cdae148).
// Not to be edited: run `cargo xtask codegen` to make it again.

//! The command line of Partner Central Selling API.

mod command_line;

use std::process::ExitCode;

fn main() -> ExitCode {
    whitesmith_cli::main(&command_line::COMMAND_LINE)
}
