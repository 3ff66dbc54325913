//! The command line before inputs, answers and helpers that mean it ill: every place with every payload.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test states its assumptions by panicking")]

use std::process::{Command, Output};
use std::sync::LazyLock;

use whitesmith_tests::programs;

static PROGRAM: LazyLock<std::path::PathBuf> =
    LazyLock::new(|| programs::build("partnercentral-selling-cli", "partnercentral-selling"));

const CALL: [&str; 7] = [
    "start-engagement-by-accepting-invitation-task",
    "--catalog",
    "Sandbox",
    "--identifier",
    "engi-0123456789abc",
    "--region",
    "us-east-1",
];

fn command(home: &std::path::Path, url: &str) -> Command {
    let mut command = Command::new(&*PROGRAM);
    command.args(CALL).args(["--endpoint-url", url]).env_clear().env("HOME", home);
    command.env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE").env("AWS_SECRET_ACCESS_KEY", "secret");
    command
}

/// The output of a command that ended by itself, neither by a panic nor by a signal.
fn ended(mut command: Command, what: &str) -> Output {
    let output = command.output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code().is_some_and(|code| code != 101), "{what}: {:?}: {errors:.500}", output.status);
    assert!(!errors.contains("panicked"), "{what}: {errors:.500}");
    output
}

#[test]
fn no_value_of_an_option_makes_it_panic() {
    let home = own_folder("values");
    let long = "k".repeat(70_000);
    let payloads = [
        long.clone(),
        "=".repeat(65_536),
        "[".repeat(65_536),
        "{".repeat(65_536),
        "Key=a,Value=".to_owned() + &"é".repeat(40_000),
        "a.".repeat(40_000),
        "@|".repeat(40_000),
        "\"\\ud800".to_owned(),
        "\u{202e}\u{1b}[31m\u{9b}".to_owned(),
        "-1e999".to_owned(),
        String::new(),
    ];
    let options = [
        "--tags",
        "--query",
        "--cli-input-json",
        "--cli-input-yaml",
        "--output",
        "--identifier",
        "--client-token",
        "--color",
        "--cli-read-timeout",
        "--cli-connect-timeout",
        "--profile",
        "--ca-bundle",
        "--generate-cli-skeleton",
        "--cli-binary-format",
        "--endpoint-url",
    ];
    for option in options {
        for (number, payload) in payloads.iter().enumerate() {
            let mut command = command(&home, "http://127.0.0.1:1");
            command.args([option, payload, "--no-cli-pager"]).env("AWS_MAX_ATTEMPTS", "1");
            let output = ended(command, &format!("{option} with payload {number}"));
            assert!(output.stderr.len() < 1_000_000, "{option} with payload {number}");
        }
    }
}

#[test]
fn nothing_of_a_credential_process_is_shown() {
    let home = own_folder("process");
    std::fs::create_dir_all(home.join(".aws")).unwrap();
    let processes = [
        "sh -c 'echo SECRET-WORD >&2; exit 1'",
        "sh -c 'echo SECRET-WORD; exit 0'",
        "sh -c 'echo \"{\\\"Version\\\": 1, \\\"AccessKeyId\\\": \\\"SECRET-WORD\\\"}\"'",
        "sh -c 'exit 1' \"SECRET-WORD",
        "/nowhere/program --token SECRET-WORD",
        "sh -c 'head -c 50000000 /dev/zero; echo SECRET-WORD'",
    ];
    for process in processes {
        std::fs::write(home.join(".aws/config"), format!("[default]\ncredential_process = {process}\n")).unwrap();
        for more in [&[][..], &["--debug"]] {
            let mut command = command(&home, "http://127.0.0.1:1");
            command.args(more).env_remove("AWS_ACCESS_KEY_ID").env_remove("AWS_SECRET_ACCESS_KEY");
            command.env("PATH", "/usr/bin:/bin").env("AWS_EC2_METADATA_DISABLED", "true").env("AWS_MAX_ATTEMPTS", "1");
            let output = ended(command, process);
            assert_ne!(output.status.code(), Some(0), "{process}");
            let shown = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
            assert!(!shown.contains("SECRET-WORD"), "{process}: {shown:.2000}");
        }
    }
}

/// A folder of this test's own.
fn own_folder(name: &str) -> std::path::PathBuf {
    let path = std::env::temp_dir().join(format!("whitesmith-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&path).unwrap();
    path
}
