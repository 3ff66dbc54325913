//! Events that tasks announce.

use std::collections::VecDeque;

use serde_json::{Value, json};
use whitesmith_schema::Timestamp;

use crate::behaviour::{Detail, Event, Scope};
use crate::sample::uuid;

/// An event in EventBridge's envelope, announced at an instant.
///
/// Source of the form: "Events" in the Amazon EventBridge user guide.
pub(crate) fn envelope(event: &Event, at: Timestamp, scope: &mut Scope<'_>) -> Value {
    let resources: Vec<Value> =
        event.resources.iter().filter_map(|resource| resource.fill(scope)).map(Value::String).collect();
    json!({
        "version": "0",
        "id": uuid(scope.random).to_string(),
        "detail-type": event.detail_type,
        "source": event.source,
        "account": scope.identity.account,
        "time": Timestamp::new(at.seconds(), 0).to_date_time(),
        "region": scope.region.unwrap_or(&scope.identity.region),
        "resources": resources,
        "detail": fill(&event.detail, scope),
    })
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

/// The newest events.
#[derive(Debug)]
pub(crate) struct EventLog {
    events: VecDeque<Value>,
    limit: usize,
    dropped: u64,
}

impl EventLog {
    pub(crate) fn new(limit: usize) -> Self {
        Self { events: VecDeque::new(), limit, dropped: 0 }
    }

    pub(crate) fn add(&mut self, event: Value) {
        if self.events.len() >= self.limit {
            self.events.pop_front();
            self.dropped += 1;
        }
        self.events.push_back(event);
    }

    /// The events, oldest first.
    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = &Value> {
        self.events.iter()
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
