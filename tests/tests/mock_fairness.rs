//! An honest client beside peers that attack the mock: it is answered, and in time.

#![allow(clippy::unwrap_used, reason = "a test states its assumptions by panicking")]

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use partnercentral_selling_mock::{Config, MockServer};

/// The honest client's requests during an attack, each on a connection of its own.
const REQUESTS: usize = 40;
/// What 99 of 100 of them may take: far above what they do take, since tests share their machine.
const P99: Duration = Duration::from_secs(5);
/// How long an attacker waits for anything.
const PATIENCE: Duration = Duration::from_millis(200);

fn request(body: &str) -> String {
    format!(
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-amz-json-1.0\r\n\
         X-Amz-Target: AWSPartnerCentralSelling.StartEngagementFromOpportunityTask\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

fn input(identifier: &str, token: usize) -> String {
    format!(
        r#"{{"Catalog": "Sandbox", "ClientToken": "t{token}", "Identifier": "{identifier}",
            "AwsSubmission": {{"InvolvementType": "Co-Sell"}}}}"#
    )
}

/// The status of the answer to a request on a connection of its own.
fn call(address: SocketAddr, request: &str, patience: Duration) -> Option<u16> {
    let mut stream = TcpStream::connect_timeout(&address, patience).ok()?;
    stream.set_read_timeout(Some(patience)).ok()?;
    stream.set_write_timeout(Some(patience)).ok()?;
    stream.write_all(request.replacen("\r\n\r\n", "\r\nConnection: close\r\n\r\n", 1).as_bytes()).ok()?;
    let mut answer = Vec::new();
    // A peer whose request was refused may find its connection reset behind the answer.
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).split(' ').nth(1)?.parse().ok()
}

/// Runs attackers until the honest client is done, and checks how that fared.
fn withstands(name: &str, configure: impl FnOnce(&mut Config), attackers: usize, attack: impl Fn(SocketAddr) + Sync) {
    let mock = MockServer::start_with(|builder| builder.configure(configure)).unwrap();
    let address = mock.address();
    let is_over = AtomicBool::new(false);
    let mut times = thread::scope(|scope| {
        for _ in 0..attackers {
            scope.spawn(|| {
                while !is_over.load(Ordering::Relaxed) {
                    attack(address);
                }
            });
        }
        thread::sleep(PATIENCE);
        let mut times = Vec::new();
        let mut failed = Vec::new();
        for number in 0..REQUESTS {
            let start = Instant::now();
            let status = call(address, &request(&input("O1234567", number)), Duration::from_secs(20));
            times.push(start.elapsed());
            if status != Some(200) {
                failed.push((number, status));
            }
        }
        is_over.store(true, Ordering::Relaxed);
        assert!(failed.is_empty(), "{name}: {failed:?}");
        times
    });
    times.sort_unstable();
    let p99 = times[REQUESTS * 99 / 100];
    println!("{name}: median {:?}, 99th per cent {p99:?}", times[REQUESTS / 2]);
    assert!(p99 < P99, "{name}: {p99:?}");
}

#[test]
fn peers_that_hold_every_connection() {
    let fewer = |config: &mut Config| config.limits.connections = 32;
    withstands("held connections", fewer, 4, |address| {
        // Some say nothing, and some begin a head that never ends.
        let held: Vec<_> = (0..40)
            .map(|number| {
                let mut stream = TcpStream::connect(address);
                if let (Ok(stream), 0) = (&mut stream, number % 2) {
                    let _ = stream.write_all(b"POST / HTTP/1.1\r\nHost: ");
                }
                stream
            })
            .collect();
        thread::sleep(PATIENCE);
        drop(held);
    });
}

#[test]
fn peers_that_call_without_pause() {
    let requested = request(&input("O1234567", 0));
    withstands(
        "many small calls",
        |_| {},
        8,
        |address| {
            call(address, &requested, PATIENCE);
        },
    );
}
