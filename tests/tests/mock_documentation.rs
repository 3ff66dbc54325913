//! The examples of `docs/mock.md`, run as they are written.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use partnercentral_selling_mock::MockServer;
use serde_json::{Value, json};

const PAGE: &str = include_str!("../../docs/mock.md");

/// The code blocks of a language, in order.
fn blocks(language: &str) -> Vec<&'static str> {
    let fence = format!("```{language}\n");
    PAGE.split(&*fence).skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

fn send(mock: &MockServer, head: &str, body: &str) -> (u16, Value) {
    let mut stream = TcpStream::connect(mock.address()).unwrap();
    let length = body.len();
    let text = format!("{head}\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}");
    stream.write_all(text.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), serde_json::from_str(body).unwrap_or_default())
}

fn control(mock: &MockServer, method: &str, path: &str, body: &str) -> (u16, Value) {
    send(mock, &format!("{method} {path} HTTP/1.1\r\nContent-Type: application/json"), body)
}

fn call(mock: &MockServer) -> (u16, Value) {
    let input = json!({"Catalog": "Sandbox", "ClientToken": "one", "Identifier": "O1234567",
                       "AwsSubmission": {"InvolvementType": "Co-Sell"}});
    let head = "POST / HTTP/1.1\r\nContent-Type: application/x-amz-json-1.0\r\n\
                X-Amz-Target: AWSPartnerCentralSelling.StartEngagementFromOpportunityTask";
    send(mock, head, &input.to_string())
}

#[test]
fn control_api_examples_run_in_order() {
    let long = |config: &mut partnercentral_selling_mock::Config| config.task_delay = Some(Duration::from_secs(600));
    let mock = MockServer::start_with(|builder| builder.configure(long)).unwrap();
    let examples = blocks("text").into_iter().find(|block| block.contains("POST /_mock/expectations")).unwrap();
    let mut seen = 0;
    for line in examples.lines() {
        let mut words = line.splitn(3, ' ').filter(|word| !word.is_empty());
        let (method, rest) = (words.next().unwrap(), words.collect::<Vec<_>>().join(" "));
        let (path, body) = rest.trim().split_once(' ').unwrap_or((rest.trim(), ""));
        let (status, answer) = control(&mock, method, path, body);
        assert!((200..300).contains(&status), "{line}: {status} {answer}");
        if line.starts_with("POST /_mock/expectations") {
            assert_eq!(call(&mock).0, crate::support::status_of("ThrottlingException"));
            assert_eq!(call(&mock).1["TaskStatus"], "IN_PROGRESS");
        }
        if path.starts_with("/_mock/tasks/") {
            assert_eq!(call(&mock).1["ReasonCode"], "OpportunityConflict");
        }
        seen += 1;
    }
    assert!(seen > 8, "{examples}");
}

#[test]
fn script_and_waiter_examples_are_accepted() {
    let mock = MockServer::start().unwrap();
    let scripts = blocks("yaml");
    assert!(!scripts.is_empty());
    for script in scripts {
        mock.script(script).unwrap();
    }
    mock.reset();
    for expectation in blocks("json") {
        assert_eq!(control(&mock, "POST", "/_mock/expectations", expectation).0, 201, "{expectation}");
    }
    assert_eq!(call(&mock).1["TaskStatus"], "IN_PROGRESS");
    assert_eq!(call(&mock).1["TaskStatus"], "COMPLETE");
}
