//! A fault's description.

use std::time::Duration;

use http::StatusCode;
use serde::{Deserialize, Deserializer};

use super::expectation::error_status;
use super::{DescriptionError, milliseconds, operation};
use crate::engine::Engine;
use crate::fault::{Bucket, Fault, FaultError, FaultKind, Latency, Transport};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FaultText {
    operation: Option<String>,
    #[serde(default = "always", deserialize_with = "probability")]
    probability: f64,
    #[serde(default, deserialize_with = "numbers")]
    requests: Vec<u64>,
    fault: KindText,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum KindText {
    Latency(LatencyText),
    Error(ErrorText),
    Throttle(ThrottleText),
    Drop,
    Reset,
    Truncate(TruncateText),
    Malformed,
    Drip(DripText),
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
enum LatencyText {
    Fixed {
        #[serde(deserialize_with = "milliseconds")]
        ms: Duration,
    },
    Uniform {
        #[serde(deserialize_with = "milliseconds")]
        min_ms: Duration,
        #[serde(deserialize_with = "milliseconds")]
        max_ms: Duration,
    },
    Normal {
        #[serde(deserialize_with = "milliseconds")]
        mean_ms: Duration,
        #[serde(deserialize_with = "milliseconds")]
        deviation_ms: Duration,
    },
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ErrorText {
    name: String,
    #[serde(default)]
    message: String,
    #[serde(default = "server_error", deserialize_with = "error_status")]
    status: StatusCode,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ThrottleText {
    #[serde(deserialize_with = "rate")]
    per_second: f64,
    #[serde(default = "one", deserialize_with = "burst")]
    burst: f64,
    /// The error's name.
    name: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TruncateText {
    bytes: usize,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DripText {
    #[serde(deserialize_with = "piece")]
    bytes: usize,
    #[serde(deserialize_with = "milliseconds")]
    pause_ms: Duration,
}

fn always() -> f64 {
    1.0
}

fn one() -> f64 {
    1.0
}

fn server_error() -> StatusCode {
    StatusCode::INTERNAL_SERVER_ERROR
}

fn within<'de, D: Deserializer<'de>>(deserializer: D, least: f64, most: f64, what: &str) -> Result<f64, D::Error> {
    let value = f64::deserialize(deserializer)?;
    if (least..=most).contains(&value) {
        return Ok(value);
    }
    Err(serde::de::Error::custom(format!("{value} is no {what}, which is between {least} and {most}")))
}

fn probability<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    within(deserializer, 0.0, 1.0, "probability")
}

fn rate<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    within(deserializer, 0.0, 1e6, "number of requests a second")
}

fn burst<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    within(deserializer, 1.0, 1e6, "burst")
}

fn piece<'de, D: Deserializer<'de>>(deserializer: D) -> Result<usize, D::Error> {
    match usize::deserialize(deserializer)? {
        0 => Err(serde::de::Error::custom("a piece has at least 1 byte")),
        bytes => Ok(bytes),
    }
}

fn numbers<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u64>, D::Error> {
    const MOST: usize = 10_000;
    let numbers = Vec::<u64>::deserialize(deserializer)?;
    if numbers.len() > MOST || numbers.contains(&0) {
        return Err(serde::de::Error::custom(format!("`requests` has at most {MOST} numbers, which begin at 1")));
    }
    Ok(numbers)
}

impl FaultText {
    /// The fault that is described.
    pub(crate) fn into_fault(self, engine: &Engine) -> Result<Fault, DescriptionError> {
        let operation = operation(engine, self.operation.as_deref())?;
        let kind = match self.fault {
            KindText::Latency(latency) => FaultKind::Latency(match latency {
                LatencyText::Fixed { ms } => Latency::Fixed(ms),
                LatencyText::Uniform { min_ms, max_ms } => Latency::Uniform(min_ms.min(max_ms), max_ms.max(min_ms)),
                LatencyText::Normal { mean_ms, deviation_ms } => Latency::Normal(mean_ms, deviation_ms),
            }),
            KindText::Error(ErrorText { name, message, status }) => {
                FaultKind::Error(FaultError { code: name, message, status })
            }
            KindText::Throttle(ThrottleText { per_second, burst, name }) => FaultKind::Throttle {
                bucket: Bucket::new(per_second, burst),
                error: FaultError {
                    code: name.unwrap_or_else(|| "ThrottlingException".to_owned()),
                    message: "Rate exceeded".to_owned(),
                    status: StatusCode::BAD_REQUEST,
                },
            },
            KindText::Drop => FaultKind::Transport(Transport::Drop),
            KindText::Reset => FaultKind::Transport(Transport::Reset),
            KindText::Truncate(TruncateText { bytes }) => FaultKind::Transport(Transport::Truncate(bytes)),
            KindText::Malformed => FaultKind::Transport(Transport::Malformed),
            KindText::Drip(DripText { bytes, pause_ms }) => {
                FaultKind::Transport(Transport::Drip { bytes, pause: pause_ms })
            }
        };
        Ok(Fault {
            id: 0,
            operation: operation.map(|(index, _)| index),
            probability: self.probability,
            requests: self.requests,
            kind,
            seen: 0,
            hits: 0,
        })
    }
}
