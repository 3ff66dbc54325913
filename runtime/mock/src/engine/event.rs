//! Events that tasks announce. They are written when somebody wants to see them: few events are looked at.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::sync::Arc;

use serde::{Serialize, Serializer};
use serde_json::Value;
use whitesmith_schema::Timestamp;

use crate::behaviour::{Behaviour, Detail, Event, Scope};
use crate::sample::uuid;
use crate::task::Task;

/// EventBridge's envelope: "Events" in the Amazon EventBridge user guide.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Envelope<'a, 'b, 'c> {
    version: &'static str,
    id: &'a str,
    detail_type: &'a str,
    source: &'a str,
    account: &'a str,
    time: String,
    region: &'a str,
    resources: Vec<String>,
    detail: Filled<'a, 'b, 'c>,
}

/// An event that a task has announced.
#[derive(Clone, Debug)]
pub(crate) struct Announced {
    task: Arc<Task>,
    /// Its index among the operation's events.
    index: usize,
    at: Timestamp,
    /// What its random parts are made from, the same each time it is written.
    seed: u64,
}

impl Announced {
    pub(super) fn new(task: &Arc<Task>, index: usize, at: Timestamp, seed: u64) -> Self {
        Self { task: Arc::clone(task), index, at, seed }
    }

    /// Writes it as JSON; `None` if its operation announces no such event.
    pub(super) fn write(&self, behaviour: &Behaviour) -> Option<String> {
        let task = &*self.task;
        let operation = behaviour.operations.get(task.operation as usize)?.as_ref()?;
        let mut scope = Scope {
            identity: &behaviour.identity,
            region: task.region(),
            input: &|name| task.input(operation, name),
            now: task.started(),
            output: &|index| task.output(index),
            random: &mut fastrand::Rng::with_seed(self.seed),
        };
        operation.events.get(self.index).map(|event| envelope(event, self.at, &mut scope))
    }

    /// The approximate size in memory, in bytes, with the task that it keeps.
    fn size(&self) -> usize {
        size_of::<Self>() + self.task.size()
    }
}

/// Writes an event that is announced at an instant as JSON.
fn envelope(event: &Event, at: Timestamp, scope: &mut Scope<'_>) -> String {
    let resources = event.resources.iter().filter_map(|resource| resource.fill(scope)).collect();
    let id = uuid(scope.random).text();
    let identity = scope.identity;
    let envelope = Envelope {
        version: "0",
        id: str::from_utf8(&id).unwrap_or_default(),
        detail_type: &event.detail_type,
        source: &event.source,
        account: &identity.account,
        time: Timestamp::new(at.seconds(), 0).to_date_time(),
        region: scope.region.unwrap_or(&identity.region),
        resources,
        detail: Filled(&event.detail, &RefCell::new(scope)),
    };
    let mut text = Vec::with_capacity(512);
    // Writing texts and JSON values cannot fail and gives UTF-8.
    let _ = serde_json::to_writer(&mut text, &envelope);
    String::from_utf8(text).unwrap_or_default()
}

/// A detail whose templates are filled in while it is serialized.
struct Filled<'a, 'b, 'c>(&'a Detail, &'a RefCell<&'b mut Scope<'c>>);

impl Serialize for Filled<'_, '_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(detail, scope) = self;
        match detail {
            Detail::Text(template) => template.fill(&mut scope.borrow_mut()).serialize(serializer),
            Detail::Plain(value) => value.serialize(serializer),
            Detail::List(items) => serializer.collect_seq(items.iter().map(|item| Filled(item, scope))),
            Detail::Table(entries) => {
                serializer.collect_map(entries.iter().map(|(key, value)| (key, Filled(value, scope))))
            }
        }
    }
}

/// The newest events, bounded in number and in bytes.
#[derive(Debug)]
pub(crate) struct EventLog {
    events: VecDeque<Announced>,
    limit: usize,
    size: usize,
    dropped: u64,
}

/// The maximum size of all events together, in bytes.
const KEPT_ALL: usize = 4 * 1024 * 1024;

impl EventLog {
    pub(crate) fn new(limit: usize) -> Self {
        Self { events: VecDeque::new(), limit, size: 0, dropped: 0 }
    }

    pub(crate) fn add(&mut self, event: Announced) {
        self.size += event.size();
        self.events.push_back(event);
        while self.events.len() > self.limit || self.size > KEPT_ALL {
            let Some(oldest) = self.events.pop_front() else { break };
            self.size -= oldest.size();
            self.dropped += 1;
        }
    }

    /// Returns the events, oldest first.
    pub(crate) fn values(&self, behaviour: &Behaviour) -> Vec<Value> {
        self.events.iter().filter_map(|event| serde_json::from_str(&event.write(behaviour)?).ok()).collect()
    }

    /// Returns how many older events were dropped.
    pub(crate) fn dropped(&self) -> u64 {
        self.dropped
    }

    pub(crate) fn clear(&mut self) {
        self.events.clear();
        (self.size, self.dropped) = (0, 0);
    }
}
