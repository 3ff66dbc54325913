//! `wait`, while a mock goes through the states of a thing.

use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use super::support::{Mock, failed, printed, spawn, text, tools};

fn state(state: &str) -> Value {
    json!({ "output": { "Thing": { "Name": "t", "State": state } } })
}

fn missing() -> Value {
    json!({ "error": { "name": "NotFoundException", "message": "no thing", "members": { "Name": "t" } } })
}

fn wait<'a>(waiter: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["pages-and-waiters", "wait", waiter, "--name", "t"], more].concat()
}

fn mock(states: &[Value]) -> Mock {
    let mock = Mock::start("pages-and-waiters");
    mock.expect("GetThing", &json!(states));
    mock
}

#[test]
fn a_waiter_ends_when_the_state_is_reached() {
    let mock = mock(&[missing(), state("CREATING"), state("CREATING"), state("READY")]);
    assert_eq!(printed(tools(&mock.url, &wait("thing-ready", &["--delay", "0"]))), "");
    assert_eq!(mock.count("GetThing"), 4);
    assert_eq!(printed(tools(&mock.url, &wait("thing-ready", &[]))), "");
    assert_eq!(mock.count("GetThing"), 5);
}

#[test]
fn a_waiter_sees_a_state_that_changes_while_it_waits() {
    let mock = mock(&[state("CREATING")]);
    let mut program = spawn(tools(&mock.url, &wait("thing-ready", &[])));
    while mock.count("GetThing") == 0 {
        thread::sleep(Duration::from_millis(20));
    }
    mock.control("POST", "reset", &Value::Null);
    mock.expect("GetThing", &json!([state("READY")]));
    assert_eq!(program.status(), 0);
    assert_eq!(mock.count("GetThing"), 1);
}

#[test]
fn a_waiter_can_wait_for_an_error() {
    let mock = mock(&[state("READY"), missing()]);
    assert_eq!(printed(tools(&mock.url, &wait("thing-gone", &["--delay", "0"]))), "");
    assert_eq!(mock.count("GetThing"), 2);
}

#[test]
fn a_failure_state_ends_with_status_255() {
    let mock = mock(&[state("CREATING"), state("FAILED")]);
    let output = failed(tools(&mock.url, &wait("thing-ready", &["--delay", "0"])), 255);
    let said = "Waiter ThingReady failed: terminal failure state: expression \"Thing.State\" matched \"FAILED\"";
    assert!(text(&output.stderr).contains(said), "{}", text(&output.stderr));
    assert!(output.stdout.is_empty());
}

#[test]
fn attempts_are_limited() {
    let mock = mock(&[state("CREATING")]);
    let output = failed(tools(&mock.url, &wait("thing-ready", &["--delay", "0", "--max-attempts", "3"])), 255);
    let said = "Waiter ThingReady failed: exceeds the limit of 3 attempts";
    assert!(text(&output.stderr).contains(said), "{}", text(&output.stderr));
    assert_eq!(mock.count("GetThing"), 3);
    failed(tools(&mock.url, &wait("thing-ready", &["--delay", "0"])), 255);
    assert_eq!(mock.count("GetThing"), 43, "40 attempts by default");
}

#[test]
fn the_delay_lies_between_attempts() {
    let mock = mock(&[state("CREATING"), state("READY")]);
    let started = std::time::Instant::now();
    printed(tools(&mock.url, &wait("thing-ready", &["--delay", "2", "--max-attempts", "2"])));
    assert!(started.elapsed() >= Duration::from_secs(2), "{:?}", started.elapsed());
}

#[test]
fn an_unexpected_error_ends_with_status_255() {
    let mock = mock(&[json!({ "error": { "name": "AccessDenied", "message": "not you", "status": 400 } })]);
    let output = failed(tools(&mock.url, &wait("thing-ready", &["--delay", "0"])), 255);
    assert!(text(&output.stderr).contains("An error occurred (AccessDenied): not you"), "{}", text(&output.stderr));
    assert_eq!(mock.count("GetThing"), 1);
}

#[test]
fn invalid_options_are_refused_before_a_call() {
    let mock = mock(&[state("READY")]);
    for options in [&["--delay", "-1"][..], &["--delay", "x"], &["--max-attempts", "0"], &["--max-attempts", "1.5"]] {
        failed(tools(&mock.url, &wait("thing-ready", options)), 252);
    }
    failed(tools(&mock.url, &["pages-and-waiters", "wait", "thing-ready"]), 252);
    failed(tools(&mock.url, &["pages-and-waiters", "wait", "thing-read"]), 252);
    assert_eq!(mock.count("GetThing"), 0);
}

#[test]
fn an_interrupt_ends_a_waiter() {
    let mock = mock(&[state("CREATING")]);
    let mut program = spawn(tools(&mock.url, &wait("thing-ready", &["--delay", "60"])));
    while mock.count("GetThing") == 0 {
        thread::sleep(Duration::from_millis(20));
    }
    program.signal("INT");
    assert_eq!(program.status(), 130);
}
