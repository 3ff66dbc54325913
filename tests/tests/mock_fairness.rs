//! An honest client beside peers that attack the mock: it is answered, and in time.

#![allow(clippy::unwrap_used, reason = "a test states its assumptions by panicking")]

use std::collections::VecDeque;
use std::io::{Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use partnercentral_selling_mock::{Config, MockServer};

/// The honest client's requests during an attack, each on a connection of its own.
const REQUESTS: usize = 40;
/// What 99 of 100 of them may take: far above what they do take, since tests share their machine.
const P99: Duration = Duration::from_secs(5);
/// Attacks follow each other: together they would measure the machine.
static TURN: Mutex<()> = Mutex::new(());
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
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
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

/// A peer that pipelines has its next request ready always, and reads its answers as fast as they come.
#[test]
fn peers_that_pipeline_without_pause() {
    let many = request(&input("O1234567", 0)).repeat(100);
    withstands(
        "pipelined calls",
        |_| {},
        4,
        |address| {
            let Ok(mut stream) = TcpStream::connect(address) else { return };
            let _ = stream.set_write_timeout(Some(PATIENCE));
            let _ = stream.set_read_timeout(Some(PATIENCE));
            let Ok(mut reading) = stream.try_clone() else { return };
            let reader = thread::spawn(move || {
                let mut answers = [0; 64 * 1024];
                while reading.read(&mut answers).is_ok_and(|read| read > 0) {}
            });
            for _ in 0..50 {
                if stream.write_all(many.as_bytes()).is_err() {
                    break;
                }
            }
            let _ = stream.shutdown(Shutdown::Write);
            let _ = reader.join();
        },
    );
}

/// The answers fill the buffers of connections that stay open while the next ones are filled.
#[test]
fn peers_that_pipeline_and_never_read() {
    let many = request(&input("O1234567", 0)).repeat(100);
    let held = Mutex::new(VecDeque::new());
    withstands(
        "pipelined calls, answers unread",
        |config| config.limits.write_time = PATIENCE,
        4,
        |address| {
            let Ok(mut stream) = TcpStream::connect(address) else { return };
            let _ = stream.set_write_timeout(Some(PATIENCE));
            for _ in 0..50 {
                if stream.write_all(many.as_bytes()).is_err() {
                    break;
                }
            }
            let mut held = held.lock().unwrap_or_else(PoisonError::into_inner);
            held.push_back(stream);
            if held.len() > 8 {
                held.pop_front();
            }
        },
    );
}

#[test]
fn peers_that_send_bodies_slowly() {
    let part = "x".repeat(512 * 1024);
    let begun = request(&"x".repeat(4 * 1024 * 1024));
    let head = begun.split_inclusive("\r\n\r\n").next().unwrap();
    withstands(
        "bodies of 4 MiB that never end",
        |_| {},
        4,
        |address| {
            let held: Vec<_> = (0..20)
                .filter_map(|_| {
                    let mut stream = TcpStream::connect(address).ok()?;
                    stream.set_write_timeout(Some(PATIENCE)).ok()?;
                    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(part.as_bytes()));
                    Some(stream)
                })
                .collect();
            thread::sleep(PATIENCE);
            drop(held);
        },
    );
}

#[test]
fn peers_that_send_long_identifiers() {
    let long = "x".repeat(1024 * 1024);
    let token = AtomicUsize::new(0);
    withstands(
        "identifiers of 1 MiB",
        |_| {},
        4,
        |address| {
            let number = token.fetch_add(1, Ordering::Relaxed);
            call(address, &request(&input(&long, 1000 + number)), PATIENCE);
        },
    );
}

#[test]
fn peers_that_read_a_full_journal() {
    let filling = request(&input(&"x".repeat(4 * 1024), 0));
    let reading = "GET /_mock/requests?limit=1000 HTTP/1.1\r\nHost: localhost\r\n\r\n";
    withstands(
        "a full journal, read without pause",
        |_| {},
        4,
        |address| {
            call(address, &filling, PATIENCE);
            for _ in 0..20 {
                call(address, reading, PATIENCE);
            }
        },
    );
}
