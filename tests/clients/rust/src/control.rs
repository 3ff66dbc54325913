//! The mock's control API.

use std::io::{Read, Write};
use std::net::TcpStream;

use serde_json::Value;

/// Talks to the control API over connections of its own.
pub struct Control {
    address: String,
}

impl Control {
    /// Of the mock at that URL.
    pub fn new(url: &str) -> Self {
        Self { address: url.trim_start_matches("http://").to_owned() }
    }

    /// How many requests the mock has received.
    pub fn received(&self) -> Result<u64, String> {
        let requests = self.send("GET", "requests", None)?;
        requests["received"].as_u64().ok_or_else(|| format!("no number in {requests}"))
    }

    /// Posts to a path.
    pub fn post(&self, path: &str, body: Option<&Value>) -> Result<(), String> {
        self.send("POST", path, body).map(drop)
    }

    fn send(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Value, String> {
        let body = body.map(Value::to_string).unwrap_or_default();
        let request = format!(
            "{method} /_mock/{path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        );
        let exchange = || {
            let mut stream = TcpStream::connect(&self.address)?;
            stream.write_all(request.as_bytes())?;
            let mut response = String::new();
            stream.read_to_string(&mut response)?;
            std::io::Result::Ok(response)
        };
        let response = exchange().map_err(|error| error.to_string())?;
        let (head, body) = response.split_once("\r\n\r\n").unwrap_or((&response, ""));
        if !head.starts_with("HTTP/1.1 2") {
            return Err(format!("{method} {path}: {response}"));
        }
        Ok(serde_json::from_str(body).unwrap_or_default())
    }
}
