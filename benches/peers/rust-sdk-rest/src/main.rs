//! Repeats calls without a socket and prints what they took: drive WORK CALLS.

use std::error::Error;
use std::hint::black_box;
use std::time::{Duration, Instant};

use aws_sdk_polly::types::{Engine, LanguageCode, OutputFormat, TextType, VoiceId};
use aws_sdk_route53::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_route53::types::{Change, ChangeAction, ChangeBatch, ResourceRecord, ResourceRecordSet, RrType};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use rustix::time::{ClockId, clock_gettime};

/// The responses; `benches/programs/rest` has the same.
const TASK: &str = include_str!("../../../programs/rest/src/task.json");
const CHANGE: &str = include_str!("../../../programs/rest/src/change.xml");

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// Answers in place of a connection.
#[derive(Clone, Debug)]
struct Canned(&'static str);

impl HttpConnector for Canned {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        black_box(&request);
        let response = http::Response::new(SdkBody::from(self.0));
        HttpConnectorFuture::ready(Ok(HttpResponse::try_from(response).expect("a plain response")))
    }
}

impl HttpClient for Canned {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

macro_rules! client {
    ($sdk:ident, $response:expr) => {
        $sdk::Client::from_conf(
            $sdk::Config::builder()
                .behavior_version(BehaviorVersion::latest())
                .region(Region::new("us-east-1"))
                .endpoint_url("http://127.0.0.1:1")
                .credentials_provider(Credentials::new(
                    "AKIDEXAMPLE",
                    "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
                    None,
                    None,
                    "benchmark",
                ))
                .http_client(Canned($response))
                .build(),
        )
    };
}

async fn start_task(client: &aws_sdk_polly::Client) -> Result<()> {
    let output = client
        .start_speech_synthesis_task()
        .engine(Engine::Neural)
        .language_code(LanguageCode::EnUs)
        .output_format(OutputFormat::Mp3)
        .output_s3_bucket_name("speech")
        .output_s3_key_prefix("2026/06")
        .sample_rate("24000")
        .text("Whitesmith turns Smithy models into Rust crates.")
        .text_type(TextType::Text)
        .voice_id(VoiceId::Joanna)
        .send()
        .await?;
    black_box(output);
    Ok(())
}

async fn change_records(client: &aws_sdk_route53::Client) -> Result<()> {
    let record = |value: &str| ResourceRecord::builder().value(value).build();
    let records = ResourceRecordSet::builder()
        .name("www.example.com")
        .r#type(RrType::A)
        .ttl(300)
        .resource_records(record("192.0.2.1")?)
        .resource_records(record("192.0.2.2")?)
        .build()?;
    let change = Change::builder().action(ChangeAction::Upsert).resource_record_set(records).build()?;
    let batch = ChangeBatch::builder().comment("two addresses").changes(change).build()?;
    let output = client.change_resource_record_sets().hosted_zone_id("Z123456789").change_batch(batch).send().await?;
    black_box(output);
    Ok(())
}

fn cpu() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), time.tv_nsec.unsigned_abs() as u32)
}

/// Warms the call up, repeats it, and prints what that took.
macro_rules! repeat {
    ($calls:ident, $call:expr) => {{
        $call.await?;
        let (start, wall) = (cpu(), Instant::now());
        for _ in 0..$calls {
            $call.await?;
        }
        let (cpu, wall) = (cpu() - start, wall.elapsed());
        println!(r#"{{"calls":{},"cpu":{},"wall":{}}}"#, $calls, cpu.as_secs_f64(), wall.as_secs_f64());
    }};
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [work, calls, ..] = arguments.as_slice() else { return Err("drive WORK CALLS".into()) };
    let calls: u64 = calls.parse()?;
    match work.as_str() {
        "restJson1-no-socket" => {
            let client = client!(aws_sdk_polly, TASK);
            repeat!(calls, start_task(&client));
        }
        "restXml-no-socket" => {
            let client = client!(aws_sdk_route53, CHANGE);
            repeat!(calls, change_records(&client));
        }
        other => return Err(format!("no work `{other}`").into()),
    }
    Ok(())
}
