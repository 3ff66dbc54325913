//! Changes of traits whose definitions say which changes break (Smithy 2.0, `trait`, "Breaking change rules").

use std::collections::BTreeMap;

use super::change::Side;
use super::differences::{Differences, TraitChange};
use super::json::ticked;
use super::report::Report;
use crate::model::{Model, Severity, Shape, ShapeType};
use crate::source::Node;

/// `TraitBreakingChange`, by the definitions of traits.
pub(super) fn changed(differences: &Differences<'_>, report: &mut Report) {
    for pair in &differences.changed {
        for (id, change) in pair.trait_changes() {
            let Some((model, definition)) = differences.definition(id) else { continue };
            let rules = definition.traits.get("smithy.api#trait").and_then(|value| value.get("breakingChanges"));
            for rule in rules.and_then(Node::as_array).unwrap_or_default().iter().filter_map(Rule::read) {
                for finding in rule.findings(model, definition, change) {
                    let event_id = format!("TraitBreakingChange.{}.{id}", finding.kind.name());
                    let place = match finding.new {
                        Some(new) => (Side::New, new.span),
                        None => (Side::New, pair.new.span()),
                    };
                    let message = rule.message(id.as_str(), &finding);
                    report.add_at(rule.severity, &event_id, Some(pair.new.id()), place, message);
                }
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Add,
    Remove,
    Update,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Add => "Add",
            Self::Remove => "Remove",
            Self::Update => "Update",
        }
    }
}

/// One entry of `breakingChanges`.
struct Rule<'a> {
    change: &'a str,
    /// The members to follow from the trait's value; `member` for all elements of a list, `key` or `value` of a map.
    path: Vec<String>,
    severity: Severity,
    text: Option<&'a str>,
}

/// A place in a trait's value where a rule was broken.
struct Finding<'a> {
    kind: Kind,
    path: String,
    old: Option<&'a Node>,
    new: Option<&'a Node>,
}

impl<'a> Rule<'a> {
    fn read(node: &'a Node) -> Option<Self> {
        let text = |name| node.get(name).and_then(Node::as_str);
        Some(Self {
            change: text("change")?,
            path: pointer(text("path").unwrap_or("")),
            severity: text("severity").and_then(Severity::from_name).unwrap_or(Severity::Error),
            text: text("message"),
        })
    }

    fn findings<'v>(&self, model: &Model, definition: &Shape, change: TraitChange<'v>) -> Vec<Finding<'v>> {
        if change.after().is_none() && !self.path.is_empty() {
            // The whole trait went, which is another rule's to judge.
            return Vec::new();
        }
        let mut old_values = BTreeMap::new();
        let mut new_values = BTreeMap::new();
        self.extract(model, definition, 0, change.before(), String::new(), &mut old_values);
        self.extract(model, definition, 0, change.after(), String::new(), &mut new_values);
        let in_old = old_values.iter().map(|(path, old)| (path, *old, new_values.get(path).copied().flatten()));
        let only_new = new_values.iter().filter(|(path, _)| !old_values.contains_key(*path));
        let candidates = in_old.chain(only_new.map(|(path, new)| (path, None, *new)));
        candidates
            .filter_map(|(path, old, new)| {
                let kind = self.broken(old, new)?;
                Some(Finding { kind, path: path.clone(), old, new })
            })
            .collect()
    }

    /// Collects the values at the rule's path, each with its own path.
    fn extract<'v>(
        &self,
        model: &Model,
        shape: &Shape,
        at: usize,
        value: Option<&'v Node>,
        path: String,
        found: &mut BTreeMap<String, Option<&'v Node>>,
    ) {
        let Some(segment) = self.path.get(at).filter(|segment| !segment.is_empty()) else {
            found.insert(path, value.filter(|value| !value.is_null()));
            return;
        };
        let Some(value) = value else { return };
        let Some(next) = shape.member(segment).and_then(|member| model.target(member)) else { return };
        match shape.shape_type {
            ShapeType::List => {
                for (index, element) in value.as_array().unwrap_or_default().iter().enumerate() {
                    self.extract(model, next, at + 1, Some(element), format!("{path}/{index}"), found);
                }
            }
            ShapeType::Map => {
                for entry in value.as_object().into_iter().flatten() {
                    self.extract(model, next, at + 1, Some(&entry.value), format!("{path}/{}", entry.key), found);
                }
            }
            ShapeType::Structure | ShapeType::Union if value.as_object().is_some() => {
                self.extract(model, next, at + 1, value.get(segment), format!("{path}/{segment}"), found);
            }
            _ => {}
        }
    }

    /// How the rule was broken, if it was.
    fn broken(&self, old: Option<&Node>, new: Option<&Node>) -> Option<Kind> {
        let kind = match (old, new) {
            (None, Some(_)) => Kind::Add,
            (Some(_), None) => Kind::Remove,
            (Some(old), Some(new)) if old != new => Kind::Update,
            _ => return None,
        };
        let applies = match self.change {
            "add" => kind == Kind::Add,
            "remove" => kind == Kind::Remove,
            "update" => kind == Kind::Update,
            "presence" => kind != Kind::Update,
            "any" => true,
            _ => false,
        };
        applies.then_some(kind)
    }

    fn message(&self, trait_id: &str, finding: &Finding<'_>) -> String {
        let Finding { path, old, new, .. } = finding;
        let empty = |node: &Node| node.as_object().is_some_and(|object| object.is_empty());
        let place = |what: &str| match path.as_str() {
            "" => format!("trait `{trait_id}`"),
            path => format!("trait contents {what} `{trait_id}` at path `{path}`"),
        };
        let mut message = match (old, new) {
            (Some(old), Some(new)) => format!("Changed {} from {} to {}", place("of"), ticked(old), ticked(new)),
            (None, Some(new)) if path.is_empty() && empty(new) => format!("Added {}", place("to")),
            (None, Some(new)) => format!("Added {} with value {}", place("to"), ticked(new)),
            (Some(old), None) if path.is_empty() && empty(old) => format!("Removed {}", place("from")),
            (Some(old), None) if path.is_empty() => {
                format!("Removed {}. Previous trait value: {}", place("from"), ticked(old))
            }
            (Some(old), None) => format!("Removed {}. Removed value: {}", place("from"), ticked(old)),
            (None, None) => String::new(),
        };
        if let Some(text) = self.text {
            if !message.ends_with('.') {
                message.push_str("; ");
            }
            message.push_str(text);
        }
        message
    }
}

/// The segments of a JSON pointer.
fn pointer(text: &str) -> Vec<String> {
    text.split('/').skip(1).map(|segment| segment.replace("~1", "/").replace("~0", "~")).collect()
}
