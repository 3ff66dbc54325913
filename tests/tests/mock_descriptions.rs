//! Invalid descriptions of expectations and faults, and the mock's error messages.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use partnercentral_selling_mock::MockServer;
use serde_json::{Value, json};

const OPERATION: &str = "StartEngagementFromOpportunityTask";

fn call(mock: &MockServer, body: &str) {
    let mut stream = TcpStream::connect(mock.address()).unwrap();
    let request = format!(
        "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/x-amz-json-1.0\r\n\
         X-Amz-Target: AWSPartnerCentralSelling.{OPERATION}\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).unwrap();
    stream.read_to_end(&mut Vec::new()).unwrap();
}

fn refusal(mock: &MockServer, expectation: Value) -> String {
    let script = json!({ "expectations": [expectation] }).to_string();
    let error = mock.script(&script).expect_err(&script).to_string();
    error.strip_prefix("expectation 1: ").expect("the place").to_owned()
}

#[test]
fn expectations_name_what_is_wrong_and_the_nearest_name() {
    let mock = MockServer::start().unwrap();
    let with = |name: &str, value: Value| {
        let mut expectation = json!({ "operation": OPERATION });
        expectation[name] = value;
        expectation
    };
    for (expectation, expected) in [
        (
            json!({"operation": "StartEngagementFromOportunityTask"}),
            "operation: unknown operation `StartEngagementFromOportunityTask`; did you mean \
             `StartEngagementFromOpportunityTask`?",
        ),
        (with("respnd", json!("default")), "unknown field `respnd`; did you mean `respond`?"),
        (with("respond", json!("defualt")), "respond: unknown answer `defualt`; did you mean `default`?"),
        (
            with("respond", json!(["default", {"eror": {"name": "ThrottlingException"}}])),
            "respond[1]: unknown answer `eror`; did you mean `error`?",
        ),
        (
            with("respond", json!({"error": {"name": "ThrotlingException"}})),
            "respond.error.name: unknown error `ThrotlingException`; did you mean `ThrottlingException`?",
        ),
        (
            with("respond", json!({"output": {"TaskStatuss": "COMPLETE"}})),
            "respond.output: unknown member of StartEngagementFromOpportunityTaskResponse `TaskStatuss`; \
             did you mean `TaskStatus`?",
        ),
        (
            with("respond", json!({"output": {"TaskStatus": "COMPLET"}})),
            "respond.output.TaskStatus: unknown value of TaskStatus `COMPLET`; did you mean `COMPLETE`?",
        ),
        (
            with("when", json!({"AwsSubmission": {"Visibility": 5}})),
            "when.AwsSubmission.Visibility: expected a string, found a number",
        ),
        (
            with("respond", json!({"task": {"state": "FAILD"}})),
            "respond.task.state: unknown final state `FAILD`; did you mean `FAILED`?",
        ),
        (
            with("respond", json!({"task": {"state": "FAILED", "members": {"ReasonCod": "x"}}})),
            "respond.task.members: unknown member of a failed task `ReasonCod`; did you mean `ReasonCode`?",
        ),
        (with("times", json!(0)), "times: expected an integer of at least 1"),
        (json!({"respond": {"output": {}}}), "respond: `output` needs an `operation`"),
    ] {
        let found = refusal(&mock, expectation.clone());
        assert_eq!(found, expected, "{expectation}");
    }
    assert!(mock.verify().is_ok(), "nothing was added");
}

#[test]
fn faults_name_what_is_wrong() {
    let mock = MockServer::start().unwrap();
    for (fault, expected) in [
        (json!({"fault": "dorp"}), "fault 1: fault: unknown fault `dorp`; did you mean `drop`?"),
        (
            json!({"fault": {"latency": {"fixd": {"ms": 1}}}}),
            "fault 1: fault.latency: unknown latency `fixd`; did you mean `fixed`?",
        ),
        (
            json!({"fault": {"latency": {"fixed": {"ms": 700_000}}}}),
            "fault 1: fault.latency.fixed.ms: expected an integer between 0 and 600000",
        ),
        (json!({"fault": "drop", "probability": 2}), "fault 1: probability: expected a number between 0 and 1"),
        (json!({}), "fault 1: missing field `fault`"),
    ] {
        assert_eq!(mock.fault(fault).unwrap_err().to_string(), expected);
    }
}

#[test]
fn verification_prints_its_text_and_ignores_earlier_requests() {
    let mock = MockServer::start().unwrap();
    let send = || {
        let body = json!({"Catalog": "Sandbox", "ClientToken": "other", "Identifier": "O1234567",
                          "AwsSubmission": {"InvolvementType": "Co-Sell"}});
        call(&mock, &body.to_string());
    };
    send();
    let operation =
        json!({"name": "the real thing", "operation": OPERATION, "when": {"ClientToken": "real"}, "times": 2});
    mock.script(&json!({ "expectations": [operation] }).to_string()).unwrap();
    let unmet = mock.verify().unwrap_err();
    assert_eq!(
        unmet.to_string(),
        "the real thing, StartEngagementFromOpportunityTask: expected 2 requests, received 0"
    );
    send();
    let expected = "the real thing, StartEngagementFromOpportunityTask: expected 2 requests, received 0\n  \
                    request 2 came instead:\n    ClientToken: expected \"real\", got \"other\"";
    // What `verify()?` prints at the end of a test.
    assert_eq!(format!("{:?}", mock.verify().unwrap_err()), expected);
}
