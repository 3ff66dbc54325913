//! Checks the names in a behaviour file against the plan, so that a wrong one is found when the mock is generated and not
//! when it starts. `docs/mock-behaviour.md` describes the format, which the mock reads.

use std::fmt;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use whitesmith_behaviour::{Part, parse};

use crate::plan::{OperationPlan, Plan};
use whitesmith_smithy::model::{ShapeId, nearest_names};

/// An error in a behaviour file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct BehaviourError {
    /// The file's name.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// The column in characters, counted from 1.
    pub column: usize,
    /// The problem.
    pub problem: String,
    /// The line.
    pub shown: String,
    /// Similar names, the nearest first.
    pub nearest: Vec<String>,
}

impl fmt::Display for BehaviourError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, column, problem, shown, nearest } = self;
        write!(f, "{file}:{line}:{column}: {problem}\n  {}", shown.trim())?;
        match nearest.as_slice() {
            [] => Ok(()),
            names => write!(f, "\nnearest: {}", names.join(", ")),
        }
    }
}

/// Checks the names of operations, members and errors in a behaviour file.
///
/// # Errors
/// A name is unknown, or the file is not TOML.
pub fn check(plan: &Plan, file: &str, text: &str) -> Result<(), BehaviourError> {
    let checker = Checker { plan, file, text };
    let table = DeTable::parse(text).map_err(|error| {
        checker.error(error.span().unwrap_or_default(), format!("invalid TOML: {}", error.message()), Vec::new())
    })?;
    let table = table.get_ref();
    checker.isolation(table)?;
    checker.validation(table)?;
    checker.idempotency(table)?;
    checker.tasks(table)?;
    checker.operations(table)
}

/// An event that stands for an error that is not in the model.
const UNMODELLED_ERROR: &str = ":error";

type Value<'i> = Spanned<DeValue<'i>>;
type Checked = Result<(), BehaviourError>;

/// The entry of a table. The mock checks the types when it reads the file.
fn entry<'a, 'i>(table: &'a DeTable<'i>, name: &str) -> Option<&'a Value<'i>> {
    table.iter().find(|(key, _)| key.get_ref() == name).map(|(_, value)| value)
}

fn subtable<'a, 'i>(table: &'a DeTable<'i>, name: &str) -> Option<&'a DeTable<'i>> {
    entry(table, name)?.get_ref().as_table()
}

struct Checker<'a> {
    plan: &'a Plan,
    file: &'a str,
    text: &'a str,
}

impl<'a> Checker<'a> {
    fn error(&self, at: Range<usize>, problem: String, nearest: Vec<String>) -> BehaviourError {
        let before = self.text.get(..at.start).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        BehaviourError {
            file: self.file.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
            problem,
            shown: self.text.get(line_start..).and_then(|rest| rest.lines().next()).unwrap_or_default().to_owned(),
            nearest,
        }
    }

    fn name<'n>(&self, at: Range<usize>, what: &str, name: &str, known: impl IntoIterator<Item = &'n str>) -> Checked {
        let known: Vec<&str> = known.into_iter().collect();
        if known.contains(&name) {
            return Ok(());
        }
        let nearest = nearest_names(name, known).into_iter().map(str::to_owned).collect();
        Err(self.error(at, format!("{what} `{name}`"), nearest))
    }

    /// Checks the string at a key, if there is one.
    fn named(&self, table: &DeTable<'_>, key: &str, what: &str, known: &[&str]) -> Checked {
        match entry(table, key).and_then(|value| Some((value.span(), value.get_ref().as_str()?))) {
            Some((at, name)) => self.name(at, what, name, known.iter().copied()),
            None => Ok(()),
        }
    }

    fn members(&self, shape: &ShapeId) -> Vec<&'a str> {
        self.plan
            .shape(shape)
            .map(|shape| shape.members.iter().map(|member| member.name.as_str()).collect())
            .unwrap_or_default()
    }

    fn of_operations(&self, shape: fn(&OperationPlan) -> &ShapeId) -> Vec<&'a str> {
        self.plan.operations.iter().flat_map(|operation| self.members(shape(operation))).collect()
    }

    fn isolation(&self, table: &DeTable<'_>) -> Checked {
        let Some(isolation) = subtable(table, "isolation") else { return Ok(()) };
        let inputs = self.of_operations(|operation| &operation.input);
        self.named(isolation, "member", "no operation has the input member", &inputs)
    }

    fn tasks(&self, table: &DeTable<'_>) -> Checked {
        let Some(tasks) = subtable(table, "tasks") else { return Ok(()) };
        let outputs = self.of_operations(|operation| &operation.output);
        let what = "no operation has the output member";
        self.named(tasks, "member", what, &outputs)?;
        let mut failed = subtable(tasks, "failed").into_iter().flat_map(DeTable::iter);
        failed.try_for_each(|(key, _)| self.name(key.span(), what, key.get_ref(), outputs.iter().copied()))
    }

    /// The error that a table names.
    fn error_members(&self, table: &DeTable<'_>) -> Result<Option<ShapeId>, BehaviourError> {
        let errors = || self.plan.operations.iter().flat_map(|operation| &operation.errors).map(|error| &error.id);
        let names: Vec<&str> = errors().map(|id| id.name()).collect();
        self.named(table, "error", "no operation has the error", &names)?;
        let name = entry(table, "error").and_then(|value| value.get_ref().as_str());
        Ok(errors().find(|id| Some(id.name()) == name).cloned())
    }

    fn validation(&self, table: &DeTable<'_>) -> Checked {
        let Some(table) = subtable(table, "validation") else { return Ok(()) };
        let Some(error) = self.error_members(table)? else { return Ok(()) };
        let (members, what) = (self.members(&error), "the error has no member");
        self.named(table, "message", what, &members)?;
        if let Some(reason) = subtable(table, "reason") {
            self.named(reason, "member", what, &members)?;
        }
        let Some(violations) = subtable(table, "violations") else { return Ok(()) };
        self.named(violations, "member", what, &members)?;
        let name = entry(violations, "member").and_then(|value| value.get_ref().as_str());
        let target = |shape: &ShapeId, wanted: Option<&str>| {
            let members = &self.plan.shape(shape)?.members;
            members
                .iter()
                .find(|member| wanted.is_none_or(|name| *member.name == *name))
                .map(|member| member.target.clone())
        };
        let item = target(&error, name.or(Some(""))).and_then(|list| target(&list, None));
        let members = item.map(|item| self.members(&item)).unwrap_or_default();
        let keys = ["field", "message", "code"];
        keys.iter().try_for_each(|key| self.named(violations, key, "a violation has no member", &members))
    }

    fn idempotency(&self, table: &DeTable<'_>) -> Checked {
        let Some(table) = subtable(table, "idempotency") else { return Ok(()) };
        let Some(error) = self.error_members(table)? else { return Ok(()) };
        match subtable(table, "message") {
            Some(message) => self.named(message, "member", "the error has no member", &self.members(&error)),
            None => Ok(()),
        }
    }

    fn operations(&self, table: &DeTable<'_>) -> Checked {
        for (name, written) in subtable(table, "operations").into_iter().flat_map(DeTable::iter) {
            let known = self.plan.operations.iter().map(|operation| operation.id.name());
            self.name(name.span(), "the mock has no operation", name.get_ref(), known)?;
            let operation = self.plan.operations.iter().find(|operation| operation.id.name() == name.get_ref());
            if let (Some(operation), Some(written)) = (operation, written.get_ref().as_table()) {
                self.operation(operation, written)?;
            }
        }
        Ok(())
    }

    fn operation(&self, operation: &OperationPlan, written: &DeTable<'_>) -> Checked {
        let (inputs, outputs) = (self.members(&operation.input), self.members(&operation.output));
        let output = subtable(written, "output");
        let valued: Vec<&str> = output.into_iter().flat_map(DeTable::iter).map(|(key, _)| &**key.get_ref()).collect();
        for (name, value) in output.into_iter().flat_map(DeTable::iter) {
            self.name(name.span(), "the output has no member", name.get_ref(), outputs.iter().copied())?;
            let value = value.get_ref().as_table();
            let mut templates = ["value", "otherwise"].iter().filter_map(|key| entry(value?, key));
            templates.try_for_each(|template| self.template(template, &inputs, &valued))?;
        }
        let events = entry(written, "events").and_then(|events| events.get_ref().as_array());
        for event in events.into_iter().flat_map(|events| events.iter()).filter_map(|event| event.get_ref().as_table())
        {
            let mut templates = ["resources", "detail"].iter().filter_map(|key| entry(event, key));
            templates.try_for_each(|template| self.template(template, &inputs, &valued))?;
        }
        entry(written, "stream").map_or(Ok(()), |events| self.stream(operation, events))
    }

    /// Checks the names of the events in an output's stream.
    fn stream(&self, operation: &OperationPlan, events: &Value<'_>) -> Checked {
        let Some(union) = operation.output_events() else {
            return Err(self.error(events.span(), "the output has no stream of events".to_owned(), Vec::new()));
        };
        let known = self.members(union);
        let items = events.get_ref().as_array().into_iter().flat_map(|items| items.iter());
        for (name, _) in items.filter_map(|event| event.get_ref().as_table()).flat_map(DeTable::iter) {
            let known = known.iter().copied().chain([UNMODELLED_ERROR]);
            self.name(name.span(), "the stream has no event", name.get_ref(), known)?;
        }
        Ok(())
    }

    /// Checks the names in the templates of a value: `{input.NAME}` and `{output.NAME}`.
    fn template(&self, value: &Value<'_>, inputs: &[&str], outputs: &[&str]) -> Checked {
        match value.get_ref() {
            DeValue::String(text) => {
                let parts = parse(text).map_err(|error| self.error(value.span(), error.to_string(), Vec::new()))?;
                for part in parts {
                    match part {
                        Part::Input(name) => {
                            self.name(value.span(), "the input has no member", &name, inputs.iter().copied())?;
                        }
                        Part::Output(name) => {
                            let what = "this file gives no value to the output member";
                            self.name(value.span(), what, &name, outputs.iter().copied())?;
                        }
                        _ => {}
                    }
                }
                Ok(())
            }
            DeValue::Array(items) => items.iter().try_for_each(|item| self.template(item, inputs, outputs)),
            DeValue::Table(entries) => entries.iter().try_for_each(|(_, item)| self.template(item, inputs, outputs)),
            _ => Ok(()),
        }
    }
}
