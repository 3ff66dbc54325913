//! `--debug`: what is sent and what comes back, without secrets.

use std::fmt::Write;
use std::io::Write as _;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Request, Response};
use whitesmith_client::error::TransportError;
use whitesmith_client::observe::Observer;

/// Headers that are never shown.
const SECRET_HEADERS: [&str; 4] = ["authorization", "x-amz-security-token", "proxy-authorization", "set-cookie"];

/// Tells standard error about each attempt.
#[derive(Debug)]
pub struct DebugObserver;

/// Writes one line of debugging; a standard error that is closed does not matter.
pub fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "debug: {text}");
}

fn headers(headers: &HeaderMap) -> String {
    let mut shown = String::new();
    for (name, value) in headers {
        let secret = value.is_sensitive() || SECRET_HEADERS.contains(&name.as_str());
        let value = if secret { "*** redacted ***".into() } else { String::from_utf8_lossy(value.as_bytes()) };
        let _ = write!(shown, "\n    {name}: {value}");
    }
    shown
}

impl Observer for DebugObserver {
    fn request(&self, attempt: u32, request: &Request<Bytes>) {
        let body = String::from_utf8_lossy(request.body());
        let (method, uri) = (request.method(), request.uri());
        say(&format!("attempt {attempt}: {method} {uri}{}\n    {body}", headers(request.headers())));
    }

    fn response(&self, attempt: u32, response: &Response<Bytes>) {
        let body = String::from_utf8_lossy(response.body());
        say(&format!("attempt {attempt}: answer {}{}\n    {body}", response.status(), headers(response.headers())));
    }

    fn failure(&self, attempt: u32, error: &TransportError) {
        say(&format!("attempt {attempt}: no answer: {error}"));
    }

    fn retry(&self, attempt: u32, wait: Duration) {
        say(&format!("attempt {attempt} is followed by another in {:.3} s", wait.as_secs_f64()));
    }
}
