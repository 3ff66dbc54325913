//! Requests and answers as bytes on a socket.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use partnercentral_selling_mock::MockServer;
use serde_json::{Value, json};

pub const FROM_OPPORTUNITY: &str = "StartEngagementFromOpportunityTask";
pub const BY_ACCEPTING: &str = "StartEngagementByAcceptingInvitationTask";

/// A response, taken apart.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Value,
}

/// An input of [`FROM_OPPORTUNITY`] that the mock accepts.
pub fn input(token: &str) -> Value {
    json!({"Catalog": "Sandbox", "ClientToken": token, "Identifier": "O1234567",
           "AwsSubmission": {"InvolvementType": "Co-Sell", "Visibility": "Full"}})
}

/// Connects to a mock; reads end after 20 s.
pub fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream
}

/// Reads one response with a Content-Length.
pub fn read_answer(stream: &mut TcpStream) -> Option<Answer> {
    let mut bytes = Vec::new();
    let mut byte = [0; 1];
    while !bytes.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte).ok()? == 0 {
            return None;
        }
        bytes.push(byte[0]);
    }
    let head = String::from_utf8(bytes).unwrap().to_lowercase();
    let length: usize =
        head.lines().find_map(|line| line.strip_prefix("content-length: ")).map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some(Answer { status, head, body: serde_json::from_slice(&body).unwrap_or_default() })
}

/// A request of an operation as text; `more` are further header lines.
pub fn request_text(operation: &str, body: &str, more: &str) -> String {
    format!(
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-amz-json-1.0\r\n\
         X-Amz-Target: AWSPartnerCentralSelling.{operation}\r\n{more}Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// Sends bytes on a connection of their own and reads the answer; `None` if the connection is closed before.
pub fn send(address: SocketAddr, text: &[u8]) -> Option<Answer> {
    let mut stream = connect(address);
    stream.write_all(text).unwrap();
    read_answer(&mut stream)
}

/// Calls an operation.
pub fn call(mock: &MockServer, operation: &str, body: &Value) -> Answer {
    send(mock.address(), request_text(operation, &body.to_string(), "").as_bytes()).expect("a response")
}

/// A mock whose tasks complete soon.
pub fn quick() -> MockServer {
    MockServer::start_with(|builder| builder.configure(|config| config.task_delay = Some(Duration::from_millis(40))))
        .unwrap()
}
