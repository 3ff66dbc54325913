//! Repeats calls and prints what they took: drive WORK CALLS [URL].

use std::error::Error;
use std::hint::black_box;
use std::time::{Duration, Instant};

use aws_sdk_partnercentralselling::Client;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use rust_sdk::{config, tags};
use rustix::time::{ClockId, clock_gettime};

const RESPONSE: &str = r#"{"EngagementInvitationId":"engi-4f7k2m9qx1zbt","Message":"The task is working.","OpportunityId":"O1234567890","ReasonCode":"RequestThrottled","ResourceSnapshotJobId":"job-4f7k2m9qx1zbt","StartTime":"2026-06-30T12:34:56.789Z","TaskArn":"arn:aws:partnercentral:us-east-1:123456789012:catalog/Sandbox/engagement-by-accepting-invitation-task/task-4f7k2m9qx1zbt","TaskId":"task-4f7k2m9qx1zbt","TaskStatus":"IN_PROGRESS"}"#;
const IN_FLIGHT: u64 = 32;

/// Answers in place of a connection.
#[derive(Clone, Debug)]
struct Canned;

impl HttpConnector for Canned {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        black_box(&request);
        let response = http::Response::new(SdkBody::from(RESPONSE));
        HttpConnectorFuture::ready(Ok(HttpResponse::try_from(response).expect("a plain response")))
    }
}

impl HttpClient for Canned {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

fn cpu() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), time.tv_nsec.unsigned_abs() as u32)
}

async fn call(client: &Client) -> Result<(), Box<dyn Error + Send + Sync>> {
    let output = client
        .start_engagement_by_accepting_invitation_task()
        .catalog("Sandbox")
        .client_token("0a1b2c3d-4e5f-4678-9abc-def012345678")
        .identifier("engi-4f7k2m9qx1zbt")
        .set_tags(Some(tags()))
        .send()
        .await?;
    black_box(output);
    Ok(())
}

async fn repeat(client: Client, calls: u64) -> Result<(), Box<dyn Error + Send + Sync>> {
    for _ in 0..calls {
        call(&client).await?;
    }
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [work, calls, rest @ ..] = arguments.as_slice() else { return Err("drive WORK CALLS [URL]".into()) };
    let calls: u64 = calls.parse()?;
    let url = rest.first().filter(|url| !url.is_empty()).map_or("http://127.0.0.1:1", String::as_str);
    let config = config(url);
    let config = if work == "async-no-socket" { config.http_client(Canned) } else { config };
    let client = Client::from_conf(config.build());
    call(&client).await?;
    let (start, wall) = (cpu(), Instant::now());
    if work == "async-32" {
        let tasks: Vec<_> =
            (0..IN_FLIGHT).map(|_| tokio::spawn(repeat(client.clone(), calls / IN_FLIGHT))).collect();
        for task in tasks {
            task.await??;
        }
    } else {
        repeat(client, calls).await?;
    }
    let (cpu, wall) = (cpu() - start, wall.elapsed());
    println!(r#"{{"calls":{calls},"cpu":{},"wall":{}}}"#, cpu.as_secs_f64(), wall.as_secs_f64());
    Ok(())
}
