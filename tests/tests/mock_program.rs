//! The mock program: its first line, its files, its shutdown.

#![cfg(unix)]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use whitesmith_tests::programs;

fn program() -> Command {
    Command::new(programs::of_workspace("partnercentral-selling-mock"))
}

/// A mock in a separate process, which ends with the test.
struct Program(Child);

impl Program {
    fn start(arguments: &[&str]) -> (Self, String) {
        let mut child =
            program().args(arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the mock starts");
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
fn requests_in_flight_are_answered_on_signal() {
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
fn early_signal_ends_the_program() {
    let (mut mock, url) = Program::start(&[]);
    assert!(url.starts_with("http://127.0.0.1:"), "{url}");
    mock.signal("TERM");
    assert_eq!(mock.0.wait().unwrap().code(), Some(0));
}

#[test]
fn invalid_arguments_are_reported_before_listening() {
    let unknown = file("unknown.yaml", "expectations:\n  - operation: Nothing\n");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let cases: [(&[&str], &str); 4] = [
        (&["--script", &unknown], "Nothing"),
        (&["--script", "no-such-file.yaml"], "cannot read no-such-file.yaml"),
        (&["--listen", &address], "cannot listen on"),
        (&["--access-key", "half", "--require-auth"], "ID:SECRET"),
    ];
    for (arguments, said) in cases {
        let output = program().args(arguments).output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{errors}");
        assert!(output.stdout.is_empty() && errors.contains(said), "{errors}");
    }
}

#[test]
fn generated_certificate_is_written() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("made.pem");
    let _ = std::fs::remove_file(&path);
    let (_mock, url) = Program::start(&["--tls", "--tls-cert-out", &path.display().to_string()]);
    assert!(url.starts_with("https://127.0.0.1:"), "{url}");
    assert!(std::fs::read_to_string(&path).unwrap().starts_with("-----BEGIN CERTIFICATE-----"));
}

#[test]
fn certificate_is_not_written_through_a_link() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (target, link) = (folder.join("precious.txt"), folder.join("link.pem"));
    let _ = std::fs::remove_file(&link);
    std::fs::write(&target, "precious").unwrap();
    std::os::unix::fs::symlink(&target, &link).unwrap();
    let output = program().args(["--tls", "--tls-cert-out"]).arg(&link).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("not a regular file"), "{output:?}");
    assert_eq!(std::fs::read_to_string(&target).unwrap(), "precious");
}

#[test]
fn version_and_help_name_the_generated_program() {
    let output = |argument: &str| {
        let output = program().arg(argument).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(output("--version").starts_with("partnercentral-selling-mock "));
    assert!(output("--help").contains("Usage: partnercentral-selling-mock [OPTIONS]"));
}

#[test]
fn a_port_alone_is_listened_on() {
    let (_mock, url) = Program::start(&["--listen", "0"]);
    assert!(url.starts_with("http://127.0.0.1:"), "{url}");
    let output = program().args(["--listen", "localhost"]).output().unwrap();
    assert!(String::from_utf8_lossy(&output.stderr).contains("expected PORT or HOST:PORT"), "{output:?}");
}

#[test]
fn control_needs_the_printed_token_off_loopback() {
    let mut child = program()
        .args(["--listen", "0.0.0.0:0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the mock starts");
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let (url, token) = (lines.next().unwrap(), lines.next().unwrap());
    let mut log = BufReader::new(child.stderr.take().unwrap());
    let mut program = Program(child);
    let token = token.strip_prefix("control token: ").expect("the second line names the token").to_owned();
    let status = |authorization: &str| {
        let port = url.rsplit_once(':').unwrap().1;
        let mut stream = TcpStream::connect(format!("127.0.0.1:{port}")).unwrap();
        let text =
            format!("GET /_mock/health HTTP/1.1\r\nHost: example.com\r\n{authorization}Connection: close\r\n\r\n");
        stream.write_all(text.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer.split(' ').nth(1).unwrap().to_owned()
    };
    assert_eq!(status(""), "401");
    assert_eq!(status("Authorization: Bearer nonsense\r\n"), "401");
    assert_eq!(status(&format!("Authorization: Bearer {token}\r\n")), "200");
    program.signal("TERM");
    program.0.wait().unwrap();
    let mut text = String::new();
    log.read_to_string(&mut text).unwrap();
    assert!(text.contains("listening beyond the loopback interface"), "{text}");
}

#[test]
fn a_signal_ends_the_program_in_time_when_all_connections_are_used() {
    let script = file("held.yaml", "faults:\n  - fault: {latency: {fixed: {ms: 600000}}}\n");
    let (mut mock, url) = Program::start(&["--script", &script]);
    let address = url.trim_start_matches("http://").to_owned();
    // More connections than the mock takes, and a request that is held for ten minutes.
    let held: Vec<TcpStream> = (0..1_030).map_while(|_| TcpStream::connect(&address).ok()).collect();
    let busy = request(&url);
    std::thread::sleep(Duration::from_millis(300));
    let started = std::time::Instant::now();
    mock.signal("TERM");
    assert_eq!(mock.0.wait().unwrap().code(), Some(0));
    assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
    drop((held, busy));
}
