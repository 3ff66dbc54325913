//! The memory of the mock program stays below the stated figure, whatever its peers do.

#![cfg(target_os = "linux")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use whitesmith_tests::programs;

/// What `docs/mock.md` and `SECURITY.md` promise for the default limits.
const MOST_MEBIBYTES: u64 = 256;
/// How long a peer waits for the mock to take or send anything.
const PATIENCE: Duration = Duration::from_millis(200);

/// A mock with its default limits, which ends with the test.
struct Mock {
    process: Child,
    address: SocketAddr,
}

impl Mock {
    fn start() -> Self {
        let mut process = Command::new(programs::of_workspace("partnercentral-selling-mock"))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the mock starts");
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().trim_start_matches("http://").parse().expect("the URL of the mock");
        Self { process, address }
    }

    /// The most memory that the process ever had.
    fn peak_mebibytes(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).unwrap();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("the peak of memory");
        peak.trim().trim_end_matches(" kB").parse::<u64>().unwrap() / 1024
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_write_timeout(Some(PATIENCE)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream
    }

    /// Sends as much as the mock takes, and leaves what it answers unread.
    fn send(&self, bytes: &[u8]) -> TcpStream {
        let mut stream = self.connect();
        let _ = stream.write_all(bytes);
        stream
    }

    /// Sends a request and reads the answer to its end.
    fn call(&self, request: &str) -> String {
        let mut stream = self.connect();
        let _ = stream.write_all(request.replacen("\r\n\r\n", "\r\nConnection: close\r\n\r\n", 1).as_bytes());
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn request(body: &str) -> String {
    format!(
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-amz-json-1.0\r\n\
         X-Amz-Target: AWSPartnerCentralSelling.StartEngagementFromOpportunityTask\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

fn input(token: usize, identifier: &str) -> String {
    format!(
        r#"{{"Catalog": "Sandbox", "ClientToken": "t{token}", "Identifier": "{identifier}",
            "AwsSubmission": {{"InvolvementType": "Co-Sell"}}}}"#
    )
}

fn expectation(length: usize) -> String {
    let body = format!(r#"{{"operation": "StartEngagementFromOpportunityTask", "name": "{}"}}"#, "x".repeat(length));
    format!(
        "POST /_mock/expectations HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// Each attack holds on to what it has while the next ones run.
#[test]
fn attacks_together_stay_below_the_stated_memory() {
    let mock = Mock::start();
    let long = "x".repeat(1024 * 1024);
    for number in 0..100 {
        mock.call(&request(&input(number, &long)));
        mock.call(&request(&input(1_000 + number, "O1234567")));
    }
    for _ in 0..20 {
        mock.call(&expectation(3 * 1024 * 1024));
    }
    let journal = "GET /_mock/requests?limit=1000 HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(750);
    let mut held: Vec<TcpStream> = (0..20).map(|_| mock.send(journal.as_bytes())).collect();
    let calls = request(&input(0, "O1234567")).repeat(2_000);
    held.extend((0..20).map(|_| mock.send(calls.as_bytes())));
    let unfinished = request(&"x".repeat(4 * 1024 * 1024));
    let unfinished = unfinished.as_bytes().split_last().unwrap().1;
    std::thread::scope(|scope| {
        let peers: Vec<_> =
            (0..10).map(|_| scope.spawn(|| (0..25).map(|_| mock.send(unfinished)).collect::<Vec<_>>())).collect();
        peers.into_iter().for_each(|peer| held.extend(peer.join().unwrap()));
    });

    let answer = mock.call(&request(&input(5_000, "O1234567")));
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer:.200}");
    let peak = mock.peak_mebibytes();
    println!("{peak} MiB");
    assert!(peak < MOST_MEBIBYTES, "{peak} MiB");
    drop(held);
}
