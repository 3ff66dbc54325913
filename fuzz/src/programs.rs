//! What the command line and the mock read.

use std::cell::OnceCell;
use std::convert::Infallible;
use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

use partnercentral_selling_mock::MockServer;
use whitesmith_cli::{shorthand as words, yaml as documents};
use whitesmith_schema::Value;

use crate::shapes::ANYTHING;

pub(crate) fn shorthand(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    match words::parse::<Infallible>(&text, |_| Ok(None)) {
        Ok(value) => drop(words::coerce(value, &ANYTHING).map_err(|error| format!("{error:?}"))),
        Err(error) => drop(error.to_string()),
    }
}

pub(crate) fn yaml(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for schema in [None, Some(&ANYTHING)] {
        match documents::read(&text, schema) {
            Ok(value) => {
                // In a list, since a scalar alone is written as JSON.
                let written = documents::document(&Value::List(vec![value]));
                let again = documents::read(&written, None).unwrap_or_else(|error| panic!("{error:?}\n{written}"));
                assert_eq!(documents::document(&again), written);
            }
            Err(error) => drop(format!("{error:?}")),
        }
    }
}

thread_local! {
    static MOCK: OnceCell<MockServer> = const { OnceCell::new() };
}

/// The longest that a peer waits for an answer, or for its connection to be closed.
const PATIENCE: Duration = Duration::from_secs(20);

/// What a peer sends. It is answered or refused, and the next one is answered.
pub(crate) fn mock_http(bytes: &[u8]) {
    MOCK.with(|mock| {
        let mock = mock.get_or_init(|| MockServer::start().expect("a mock"));
        let address = mock.url();
        let address = address.strip_prefix("http://").unwrap_or(&address);
        let start = Instant::now();
        let mut peer = TcpStream::connect(address).expect("a connection");
        peer.set_read_timeout(Some(PATIENCE)).expect("a time limit");
        // The mock may close the connection before it has read everything.
        let _ = peer.write_all(bytes);
        let _ = peer.shutdown(Shutdown::Write);
        let _ = peer.read_to_end(&mut Vec::new());
        assert!(start.elapsed() < PATIENCE, "neither answered nor closed");
        let mut honest = TcpStream::connect(address).expect("a connection");
        honest.set_read_timeout(Some(PATIENCE)).expect("a time limit");
        honest.write_all(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n").expect("a request");
        let mut answer = Vec::new();
        honest.read_to_end(&mut answer).expect("an answer");
        assert!(answer.starts_with(b"HTTP/1.1 "), "{}", String::from_utf8_lossy(&answer));
    });
}
