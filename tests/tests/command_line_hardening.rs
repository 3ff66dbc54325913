//! The command line before inputs, answers and helpers that mean it ill: every place with every payload.

#![cfg(unix)]

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Output};

use rustix::fs::{Mode, OFlags};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

use whitesmith_tests::programs;

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
    let mut command = Command::new(programs::of_workspace("partnercentral-selling"));
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

/// C0, DEL, C1 and bidirectional controls: colours, the window's title, the start of the line, the order of letters.
const CONTROLS: &str = "\u{1b}[31m\u{1b}]0;x\u{7}\r\u{8}\u{7f}\u{9b}2J\u{90}\u{202e}\u{2066}\u{200f}\u{61c}";

/// Answers every request with a status and a body, and returns the URL.
fn answering(status: u16, body: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let answer = format!(
        "HTTP/1.1 {status} Status\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n{body}",
        body.len()
    );
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let _ = stream.and_then(|stream| exchange(stream, &answer));
        }
    });
    url
}

fn exchange(mut stream: TcpStream, answer: &str) -> std::io::Result<()> {
    let mut request = Vec::new();
    let mut part = [0; 4096];
    // The body is a JSON object without others in it.
    while !request.ends_with(b"}") {
        let read = stream.read(&mut part)?;
        request.extend_from_slice(&part[..read]);
    }
    stream.write_all(answer.as_bytes())
}

/// What a command writes to a terminal that is its standard output and standard error.
fn on_a_terminal(mut command: Command) -> String {
    let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&terminal).unwrap();
    unlockpt(&terminal).unwrap();
    let name = ptsname(&terminal, Vec::new()).unwrap();
    let end = rustix::fs::open(name, OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).unwrap();
    let mut child = command.stdout(end.try_clone().unwrap()).stderr(end).spawn().unwrap();
    // The terminal ends when nobody has its other end any more.
    drop(command);
    let mut shown = Vec::new();
    let _ = File::from(terminal).read_to_end(&mut shown);
    child.wait().unwrap();
    // The terminal's own line ends.
    String::from_utf8(shown).unwrap().replace("\r\n", "\n")
}

fn has_controls(text: &str) -> bool {
    text.chars().any(|character| !character.is_ascii_graphic() && CONTROLS.contains(character))
}

#[test]
fn no_control_character_of_a_service_reaches_a_terminal() {
    let home = own_folder("terminal");
    let payload = serde_json::Value::from(CONTROLS).to_string();
    let error = |member: &str| format!(r#"{{"__type": "ValidationException", {member}: {payload}, "Reason": "r"}}"#);
    let bodies = [
        (200, format!(r#"{{"TaskId": {payload}, "Message": {payload}, "TaskStatus": {payload}}}"#)),
        (400, error("\"message\"")),
        (400, error("\"Message\"")),
        (400, format!(r#"{{"__type": "ValidationException", "message": "m", "Reason": {payload}}}"#)),
        (400, format!(r#"{{"__type": {payload}, "message": "m"}}"#)),
        (200, format!(r#"{{"TaskId": [{payload}]}}"#)),
        (500, CONTROLS.to_owned()),
    ];
    for (status, body) in &bodies {
        let url = answering(*status, body);
        // Errors have one format.
        let formats = if *status == 200 { &["json", "text", "table", "yaml", "yaml-stream"][..] } else { &["json"] };
        let calls = formats.iter().map(|format| (*format, false)).chain([("json", true)]);
        for (format, with_debug) in calls {
            let call = || {
                let mut command = command(&home, &url);
                command.args(["--output", format, "--no-cli-pager", "--color", "off"]).env("AWS_MAX_ATTEMPTS", "1");
                command.args(with_debug.then_some("--debug"));
                command
            };
            let shown = on_a_terminal(call());
            assert!(!has_controls(&shown), "{body} as {format}: {shown:?}");
            assert!(!shown.trim().is_empty(), "{body} as {format}");
            if format == "text" && body.contains("Message") {
                assert!(shown.contains("\\u001b[31m"), "{shown}");
                // What goes elsewhere is exact.
                let output = String::from_utf8(ended(call(), body).stdout).unwrap();
                assert!(output.contains(CONTROLS), "{output:?}");
            }
        }
    }
}

/// A folder of this test's own.
fn own_folder(name: &str) -> std::path::PathBuf {
    let path = std::env::temp_dir().join(format!("whitesmith-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&path).unwrap();
    path
}
