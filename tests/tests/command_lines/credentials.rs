//! Region and credentials from the metadata of the machine, and sessions of `aws login`.

use std::fs;
use std::io::{BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Output};
use std::thread;
use std::time::{Duration, Instant};

use super::support::{Server, answer, isolate, text};
use whitesmith_tests::programs;

/// A service that answers every call.
fn service() -> Server {
    Server::start(|_, stream| answer(stream, "200 OK", "{}"))
}

/// A command that calls the service without region and credentials of its own.
fn command(service: &Server) -> Command {
    let mut command = Command::new(programs::of_fixtures("tools"));
    command.args(["event-stream", "use", "--endpoint-url", &service.url]);
    isolate(&mut command);
    command
}

/// A command that asks a machine's metadata.
fn with_metadata(service: &Server, metadata: &str) -> Command {
    let mut command = command(service);
    command.env("AWS_EC2_METADATA_SERVICE_ENDPOINT", metadata);
    command
}

/// A command that asks a machine's metadata for its region alone.
fn with_region_of(service: &Server, metadata: &str) -> Command {
    let mut command = with_metadata(service, metadata);
    command.env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE").env("AWS_SECRET_ACCESS_KEY", "secret");
    command
}

/// Runs a command, which ends in time and without a panic.
fn run(mut command: Command) -> Output {
    let started = Instant::now();
    let output = command.output().unwrap();
    assert!(started.elapsed() < Duration::from_secs(30), "{:?}", started.elapsed());
    assert!(!text(&output.stderr).contains("panicked"), "{}", text(&output.stderr));
    output
}

/// The scope of the only signature that a service received: key and region.
fn scope(service: &Server) -> String {
    let heads = service.heads.lock().unwrap();
    let [head] = heads.as_slice() else { panic!("{heads:?}") };
    let credential = head.split_once("Credential=").unwrap_or_else(|| panic!("{head}")).1;
    let mut parts = credential.split('/');
    format!("{} {}", parts.next().unwrap(), parts.nth(1).unwrap())
}

/// Metadata of a machine, version 2: everything but tokens needs a token.
fn metadata(region: &'static str) -> Server {
    Server::start(move |head, stream| {
        let path = head.split(' ').nth(1).unwrap_or_default();
        let has_token = head.to_lowercase().contains("x-aws-ec2-metadata-token: the-token");
        let body = match path {
            "/latest/api/token" if head.starts_with("PUT ") => {
                let head = "HTTP/1.1 200 OK\r\nX-Aws-Ec2-Metadata-Token-Ttl-Seconds: 21600\r\nContent-Length: 9\r\n\
                            Connection: close\r\n\r\n";
                let _ = stream.get_mut().write_all(format!("{head}the-token").as_bytes());
                return;
            }
            _ if !has_token => return answer(stream, "401 Unauthorized", ""),
            "/latest/meta-data/placement/region" => region,
            "/latest/meta-data/iam/security-credentials/" => "the-role",
            "/latest/meta-data/iam/security-credentials/the-role" => {
                r#"{"Code":"Success","Type":"AWS-HMAC","AccessKeyId":"AKIDMACHINE","SecretAccessKey":"s","Token":"t",
                    "LastUpdated":"2026-01-01T00:00:00Z","Expiration":"2099-01-01T00:00:00Z"}"#
            }
            _ => return answer(stream, "404 Not Found", ""),
        };
        answer(stream, "200 OK", body);
    })
}

#[test]
fn the_machine_gives_region_and_credentials() {
    let (machine, service) = (metadata("eu-west-3"), service());
    let output = run(with_metadata(&service, &machine.url));
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert_eq!(scope(&service), "AKIDMACHINE eu-west-3");
}

#[test]
fn a_configured_region_goes_before_the_machines() {
    let (machine, service) = (metadata("eu-west-3"), service());
    let mut command = with_region_of(&service, &machine.url);
    command.env("AWS_REGION", "eu-north-1");
    assert_eq!(run(command).status.code(), Some(0));
    assert_eq!(scope(&service), "AKIDEXAMPLE eu-north-1");
    assert!(machine.heads.lock().unwrap().is_empty());
}

#[test]
fn metadata_can_be_turned_off() {
    let (machine, service) = (metadata("eu-west-3"), service());
    let mut command = with_region_of(&service, &machine.url);
    command.env("AWS_EC2_METADATA_DISABLED", "true");
    let output = run(command);
    assert_eq!(output.status.code(), Some(253));
    assert!(text(&output.stderr).contains("no region"), "{}", text(&output.stderr));
    assert!(machine.heads.lock().unwrap().is_empty());
}

/// A server whose answers never end, however long a client waits for the next byte of them.
fn trickling() -> Server {
    Server::start(|_, stream| {
        let _ = stream.get_mut().write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
        while stream.get_mut().write_all(b"x").is_ok() {
            thread::sleep(Duration::from_millis(300));
        }
    })
}

#[test]
fn metadata_that_trickles_is_given_up_in_time() {
    let (service, trickling) = (service(), trickling());
    let started = Instant::now();
    let output = run(with_region_of(&service, &trickling.url));
    assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
    assert_eq!(output.status.code(), Some(253), "{}", text(&output.stderr));
    assert!(service.heads.lock().unwrap().is_empty());
}

#[test]
fn credentials_that_trickle_are_given_up_in_time() {
    let (service, trickling) = (service(), trickling());
    let container = format!("{}/credentials", trickling.url);
    // Metadata that does not answer stands for a machine that has none.
    let sources = [
        ("AWS_CONTAINER_CREDENTIALS_FULL_URI", container.as_str(), 255, "no time is left"),
        ("AWS_EC2_METADATA_SERVICE_ENDPOINT", trickling.url.as_str(), 253, "no credentials"),
    ];
    thread::scope(|scope| {
        for (variable, url, status, problem) in sources {
            let mut command = command(&service);
            command.args(["--cli-read-timeout", "1"]).env("AWS_REGION", "eu-west-1").env(variable, url);
            scope.spawn(move || {
                let started = Instant::now();
                let output = run(command);
                // Ten times the read timeout for all requests together.
                assert!(started.elapsed() < Duration::from_secs(20), "{variable}: {:?}", started.elapsed());
                assert_eq!(output.status.code(), Some(status), "{variable}: {}", text(&output.stderr));
                assert!(text(&output.stderr).contains(problem), "{variable}: {}", text(&output.stderr));
            });
        }
    });
    assert!(service.heads.lock().unwrap().is_empty());
}

#[test]
fn a_call_that_trickles_is_given_up_in_time() {
    let trickling = trickling();
    let mut command = command(&trickling);
    command.args(["--cli-read-timeout", "1"]).env("AWS_REGION", "eu-west-1");
    command.env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE").env("AWS_SECRET_ACCESS_KEY", "secret");
    let started = Instant::now();
    let output = run(command);
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
    assert_eq!(output.status.code(), Some(255), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("timed out"), "{}", text(&output.stderr));
}

#[test]
fn a_machine_without_metadata_has_no_region() {
    let service = service();
    // Nothing listens there.
    let absent = run(with_region_of(&service, "http://127.0.0.1:1"));
    let silent = Server::start(|_, _| thread::sleep(Duration::from_secs(60)));
    let silent = run(with_region_of(&service, &silent.url));
    let refusing = Server::start(|_, stream| answer(stream, "403 Forbidden", ""));
    let refusing = run(with_region_of(&service, &refusing.url));
    let broken = Server::start(|_, stream| {
        let _ = stream.get_mut().write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
    });
    let broken = run(with_region_of(&service, &broken.url));
    for (name, output) in [("absent", absent), ("silent", silent), ("refusing", refusing), ("broken", broken)] {
        assert_eq!(output.status.code(), Some(253), "{name}: {}", text(&output.stderr));
        assert!(text(&output.stderr).contains("no region"), "{name}: {}", text(&output.stderr));
    }
    assert!(service.heads.lock().unwrap().is_empty());
}

#[test]
fn a_region_that_is_none_is_refused() {
    for region in ["eu-west-3/../evil", "a b", "<html>", "x.example.com"] {
        let (machine, service) = (metadata(region), service());
        let output = run(with_region_of(&service, &machine.url));
        assert_ne!(output.status.code(), Some(0), "{region}: {}", text(&output.stdout));
        assert!(service.heads.lock().unwrap().is_empty(), "{region}");
    }
}

/// The ARN of a session, and its SHA-256 digest, which names the file.
const SESSION: (&str, &str) =
    ("arn:aws:iam::123456789012:user/Admin", "10cabd19777b6651ac57333b55c7c10a1242b1c2337f40e674926d7324698347");

/// A key that was made for these tests.
const KEY: &str = "-----BEGIN EC PRIVATE KEY-----\\n\
    MHcCAQEEIFqIyAoMQ6f5N9TfYyIjSHeBA6DZwBxKdDPYR+feUxSOoAoGCCqGSM49\\n\
    AwEHoUQDQgAERA+s/IyKxOKjBaEk7cfcE6Q8VDjPptbq4SQIyzqv2JtznoPWBUrB\\n\
    mwRbbe5NcXPt3/YHH+1j7n3RmWq7xACQrg==\\n-----END EC PRIVATE KEY-----\\n";

fn session(access_key: &str, expires_at: &str) -> String {
    format!(
        r#"{{"accessToken":{{"accessKeyId":"{access_key}","secretAccessKey":"s","sessionToken":"t",
            "accountId":"123456789012","expiresAt":"{expires_at}"}},"tokenType":"aws_sigv4","refreshToken":"refresh",
            "clientId":"arn:aws:signin:::devtools/same-device","dpopKey":"{KEY}"}}"#
    )
}

/// A command with a profile of `aws login`, in a home of its own with the file of the session.
fn logged_in(service: &Server, home: &Path, content: &str) -> Command {
    let cache = home.join(".aws/login/cache");
    fs::create_dir_all(&cache).unwrap();
    fs::write(home.join(".aws/config"), format!("[default]\nregion = eu-west-1\nlogin_session = {}\n", SESSION.0))
        .unwrap();
    fs::write(cache.join(SESSION.1).with_extension("json"), content).unwrap();
    let mut command = command(service);
    command.env("HOME", home).env("AWS_EC2_METADATA_DISABLED", "true");
    command
}

/// A service that gives new credentials for a session.
fn sign_in(body: &'static str) -> Server {
    Server::start(move |head, stream: &mut BufReader<TcpStream>| {
        let length = head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
        let mut request = vec![0; length.unwrap_or(0)];
        stream.read_exact(&mut request).unwrap();
        answer(stream, "200 OK", body);
    })
}

#[test]
fn a_session_of_aws_login_is_used() {
    let (home, service) = (tempfile::tempdir().unwrap(), service());
    let output = run(logged_in(&service, home.path(), &session("AKIDLOGIN", "2099-01-01T00:00:00Z")));
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert_eq!(scope(&service), "AKIDLOGIN eu-west-1");
}

#[test]
fn an_expired_session_is_refreshed_and_kept() {
    let (home, service) = (tempfile::tempdir().unwrap(), service());
    let fresh = sign_in(
        r#"{"accessToken":{"accessKeyId":"AKIDFRESH","secretAccessKey":"s","sessionToken":"t"},"tokenType":"aws_sigv4",
            "expiresIn":900,"refreshToken":"next"}"#,
    );
    let mut command = logged_in(&service, home.path(), &session("AKIDOLD", "2020-01-01T00:00:00Z"));
    command.env("AWS_ENDPOINT_URL_SIGNIN", &fresh.url);
    let output = run(command);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert_eq!(scope(&service), "AKIDFRESH eu-west-1");
    assert!(fresh.heads.lock().unwrap()[0].to_lowercase().contains("dpop: "));
    let file = fs::read_dir(home.path().join(".aws/login/cache")).unwrap().next().unwrap().unwrap().path();
    let kept = fs::read_to_string(file).unwrap();
    assert!(kept.contains("AKIDFRESH") && kept.contains("next"), "{kept}");
}

#[test]
fn sessions_that_cannot_be_used_are_errors() {
    let expired = session("AKIDOLD", "2020-01-01T00:00:00Z");
    let contents =
        ["", "{", "[]", "{}", "{\"accessToken\": 1}", r#"{"accessToken":{"accessKeyId":"AKIDLOGIN"}}"#, &expired];
    let answers = ["", "{}", "<html>", r#"{"accessToken":{},"expiresIn":-1}"#, r#"{"accessToken":null}"#];
    for content in contents {
        for refreshed in if content == expired { &answers[..] } else { &answers[..1] } {
            let (home, service, bad) = (tempfile::tempdir().unwrap(), service(), sign_in(refreshed));
            let mut command = logged_in(&service, home.path(), content);
            command.env("AWS_ENDPOINT_URL_SIGNIN", &bad.url);
            let output = run(command);
            let code = output.status.code();
            assert!(code.is_some_and(|code| code > 128), "{content}, {refreshed}: {code:?} {}", text(&output.stderr));
            assert!(!output.stderr.is_empty(), "{content}, {refreshed}");
            assert!(service.heads.lock().unwrap().is_empty(), "{content}, {refreshed}");
        }
    }
}

#[test]
fn a_session_without_its_file_is_an_error() {
    let (home, service) = (tempfile::tempdir().unwrap(), service());
    let command = logged_in(&service, home.path(), "");
    fs::remove_dir_all(home.path().join(".aws/login")).unwrap();
    let output = run(command);
    assert_eq!(output.status.code(), Some(255), "{}", text(&output.stderr));
}
