//! Expectations, handlers, faults and scripts.

use std::time::{Duration, Instant};

use partnercentral_selling_mock::MockServer;
use partnercentral_selling_mock::errors::ThrottlingException;
use partnercentral_selling_mock::operations::{
    StartEngagementFromOpportunityTask, StartEngagementFromOpportunityTaskInput,
    StartEngagementFromOpportunityTaskOutput,
};
use partnercentral_selling_mock::types::{AwsSubmission, SalesInvolvementType};
use serde_json::{Value, json};

use super::wire::{FROM_OPPORTUNITY, call, input, quick, request_text, send};
use crate::support::status_of;

fn typed_input(token: &str) -> StartEngagementFromOpportunityTaskInput {
    let submission = AwsSubmission::new(SalesInvolvementType::from("Co-Sell"));
    let input = StartEngagementFromOpportunityTaskInput::builder().catalog("Sandbox").identifier("O1234567");
    input.aws_submission(submission).build().unwrap().client_token(token)
}

#[test]
fn expectations_answer_in_sequence_and_are_verified() {
    let mock = quick();
    let mut output = StartEngagementFromOpportunityTaskOutput::new();
    output.task_id = Some("task-0000000000000".into());
    mock.start_engagement_from_opportunity_task()
        .when(|request| request.client_token.as_deref() == Some("mine"))
        .fail(ThrottlingException::new())
        .then_respond(output);
    let throttled = status_of("ThrottlingException");
    assert_eq!(call(&mock, FROM_OPPORTUNITY, &input("mine")).status, throttled);
    assert_eq!(call(&mock, FROM_OPPORTUNITY, &input("mine")).body, json!({"TaskId": "task-0000000000000"}));
    assert_eq!(call(&mock, FROM_OPPORTUNITY, &input("other")).body["TaskStatus"], "IN_PROGRESS");
    mock.verify().unwrap();

    mock.start_engagement_from_opportunity_task()
        .named("the real thing")
        .with(&typed_input("real"))
        .times(2)
        .respond_default();
    call(&mock, FROM_OPPORTUNITY, &input("other"));
    let message = mock.verify().unwrap_err().to_string();
    assert!(message.starts_with("the real thing, StartEngagementFromOpportunityTask: expected 2 requests, received 0"));
    assert!(message.contains(r#"ClientToken: expected "real", got "other""#), "{message}");

    let requests = mock.requests::<StartEngagementFromOpportunityTask>();
    let tokens: Vec<_> = requests.iter().filter_map(|request| request.input.client_token.as_deref()).collect();
    assert_eq!(tokens, ["mine", "mine", "other", "other"]);
    mock.reset();
    assert!(mock.requests::<StartEngagementFromOpportunityTask>().is_empty() && mock.verify().is_ok());
}

#[test]
fn answers_are_delayed() {
    let mock = quick();
    mock.start_engagement_from_opportunity_task().after(Duration::from_millis(150)).respond_default();
    let started = Instant::now();
    call(&mock, FROM_OPPORTUNITY, &input("one"));
    assert!(started.elapsed() >= Duration::from_millis(150));
}

#[test]
fn task_fails_on_request() {
    let mock =
        MockServer::start_with(|builder| builder.configure(|config| config.task_delay = Some(Duration::ZERO))).unwrap();
    mock.start_engagement_from_opportunity_task().fail_task([("ReasonCode", "OpportunityConflict")]);
    let failed = call(&mock, FROM_OPPORTUNITY, &input("one")).body;
    assert_eq!((&failed["TaskStatus"], &failed["ReasonCode"]), (&"FAILED".into(), &"OpportunityConflict".into()));
    assert!(failed["Message"].is_string() && failed["EngagementId"].is_null());
}

#[test]
fn handlers_answer_selected_requests() {
    let mock = MockServer::start_with(|builder| {
        builder.handle::<StartEngagementFromOpportunityTask>(|input| {
            let mut output = StartEngagementFromOpportunityTaskOutput::new();
            output.message = Some(format!("for {}", input.identifier));
            (input.catalog == "Sandbox").then_some(Ok(output))
        })
    })
    .unwrap();
    assert_eq!(call(&mock, FROM_OPPORTUNITY, &input("one")).body, json!({"Message": "for O1234567"}));
    let mut other = input("one");
    other["Catalog"] = "AWS".into();
    assert_eq!(call(&mock, FROM_OPPORTUNITY, &other).body["TaskStatus"], "IN_PROGRESS");
}

#[test]
fn faults_are_injected() {
    let mock = quick();
    let with = |fault: Value| {
        mock.reset();
        mock.fault(fault).unwrap();
        send(mock.address(), request_text(FROM_OPPORTUNITY, &input("one").to_string(), "").as_bytes())
    };
    assert!(with(json!({"fault": "drop"})).is_none());
    assert!(with(json!({"fault": "reset"})).is_none());
    assert!(with(json!({"fault": {"truncate": {"bytes": 10}}})).is_none());
    let malformed = with(json!({"fault": "malformed"}));
    assert!(malformed.is_some_and(|answer| answer.status == 200 && answer.body == Value::Null));
    let error = with(json!({"fault": {"error": {"name": "InternalServerException", "message": "x"}}})).unwrap();
    assert_eq!((error.status, error.body["Message"].as_str()), (status_of("InternalServerException"), Some("x")));
    let started = Instant::now();
    assert_eq!(with(json!({"fault": {"drip": {"bytes": 100, "pause_ms": 30}}})).unwrap().status, 200);
    assert!(started.elapsed() >= Duration::from_millis(60));
    mock.reset();
    mock.fault(json!({"fault": {"throttle": {"per_second": 0.001, "burst": 2}}})).unwrap();
    let statuses: Vec<_> = (0..4).map(|_| call(&mock, FROM_OPPORTUNITY, &input("one")).status).collect();
    let throttled = status_of("ThrottlingException");
    assert_eq!(statuses, [200, 200, throttled, throttled]);
}

#[test]
fn script_adds_expectations_and_faults() {
    let mock = quick();
    mock.script(
        "expectations:\n  - operation: StartEngagementFromOpportunityTask\n    when: {Catalog: Sandbox}\n    respond:\n\
         \x20     - error: {name: ServiceQuotaExceededException, message: full}\n      - default\n\
         faults:\n  - fault: {latency: {fixed: {ms: 1}}}\n",
    )
    .unwrap();
    let first = call(&mock, FROM_OPPORTUNITY, &input("one"));
    let refused = (status_of("ServiceQuotaExceededException"), Some("full"));
    assert_eq!((first.status, first.body["Message"].as_str()), refused);
    assert_eq!(call(&mock, FROM_OPPORTUNITY, &input("one")).status, 200);
    let error = mock.script("expectations:\n  - operation: Nothing\n").unwrap_err().to_string();
    assert!(error.starts_with("expectation 1: operation: unknown operation `Nothing`"), "{error}");
    assert!(mock.script("expectation: []").is_err());
}
