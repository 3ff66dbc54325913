//! `WaitableTrait`, `UniqueWaiterNames`: waiters, and the expressions of their acceptors.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::context::{Applied, Context, Report, ticked};
use super::jmespath::{Kind, Linted, Sample, lint};
use crate::model::{Severity, Shape, ShapeId, ShapeType};
use crate::source::Node;

const WAITABLE: &str = "smithy.waiters#waitable";
const ID: &str = "WaitableTrait";

fn text<'n>(node: &'n Node, key: &str) -> Option<&'n str> {
    node.get(key).and_then(Node::as_str)
}

/// The operations of a service have waiters of different names, whatever the case of letters.
pub(super) fn check_names(context: &Context<'_>, report: &mut Report) {
    for service in context.own(ShapeType::Service) {
        let mut users: BTreeMap<String, Vec<(&Shape, &Node)>> = BTreeMap::new();
        for operation in context.operations_of(service) {
            let Some(value) = operation.traits.get(WAITABLE) else { continue };
            for entry in value.as_object().into_iter().flatten() {
                let operations = users.entry(entry.key.to_lowercase()).or_default();
                if operations.last().is_none_or(|(last, _)| last.id != operation.id) {
                    operations.push((operation, value));
                }
            }
        }
        for (name, operations) in users.iter().filter(|(_, operations)| operations.len() > 1) {
            for (operation, value) in operations {
                let others: Vec<&ShapeId> =
                    operations.iter().map(|(other, _)| &other.id).filter(|id| **id != operation.id).collect();
                let message =
                    format!("the waiter `{name}` of the service `{}` is also one of {}", service.id, ticked(others));
                let applied = Applied { item: (*operation).into(), value };
                report.trait_error("UniqueWaiterNames", applied, message);
            }
        }
    }
}

/// Waiters can come to an end, and their acceptors look at what there is.
pub(super) fn check(context: &Context<'_>, report: &mut Report) {
    for (operation, value) in context.shapes_with(WAITABLE) {
        let applied = Applied { item: operation.into(), value };
        for entry in value.as_object().into_iter().flatten() {
            let mut waiter = Waiter { context, report: &mut *report, operation, applied, name: &entry.key, at: 0 };
            waiter.check(&entry.value);
        }
    }
}

struct Waiter<'c, 'm> {
    context: &'c Context<'m>,
    report: &'c mut Report,
    operation: &'m Shape,
    applied: Applied<'m>,
    name: &'c str,
    /// The acceptor at hand.
    at: usize,
}

impl<'m> Waiter<'_, 'm> {
    fn add(&mut self, severity: Severity, id: impl Into<String>, message: &str) {
        let message = format!("waiter `{}`, acceptor {}: {message}", self.name, self.at);
        self.report.add_at(severity, id, self.applied.item, self.applied.value.span, message);
    }

    fn error(&mut self, message: impl Into<String>) {
        let message = format!("waiter `{}`: {}", self.name, message.into());
        self.report.trait_error(ID, self.applied, message);
    }

    fn check(&mut self, waiter: &Node) {
        let delay = |key, default| waiter.get(key).and_then(Node::as_i64).unwrap_or(default);
        let (least, most) = (delay("minDelay", 2), delay("maxDelay", 120));
        if least > most {
            self.error(format!("`minDelay` is {least}, which is more than the `maxDelay` of {most}"));
        }
        let acceptors = waiter.get("acceptors").and_then(Node::as_array).unwrap_or_default();
        for (at, acceptor) in acceptors.iter().enumerate() {
            self.at = at;
            if let Some(matcher) = acceptor.get("matcher") {
                self.check_matcher(matcher);
            }
            let state = text(acceptor, "state").unwrap_or_default();
            match text(acceptor, "message") {
                Some(message) if state == "failure" => self.check_message(message),
                Some(_) => self.add(Severity::Error, ID, &format!("`message` is for failures, not for `{state}`")),
                None => {}
            }
        }
        if !acceptors.iter().any(|acceptor| text(acceptor, "state") == Some("success")) {
            self.error("no acceptor has the state `success`");
        }
    }

    fn input(&self) -> Option<Rc<Sample<'m>>> {
        let input = self.context.input(self.operation.as_operation()?)?;
        Some(Sample::of(self.context.model(), input))
    }

    fn output(&self) -> Option<Rc<Sample<'m>>> {
        let output = self.context.output(self.operation.as_operation()?)?;
        Some(Sample::of(self.context.model(), output))
    }

    fn check_matcher(&mut self, matcher: &Node) {
        if let (Some(path), Some(output)) = (matcher.get("output"), self.output()) {
            self.check_path(path, &output);
        }
        if let (Some(path), Some(input), Some(output)) = (matcher.get("inputOutput"), self.input(), self.output()) {
            self.check_path(path, &Sample::object([("input", input), ("output", output)]));
        }
        if let Some(error) = text(matcher, "errorType") {
            let errors = self.operation.as_operation().map(|details| &*details.errors).unwrap_or_default();
            if !errors.iter().any(|known| known.target == *error || known.target.name() == error) {
                let known = ticked(errors.iter().map(|error| &error.target));
                let hint = if errors.is_empty() {
                    "the operation has none".to_owned()
                } else {
                    format!("expected one of {known}")
                };
                let id = format!("{ID}InvalidErrorType.{}.{}", self.name, self.at);
                self.add(Severity::Warning, id, &format!("unknown error `{error}`: {hint}"));
            }
        }
    }

    fn check_path(&mut self, matcher: &Node, sample: &Rc<Sample<'m>>) {
        let returns = self.lint(text(matcher, "path").unwrap_or_default(), sample);
        let returns = returns.map_or(Kind::Any, |linted| linted.returns);
        let comparator = text(matcher, "comparator").unwrap_or_default();
        let expected = match comparator {
            "booleanEquals" => {
                let value = text(matcher, "expected").unwrap_or_default();
                if !matches!(value, "true" | "false") {
                    self.add(Severity::Error, ID, &format!("expected `true` or `false`, found `{value}`"));
                }
                Kind::Boolean
            }
            "stringEquals" => Kind::String,
            _ => Kind::Array,
        };
        if returns != Kind::Any && returns != expected {
            let message = format!(
                "`{comparator}` needs an expression of type {}, but this one is of type {}",
                expected.name(),
                returns.name()
            );
            let id = format!("{ID}JmespathProblem.ReturnTypeMismatch.{}.{}", self.name, self.at);
            self.add(Severity::Danger, id, &message);
        }
    }

    /// Reports what is wrong with an expression.
    fn lint(&mut self, path: &str, sample: &Rc<Sample<'m>>) -> Option<Linted> {
        match lint(self.context.model(), path, sample) {
            Ok(linted) => {
                for (severity, message) in &linted.problems {
                    let kind = match severity {
                        Severity::Danger => Some("JmespathEventDanger"),
                        Severity::Warning => Some("JmespathEventWarning"),
                        _ => None,
                    };
                    let id = kind.map_or_else(
                        || ID.to_owned(),
                        |kind| format!("{ID}JmespathProblem.{kind}.{}.{}", self.name, self.at),
                    );
                    self.add(*severity, id, &format!("problem in `{path}`: {message}"));
                }
                Some(linted)
            }
            Err(error) => {
                self.add(Severity::Error, ID, &format!("invalid JMESPath expression `{path}`: {error}"));
                None
            }
        }
    }

    /// A message is a string or a list of strings.
    fn check_message(&mut self, message: &str) {
        let Some(output) = self.output() else { return };
        let Some(linted) = self.lint(message, &output) else { return };
        let (kind, what) = match linted.returns {
            Kind::Array => {
                let element = lint(self.context.model(), &format!("{message}[0]"), &output);
                (element.map_or(Kind::Any, |linted| linted.returns), "an array of type")
            }
            kind => (kind, "type"),
        };
        if kind != Kind::String {
            let found = format!("`message` must be a string or an array of strings, found {what} {}", kind.name());
            self.add(Severity::Error, ID, &found);
        }
    }
}
