//! Repeats one workload in this thread and reports its cost. Peer programs accept the same command line, so
//! that all are measured alike, and valgrind can count the instructions of any.

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use bytes::Bytes;
use http::{Request, Response};
use partnercentral_selling::operations::{
    StartEngagementByAcceptingInvitationTask, StartEngagementByAcceptingInvitationTaskOutput,
};
use partnercentral_selling::{Config, Credentials, asynchronous, blocking};
use serde::{Deserialize, Serialize};
use whitesmith_client::asynchronous::{Body, BoxFuture};
use whitesmith_client::core::AttemptLimits;
use whitesmith_client::error::TransportError;
use whitesmith_protocol::{AwsJson1_0, Protocol as _, ReadOptions, ReceivedResponse, Typed, WriteOptions};
use whitesmith_schema::TypedOperation as _;

use crate::cpu_time;
use crate::messages::{self, INVITATION_RESPONSE};
use crate::streams;

/// Total cost of the repetitions.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Took {
    /// The number of them.
    pub calls: u64,
    /// Processor time of the thread, in seconds.
    pub cpu: f64,
    /// Wall time in seconds.
    pub wall: f64,
}

/// A workload: a function of the number of repetitions and the URL of a server.
type Work = fn(u64, &str) -> anyhow::Result<Took>;

/// The pieces of work by name.
pub const WORKS: [(&str, Work); 14] = [
    ("read-response", read_response),
    ("read-response-by-hand", read_response_by_hand),
    ("write-request", write_request),
    ("write-request-by-hand", write_request_by_hand),
    ("validate-request", validate_request),
    ("blocking-no-socket", blocking_no_socket),
    ("async-no-socket", async_no_socket),
    ("blocking", blocking_over_loopback),
    ("async", async_over_loopback),
    ("async-32", async_in_flight),
    ("upload", |count, url| transfer(count, || streams::upload(url))),
    ("upload-hyper", |count, url| transfer(count, || streams::upload_by_hyper(url))),
    ("download", |count, url| transfer(count, || streams::download(url))),
    ("download-hyper", |count, url| transfer(count, || streams::download_by_hyper(url))),
];

/// Runs a workload that many times.
pub fn run(name: &str, calls: u64, url: &str) -> anyhow::Result<Took> {
    let (_, work) = WORKS.iter().find(|(known, _)| *known == name).with_context(|| format!("no work `{name}`"))?;
    work(calls, url)
}

/// Warms the workload up with one run, then repeats it.
fn repeat<T>(calls: u64, mut work: impl FnMut() -> anyhow::Result<T>) -> anyhow::Result<Took> {
    black_box(work()?);
    let (cpu, wall) = (cpu_time::of_thread(), Instant::now());
    for _ in 0..calls {
        black_box(work()?);
    }
    Ok(took(calls, cpu, wall))
}

fn took(calls: u64, cpu: Duration, wall: Instant) -> Took {
    Took { calls, cpu: (cpu_time::of_thread() - cpu).as_secs_f64(), wall: wall.elapsed().as_secs_f64() }
}

/// Reads a response as the generated type.
pub fn read_output(body: &[u8]) -> anyhow::Result<StartEngagementByAcceptingInvitationTaskOutput> {
    let headers = http::HeaderMap::new();
    let received = ReceivedResponse::new(http::StatusCode::OK, &headers, body);
    let seed = Typed::<StartEngagementByAcceptingInvitationTaskOutput>::new();
    let operation = StartEngagementByAcceptingInvitationTask::OPERATION;
    Ok(AwsJson1_0::read_output(operation, received, ReadOptions::CLIENT, seed)?)
}

/// Writes the body of a request, with the headers of the protocol.
pub fn write_input<I: whitesmith_schema::SerializeMembers>(input: &I) -> anyhow::Result<whitesmith_protocol::Request> {
    let service = StartEngagementByAcceptingInvitationTask::SERVICE;
    let operation = StartEngagementByAcceptingInvitationTask::OPERATION;
    Ok(AwsJson1_0::write_request(service, operation, input, &WriteOptions::default())?)
}

fn read_response(calls: u64, _: &str) -> anyhow::Result<Took> {
    repeat(calls, || read_output(black_box(INVITATION_RESPONSE.as_bytes())))
}

fn read_response_by_hand(calls: u64, _: &str) -> anyhow::Result<Took> {
    repeat(calls, || {
        let body = black_box(INVITATION_RESPONSE.as_bytes());
        Ok(serde_json::from_slice::<messages::by_hand::InvitationOutput>(body)?)
    })
}

fn write_request(calls: u64, _: &str) -> anyhow::Result<Took> {
    let input = messages::invitation_input();
    repeat(calls, || write_input(black_box(&input)))
}

fn write_request_by_hand(calls: u64, _: &str) -> anyhow::Result<Took> {
    let input = messages::by_hand::invitation_input();
    repeat(calls, || Ok(serde_json::to_vec(black_box(&input))?))
}

fn validate_request(calls: u64, _: &str) -> anyhow::Result<Took> {
    let input = messages::invitation_input();
    repeat(calls, || Ok(whitesmith_validation::validate(black_box(&input))?))
}

fn config(url: &str) -> Config {
    Config::builder()
        .region("us-east-1")
        .endpoint_url(url)
        .credentials(Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", None))
        .build()
}

const NOWHERE: &str = "http://partnercentral-selling.us-east-1.api.aws";

fn canned() -> Response<Bytes> {
    Response::new(Bytes::from_static(INVITATION_RESPONSE.as_bytes()))
}

fn blocking_no_socket(calls: u64, _: &str) -> anyhow::Result<Took> {
    let transport = |request: Request<Bytes>, _: &AttemptLimits| {
        black_box(&request);
        Ok(canned())
    };
    let client = blocking::Client::with_transport(config(NOWHERE), transport);
    let input = messages::invitation_input();
    repeat(calls, || Ok(client.start_engagement_by_accepting_invitation_task(&input)?))
}

fn blocking_over_loopback(calls: u64, url: &str) -> anyhow::Result<Took> {
    let client = blocking::Client::new(config(url))?;
    let input = messages::invitation_input();
    repeat(calls, || Ok(client.start_engagement_by_accepting_invitation_task(&input)?))
}

struct Canned;

impl asynchronous::Transport for Canned {
    fn send(&self, request: Request<Body>, _: AttemptLimits) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        black_box(&request);
        Box::pin(std::future::ready(Ok(canned().map(Body::Bytes))))
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::ready(()))
    }
}

fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_all().build().context("no runtime")
}

async fn repeat_async(client: &asynchronous::Client, calls: u64) -> anyhow::Result<Took> {
    let input = messages::invitation_input();
    client.start_engagement_by_accepting_invitation_task(&input).await?;
    let (cpu, wall) = (cpu_time::of_thread(), Instant::now());
    for _ in 0..calls {
        black_box(client.start_engagement_by_accepting_invitation_task(&input).await?);
    }
    Ok(took(calls, cpu, wall))
}

fn async_no_socket(calls: u64, _: &str) -> anyhow::Result<Took> {
    let client = asynchronous::Client::with_transport(config(NOWHERE), Canned);
    runtime()?.block_on(repeat_async(&client, calls))
}

fn async_over_loopback(calls: u64, url: &str) -> anyhow::Result<Took> {
    let client = asynchronous::Client::new(config(url))?;
    runtime()?.block_on(repeat_async(&client, calls))
}

/// Repeats a transfer, each over a new connection and without a warm-up.
fn transfer<F: Future<Output = anyhow::Result<()>>>(count: u64, once: impl Fn() -> F) -> anyhow::Result<Took> {
    runtime()?.block_on(async {
        let (cpu, wall) = (cpu_time::of_thread(), Instant::now());
        for _ in 0..count {
            once().await?;
        }
        Ok(took(count, cpu, wall))
    })
}

const IN_FLIGHT: u64 = 32;

fn async_in_flight(calls: u64, url: &str) -> anyhow::Result<Took> {
    let client = Arc::new(asynchronous::Client::new(config(url))?);
    runtime()?.block_on(async {
        repeat_async(&client, 1).await?;
        let (cpu, wall) = (cpu_time::of_thread(), Instant::now());
        let tasks: Vec<_> = (0..IN_FLIGHT)
            .map(|_| {
                let client = client.clone();
                tokio::spawn(async move { repeat_async(&client, calls / IN_FLIGHT).await.map(drop) })
            })
            .collect();
        for task in tasks {
            task.await??;
        }
        Ok(took(calls, cpu, wall))
    })
}
