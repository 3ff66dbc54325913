//! Events that tasks announce.

use std::collections::VecDeque;
use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;
use whitesmith_schema::Timestamp;

use crate::behaviour::{Detail, Event, Scope};
use crate::sample::uuid;

/// EventBridge's envelope: "Events" in the Amazon EventBridge user guide.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Envelope<'a> {
    version: &'static str,
    id: &'a str,
    detail_type: &'a str,
    source: &'a str,
    account: &'a str,
    time: String,
    region: &'a str,
    resources: Vec<String>,
    detail: Value,
}

/// An event that is announced at an instant, as JSON.
pub(crate) fn envelope(event: &Event, at: Timestamp, scope: &mut Scope<'_>) -> String {
    let resources = event.resources.iter().filter_map(|resource| resource.fill(scope)).collect();
    let id = uuid(scope.random).text();
    let envelope = Envelope {
        version: "0",
        id: str::from_utf8(&id).unwrap_or_default(),
        detail_type: &event.detail_type,
        source: &event.source,
        account: &scope.identity.account,
        time: Timestamp::new(at.seconds(), 0).to_date_time(),
        region: scope.region.unwrap_or(&scope.identity.region),
        resources,
        detail: fill(&event.detail, scope),
    };
    // Texts and JSON values cannot fail to be written.
    serde_json::to_string(&envelope).unwrap_or_default()
}

fn fill(detail: &Detail, scope: &mut Scope<'_>) -> Value {
    match detail {
        Detail::Text(template) => template.fill(scope).map_or(Value::Null, Value::String),
        Detail::Plain(value) => value.clone(),
        Detail::List(items) => Value::Array(items.iter().map(|item| fill(item, scope)).collect()),
        Detail::Table(entries) => {
            Value::Object(entries.iter().map(|(key, value)| (key.to_string(), fill(value, scope))).collect())
        }
    }
}

/// The newest events, each as JSON.
#[derive(Debug)]
pub(crate) struct EventLog {
    events: VecDeque<Arc<str>>,
    limit: usize,
    dropped: u64,
}

impl EventLog {
    pub(crate) fn new(limit: usize) -> Self {
        Self { events: VecDeque::new(), limit, dropped: 0 }
    }

    pub(crate) fn add(&mut self, event: Arc<str>) {
        self.events.push_back(event);
        while self.events.len() > self.limit {
            self.events.pop_front();
            self.dropped += 1;
        }
    }

    /// The events, oldest first.
    pub(crate) fn values(&self) -> Vec<Value> {
        self.events.iter().filter_map(|event| serde_json::from_str(event).ok()).collect()
    }

    /// How many older ones are no longer there.
    pub(crate) fn dropped(&self) -> u64 {
        self.dropped
    }

    pub(crate) fn clear(&mut self) {
        self.events.clear();
        self.dropped = 0;
    }
}
