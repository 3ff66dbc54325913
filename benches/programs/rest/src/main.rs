//! Repeats calls without a socket and prints what they took: rest WORK CALLS.

use std::error::Error;
use std::hint::black_box;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Request, Response};
use polly::operations::StartSpeechSynthesisTaskInput;
use route_53::operations::ChangeResourceRecordSetsInput;
use route_53::types::{Change, ChangeBatch, ResourceRecord, ResourceRecordSet};
use rustix::time::{ClockId, clock_gettime};
use whitesmith_client::asynchronous::{Body, BoxFuture, Transport};
use whitesmith_client::core::AttemptLimits;
use whitesmith_client::error::TransportError;
use whitesmith_client::{Config, Credentials};

const TASK: &str = include_str!("task.json");
const CHANGE: &str = include_str!("change.xml");

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// Answers in place of a connection.
struct Canned(&'static str);

impl Transport for Canned {
    fn send(
        &self,
        request: Request<Body>,
        _: AttemptLimits,
    ) -> BoxFuture<'_, std::result::Result<Response<Body>, TransportError>> {
        black_box(&request);
        let response = Response::new(Body::Bytes(Bytes::from_static(self.0.as_bytes())));
        Box::pin(std::future::ready(Ok(response)))
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::ready(()))
    }
}

fn config() -> Config {
    Config::builder()
        .region("us-east-1")
        .endpoint_url("http://127.0.0.1:1")
        .credentials(Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", None))
        .build()
}

async fn start_task(client: &polly::asynchronous::Client) -> Result<()> {
    let input = StartSpeechSynthesisTaskInput::builder()
        .output_format("mp3".into())
        .output_s3_bucket_name("speech")
        .text("Whitesmith turns Smithy models into Rust crates.")
        .voice_id("Joanna".into())
        .build()?
        .engine("neural".into())
        .language_code("en-US".into())
        .output_s3_key_prefix("2026/06")
        .sample_rate("24000")
        .text_type("text".into());
    black_box(client.start_speech_synthesis_task(&input).await?);
    Ok(())
}

async fn change_records(client: &route_53::asynchronous::Client) -> Result<()> {
    let records = ResourceRecordSet::new("www.example.com", "A".into())
        .ttl(300)
        .resource_records(vec![ResourceRecord::new("192.0.2.1"), ResourceRecord::new("192.0.2.2")]);
    let batch = ChangeBatch::new(vec![Change::new("UPSERT".into(), records)]).comment("two addresses");
    let input = ChangeResourceRecordSetsInput::new(batch, "Z123456789");
    black_box(client.change_resource_record_sets(&input).await?);
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
    let [work, calls, ..] = arguments.as_slice() else { return Err("rest WORK CALLS".into()) };
    let calls: u64 = calls.parse()?;
    match work.as_str() {
        "restJson1-no-socket" => {
            let client = polly::asynchronous::Client::with_transport(config(), Canned(TASK));
            repeat!(calls, start_task(&client));
        }
        "restXml-no-socket" => {
            let client = route_53::asynchronous::Client::with_transport(config(), Canned(CHANGE));
            repeat!(calls, change_records(&client));
        }
        other => return Err(format!("no work `{other}`").into()),
    }
    Ok(())
}
