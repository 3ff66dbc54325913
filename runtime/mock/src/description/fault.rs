//! A fault's description.

use http::StatusCode;
use serde_json::Value as Json;

use super::expectation::error_status;
use super::fields::{Fields, alternative};
use super::parts::{milliseconds, operation, size};
use crate::engine::Engine;
use crate::fault::{Bucket, Fault, FaultError, FaultKind, Latency, Transport};
use crate::place::{At, DescriptionError};

/// The maximum number of request numbers in a fault.
const MOST_NUMBERS: usize = 10_000;
/// The largest rate and burst of a throttle.
const MOST_REQUESTS: f64 = 1e6;

const KINDS: &[&str] = &["latency", "error", "throttle", "drop", "reset", "truncate", "malformed", "drip"];

/// Reads a fault.
pub(super) fn read(engine: &Engine, json: &Json) -> Result<Fault, DescriptionError> {
    let fields = Fields::open(json, At::TOP, &["operation", "probability", "requests", "fault"])?;
    let operation = operation(engine, &fields)?;
    let description = fields.get("fault").ok_or_else(|| fields.missing("fault"))?;
    let (name, content) = alternative(description, &fields.at("fault"), "fault", KINDS)?;
    Ok(Fault {
        id: 0,
        operation: operation.map(|(index, _)| index),
        probability: fields.number("probability", 0.0..=1.0)?.unwrap_or(1.0),
        requests: numbers(&fields)?,
        kind: kind(name, content, fields.at("fault").member(name))?,
        size: size(json),
        seen: 0,
        hits: 0,
    })
}

fn numbers(fields: &Fields<'_>) -> Result<Vec<u64>, DescriptionError> {
    let Some(json) = fields.get("requests") else { return Ok(Vec::new()) };
    let numbers = json.as_array().filter(|list| list.len() <= MOST_NUMBERS);
    let number = |json: &Json| json.as_u64().filter(|number| *number > 0);
    let numbers = numbers.and_then(|list| list.iter().map(number).collect());
    numbers.ok_or_else(|| {
        fields.at("requests").invalid(format!("expected a list of at most {MOST_NUMBERS} integers of at least 1"))
    })
}

fn kind(name: &str, json: &Json, at: At<'_>) -> Result<FaultKind, DescriptionError> {
    Ok(match name {
        "latency" => FaultKind::Latency(latency(json, &at)?),
        "error" => {
            let fields = Fields::open(json, at, &["name", "message", "status"])?;
            FaultKind::Error(FaultError {
                code: fields.text("name")?.ok_or_else(|| fields.missing("name"))?,
                message: fields.text("message")?.unwrap_or_default(),
                status: error_status(&fields)?,
                default_status: StatusCode::INTERNAL_SERVER_ERROR,
            })
        }
        "throttle" => {
            let fields = Fields::open(json, at, &["per_second", "burst", "name"])?;
            let rate = fields.number("per_second", 0.0..=MOST_REQUESTS)?.ok_or_else(|| fields.missing("per_second"))?;
            FaultKind::Throttle {
                bucket: Bucket::new(rate, fields.number("burst", 1.0..=MOST_REQUESTS)?.unwrap_or(1.0)),
                error: FaultError {
                    code: fields.text("name")?.unwrap_or_else(|| "ThrottlingException".to_owned()),
                    message: "Rate exceeded".to_owned(),
                    status: None,
                    default_status: StatusCode::BAD_REQUEST,
                },
            }
        }
        "truncate" => {
            let fields = Fields::open(json, at, &["bytes"])?;
            FaultKind::Transport(Transport::Truncate(bytes(&fields, 0)?))
        }
        "drip" => {
            let fields = Fields::open(json, at, &["bytes", "pause_ms"])?;
            let pause = milliseconds(&fields, "pause_ms")?.ok_or_else(|| fields.missing("pause_ms"))?;
            FaultKind::Transport(Transport::Drip { bytes: bytes(&fields, 1)?, pause })
        }
        "reset" => FaultKind::Transport(Transport::Reset),
        "malformed" => FaultKind::Transport(Transport::Malformed),
        _ => FaultKind::Transport(Transport::Drop),
    })
}

fn bytes(fields: &Fields<'_>, least: u64) -> Result<usize, DescriptionError> {
    let bytes = fields.integer("bytes", least..=u64::from(u32::MAX))?.ok_or_else(|| fields.missing("bytes"))?;
    Ok(usize::try_from(bytes).unwrap_or(usize::MAX))
}

fn latency(json: &Json, at: &At<'_>) -> Result<Latency, DescriptionError> {
    let (name, content) = alternative(json, at, "latency", &["fixed", "uniform", "normal"])?;
    let known: &[&'static str] = match name {
        "fixed" => &["ms"],
        "uniform" => &["min_ms", "max_ms"],
        _ => &["mean_ms", "deviation_ms"],
    };
    let fields = Fields::open(content, at.member(name), known)?;
    let mut delays = known.iter().map(|key| milliseconds(&fields, key)?.ok_or_else(|| fields.missing(key)));
    let mut next = || delays.next().unwrap_or(Ok(std::time::Duration::ZERO));
    Ok(match name {
        "fixed" => Latency::Fixed(next()?),
        "uniform" => {
            let (one, other) = (next()?, next()?);
            Latency::Uniform(one.min(other), one.max(other))
        }
        _ => Latency::Normal(next()?, next()?),
    })
}
