// Generated from partnercentral-selling.json (SHA-256 c3d25834fb2af76529be1c0eace65ca98c7c8cc26b83e521cb3c005c0cdae148).
// Not to be edited: run `cargo xtask codegen` to make it again.

//! The program knows its commands.

use std::process::{Command, Output};

const COMMANDS: &[&str] = &[
    "start-engagement-by-accepting-invitation-task",
    "start-engagement-from-opportunity-task",
];

fn run(arguments: &[&str]) -> Output {
    match Command::new(env!("CARGO_BIN_EXE_partnercentral-selling"))
        .args(arguments)
        .output()
    {
        Ok(output) => output,
        Err(error) => panic!("the program cannot be started: {error}"),
    }
}

#[test]
fn every_command_prints_a_skeleton_of_its_input() {
    for command in COMMANDS {
        let output = run(&[command, "--generate-cli-skeleton"]);
        assert_eq!(output.status.code(), Some(0), "{command}");
        assert!(output.stdout.starts_with(b"{"), "{command}");
    }
}

#[test]
fn every_command_has_a_page() {
    for command in COMMANDS {
        let output = run(&[command, "help"]);
        assert_eq!(output.status.code(), Some(0), "{command}");
        assert!(
            String::from_utf8_lossy(& output.stdout).contains("SYNOPSIS"), "{command}"
        );
    }
}

#[test]
fn an_unknown_command_is_refused() {
    assert_eq!(run(& ["no-such-command"]).status.code(), Some(252));
}
