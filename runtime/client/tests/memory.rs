//! Bodies that are streamed are not held in memory: 256 MiB in each direction over each transport.

#![cfg(target_os = "linux")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};

use crate::support::{SERVICE, STREAM, VirtualClock, config, input, protocol};
use whitesmith_client::config::Proxy;
use whitesmith_client::endpoint::require_endpoint_url;
use whitesmith_client::result::ReadDynamic;
use whitesmith_client::{asynchronous, blocking};

/// The most memory that a transfer may take beyond what an idle client has.
const MOST: u64 = 16 << 20;

/// Reads the bodies of requests, and answers each with a body of the same size.
fn serve(size: u64) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let mut length = 0;
            loop {
                let mut line = String::new();
                reader.read_line(&mut line).unwrap();
                match line.trim_end() {
                    "" => break,
                    line => {
                        if let Some(value) = line.strip_prefix("content-length: ") {
                            length = value.parse().unwrap();
                        }
                    }
                }
            }
            assert_eq!(std::io::copy(&mut reader.take(length), &mut std::io::sink()).unwrap(), size);
            write!(stream, "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {size}\r\n\r\n").unwrap();
            std::io::copy(&mut std::io::repeat(7).take(size), &mut stream).unwrap();
        }
    });
    address
}

/// The most memory that the process has had so far, in bytes.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() << 10
}

#[test]
fn streams_take_little_memory() {
    check(256 << 20);
}

#[test]
#[ignore = "takes a minute, for the figure in BENCHMARKS.md"]
fn a_gibibyte_takes_little_memory() {
    println!("the transfers took {} KiB", check(1 << 30) >> 10);
}

/// Sends and receives bodies of a size over each transport, and returns what that took of memory.
fn check(size: u64) -> u64 {
    let config =
        config(&VirtualClock::default()).endpoint_url(format!("http://{}", serve(size))).proxy(Proxy::None).build();
    let read = ReadDynamic(protocol());
    let first = blocking::Client::new(config.clone(), require_endpoint_url).unwrap();
    let second = asynchronous::Client::new(config, require_endpoint_url).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let idle = peak();

    let body = blocking::RequestBody::from_reader(std::io::repeat(7), Some(size));
    let (_, mut body) =
        first.call_streaming_with(protocol(), &SERVICE, &STREAM, (&input(), Some(body)), &read).unwrap();
    assert_eq!(std::io::copy(&mut body, &mut std::io::sink()).unwrap(), size);
    let taken = peak() - idle;
    assert!(taken <= MOST, "the blocking client took {taken} bytes");

    let received = runtime.block_on(async {
        let body = asynchronous::RequestBody::from_reader(tokio::io::repeat(7), Some(size));
        let input = input();
        let call = second.call_streaming_with(protocol(), &SERVICE, &STREAM, (&input, Some(body)), &read);
        let (_, mut body) = call.await.unwrap();
        let mut received = 0;
        while let Some(piece) = body.next().await {
            received += piece.unwrap().len() as u64;
        }
        received
    });
    assert_eq!(received, size);
    let taken = peak() - idle;
    assert!(taken <= MOST, "the asynchronous client took {taken} bytes");
    taken
}
