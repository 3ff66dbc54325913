//! The AWS SDK for Rust against the mock.

mod control;

use std::process::ExitCode;

use aws_sdk_partnercentralselling::Client;
use aws_sdk_partnercentralselling::config::retry::RetryConfig;
use aws_sdk_partnercentralselling::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_partnercentralselling::error::{DisplayErrorContext, ProvideErrorMetadata};
use aws_sdk_partnercentralselling::operation::start_engagement_from_opportunity_task::{
    StartEngagementFromOpportunityTaskError as Error, StartEngagementFromOpportunityTaskOutput as Output,
};
use aws_sdk_partnercentralselling::types::{AwsSubmission, SalesInvolvementType, TaskStatus, Visibility};
use control::Control;
use serde_json::json;

/// What is wrong with a case, if anything.
type Check = Result<(), String>;

/// An error's name, how many requests a client makes that is told to try three times, and whether it is of its type.
type Modelled = (&'static str, u64, fn(&Error) -> bool);

const ERRORS: [Modelled; 7] = [
    ("AccessDeniedException", 1, Error::is_access_denied_exception),
    ("ConflictException", 1, Error::is_conflict_exception),
    ("InternalServerException", 3, Error::is_internal_server_exception),
    ("ResourceNotFoundException", 1, Error::is_resource_not_found_exception),
    ("ServiceQuotaExceededException", 1, Error::is_service_quota_exceeded_exception),
    ("ThrottlingException", 3, Error::is_throttling_exception),
    ("ValidationException", 1, Error::is_validation_exception),
];

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let Ok(url) = std::env::var("MOCK_URL") else {
        eprintln!("MOCK_URL is not set");
        return ExitCode::from(2);
    };
    let control = Control::new(&url);
    let client = client(url);
    let mut failed = false;
    let mut report = |name: &str, check: Check| match check {
        Ok(()) => println!("ok {name}"),
        Err(wrong) => {
            failed = true;
            println!("FAIL {name}: {wrong}");
        }
    };
    report("typed output", typed_output(&client, &control).await);
    report("other operation", other_operation(&client).await);
    report("same token", same_token(&client).await);
    report("validation", refused(&client, &control).await);
    for modelled in ERRORS {
        report(modelled.0, error(&client, &control, modelled).await);
    }
    ExitCode::from(u8::from(failed))
}

fn client(url: String) -> Client {
    let config = aws_sdk_partnercentralselling::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .endpoint_url(url)
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("test", "test", None, None, "test"))
        .retry_config(RetryConfig::standard().with_max_attempts(3))
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .build();
    Client::from_conf(config)
}

async fn from_opportunity(client: &Client, token: &str, identifier: &str) -> Result<Output, Error> {
    let submission =
        AwsSubmission::builder().involvement_type(SalesInvolvementType::CoSell).visibility(Visibility::Full).build();
    let request = client
        .start_engagement_from_opportunity_task()
        .catalog("Sandbox")
        .client_token(token)
        .identifier(identifier)
        .aws_submission(submission.map_err(Error::unhandled)?);
    request.send().await.map_err(|error| error.into_service_error())
}

fn differs<T: PartialEq + std::fmt::Debug>(found: T, expected: T) -> Check {
    if found == expected { Ok(()) } else { Err(format!("expected {expected:?}, got {found:?}")) }
}

fn shown(error: Error) -> String {
    DisplayErrorContext(error).to_string()
}

async fn typed_output(client: &Client, control: &Control) -> Check {
    control.post("reset", None)?;
    let output = from_opportunity(client, "a-token", "O1234567").await.map_err(shown)?;
    differs(
        (output.task_status(), output.opportunity_id(), output.start_time().is_some()),
        (Some(&TaskStatus::InProgress), Some("O1234567"), true),
    )
}

async fn other_operation(client: &Client) -> Check {
    let request = client
        .start_engagement_by_accepting_invitation_task()
        .catalog("Sandbox")
        .client_token("a-token")
        .identifier("engi-0123456789abc");
    let output = request.send().await.map_err(|error| DisplayErrorContext(error).to_string())?;
    differs(output.engagement_invitation_id(), Some("engi-0123456789abc"))
}

async fn same_token(client: &Client) -> Check {
    let one = from_opportunity(client, "again", "O1234567").await.map_err(shown)?;
    let other = from_opportunity(client, "again", "O1234567").await.map_err(shown)?;
    differs(one.task_id(), other.task_id())
}

async fn refused(client: &Client, control: &Control) -> Check {
    control.post("reset", None)?;
    match from_opportunity(client, "a-token", "none").await {
        Err(Error::ValidationException(error)) => {
            let fields: Vec<_> = error.error_list().iter().filter_map(|violation| violation.field_name()).collect();
            differs((fields, control.received()?), (vec!["Identifier"], 1))
        }
        other => Err(format!("{other:?}")),
    }
}

async fn error(client: &Client, control: &Control, (name, attempts, is_it): Modelled) -> Check {
    control.post("reset", None)?;
    let members =
        if name == "ValidationException" { json!({"Reason": "REQUEST_VALIDATION_FAILED"}) } else { json!({}) };
    let error = json!({"name": name, "message": format!("the {name}"), "members": members});
    let expectation =
        json!({"operation": "StartEngagementFromOpportunityTask", "respond": {"error": error}});
    control.post("expectations", Some(&expectation))?;
    match from_opportunity(client, "a-token", "O1234567").await {
        Err(error) => differs(
            (is_it(&error), error.message().map(str::to_owned), control.received()?),
            (true, Some(format!("the {name}")), attempts),
        ),
        Ok(output) => Err(format!("{output:?}")),
    }
}
