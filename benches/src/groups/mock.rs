//! The mock server under load, beside a server that does nothing, by `wrk`.

use anyhow::Context as _;

use super::Context;
use crate::callgrind;
use crate::peers::Peer;
use crate::process::{Program, Server};
use crate::report::{OURS, Recorder, Unit};
use crate::sample::Sample;

/// The package and the binary of the mock.
const MOCK: &str = "partnercentral-selling-mock";

const SCRIPT: &str = r#"wrk.method = "POST"
wrk.headers["Content-Type"] = "application/x-amz-json-1.0"
wrk.headers["X-Amz-Target"] = "AWSPartnerCentralSelling.StartEngagementByAcceptingInvitationTask"
wrk.headers["Authorization"] = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260630/us-east-1/partnercentral-selling/aws4_request, SignedHeaders=host, Signature=0"
wrk.body = '{"Catalog":"Sandbox","ClientToken":"0a1b2c3d-4e5f-4678-9abc-def012345678","Identifier":"engi-4f7k2m9qx1zbt","Tags":[{"Key":"team","Value":"alliances"}]}'
"#;

/// moto has no backend for this service; this is the cheapest request that it answers from state of its own.
const MOTO_SCRIPT: &str = r#"wrk.method = "POST"
wrk.headers["Content-Type"] = "application/x-amz-json-1.1"
wrk.headers["X-Amz-Target"] = "AWSEvents.ListRules"
wrk.headers["Authorization"] = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260630/us-east-1/events/aws4_request, SignedHeaders=host, Signature=0"
wrk.body = "{}"
"#;

/// Where moto listens; it does not say which port it was given.
const MOTO_PORT: u16 = 47_813;

/// What one run of `wrk` found.
struct Load {
    requests_per_second: f64,
    median: f64,
    p99: f64,
    cpu_per_request: f64,
    peak: f64,
}

/// Measures it.
pub fn run(context: &Context<'_>, recorder: &mut Recorder<'_>) -> anyhow::Result<()> {
    if !Program::new("sh").args(["-c", "command -v wrk"]).is_there() {
        recorder.absent("everything: wrk is not installed");
        return Ok(());
    }
    let script = context.workspace.scratch.join("mock.lua");
    std::fs::write(&script, SCRIPT)?;
    let mut servers =
        vec![("bare hyper", Server::start(&Program::new(callgrind::ourselves()?).args(["serve"]))?, script.clone())];
    match context.workspace.program(MOCK, MOCK, "release")? {
        Some(mock) => servers.push((OURS, Server::start(&Program::new(mock))?, script)),
        None => recorder.absent(format_args!("there is no package {MOCK}")),
    }
    match Peer::Moto.command(context.workspace).and_then(|words| words.into_iter().next()) {
        Some(moto) => {
            let script = context.workspace.scratch.join("moto.lua");
            std::fs::write(&script, MOTO_SCRIPT)?;
            let program = Program::new(moto).args(["--port", &MOTO_PORT.to_string()]);
            servers.push(("moto", Server::start_at(&program, MOTO_PORT)?, script));
        }
        None => recorder.absent("not installed: moto"),
    }
    let mut loads: Vec<Vec<Load>> = servers.iter().map(|_| Vec::new()).collect();
    for _ in 0..context.rounds.min(7) {
        for ((_, server, script), loads) in servers.iter().zip(&mut loads) {
            loads.push(load(server, script)?);
        }
    }
    for ((subject, ..), loads) in servers.iter().zip(&loads) {
        let mut add = |measure: &str, unit: Unit, of: fn(&Load) -> f64| {
            recorder.add("32 connections", subject, measure, unit, Sample::of(loads.iter().map(of)));
        };
        add("requests", Unit::PerSecond, |load| load.requests_per_second);
        add("latency, median", Unit::Seconds, |load| load.median);
        add("latency, 99th per cent", Unit::Seconds, |load| load.p99);
        add("CPU a request", Unit::Seconds, |load| load.cpu_per_request);
        add("peak memory", Unit::Bytes, |load| load.peak);
    }
    bounds(recorder, &servers, &loads);
    Ok(())
}

fn bounds(recorder: &mut Recorder<'_>, servers: &[(&str, Server, std::path::PathBuf)], loads: &[Vec<Load>]) {
    let rates = |wanted: &str| {
        let position = servers.iter().position(|(subject, ..)| *subject == wanted)?;
        Some(loads.get(position)?.iter().map(|load| load.requests_per_second).collect::<Vec<_>>())
    };
    let Some(ours) = rates(OURS) else { return };
    for (peer, bound) in [("bare hyper", 0.85), ("moto", 100.0)] {
        let ratio = rates(peer).and_then(|theirs| Sample::of_ratios(&ours, &theirs)).map(|sample| sample.median);
        recorder.at_least(&format!("requests a second against {peer}"), Unit::Ratio, ratio, bound);
    }
}

fn load(server: &Server, script: &std::path::Path) -> anyhow::Result<Load> {
    let (before, _) = server.usage()?;
    let text = Program::new("wrk")
        .args(["--threads", "1", "--connections", "32", "--duration", "2s", "--latency", "--script"])
        .args([script])
        .args([&server.url])
        .output()?;
    let (after, peak) = server.usage()?;
    anyhow::ensure!(!text.contains("Non-2xx"), "the server refuses the request:\n{text}");
    let after_word = |mark: &str| {
        let line = text.lines().find_map(|line| line.trim().strip_prefix(mark));
        line.map(str::trim).map(str::to_owned).with_context(|| format!("wrk does not say `{mark}`:\n{text}"))
    };
    let total = text.lines().find_map(|line| line.split_once(" requests in")).context("wrk counts no requests")?;
    let total: f64 = total.0.trim().parse()?;
    Ok(Load {
        requests_per_second: after_word("Requests/sec:")?.parse()?,
        median: seconds(&after_word("50%")?)?,
        p99: seconds(&after_word("99%")?)?,
        cpu_per_request: (after - before) / total,
        peak,
    })
}

/// A time as `wrk` prints it: `1.23ms`.
fn seconds(text: &str) -> anyhow::Result<f64> {
    let (number, scale) = [("us", 1e-6), ("ms", 1e-3), ("s", 1.0)]
        .into_iter()
        .find_map(|(suffix, scale)| Some((text.strip_suffix(suffix)?, scale)))
        .with_context(|| format!("`{text}` is no time"))?;
    Ok(number.parse::<f64>()? * scale)
}

#[cfg(test)]
mod tests {
    use super::seconds;

    #[test]
    fn times_are_read_in_their_units() {
        let close = |text: &str, expected: f64| seconds(text).is_ok_and(|time| (time - expected).abs() < 1e-12);
        assert!(close("310.00us", 3.1e-4) && close("1.50ms", 1.5e-3) && close("2.00s", 2.0));
        assert!(seconds("soon").is_err());
    }
}
