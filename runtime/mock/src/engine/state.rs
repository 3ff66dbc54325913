//! What a mocked service remembers.

use std::sync::Arc;

use whitesmith_schema::{Timestamp, ValueMap};

use super::event::{EventLog, envelope};
use super::journal::Journal;
use super::task::TaskStore;
use super::token::TokenStore;
use crate::behaviour::{Behaviour, Scope};
use crate::{Config, Sampler};

/// What a mocked service remembers.
pub(crate) struct State {
    sampler: Sampler,
    seed: u64,
    pub(crate) tasks: TaskStore,
    pub(crate) tokens: TokenStore,
    pub(crate) events: EventLog,
    pub(crate) journal: Journal,
    /// Names of worlds and regions, each kept once.
    names: Vec<Arc<str>>,
}

/// How many names are kept; further ones are kept by each task for itself.
const MOST_NAMES: usize = 256;

impl State {
    pub(super) fn new(config: &Config, behaviour: &Behaviour) -> Self {
        Self {
            sampler: Sampler::new(config.seed),
            seed: config.seed,
            tasks: TaskStore::new(behaviour.idempotency.remember.max(1)),
            tokens: TokenStore::new(behaviour.idempotency.remember),
            events: EventLog::new(config.logged_events),
            journal: Journal::new(config.logged_requests),
            names: Vec::new(),
        }
    }

    pub(crate) fn random(&mut self) -> &mut fastrand::Rng {
        self.sampler.random()
    }

    pub(crate) fn sampler(&mut self) -> &mut Sampler {
        &mut self.sampler
    }

    /// A name that is kept once.
    pub(super) fn name(&mut self, name: &str) -> Arc<str> {
        if let Some(known) = self.names.iter().find(|known| ***known == *name) {
            return Arc::clone(known);
        }
        let name: Arc<str> = name.into();
        if self.names.len() < MOST_NAMES {
            self.names.push(Arc::clone(&name));
        }
        name
    }

    /// Forgets everything, and starts the randomness anew.
    pub(crate) fn reset(&mut self) {
        self.sampler = Sampler::new(self.seed);
        self.tasks.clear();
        self.tokens.clear();
        self.events.clear();
        self.journal.clear();
        self.names.clear();
    }

    /// Announces what the tasks have to announce that are due by now; gives the events.
    pub(crate) fn advance(&mut self, now: Timestamp, behaviour: &Behaviour) -> Vec<serde_json::Value> {
        let mut announced = Vec::new();
        let millis = super::millis(now);
        while let Some(number) = self.tasks.take_due(millis) {
            let Some(task) = self.tasks.get(number) else { continue };
            let Some(Some(told)) = behaviour.operations.get(task.operation) else { continue };
            let input: ValueMap = told
                .event_inputs
                .iter()
                .zip(told.outputs.len()..)
                .filter_map(|(name, index)| Some((*name, task.texts.get(index)?.into())))
                .collect();
            let outputs: Vec<Option<Box<str>>> =
                (0..told.outputs.len()).map(|index| task.texts.get(index).map(Into::into)).collect();
            let mut scope = Scope {
                identity: &behaviour.identity,
                region: Some(&task.region),
                input: &input,
                now: task.started,
                outputs: &outputs,
                random: self.sampler.random(),
            };
            let stage = task.last_stage();
            for event in told.events.iter().filter(|event| event.when == stage) {
                announced.push(envelope(event, now, &mut scope));
            }
        }
        announced.iter().for_each(|event| self.events.add(event.clone()));
        announced
    }
}
