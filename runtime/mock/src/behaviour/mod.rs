//! What a service does beyond its model, from a behaviour file.
//!
//! The file is TOML; `docs/mock-behaviour.md` describes it. It is read in two steps: [`file`] parses the text, and
//! [`compile`] resolves every name in the service's schemas, so that requests need no lookups.

mod compile;
mod error;
mod file;
mod identity;
mod template;

pub(crate) use compile::compile;
pub use error::BehaviourError;
pub(crate) use identity::Identity;
pub(crate) use template::{Scope, Template};

use std::time::Duration;

use whitesmith_schema::{EnumValue, Member, Schema, Value};
use whitesmith_validation::Constraint;

/// The compiled form of a behaviour file.
#[derive(Debug)]
pub(crate) struct Behaviour {
    pub(crate) identity: Identity,
    pub(crate) isolation: Option<Isolation>,
    pub(crate) validation: Option<Validation>,
    pub(crate) idempotency: Idempotency,
    pub(crate) tasks: Option<Tasks>,
    /// One for each operation of the service, in the service's order.
    pub(crate) operations: Vec<Option<OperationBehaviour>>,
    /// The events that an operation's output has by default, one list for each operation.
    pub(crate) streams: Vec<Option<Value>>,
}

/// The member whose values isolate requests from each other.
#[derive(Debug)]
pub(crate) struct Isolation {
    pub(crate) member: Box<str>,
    /// The allowed values, if others are refused.
    pub(crate) only: Option<&'static [EnumValue]>,
}

/// How a validation error is filled in.
#[derive(Debug)]
pub(crate) struct Validation {
    pub(crate) error: &'static Schema,
    pub(crate) message: &'static Member,
    pub(crate) reason: Option<(&'static Member, Box<str>)>,
    pub(crate) violations: Option<ViolationMembers>,
    pub(crate) codes: Codes,
}

/// The members of a validation error that describe one violation.
#[derive(Debug)]
pub(crate) struct ViolationMembers {
    pub(crate) list: &'static Member,
    pub(crate) field: Option<&'static Member>,
    pub(crate) message: Option<&'static Member>,
    pub(crate) code: Option<&'static Member>,
}

/// The codes of violations by constraint.
#[derive(Debug, Default)]
pub(crate) struct Codes(pub(crate) Vec<(Box<str>, Box<str>)>);

impl Codes {
    /// Returns the code for a constraint: its own, or that of `other`.
    pub(crate) fn of(&self, constraint: &Constraint) -> Option<&str> {
        let find = |kind: &str| self.0.iter().find(|(known, _)| &**known == kind).map(|(_, code)| &**code);
        find(constraint_kind(constraint)).or_else(|| find("other"))
    }
}

/// The names of constraints in a behaviour file.
pub(crate) const CONSTRAINT_KINDS: &[&str] = &[
    "required",
    "enum",
    "pattern",
    "range",
    "type",
    "string-length",
    "list-too-short",
    "list-too-long",
    "unique-items",
    "other",
];

fn constraint_kind(constraint: &Constraint) -> &'static str {
    match constraint {
        Constraint::Required => "required",
        Constraint::Enum(_) => "enum",
        Constraint::Pattern(_) => "pattern",
        Constraint::Range(_) => "range",
        Constraint::Type { .. } | Constraint::Overflow(_) => "type",
        Constraint::StringLength { .. } => "string-length",
        Constraint::EntryCount { allowed, actual } if allowed.min.is_some_and(|min| *actual < min) => "list-too-short",
        Constraint::EntryCount { .. } => "list-too-long",
        Constraint::UniqueItems => "unique-items",
        _ => "other",
    }
}

/// The answer to a repeated token.
#[derive(Debug)]
pub(crate) struct Idempotency {
    pub(crate) remember: usize,
    pub(crate) conflict: Option<Conflict>,
}

/// The error for a token that is repeated with other input.
#[derive(Debug)]
pub(crate) struct Conflict {
    pub(crate) error: &'static Schema,
    pub(crate) message: Option<(&'static Member, Box<str>)>,
}

/// The states of a task, and when it passes from one to the next.
#[derive(Debug)]
pub(crate) struct Tasks {
    pub(crate) member: Box<str>,
    pub(crate) initial: Box<str>,
    pub(crate) success: Box<str>,
    pub(crate) failure: Box<str>,
    pub(crate) delay: Duration,
    /// Output members that only a failed task has, with their default values.
    pub(crate) failed: Vec<(Box<str>, Box<str>)>,
}

/// The states of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    Initial,
    Success,
    Failure,
}

/// A set of [`Stage`]s.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stages(u8);

impl Stages {
    pub(crate) const ALL: Self = Self(0b111);
    pub(crate) const NONE: Self = Self(0);

    pub(crate) fn with(self, stage: Stage) -> Self {
        Self(self.0 | 1 << stage as u8)
    }

    pub(crate) fn contains(self, stage: Stage) -> bool {
        self.0 & (1 << stage as u8) != 0
    }
}

impl Tasks {
    /// Finds a stage by its state's name.
    pub(crate) fn stage(&self, name: &str) -> Option<Stage> {
        [Stage::Initial, Stage::Success, Stage::Failure].into_iter().find(|stage| self.name(*stage) == name)
    }

    /// Returns the state's name in the model.
    pub(crate) fn name(&self, stage: Stage) -> &str {
        match stage {
            Stage::Initial => &self.initial,
            Stage::Success => &self.success,
            Stage::Failure => &self.failure,
        }
    }
}

/// An operation with a table in the file.
#[derive(Debug)]
pub(crate) struct OperationBehaviour {
    /// The outputs' values, in the order in which they are made.
    pub(crate) outputs: Vec<Output>,
    /// The source of each member of the output shape.
    pub(crate) sources: Vec<Source>,
    pub(crate) events: Vec<Event>,
    /// The input members that events use.
    pub(crate) event_inputs: Vec<&'static str>,
}

/// The source of a member of a task's output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// It is not set.
    Nowhere,
    /// One of [`OperationBehaviour::outputs`], by its index.
    Output(usize),
    /// The name of the task's state.
    State,
    /// A text of a failed task, by its index in [`Tasks::failed`].
    Failed(usize),
}

/// One value of an output.
#[derive(Debug)]
pub(crate) struct Output {
    pub(crate) member: &'static Member,
    pub(crate) value: OutputValue,
    pub(crate) when: Stages,
}

/// How a value is made.
#[derive(Debug)]
pub(crate) enum OutputValue {
    /// The instant at which the task was made.
    Now,
    Text {
        value: Template,
        after_last: Option<Box<str>>,
        otherwise: Option<Template>,
    },
}

/// An event that is announced when a task reaches a state.
#[derive(Debug)]
pub(crate) struct Event {
    pub(crate) when: Stage,
    pub(crate) source: Box<str>,
    pub(crate) detail_type: Box<str>,
    pub(crate) resources: Vec<Template>,
    pub(crate) detail: Detail,
}

impl Event {
    /// Returns the input members that it uses.
    fn inputs(&self) -> Vec<&str> {
        let mut names = self.resources.iter().flat_map(Template::inputs).collect();
        self.detail.inputs(&mut names);
        names
    }
}

impl Detail {
    fn inputs<'a>(&'a self, names: &mut Vec<&'a str>) {
        match self {
            Self::Text(template) => names.extend(template.inputs()),
            Self::Plain(_) => {}
            Self::List(items) => items.iter().for_each(|item| item.inputs(names)),
            Self::Table(entries) => entries.iter().for_each(|(_, item)| item.inputs(names)),
        }
    }
}

/// The detail of an event: JSON whose strings are templates.
#[derive(Debug)]
pub(crate) enum Detail {
    Text(Template),
    Plain(serde_json::Value),
    List(Vec<Detail>),
    Table(Vec<(Box<str>, Detail)>),
}
