//! HTTP as clients and attackers speak it.

use std::io::Write as _;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use partnercentral_selling_mock::{AccessKey, Config, MockServer};

use super::wire::{FROM_OPPORTUNITY, call, connect, input, quick, read_answer, request_text, send};

#[test]
fn unsigned_requests_are_refused() {
    let mock = MockServer::start_with(|builder| {
        builder.configure(|config| {
            config.access_keys = vec![AccessKey { id: "AKID".into(), secret: "secret".into(), session_token: None }];
        })
    })
    .unwrap();
    let refused = call(&mock, FROM_OPPORTUNITY, &input("one"));
    assert_eq!(refused.status, 400);
    assert_eq!(refused.body["__type"], "com.amazon.coral.service#MissingAuthenticationTokenException");
}

#[test]
fn requests_of_other_protocols_are_refused() {
    let mock = quick();
    let refused = |text: String| {
        let answer = send(mock.address(), text.as_bytes()).expect("a response");
        let kind = answer.body["__type"].as_str().unwrap_or_default().rsplit('#').next().unwrap_or_default().to_owned();
        (answer.status, kind)
    };
    let unknown = |status| (status, "UnknownOperationException".to_owned());
    let serialization = (400, "SerializationException".to_owned());
    assert_eq!(refused(request_text("Nothing", "{}", "")), unknown(400));
    assert_eq!(refused("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".into()), unknown(404));
    assert_eq!(
        refused("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 0\r\n\r\n".into()),
        unknown(404)
    );
    for body in ["{", "[]", "nonsense", r#"{"Catalog": 5}"#, r#"{"Catalog": "a"} x"#, &"[".repeat(100_000)] {
        assert_eq!(refused(request_text(FROM_OPPORTUNITY, body, "")), serialization, "{:.20}", body);
    }
    let broken = request_text(FROM_OPPORTUNITY, "not gzip", "Content-Encoding: gzip\r\n");
    assert_eq!(refused(broken), serialization);
    let huge = request_text(FROM_OPPORTUNITY, "", "").replace("Content-Length: 0", "Content-Length: 99999999999");
    assert_eq!(refused(huge).0, 413);
}

/// 16 MiB of spaces, four times what is taken, compressed a thousandfold.
fn bomb() -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    (0..16).for_each(|_| encoder.write_all(&[b' '; 1 << 20]).unwrap());
    encoder.finish().unwrap()
}

#[test]
fn compression_bombs_are_refused() {
    let mock = quick();
    let post = |body: &[u8]| {
        let mut text = request_text(FROM_OPPORTUNITY, "", "Content-Encoding: gzip\r\n")
            .replace("Content-Length: 0", &format!("Content-Length: {}", body.len()))
            .into_bytes();
        text.extend_from_slice(body);
        send(mock.address(), &text).expect("a response")
    };
    let bomb = bomb();
    let refused = post(&bomb);
    assert_eq!(refused.status, 413, "{refused:?}");
    assert_eq!(refused.body["__type"], "com.amazon.coral.service#RequestEntityTooLargeException");
    // Cut off in the middle.
    assert_eq!(post(&bomb[..1000]).status, 400);
}

#[test]
fn chunked_bodies_are_limited() {
    let mock = MockServer::start_with(|builder| builder.configure(|config| config.limits.body = 1000)).unwrap();
    let empty = request_text(FROM_OPPORTUNITY, "", "");
    let (head, _) = empty.split_once("Content-Length").unwrap();
    let chunk = format!("190\r\n{}\r\n", "x".repeat(400));
    let text = format!("{head}Transfer-Encoding: chunked\r\n\r\n{}0\r\n\r\n", chunk.repeat(3));
    assert_eq!(send(mock.address(), text.as_bytes()).unwrap().status, 413);
    let large = request_text(FROM_OPPORTUNITY, &"x".repeat(1001), "");
    assert_eq!(send(mock.address(), large.as_bytes()).unwrap().status, 413);
    assert_eq!(call(&mock, FROM_OPPORTUNITY, &input("one")).status, 200);
}

#[test]
fn silent_connections_lock_nobody_out() {
    let set_up = |config: &mut Config| {
        config.limits.connections = 8;
        config.limits.head_time = Duration::from_millis(200);
    };
    let mock = MockServer::start_with(|builder| builder.configure(set_up)).unwrap();
    let silent: Vec<TcpStream> = (0..20).map(|_| connect(mock.address())).collect();
    assert_eq!(call(&mock, FROM_OPPORTUNITY, &input("one")).status, 200);
    drop(silent);
}

#[test]
fn malformed_requests_do_no_harm() {
    let mock = quick();
    let mut not_utf8 = request_text(FROM_OPPORTUNITY, "{\"Catalog\":\"xx\"}", "").into_bytes();
    let end = not_utf8.len() - 3;
    not_utf8[end] = 0xff;
    assert_eq!(
        send(mock.address(), &not_utf8).unwrap().body["__type"],
        "com.amazon.coral.service#SerializationException"
    );
    let flood: String = (0..200).map(|number| format!("x-{number}: y\r\n")).collect();
    let flooded = send(mock.address(), request_text(FROM_OPPORTUNITY, "{}", &flood).as_bytes());
    assert!(flooded.is_none_or(|answer| answer.status == 431));
    let long = request_text(FROM_OPPORTUNITY, "{}", &format!("x: {}\r\n", "y".repeat(200_000)));
    let mut stream = connect(mock.address());
    let _ = stream.write_all(long.as_bytes());
    assert!(read_answer(&mut stream).is_none_or(|answer| answer.status == 431));
    let mut stream = connect(mock.address());
    stream.write_all(b"\x16\x03\x01 nonsense\r\n\r\n").unwrap();
    assert!(read_answer(&mut stream).is_none_or(|answer| answer.status == 400));
    assert_eq!(call(&mock, FROM_OPPORTUNITY, &input("one")).status, 200);
}

#[test]
fn slow_headers_and_bodies_time_out() {
    let mock = MockServer::start_with(|builder| {
        builder.configure(|config| {
            config.limits.head_time = Duration::from_millis(150);
            config.limits.body_time = Duration::from_millis(150);
        })
    })
    .unwrap();
    let started = Instant::now();
    let mut stream = connect(mock.address());
    stream.write_all(b"POST / HTTP/1.1\r\nHost: loc").unwrap();
    assert!(read_answer(&mut stream).is_none_or(|answer| answer.status == 408));
    let text = request_text(FROM_OPPORTUNITY, &input("one").to_string(), "");
    let mut stream = connect(mock.address());
    stream.write_all(&text.as_bytes()[..text.len() - 5]).unwrap();
    assert_eq!(read_answer(&mut stream).unwrap().status, 408);
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[test]
fn http_features_of_clients_work() {
    let mock = quick();
    let body = input("one").to_string();
    let one = request_text(FROM_OPPORTUNITY, &body, "");
    let mut stream = connect(mock.address());
    // Three requests at once on one connection.
    stream.write_all([one.as_str(); 3].concat().as_bytes()).unwrap();
    for _ in 0..3 {
        assert_eq!(read_answer(&mut stream).unwrap().status, 200);
    }
    // A body in chunks.
    let (head, _) = one.split_once("Content-Length").unwrap();
    let (first, second) = body.split_at(10);
    let chunked = format!(
        "{head}Transfer-Encoding: chunked\r\n\r\n{:x}\r\n{first}\r\n{:x}\r\n{second}\r\n0\r\n\r\n",
        first.len(),
        second.len()
    );
    stream.write_all(chunked.as_bytes()).unwrap();
    assert_eq!(read_answer(&mut stream).unwrap().status, 200);
    // A body that is announced first.
    let expecting = request_text(FROM_OPPORTUNITY, &body, "Expect: 100-continue\r\n");
    let (head, _) = expecting.split_once("\r\n\r\n").unwrap();
    stream.write_all(format!("{head}\r\n\r\n").as_bytes()).unwrap();
    assert_eq!(read_answer(&mut stream).unwrap().status, 100);
    stream.write_all(body.as_bytes()).unwrap();
    assert_eq!(read_answer(&mut stream).unwrap().status, 200);
}

#[test]
fn requests_in_flight_are_answered_on_stop() {
    let mock = quick();
    mock.start_engagement_from_opportunity_task().after(Duration::from_millis(300)).respond_default();
    let mut stream = connect(mock.address());
    stream.write_all(request_text(FROM_OPPORTUNITY, &input("one").to_string(), "").as_bytes()).unwrap();
    std::thread::sleep(Duration::from_millis(100));
    let address = mock.address();
    let reader = std::thread::spawn(move || read_answer(&mut stream).map(|answer| answer.status));
    drop(mock);
    assert_eq!(reader.join().unwrap(), Some(200));
    assert!(TcpStream::connect(address).is_err());
}
