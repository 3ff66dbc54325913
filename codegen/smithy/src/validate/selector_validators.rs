//! `EmitEachSelector`, `EmitNoneSelector`: validators that are a selector (Smithy 2.0, "Model validation").

use std::collections::BTreeSet;

use super::configuration::{ConfiguredValidator, Problem, selector, text};
use super::context::{Context, Report};
use crate::model::{Event, Severity};
use crate::select::{Attribute, Selector, parse_path};
use crate::source::{Node, Span};

/// How many events one validator may make: variables can multiply the matches without end.
const MOST_EVENTS: usize = 100_000;

/// One event for each match.
pub(super) struct EmitEach {
    selector: Selector,
    /// Only shapes with this trait count, and events are at the trait.
    bind_to_trait: Option<String>,
    template: Option<Vec<Part>>,
}

/// A part of a message template.
enum Part {
    Text(String),
    /// `@{path}`
    Path(Vec<String>),
}

impl EmitEach {
    pub(super) fn create(configuration: &Node) -> Result<Box<dyn ConfiguredValidator>, Problem> {
        let needed = || (configuration.span, "selector is required".to_owned());
        let template = match text(configuration, "messageTemplate")? {
            Some(template) => Some(parse_template(template).map_err(|message| (configuration.span, message))?),
            None => None,
        };
        Ok(Box::new(Self {
            selector: selector(configuration, "selector")?.ok_or_else(needed)?,
            bind_to_trait: text(configuration, "bindToTrait")?
                .map(|id| if id.contains('#') { id.to_owned() } else { format!("smithy.api#{id}") }),
            template,
        }))
    }
}

impl ConfiguredValidator for EmitEach {
    fn check(&self, context: &Context<'_>, report: &mut Report) {
        const ID: &str = "EmitEachSelector";
        let mut matches = BTreeSet::new();
        let result = self.selector.each_match(context.relations, |at, variables| {
            let Some(item) = context.relations.item(at) else { return };
            if matches.len() >= MOST_EVENTS || context.model().is_built_in(item.container()) {
                return;
            }
            let span = match &self.bind_to_trait {
                None => item.span(),
                Some(id) => match item.traits().get(id) {
                    Some(value) => value.span,
                    None => return,
                },
            };
            let message = match &self.template {
                // Without a template, a shape counts once however often it matches.
                None => String::new(),
                Some(parts) => {
                    let part = |part: &Part| match part {
                        Part::Text(text) => text.clone(),
                        Part::Path(path) => Attribute::of(context.relations, variables, at, path).message_text(),
                    };
                    parts.iter().map(part).collect()
                }
            };
            matches.insert((at, span, message));
        });
        for (at, span, message) in matches {
            if let Some(item) = context.relations.item(at) {
                let message =
                    if self.template.is_none() { format!("Selected by {}", self.selector.text()) } else { message };
                report.add_at(Severity::Danger, ID, item, span, message);
            }
        }
        if let Err(error) = result {
            report.push(Event::error("Model", None, Span::NONE, error.to_string()));
        }
    }
}

fn parse_template(template: &str) -> Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('@') {
        if !before.is_empty() {
            parts.push(Part::Text(before.to_owned()));
        }
        if let Some(after) = after.strip_prefix('@') {
            parts.push(Part::Text("@".to_owned()));
            rest = after;
            continue;
        }
        let at = rest.get(before.len()..).unwrap_or("");
        let (path, after) = parse_path(at).map_err(|error| format!("in the message template: {error}"))?;
        parts.push(Part::Path(path));
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(Part::Text(rest.to_owned()));
    }
    Ok(parts)
}

/// An event if nothing matches.
pub(super) struct EmitNone {
    selector: Selector,
}

impl EmitNone {
    pub(super) fn create(configuration: &Node) -> Result<Box<dyn ConfiguredValidator>, Problem> {
        let needed = || (configuration.span, "selector is required".to_owned());
        Ok(Box::new(Self { selector: selector(configuration, "selector")?.ok_or_else(needed)? }))
    }
}

impl ConfiguredValidator for EmitNone {
    fn check(&self, context: &Context<'_>, report: &mut Report) {
        let Ok(selected) = context.select(&self.selector) else { return };
        let own =
            |at: &usize| context.relations.item(*at).is_some_and(|item| !context.model().is_built_in(item.container()));
        if !selected.iter().any(own) {
            report.push(Event {
                severity: Severity::Danger,
                id: "EmitNoneSelector".to_owned(),
                shape: None,
                message: format!("Nothing matches the selector {}", self.selector.text()),
                span: Span::NONE,
            });
        }
    }
}
