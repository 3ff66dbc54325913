//! End to end: the command line and the clients against the mock, over a socket.

use std::process::{Command, Output};

use partnercentral_selling::blocking::Client;
use partnercentral_selling::errors::{ConflictException, ThrottlingException};
use partnercentral_selling::operations::{
    StartEngagementByAcceptingInvitationTask, StartEngagementByAcceptingInvitationTaskInput,
    StartEngagementFromOpportunityTask, StartEngagementFromOpportunityTaskError,
    StartEngagementFromOpportunityTaskInput,
};
use partnercentral_selling::types::{AwsSubmission, SalesInvolvementType, Tag, TaskStatus, Visibility};
use partnercentral_selling::{Config, Credentials, RequestId as _, asynchronous};
use partnercentral_selling_mock::MockServer;
use serde_json::Value;
use whitesmith_tests::programs;

/// Runs the command line against a mock, in an environment of its own.
fn run(mock: &MockServer, arguments: &[&str]) -> Output {
    let home = std::env::temp_dir();
    Command::new(programs::of_workspace("partnercentral-selling"))
        .args(arguments)
        .args(["--endpoint-url", &mock.url()])
        .env_clear()
        .env("HOME", home)
        .env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
        .env("AWS_SECRET_ACCESS_KEY", "secret")
        .env("AWS_REGION", "us-east-1")
        .output()
        .unwrap()
}

fn json(output: &Output) -> Value {
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn config(mock: &MockServer) -> Config {
    Config::builder()
        .region("us-east-1")
        .endpoint_url(mock.url())
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .build()
}

fn client(mock: &MockServer) -> Client {
    Client::new(config(mock)).unwrap()
}

fn opportunity() -> StartEngagementFromOpportunityTaskInput {
    let submission = AwsSubmission::new(SalesInvolvementType::CoSell).visibility(Visibility::Full);
    let input = StartEngagementFromOpportunityTaskInput::builder().catalog("Sandbox").identifier("O5842017");
    input.aws_submission(submission).build().unwrap()
}

fn tag(key: &str, value: &str) -> Tag {
    Tag::builder().key(key).value(value).build().unwrap()
}

#[test]
fn the_command_line_starts_an_engagement_from_an_opportunity() {
    let mock = MockServer::start().unwrap();
    let output = run(
        &mock,
        &[
            "start-engagement-from-opportunity-task",
            "--catalog",
            "Sandbox",
            "--identifier",
            "O5842017",
            "--aws-submission",
            "InvolvementType=Co-Sell,Visibility=Full",
            "--tags",
            "Key=team,Value=retail",
        ],
    );

    let answer = json(&output);
    assert_eq!(answer["OpportunityId"], "O5842017");
    assert_eq!(answer["TaskStatus"], "IN_PROGRESS");
    assert!(answer["TaskArn"].as_str().unwrap().contains("catalog/Sandbox"));

    let received = mock.requests::<StartEngagementFromOpportunityTask>();
    assert_eq!(received.len(), 1);
    let input = &received[0].input;
    let token = input.client_token.clone().expect("the token is made up where it is not given");
    assert_eq!(*input, opportunity().tags(vec![tag("team", "retail")]).client_token(token));
}

#[test]
fn the_command_line_accepts_an_invitation() {
    let mock = MockServer::start().unwrap();
    let arguments = [
        "start-engagement-by-accepting-invitation-task",
        "--catalog",
        "AWS",
        "--identifier",
        "engi-4f7k2m9qx1zbt",
        "--client-token",
        "my-token",
        "--query",
        "[TaskStatus, EngagementInvitationId]",
        "--output",
        "text",
    ];
    let output = run(&mock, &arguments);
    assert_eq!(String::from_utf8_lossy(&output.stdout), "IN_PROGRESS\tengi-4f7k2m9qx1zbt\n");
    assert_eq!(output.status.code(), Some(0));

    let received = mock.requests::<StartEngagementByAcceptingInvitationTask>();
    let expected = StartEngagementByAcceptingInvitationTaskInput::builder();
    let expected = expected.catalog("AWS").identifier("engi-4f7k2m9qx1zbt").build().unwrap().client_token("my-token");
    assert_eq!(received.len(), 1);
    assert_eq!(received[0].input, expected);
}

#[test]
fn the_command_line_presigns_a_request_without_sending_it() {
    let mock = MockServer::start().unwrap();
    let command = ["start-engagement-from-opportunity-task", "--catalog", "Sandbox", "--identifier", "O5842017"];
    let more = ["--aws-submission", "InvolvementType=Co-Sell", "--presign"];
    let answer = json(&run(&mock, &[&command[..], &more, &["--expires-in", "60"]].concat()));
    assert_eq!(answer["Method"], "POST");
    let url = answer["Url"].as_str().unwrap();
    assert!(url.starts_with(&mock.url()) && url.contains("X-Amz-Expires=60&"), "{url}");
    let body: Value = serde_json::from_str(answer["Body"].as_str().unwrap()).unwrap();
    assert_eq!(body["Identifier"], "O5842017");
    assert!(answer["Headers"]["x-amz-target"].is_string());
    assert!(mock.requests::<StartEngagementFromOpportunityTask>().is_empty());

    for invalid in [&["--presign", "--expires-in", "0"][..], &["--expires-in", "60"]] {
        let output = run(&mock, &[&command[..], &["--aws-submission", "InvolvementType=Co-Sell"], invalid].concat());
        assert_eq!(output.status.code(), Some(252), "{invalid:?}");
    }
}

#[test]
fn a_request_that_breaks_the_model_is_refused_with_every_violation() {
    let mock = MockServer::start().unwrap();
    let output = run(
        &mock,
        &[
            "start-engagement-from-opportunity-task",
            "--catalog",
            "Sandbox 1",
            "--identifier",
            "opportunity",
            "--aws-submission",
            "InvolvementType=Dance",
            "--cli-error-format",
            "json",
        ],
    );
    assert_eq!(output.status.code(), Some(254));
    assert!(output.stdout.is_empty());
    let error: Value = serde_json::from_slice(&output.stderr).unwrap();
    assert_eq!(error["Code"], "ValidationException");
    assert_eq!(error["Reason"], "REQUEST_VALIDATION_FAILED");
    let fields: Vec<_> = error["ErrorList"].as_array().unwrap().iter().map(|error| &error["FieldName"]).collect();
    assert_eq!(fields, ["Identifier", "AwsSubmission.InvolvementType"]);
}

#[test]
fn the_client_gets_typed_outputs() {
    let mock = MockServer::start().unwrap();
    let output = client(&mock).start_engagement_from_opportunity_task(&opportunity()).unwrap();
    assert_eq!(output.task_status, Some(TaskStatus::InProgress));
    assert_eq!(output.opportunity_id.as_deref(), Some("O5842017"));
    assert!(output.start_time.is_some());
    assert!(output.request_id().is_some_and(|id| !id.is_empty()));
    assert!(format!("{output:?}").starts_with("StartEngagementFromOpportunityTaskOutput { task_id: \"task-"));
}

#[test]
fn the_same_token_gives_the_same_task_and_another_input_a_conflict() {
    let mock = MockServer::start().unwrap();
    let client = client(&mock);
    let input = opportunity().client_token("once");
    let first = client.start_engagement_from_opportunity_task(&input).unwrap();
    let second = client.start_engagement_from_opportunity_task(&input).unwrap();
    assert_eq!(first.task_id, second.task_id);

    let other = input.tags(vec![tag("team", "retail")]);
    let error = client.start_engagement_from_opportunity_task(&other).unwrap_err();
    assert!(matches!(error.kind(), Some(StartEngagementFromOpportunityTaskError::ConflictException(_))), "{error}");
    assert!(!error.is_retryable());
}

#[test]
fn throttling_is_tried_again_and_a_conflict_is_not() {
    let mock = MockServer::start().unwrap();
    mock.start_engagement_from_opportunity_task().times(2).fail(ThrottlingException::new()).then_default();
    let client = client(&mock);
    assert!(client.start_engagement_from_opportunity_task(&opportunity()).is_ok());
    mock.verify().unwrap();

    mock.reset();
    mock.start_engagement_from_opportunity_task().times(1).fail(ConflictException::new().message("not now"));
    let error = client.start_engagement_from_opportunity_task(&opportunity()).unwrap_err();
    assert_eq!(error.code(), Some("ConflictException"));
    assert!(error.to_string().contains("not now"), "{error}");
    assert_eq!(mock.requests::<StartEngagementFromOpportunityTask>().len(), 1);
    mock.verify().unwrap();
}

#[test]
fn the_client_of_futures_calls_tries_again_and_gets_typed_errors() {
    let mock = MockServer::start().unwrap();
    mock.start_engagement_from_opportunity_task().times(2).fail(ThrottlingException::new()).then_default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let client = asynchronous::Client::new(config(&mock)).unwrap();
        let input = opportunity().client_token("once");
        let output = client.start_engagement_from_opportunity_task(&input).await.unwrap();
        assert_eq!(output.task_status, Some(TaskStatus::InProgress));
        assert_eq!(output.opportunity_id.as_deref(), Some("O5842017"));
        mock.verify().unwrap();

        let other = input.tags(vec![tag("team", "retail")]);
        let error = client.start_engagement_from_opportunity_task(&other).await.unwrap_err();
        assert!(matches!(error.kind(), Some(StartEngagementFromOpportunityTaskError::ConflictException(_))), "{error}");
        assert_eq!(error.as_service().unwrap().attempts, 1);
    });
    assert_eq!(mock.requests::<StartEngagementFromOpportunityTask>().len(), 3, "two attempts and one");
}

#[test]
fn a_user_of_the_crate_reaches_the_clients_settings_through_it() {
    use partnercentral_selling::client::config::{Proxy, Timeouts};
    use partnercentral_selling::client::error::Chain;
    use partnercentral_selling::client::retry::RetryConfig;

    let mock = MockServer::start().unwrap();
    mock.start_engagement_from_opportunity_task().times(1).fail(ThrottlingException::new());
    let settings =
        config(&mock).to_builder().retry(RetryConfig::NEVER).proxy(Proxy::None).timeouts(Timeouts::default());
    let error = Client::new(settings.build()).unwrap().start_engagement_from_opportunity_task(&opportunity());
    let error = error.unwrap_err();
    assert!(error.is_retryable() && Chain(&error).to_string().starts_with("ThrottlingException"), "{error}");
    mock.verify().unwrap();
}

#[test]
fn constraints_can_be_checked_without_a_service() {
    let submission = AwsSubmission::new("Dance".into());
    let input = StartEngagementFromOpportunityTaskInput::builder().catalog("").identifier("nope");
    let input = input.aws_submission(submission).build().unwrap();
    let violations = partnercentral_selling::validate(&input).unwrap_err();
    let text = violations.to_string();
    for path in ["/Catalog", "/Identifier", "/AwsSubmission/InvolvementType"] {
        assert!(text.contains(path), "{text}");
    }
    assert!(partnercentral_selling::validate(&opportunity().client_token("token")).is_ok());
    // The client fills the token in.
    assert!(partnercentral_selling::validate(&opportunity()).is_ok());
}
