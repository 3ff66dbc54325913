//! The effect of a new model on users of what the old one generated.
//!
//! Two plans are compared, not two models: only a plan knows which items the generated crates have.

mod behaviour;
mod bindings;
mod changelog;
mod command_line;
mod compare;
mod constraint;
mod level;
mod listing;
mod members;
mod requirements;
mod rust_api;
mod version;
mod wire;

pub use behaviour::behaviour;
pub use changelog::{Audience, insert_entry, render_entry};
pub use command_line::command_line;
pub use compare::{Change, Reason};
pub use constraint::Constraint;
pub use level::Level;
pub use listing::{Item, Listing, Weights};
pub use rust_api::public_api;
pub use version::{VersionError, explain_step, next_version};
pub use wire::wire_format;

use crate::plan::{Plan, unused_entries};

/// The verdict on one interface of the generated crates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The highest level of the reasons.
    pub level: Level,
    /// The changes, by descending level, then by item.
    pub reasons: Vec<Reason>,
}

impl Verdict {
    fn of(old: &Listing, new: &Listing) -> Self {
        let mut reasons = compare::compare(old, new);
        reasons.retain(|reason| reason.level != Level::None);
        Self { level: reasons.iter().map(|reason| reason.level).max().unwrap_or(Level::None), reasons }
    }
}

/// The verdicts on all interfaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdicts {
    /// The public API of the crate of types and client, in the terms of semantic versioning.
    pub rust: Verdict,
    /// The command line: commands, options, output.
    pub command_line: Verdict,
    /// The messages: whether programs built from the old model can talk to a service of the new one.
    /// [`Level::Major`] means that some of their requests or their reading of responses will fail.
    pub wire: Verdict,
    /// Behaviour without a change of code: statuses and retries of errors, defaults, examples, endpoints.
    pub behaviour: Verdict,
    /// Whether anything else in the plans differs: documentation, constraints, descriptions.
    pub texts_differ: bool,
    /// Entries of the tables of [`aws_cli`](crate::plan::aws_cli) that fit the old model and do not fit the new one.
    pub stale_entries: Vec<String>,
}

impl Verdicts {
    /// Compares two plans.
    #[must_use]
    pub fn of(old: &Plan, new: &Plan) -> Self {
        if old == new {
            return Self::nothing();
        }
        Self {
            rust: Verdict::of(&public_api(old), &public_api(new)),
            command_line: Verdict::of(&command_line(old), &command_line(new)),
            wire: Verdict::of(&wire_format(old), &wire_format(new)),
            behaviour: Verdict::of(&behaviour(old), &behaviour(new)),
            texts_differ: true,
            stale_entries: stale_entries(old, new),
        }
    }

    fn nothing() -> Self {
        let nothing = Verdict { level: Level::None, reasons: Vec::new() };
        Self {
            rust: nothing.clone(),
            command_line: nothing.clone(),
            wire: nothing.clone(),
            behaviour: nothing,
            texts_differ: false,
            stale_entries: Vec::new(),
        }
    }

    /// Returns the step for the version of the generated crates. The wire does not count: its other end is the
    /// service's, whichever version a team uses.
    #[must_use]
    pub fn level(&self) -> Level {
        let least = if self.texts_differ { Level::Patch } else { Level::None };
        self.rust.level.max(self.command_line.level).max(self.behaviour.level).max(least)
    }

    /// Whether users of the Rust API or of the command line have to change something.
    #[must_use]
    pub fn is_breaking(&self) -> bool {
        self.level() == Level::Major
    }
}

fn stale_entries(old: &Plan, new: &Plan) -> Vec<String> {
    let known = unused_entries(old);
    unused_entries(new).into_iter().filter(|entry| !known.contains(entry)).collect()
}
