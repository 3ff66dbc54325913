//! Tasks, tokens, validation and events of the pinned service.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::{Duration, Instant};

use partnercentral_selling_mock::MockServer;
use serde_json::{Value, json};

use super::wire::{BY_ACCEPTING, FROM_OPPORTUNITY, call, input, quick};
use crate::support::status_of;

#[test]
fn task_completes_after_its_delay() {
    let mock = quick();
    let first = call(&mock, FROM_OPPORTUNITY, &input("one"));
    assert_eq!(first.status, 200);
    assert!(first.head.contains("content-type: application/x-amz-json-1.0"), "{}", first.head);
    assert!(first.head.contains("x-amzn-requestid: ") && first.head.contains("date: "), "{}", first.head);
    assert_eq!(first.body["TaskStatus"], "IN_PROGRESS");
    assert_eq!(first.body["EngagementId"], Value::Null);
    let arn = first.body["TaskArn"].as_str().unwrap();
    let id = first.body["TaskId"].as_str().unwrap();
    assert_eq!(
        arn,
        format!("arn:aws:partnercentral:us-east-1:123456789012:catalog/Sandbox/engagement-from-opportunity-task/{id}")
    );
    let deadline = Instant::now() + Duration::from_secs(5);
    let done = loop {
        let again = call(&mock, FROM_OPPORTUNITY, &input("one"));
        assert_eq!(again.body["TaskId"], first.body["TaskId"]);
        if again.body["TaskStatus"] == "COMPLETE" {
            break again;
        }
        assert!(Instant::now() < deadline, "the task never completes");
        std::thread::sleep(Duration::from_millis(10));
    };
    assert!(done.body["EngagementId"].as_str().unwrap().starts_with("eng-"));
    let events = mock.events();
    assert_eq!(events.len(), 1);
    assert_eq!(events[0]["detail-type"], "Opportunity Created");
    assert_eq!(events[0]["detail"]["opportunity"]["identifier"], "O1234567");
}

#[test]
fn token_belongs_to_one_input_operation_and_isolation() {
    let mock = quick();
    let first = call(&mock, FROM_OPPORTUNITY, &input("one")).body;
    let mut other = input("one");
    other["Identifier"] = "O7".into();
    let conflict = call(&mock, FROM_OPPORTUNITY, &other);
    assert_eq!(conflict.status, status_of("ConflictException"));
    assert_eq!(conflict.body["__type"], "com.amazonaws.partnercentralselling#ConflictException");
    let mut isolation = input("one");
    isolation["Catalog"] = "AWS".into();
    let elsewhere = call(&mock, FROM_OPPORTUNITY, &isolation).body;
    assert_ne!(elsewhere["TaskId"], first["TaskId"]);
    let invitation = json!({"Catalog": "Sandbox", "ClientToken": "one", "Identifier":
        "arn:aws:partnercentral:us-east-1:123456789012:catalog/Sandbox/engagement-invitation/engi-0123456789abc"});
    assert_eq!(call(&mock, BY_ACCEPTING, &invitation).body["EngagementInvitationId"], "engi-0123456789abc");
}

#[test]
fn newest_tokens_are_remembered() {
    let mock =
        MockServer::start_with(|builder| builder.configure(|config| config.remembered_tokens = Some(2))).unwrap();
    let task = |token: &str| call(&mock, FROM_OPPORTUNITY, &input(token)).body["TaskId"].clone();
    let (one, two) = (task("one"), task("two"));
    assert_eq!(task("one"), one);
    task("three");
    assert_eq!(task("two"), two);
    assert_ne!(task("one"), one);
}

#[test]
fn validation_names_every_violation() {
    let mock = quick();
    let body = json!({"Catalog": "1", "Identifier": "x", "AwsSubmission": {"InvolvementType": "None"}, "Tags": []});
    let refused = call(&mock, FROM_OPPORTUNITY, &body);
    assert_eq!(refused.status, status_of("ValidationException"));
    assert_eq!(refused.body["__type"], "com.amazonaws.partnercentralselling#ValidationException");
    assert_eq!(refused.body["Reason"], "REQUEST_VALIDATION_FAILED");
    let mut found: Vec<_> = refused.body["ErrorList"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| (error["FieldName"].as_str().unwrap(), error["Code"].as_str().unwrap()))
        .collect();
    found.sort_unstable();
    assert_eq!(
        found,
        [
            ("AwsSubmission.InvolvementType", "INVALID_ENUM_VALUE"),
            ("Catalog", "INVALID_STRING_FORMAT"),
            ("ClientToken", "REQUIRED_FIELD_MISSING"),
            ("Identifier", "INVALID_STRING_FORMAT"),
            ("Tags", "NOT_ENOUGH_VALUES"),
        ]
    );
}

#[test]
fn same_seed_gives_same_answers() {
    let task = |seed| {
        let mock = MockServer::start_with(|builder| builder.configure(|config| config.seed = seed)).unwrap();
        call(&mock, FROM_OPPORTUNITY, &input("one")).body["TaskId"].clone()
    };
    assert_eq!(task(7), task(7));
    assert_ne!(task(7), task(8));
}

#[test]
fn events_reach_the_webhook() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/events", listener.local_addr().unwrap());
    let mock = MockServer::start_with(|builder| {
        builder.configure(|config| {
            config.webhook = Some(url);
            config.task_delay = Some(Duration::from_millis(10));
        })
    })
    .unwrap();
    call(&mock, FROM_OPPORTUNITY, &input("one"));
    let (mut stream, _) = listener.accept().unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    let mut received = Vec::new();
    let mut buffer = [0; 4096];
    while !String::from_utf8_lossy(&received).contains("\"version\"") {
        let count = stream.read(&mut buffer).unwrap();
        assert!(count > 0, "{}", String::from_utf8_lossy(&received));
        received.extend_from_slice(&buffer[..count]);
    }
    let text = String::from_utf8(received).unwrap();
    assert!(text.starts_with("POST /events HTTP/1.1\r\n") && text.contains("Opportunity Created"), "{text}");
    stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").unwrap();
}
