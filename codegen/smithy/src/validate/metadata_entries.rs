//! The metadata `validators`: which validators run beside the rules.

use super::configuration::{ConfiguredValidator, Create, Problem, needed_text, selector, text};
use super::context::{Context, Report};
use super::linters;
use super::selector_validators::{EmitEach, EmitNone};
use super::unreferenced::Unreferenced;
use crate::model::{Event, Model, Severity};
use crate::select::Selector;
use crate::source::{Node, Span};

/// The validators that metadata can name: those of the Smithy model, and those of the linters package.
fn known(name: &str) -> Option<Create> {
    match name {
        "EmitEachSelector" => Some(EmitEach::create),
        "EmitNoneSelector" => Some(EmitNone::create),
        "UnreferencedShape" => Some(Unreferenced::create),
        _ => linters::ALL.iter().find(|(linter, _)| *linter == name).map(|(_, create)| *create),
    }
}

/// A validator that the metadata asks for.
pub(super) struct Validator<'m> {
    check: Box<dyn ConfiguredValidator>,
    /// The place of the entry: events about no shape are there.
    span: Span,
    name: &'m str,
    id: &'m str,
    severity: Option<Severity>,
    message: Option<&'m str>,
    namespaces: Vec<&'m str>,
    selector: Option<Selector>,
}

/// Reads the metadata; what is wrong with it goes to the report.
pub(super) fn read<'m>(model: &'m Model, report: &mut Report) -> Vec<Validator<'m>> {
    let Some(node) = model.metadata().get("validators") else { return Vec::new() };
    let Some(entries) = node.as_array() else {
        error(report, node.span, format!("`validators` must be an array; found {}", node.kind().name()));
        return Vec::new();
    };
    let mut validators = Vec::new();
    for entry in entries {
        match read_one(entry, report) {
            Ok(validator) => validators.extend(validator),
            Err((span, message)) => error(report, span, message),
        }
    }
    validators
}

fn error(report: &mut Report, span: Span, message: impl Into<String>) {
    report.push(Event::error("Model", None, span, message));
}

/// A validator, or nothing if its name is not known.
fn read_one<'m>(entry: &'m Node, report: &mut Report) -> Result<Option<Validator<'m>>, Problem> {
    if entry.as_object().is_none() {
        return Err((entry.span, format!("A validator must be an object; found {}", entry.kind().name())));
    }
    let name = needed_text(entry, "name")?;
    let id = text(entry, "id")?.unwrap_or(name);
    let severity = match text(entry, "severity")? {
        None => None,
        Some(text) => {
            let known = Severity::from_name(text)
                .filter(|severity| matches!(severity, Severity::Note | Severity::Warning | Severity::Danger));
            let span = entry.get("severity").map_or(entry.span, |value| value.span);
            Some(known.ok_or_else(|| (span, format!("`severity` is NOTE, WARNING or DANGER, not `{text}`")))?)
        }
    };
    let selector = selector(entry, "selector")?;
    let nothing = Node::empty_object();
    let configuration = entry.get("configuration").unwrap_or(&nothing);
    let creating = |(span, message): Problem| {
        let span = if span.is_some() { span } else { entry.span };
        (span, format!("Error creating `{name}` validator: {message}"))
    };
    let Some(create) = known(name) else {
        report.push(Event {
            severity: Severity::Warning,
            id: format!("UnknownValidator_{name}"),
            shape: None,
            message: format!("There is no validator named `{name}`"),
            span: entry.span,
        });
        return Ok(None);
    };
    let check = create(configuration).map_err(creating)?;
    let namespaces = entry.get("namespaces").map(|namespaces| namespaces.strings().collect()).unwrap_or_default();
    Ok(Some(Validator {
        check,
        span: entry.span,
        name,
        id,
        severity,
        message: text(entry, "message")?,
        namespaces,
        selector,
    }))
}

impl Validator<'_> {
    /// Runs the validator.
    pub(super) fn check(&self, context: &Context<'_>, report: &mut Report) {
        let mut own = Report::new(Vec::new());
        self.check.check(context, &mut own);
        let selected = self.selector.as_ref().and_then(|selector| context.select(selector).ok());
        for mut event in own.into_events() {
            if !event.span.is_some() {
                event.span = self.span;
            }
            if let Some(shape) = &event.shape {
                let in_namespace = self.namespaces.is_empty() || self.namespaces.contains(&shape.namespace());
                let in_selection =
                    selected.as_ref().is_none_or(|items| context.index(shape).is_some_and(|at| items.contains(&at)));
                if !in_namespace || !in_selection {
                    continue;
                }
            }
            if self.id != self.name {
                let rest = event.id.find('.').and_then(|at| event.id.get(at..)).unwrap_or("");
                event.id = format!("{}{rest}", self.id);
            }
            event.severity = self.severity.unwrap_or(event.severity);
            if let Some(message) = self.message {
                event.message = message.replace("{super}", &event.message);
            }
            report.push(event);
        }
    }
}
