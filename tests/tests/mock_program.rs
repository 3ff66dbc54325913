//! The mock as a program: its first line, its files, its end.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test states its assumptions by panicking")]
#![cfg(unix)]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// The program, which Cargo has built beside this test; when only this test is built, it is made here.
fn program() -> PathBuf {
    let mut folder = std::env::current_exe().unwrap();
    folder.pop();
    folder.pop();
    let program = folder.join("partnercentral-selling-mock");
    if !program.exists() {
        let built = Command::new(env!("CARGO")).args(["build", "--package", "partnercentral-selling-mock"]).status();
        assert!(built.is_ok_and(|status| status.success()), "the mock cannot be built");
    }
    program
}

/// A mock in a process of its own, which ends with the test.
struct Program(Child);

impl Program {
    fn start(arguments: &[&str]) -> (Self, String) {
        let mut child = Command::new(program())
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the mock starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        (Self(child), line.trim().to_owned())
    }

    fn signal(&self, name: &str) {
        let sent = Command::new("kill").args(["-s", name, &self.0.id().to_string()]).status();
        assert!(sent.is_ok_and(|status| status.success()));
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn request(url: &str) -> TcpStream {
    let mut stream = TcpStream::connect(url.trim_start_matches("http://")).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let body = r#"{"Catalog":"Sandbox","ClientToken":"t","Identifier":"engi-0123456789abc"}"#;
    let length = body.len();
    let text = format!(
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-amz-json-1.0\r\n\
         X-Amz-Target: AWSPartnerCentralSelling.StartEngagementByAcceptingInvitationTask\r\n\
         Content-Length: {length}\r\n\r\n{body}"
    );
    stream.write_all(text.as_bytes()).unwrap();
    stream
}

fn file(name: &str, text: &str) -> String {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).unwrap();
    path.display().to_string()
}

#[test]
fn what_is_in_flight_is_finished_when_it_is_told_to_end() {
    let script = file("slow.yaml", "faults:\n  - fault: {latency: {fixed: {ms: 400}}}\n");
    for signal in ["TERM", "INT"] {
        let (mut mock, url) = Program::start(&["--script", &script]);
        let mut stream = request(&url);
        std::thread::sleep(Duration::from_millis(150));
        mock.signal(signal);
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.contains("IN_PROGRESS"), "{answer}");
        assert_eq!(mock.0.wait().unwrap().code(), Some(0));
    }
}

#[test]
fn a_signal_that_comes_at_once_is_heeded() {
    let (mut mock, url) = Program::start(&[]);
    assert!(url.starts_with("http://127.0.0.1:"), "{url}");
    mock.signal("TERM");
    assert_eq!(mock.0.wait().unwrap().code(), Some(0));
}

#[test]
fn what_cannot_be_used_is_said_before_it_listens() {
    let unknown = file("unknown.yaml", "expectations:\n  - operation: Nothing\n");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let cases: [(&[&str], &str); 4] = [
        (&["--script", &unknown], "Nothing"),
        (&["--script", "no-such-file.yaml"], "no-such-file.yaml cannot be read"),
        (&["--listen", &address], "cannot listen on"),
        (&["--access-key", "half", "--require-auth"], "ID:SECRET"),
    ];
    for (arguments, said) in cases {
        let output = Command::new(program()).args(arguments).output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{errors}");
        assert!(output.stdout.is_empty() && errors.contains(said), "{errors}");
    }
}

#[test]
fn its_certificate_is_written_for_clients_to_trust() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("made.pem");
    let _ = std::fs::remove_file(&path);
    let (_mock, url) = Program::start(&["--tls", "--tls-cert-out", &path.display().to_string()]);
    assert!(url.starts_with("https://127.0.0.1:"), "{url}");
    assert!(std::fs::read_to_string(&path).unwrap().starts_with("-----BEGIN CERTIFICATE-----"));
}
