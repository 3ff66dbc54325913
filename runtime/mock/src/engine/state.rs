//! The state of a mocked service.

use whitesmith_schema::Timestamp;

use super::clock::millis;
use super::event::{Announced, EventLog};
use super::journal::Journal;
use super::token::TokenStore;
use crate::behaviour::Behaviour;
use crate::task::TaskStore;
use crate::{Config, Sampler};

/// How many tokens of pages are remembered.
const PAGE_TOKENS: usize = 10_000;

/// The state of a mocked service.
pub(crate) struct State {
    sampler: Sampler,
    seed: u64,
    pub(crate) tasks: TaskStore,
    pub(crate) tokens: TokenStore,
    /// The tokens of pages.
    pub(crate) pages: TokenStore,
    pub(crate) events: EventLog,
    pub(crate) journal: Journal,
}

impl State {
    pub(super) fn new(config: &Config, behaviour: &Behaviour) -> Self {
        Self {
            sampler: Sampler::new(config.seed),
            seed: config.seed,
            tasks: TaskStore::new(behaviour.idempotency.remember),
            tokens: TokenStore::new(behaviour.idempotency.remember),
            pages: TokenStore::new(PAGE_TOKENS),
            events: EventLog::new(config.logged_events),
            journal: Journal::new(config.logged_requests),
        }
    }

    pub(crate) fn random(&mut self) -> &mut fastrand::Rng {
        self.sampler.random()
    }

    pub(crate) fn sampler(&mut self) -> &mut Sampler {
        &mut self.sampler
    }

    /// Forgets everything and starts the randomness anew.
    pub(crate) fn reset(&mut self) {
        self.sampler = Sampler::new(self.seed);
        self.tasks.clear();
        self.tokens.clear();
        self.pages.clear();
        self.events.clear();
        self.journal.clear();
    }

    /// Announces the events of tasks that are due, of at most so many tasks, and returns them.
    pub(super) fn advance(&mut self, now: Timestamp, behaviour: &Behaviour, most: usize) -> Vec<Announced> {
        let mut announced = Vec::new();
        let millis = millis(now);
        for _ in 0..most {
            let Some(number) = self.tasks.take_due(millis) else { break };
            let Some(task) = self.tasks.get(number) else { continue };
            let operation = behaviour.operations.get(task.operation as usize).and_then(Option::as_ref);
            let events = operation.map(|operation| operation.events.as_slice()).unwrap_or_default();
            let stage = task.last_stage();
            for (index, _) in events.iter().enumerate().filter(|(_, event)| event.when == stage) {
                let event = Announced::new(task, index, now, self.sampler.random().u64(..));
                self.events.add(event.clone());
                announced.push(event);
            }
        }
        announced
    }
}
