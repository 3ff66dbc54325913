//! The mock server under load, beside a server that answers a constant of the same size, and moto.

use std::time::{Duration, Instant};

use anyhow::Context as _;
use whitesmith_benches::load::{self, Requests, Until};

use super::Context;
use crate::peers::Peer;
use crate::process::{Program, Server};
use crate::report::{OURS, Recorder, Unit};
use crate::sample::Sample;

/// The package and the binary of the mock.
pub(super) const MOCK: &str = "partnercentral-selling-mock";
/// The server that does nothing.
const BARE: &str = "bare hyper";
/// Connections at a time.
const CONNECTIONS: usize = 32;
/// Duration of each load and of the warm-up before it.
const SERIES: Duration = Duration::from_secs(2);
const WARM_UP: Duration = Duration::from_millis(300);
/// The number of requests, each with a new client token, before memory is measured.
const REMEMBERED: u64 = 200_000;
/// moto's address: it does not report the port that it was given.
const MOTO_PORT: u16 = 47_813;

fn signed(service: &str, json: &str, target: &str, body: &str, counter: Option<&'static str>) -> Requests {
    let credential = format!("AKIDEXAMPLE/20260630/us-east-1/{service}/aws4_request");
    let headers = vec![
        format!("Content-Type: application/x-amz-json-{json}"),
        format!("X-Amz-Target: {target}"),
        format!("Authorization: AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders=host, Signature=0"),
    ];
    Requests { headers, body: body.to_owned(), counter }
}

/// A request that is validated, with the same token each time or a new one.
pub(super) fn invitation(counter: Option<&'static str>) -> Requests {
    let body = concat!(
        r#"{"Catalog":"Sandbox","ClientToken":"0a1b2c3d-4e5f-4678-9abc-def000000000","#,
        r#""Identifier":"engi-4f7k2m9qx1zbt","Tags":[{"Key":"team","Value":"alliances"}]}"#
    );
    let target = "AWSPartnerCentralSelling.StartEngagementByAcceptingInvitationTask";
    signed("partnercentral-selling", "1.0", target, body, counter)
}

/// moto has no backend for this service; this is the cheapest request that it answers from state of its own.
fn rules() -> Requests {
    signed("events", "1.1", "AWSEvents.ListRules", "{}", None)
}

/// A server under load.
struct Loaded {
    subject: &'static str,
    server: Server,
    /// A request body and its name.
    requests: Vec<(&'static str, Requests)>,
}

/// Results of one load.
struct Series {
    requests_per_second: f64,
    median: f64,
    p99: f64,
    cpu_per_request: f64,
}

const REPEATED: &str = "32 connections";
const NEW: &str = "32 connections, new tokens";

/// Measures it.
pub fn run(context: &Context<'_>, recorder: &mut Recorder<'_>) -> anyhow::Result<()> {
    let Some(mock) = context.workspace.program(MOCK, MOCK, "release")? else {
        recorder.absent(format_args!("everything: no package {MOCK}"));
        return Ok(());
    };
    let mock = Program::new(mock);
    start_up(context, recorder, &mock)?;
    memory(recorder, &mock)?;
    let both = || vec![(REPEATED, invitation(None)), (NEW, invitation(Some("000000000")))];
    let ours = Loaded { subject: OURS, server: Server::start(&mock)?, requests: both() };
    let constant = context.workspace.scratch.join("mock-answer.json");
    std::fs::write(&constant, load::once(address(&ours.server)?, &invitation(None))?)?;
    let bare = Program::new(&context.workspace.ourselves).args(["serve", "0"]).args([&constant]);
    let mut servers = vec![Loaded { subject: BARE, server: Server::start(&bare)?, requests: both() }, ours];
    match Peer::Moto.command(context.workspace).and_then(|words| words.into_iter().next()) {
        Some(moto) => {
            let program = Program::new(moto).args(["--port", &MOTO_PORT.to_string()]);
            let server = Server::start_at(&program, MOTO_PORT)?;
            servers.push(Loaded { subject: "moto", server, requests: vec![(REPEATED, rules())] });
        }
        None => recorder.absent("not installed: moto"),
    }
    rates(context, recorder, &servers)
}

/// The address of a server, `127.0.0.1:PORT`.
pub(super) fn address(server: &Server) -> anyhow::Result<&str> {
    server.url.strip_prefix("http://").with_context(|| format!("`{}` is not an http:// URL", server.url))
}

/// From the start of the process to its first answer.
fn start_up(context: &Context<'_>, recorder: &mut Recorder<'_>, mock: &Program) -> anyhow::Result<()> {
    let mut times = Vec::new();
    for round in 0..=context.rounds {
        let start = Instant::now();
        let server = Server::start(mock)?;
        load::once(address(&server)?, &invitation(None))?;
        if round > 0 {
            times.push(start.elapsed().as_secs_f64());
        }
    }
    let sample = Sample::of(times);
    recorder.add("start to first answer", OURS, "wall", Unit::Seconds, sample);
    recorder.at_most("start to first answer", Unit::Seconds, sample.map(|sample| sample.median), 0.020);
    Ok(())
}

/// The largest resident set after many requests that are all remembered.
fn memory(recorder: &mut Recorder<'_>, mock: &Program) -> anyhow::Result<()> {
    let server = Server::start(mock)?;
    load::put(address(&server)?, CONNECTIONS, &invitation(Some("000000000")), Until::Count(REMEMBERED))?;
    let (_, peak) = server.usage()?;
    recorder.exact("200,000 requests, new tokens", OURS, "peak memory", Unit::Bytes, peak);
    recorder.at_most("peak memory, 200,000 requests", Unit::Bytes, Some(peak), 16.0 * 1024.0 * 1024.0);
    Ok(())
}

/// Measures all servers in turns, so that load on the machine affects them alike.
fn rates(context: &Context<'_>, recorder: &mut Recorder<'_>, servers: &[Loaded]) -> anyhow::Result<()> {
    for item in [REPEATED, NEW] {
        let loaded: Vec<_> = servers
            .iter()
            .filter_map(|loaded| {
                let (_, requests) = loaded.requests.iter().find(|(name, _)| *name == item)?;
                Some((loaded.subject, &loaded.server, requests))
            })
            .collect();
        let mut series: Vec<Vec<Series>> = loaded.iter().map(|_| Vec::new()).collect();
        for _ in 0..context.rounds.min(7) {
            for ((_, server, requests), series) in loaded.iter().zip(&mut series) {
                series.push(measure(server, requests)?);
            }
        }
        for ((subject, ..), series) in loaded.iter().zip(&series) {
            let mut add = |measure: &str, unit: Unit, of: fn(&Series) -> f64| {
                recorder.add(item, subject, measure, unit, Sample::of(series.iter().map(of)));
            };
            add("requests", Unit::PerSecond, |series| series.requests_per_second);
            add("latency, median", Unit::Seconds, |series| series.median);
            add("latency, 99th per cent", Unit::Seconds, |series| series.p99);
            add("CPU a request", Unit::Seconds, |series| series.cpu_per_request);
        }
        let of = |wanted: &str, figure: fn(&Series) -> f64| {
            let position = loaded.iter().position(|(subject, ..)| *subject == wanted)?;
            Some(series.get(position)?.iter().map(figure).collect::<Vec<_>>())
        };
        let rate = |subject| of(subject, |series| series.requests_per_second);
        for (peer, bound) in [(BARE, 0.85), ("moto", 100.0)] {
            let ratio = rate(OURS).zip(rate(peer)).and_then(|(ours, theirs)| Sample::of_ratios(&ours, &theirs));
            let what = format!("{item}: requests a second against {peer}");
            recorder.at_least(&what, Unit::Ratio, ratio.map(|ratio| ratio.median), bound);
        }
        let p99 = of(OURS, |series| series.p99).and_then(Sample::of);
        recorder.at_most(&format!("{item}: 99th per cent"), Unit::Seconds, p99.map(|p99| p99.median), 0.002);
    }
    Ok(())
}

fn measure(server: &Server, requests: &Requests) -> anyhow::Result<Series> {
    let address = address(server)?;
    load::put(address, CONNECTIONS, requests, Until::Elapsed(WARM_UP))?;
    let (before, _) = server.usage()?;
    let outcome = load::put(address, CONNECTIONS, requests, Until::Elapsed(SERIES))?;
    let (after, _) = server.usage()?;
    #[allow(clippy::cast_precision_loss, reason = "far below 2⁵³")]
    let count = outcome.requests as f64;
    Ok(Series {
        requests_per_second: count / outcome.elapsed,
        median: outcome.median,
        p99: outcome.p99,
        cpu_per_request: (after - before) / count,
    })
}
