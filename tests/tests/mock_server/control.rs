//! The control API.

use std::time::Duration;

use partnercentral_selling_mock::{Config, MockServer};
use serde_json::{Value, json};

use super::wire::{Answer, FROM_OPPORTUNITY, call, input, quick, send};

fn control(mock: &MockServer, method: &str, path: &str, body: Option<&Value>, more: &str) -> Answer {
    let body = body.map(ToString::to_string).unwrap_or_default();
    let text = format!(
        "{method} /_mock/{path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{more}\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    send(mock.address(), text.as_bytes()).expect("a response")
}

#[test]
fn control_api_sets_and_verifies_expectations() {
    // The task stays in progress during the test, even on a busy machine.
    let set_up = |config: &mut Config| config.task_delay = Some(Duration::from_secs(600));
    let mock = MockServer::start_with(|builder| builder.configure(set_up)).unwrap();
    let made = control(
        &mock,
        "POST",
        "expectations",
        Some(&json!({
            "operation": FROM_OPPORTUNITY, "times": 1, "respond": {"output": {"TaskId": "task-1"}}
        })),
        "",
    );
    assert_eq!((made.status, &made.body["id"]), (201, &json!(1)));
    assert_eq!(call(&mock, FROM_OPPORTUNITY, &input("one")).body, json!({"TaskId": "task-1"}));
    assert_eq!(control(&mock, "GET", "verification", None, "").body["met"], true);
    let requests = control(&mock, "GET", "requests?limit=5", None, "").body;
    assert_eq!((&requests["received"], &requests["requests"][0]["expectation"]), (&json!(1), &json!(1)));
    call(&mock, FROM_OPPORTUNITY, &input("two"));
    let task = control(&mock, "GET", "tasks", None, "").body["tasks"][0].clone();
    let failed = json!({"state": "FAILED", "members": {"ReasonCode": "OpportunityConflict"}});
    assert_eq!(control(&mock, "PUT", &format!("tasks/{}", task["id"]), Some(&failed), "").status, 204);
    assert_eq!(call(&mock, FROM_OPPORTUNITY, &input("two")).body["ReasonCode"], "OpportunityConflict");
    assert_eq!(control(&mock, "POST", "reset", None, "").status, 204);
    assert_eq!(control(&mock, "GET", "requests", None, "").body["received"], 0);
    for (method, path, body, status) in [
        ("GET", "nothing", None, 404),
        ("PATCH", "requests", None, 405),
        ("POST", "expectations", Some(json!({"respond": {"output": {}}})), 400),
        ("POST", "expectations", Some(json!({"operation": "Nothing"})), 400),
        ("POST", "expectations", Some(json!({"unknown": 1})), 400),
        ("POST", "faults", Some(json!({"fault": "drop", "probability": 2})), 400),
    ] {
        assert_eq!(control(&mock, method, path, body.as_ref(), "").status, status, "{method} {path}");
    }
}

#[test]
fn control_api_refuses_other_origins() {
    let mock = quick();
    let status = |more: &str| control(&mock, "GET", "health", None, more).status;
    assert_eq!(status(""), 200);
    assert_eq!(status("Origin: http://localhost\r\n"), 200);
    assert_eq!(status("Origin: https://example.com\r\n"), 403);
    assert_eq!(status("Origin: null\r\n"), 403);
    assert_eq!(status("Sec-Fetch-Site: cross-site\r\n"), 403);
    let rebound = send(mock.address(), b"GET /_mock/health HTTP/1.1\r\nHost: example.com\r\n\r\n").unwrap();
    assert_eq!(rebound.status, 403);
}
