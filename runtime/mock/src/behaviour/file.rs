//! The form of a behaviour file.

use std::collections::BTreeMap;

use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub(super) struct File {
    pub(super) identity: Identity,
    pub(super) isolation: Option<Isolation>,
    pub(super) validation: Option<Validation>,
    pub(super) idempotency: Option<Idempotency>,
    pub(super) tasks: Option<Tasks>,
    pub(super) operations: BTreeMap<String, Operation>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Identity {
    pub(super) partition: String,
    pub(super) region: String,
    pub(super) account: String,
}

impl Default for Identity {
    fn default() -> Self {
        Self { partition: "aws".into(), region: "us-east-1".into(), account: "123456789012".into() }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Isolation {
    pub(super) member: String,
    #[serde(default)]
    pub(super) values: Vec<String>,
    #[serde(default)]
    pub(super) other: Other,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Other {
    #[default]
    Accept,
    Reject,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Validation {
    pub(super) error: String,
    pub(super) message: String,
    pub(super) reason: Option<MemberValue>,
    pub(super) violations: Option<Violations>,
    #[serde(default)]
    pub(super) codes: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MemberValue {
    pub(super) member: String,
    pub(super) value: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Violations {
    pub(super) member: String,
    pub(super) field: Option<String>,
    pub(super) message: Option<String>,
    pub(super) code: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Idempotency {
    pub(super) remember: Option<usize>,
    pub(super) error: Option<String>,
    pub(super) message: Option<MemberValue>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tasks {
    pub(super) member: String,
    pub(super) initial: String,
    pub(super) success: String,
    pub(super) failure: String,
    pub(super) delay_ms: u64,
    #[serde(default)]
    pub(super) failed: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Operation {
    #[serde(default)]
    pub(super) output: BTreeMap<String, Output>,
    #[serde(default)]
    pub(super) events: Vec<Event>,
    pub(super) stream: Option<toml::Value>,
}

impl Operation {
    /// Whether the operation starts tasks: what else it has is not only a stream.
    pub(super) fn has_tasks(&self) -> bool {
        self.stream.is_none() || !self.output.is_empty() || !self.events.is_empty()
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Output {
    pub(super) value: Option<String>,
    #[serde(default)]
    pub(super) now: bool,
    pub(super) when: Option<Vec<String>>,
    pub(super) after_last: Option<String>,
    pub(super) otherwise: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Event {
    pub(super) when: String,
    pub(super) source: String,
    pub(super) detail_type: String,
    #[serde(default)]
    pub(super) resources: Vec<String>,
    pub(super) detail: toml::Value,
}
