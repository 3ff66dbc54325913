//! The mock for a long time under mixed load: calls of many clients, faults, and one connection in a hundred hostile.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Context as _;

use super::Context;
use super::mock::{MOCK, address, invitation};
use crate::process::{Program, Server};
use crate::report::{OURS, Recorder, Unit};

/// How long the load lasts in seconds, unless the variable says otherwise.
const SECONDS: u64 = 600;
const SECONDS_VARIABLE: &str = "BENCH_SOAK_SECONDS";
/// Which build of the mock, unless the variable says otherwise.
const PROFILE_VARIABLE: &str = "BENCH_SOAK_PROFILE";
/// Honest clients.
const CLIENTS: usize = 16;
/// Calls on a connection before the next one; a hundredth of the connections is hostile.
const CALLS: u64 = 20;
const HOSTILE_SHARE: u64 = 100;
/// How long a client waits for an answer before it counts as lost.
const PATIENCE: Duration = Duration::from_secs(20);
/// Faults that leave an answer, and one that leaves none.
const FAULTS: &str = r#"[{"fault": {"latency": {"fixed": {"ms": 5}}}, "probability": 0.05},
    {"fault": {"error": {"name": "ThrottlingException"}}, "probability": 0.02}, {"fault": "reset", "probability": 0.01}]"#;
/// The status of the error among the faults.
const FAULT_STATUS: u16 = 429;

/// What the clients have seen.
#[derive(Default)]
struct Seen {
    answered: AtomicU64,
    refused: AtomicU64,
    closed: AtomicU64,
    /// Without an answer in time, or with one that no fault explains.
    lost: AtomicU64,
    hostile: AtomicU64,
    connections: AtomicU64,
    /// In microseconds.
    latencies: Mutex<Vec<u32>>,
}

/// Measures it.
pub fn run(context: &Context<'_>, recorder: &mut Recorder<'_>) -> anyhow::Result<()> {
    let profile = std::env::var(PROFILE_VARIABLE).unwrap_or_else(|_| "release".to_owned());
    let Some(mock) = context.workspace.program(MOCK, MOCK, &profile)? else {
        recorder.absent(format_args!("everything: no package {MOCK}"));
        return Ok(());
    };
    let seconds = std::env::var(SECONDS_VARIABLE).ok().and_then(|text| text.parse().ok()).unwrap_or(SECONDS);
    let server = Server::start(&Program::new(mock))?;
    let address = address(&server)?;
    for fault in serde_json::from_str::<Vec<serde_json::Value>>(FAULTS)? {
        let body = fault.to_string();
        let length = body.len();
        let request = format!(
            "POST /_mock/faults HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\n\
             Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        );
        let answer = exchange(address, request.as_bytes()).context("no answer to a fault")?;
        anyhow::ensure!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    }
    let (seen, is_over) = (Seen::default(), AtomicBool::new(false));
    let start = Instant::now();
    let mut resident = Vec::new();
    thread::scope(|scope| {
        for _ in 0..CLIENTS {
            scope.spawn(|| client(address, &seen, &is_over));
        }
        let measured = (|| {
            for second in 1..=seconds {
                thread::sleep(Duration::from_secs(second).saturating_sub(start.elapsed()));
                resident.push(server.resident()?);
            }
            anyhow::Ok(())
        })();
        is_over.store(true, Ordering::Relaxed);
        measured
    })?;
    let elapsed = start.elapsed().as_secs_f64();
    // A request may meet two faults, so the mock may have injected more than clients have seen, but never less.
    for (kind, seen_of_kind) in [("error", &seen.refused), ("reset", &seen.closed)] {
        let unexplained = seen_of_kind.load(Ordering::Relaxed).saturating_sub(injected(address, kind)?);
        seen.lost.fetch_add(unexplained, Ordering::Relaxed);
    }
    report(recorder, &seen, elapsed, &resident)
}

/// How often the mock has injected a fault.
fn injected(address: &str, kind: &str) -> anyhow::Result<u64> {
    let request = format!("GET /_mock/faults HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    let answer = exchange(address, request.as_bytes()).context("no answer about faults")?;
    let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    let faults: serde_json::Value = serde_json::from_str(body).with_context(|| answer.clone())?;
    let known = faults.get("faults").and_then(serde_json::Value::as_array).into_iter().flatten();
    let hits = known.filter(|fault| fault.get("fault").is_some_and(|name| name == kind));
    Ok(hits.filter_map(|fault| fault.get("hits")?.as_u64()).sum())
}

#[allow(clippy::cast_precision_loss, reason = "far below 2⁵³")]
fn report(recorder: &mut Recorder<'_>, seen: &Seen, elapsed: f64, resident: &[f64]) -> anyhow::Result<()> {
    let item = "mixed load, 1 % of connections hostile";
    let count = |of: &AtomicU64| of.load(Ordering::Relaxed) as f64;
    recorder.exact(item, OURS, "seconds", Unit::Seconds, elapsed);
    for (measure, of) in [
        ("calls answered", &seen.answered),
        ("calls refused by a fault", &seen.refused),
        ("connections closed by a fault", &seen.closed),
        ("hostile connections", &seen.hostile),
        ("calls lost", &seen.lost),
    ] {
        recorder.exact(item, OURS, measure, Unit::Count, count(of));
    }
    recorder.exact(item, OURS, "requests", Unit::PerSecond, count(&seen.answered) / elapsed);
    let mut latencies = seen.latencies.lock().map_err(|_| anyhow::anyhow!("a client has panicked"))?.clone();
    latencies.sort_unstable();
    let p99 = latencies.get(latencies.len().saturating_sub(1) * 99 / 100).context("no call was answered")?;
    recorder.exact(item, OURS, "latency, 99th per cent", Unit::Seconds, f64::from(*p99) / 1e6);
    // What hostile connections make the mock hold for a moment stays with its allocator: memory rises in steps to what the
    // worst moment took. What leaks rises in the second half as it does in the first.
    let halves = resident.split_at(resident.len() / 2);
    let [first, second] = [halves.0, halves.1].map(|half| half.iter().copied().fold(0.0, f64::max));
    recorder.exact(item, OURS, "memory, most in the first half", Unit::Bytes, first);
    recorder.exact(item, OURS, "memory, most in the second half", Unit::Bytes, second);
    recorder.at_most(&format!("{item}: growth of memory"), Unit::Ratio, Some(second / first), 1.1);
    recorder.at_most(&format!("{item}: lost"), Unit::Count, Some(count(&seen.lost)), 0.0);
    Ok(())
}

/// Calls until it is over; takes its turn at being hostile.
fn client(address: &str, seen: &Seen, is_over: &AtomicBool) {
    let requests = invitation(Some("000000000"));
    let mut latencies = Vec::new();
    while !is_over.load(Ordering::Relaxed) {
        let number = seen.connections.fetch_add(1, Ordering::Relaxed);
        if number.is_multiple_of(HOSTILE_SHARE) {
            seen.hostile.fetch_add(1, Ordering::Relaxed);
            attack(address, number / HOSTILE_SHARE);
            continue;
        }
        let Ok(mut stream) = TcpStream::connect(address) else {
            seen.lost.fetch_add(1, Ordering::Relaxed);
            continue;
        };
        let _ = stream.set_read_timeout(Some(PATIENCE));
        let _ = stream.set_nodelay(true);
        for call in 0..CALLS {
            let body = requests.body.replace("000000000", &format!("{:09}", (number * CALLS + call) % 1_000_000_000));
            let mut text = format!("POST / HTTP/1.1\r\nHost: {address}\r\nContent-Length: {}\r\n", body.len());
            requests.headers.iter().for_each(|header| text.extend([header, "\r\n"]));
            text.extend(["\r\n", &body]);
            let sent = Instant::now();
            let status = stream.write_all(text.as_bytes()).ok().and_then(|()| status(&mut stream));
            let outcome = match status {
                Some(200) => {
                    latencies.push(u32::try_from(sent.elapsed().as_micros()).unwrap_or(u32::MAX));
                    &seen.answered
                }
                Some(FAULT_STATUS) => &seen.refused,
                Some(_) => &seen.lost,
                None if sent.elapsed() < PATIENCE => &seen.closed,
                None => &seen.lost,
            };
            outcome.fetch_add(1, Ordering::Relaxed);
            if status.is_none() {
                break;
            }
        }
    }
    if let Ok(mut all) = seen.latencies.lock() {
        all.append(&mut latencies);
    }
}

/// Reads an answer whose length is in its head, and returns its status. `None` if the connection ends before.
fn status(stream: &mut TcpStream) -> Option<u16> {
    let mut answer = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let read = stream.read(&mut piece).ok().filter(|read| *read > 0)?;
        answer.extend_from_slice(piece.get(..read)?);
        let Some(end) = answer.windows(4).position(|window| window == b"\r\n\r\n") else { continue };
        let head = std::str::from_utf8(answer.get(..end)?).ok()?.to_ascii_lowercase();
        let length =
            head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse::<usize>().ok())?;
        if answer.len() >= end + 4 + length {
            return head.split(' ').nth(1)?.parse().ok();
        }
    }
}

fn exchange(address: &str, request: &[u8]) -> Option<String> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    stream.write_all(request).ok()?;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    Some(String::from_utf8_lossy(&answer).into_owned())
}

/// One of several attacks.
fn attack(address: &str, number: u64) {
    let Ok(mut stream) = TcpStream::connect(address) else { return };
    let limit = Some(Duration::from_millis(200));
    let _ = stream.set_write_timeout(limit).and_then(|()| stream.set_read_timeout(limit));
    let pipelined = format!("GET /_mock/requests?limit=1000 HTTP/1.1\r\nHost: {address}\r\n\r\n").repeat(50);
    let huge =
        format!("POST / HTTP/1.1\r\nHost: {address}\r\nContent-Length: 4000000\r\n\r\n{}", "x".repeat(1_000_000));
    let bytes: &[u8] = match number % 5 {
        0 => pipelined.as_bytes(),
        1 => huge.as_bytes(),
        2 => b"POST / HTTP/1.1\r\nHost: ",
        3 => b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        _ => b"POST / HTTP/1.1\r\nHost: a\r\nHost: b\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nzz",
    };
    let _ = stream.write_all(bytes);
    let _ = stream.read(&mut [0; 4096]);
}
