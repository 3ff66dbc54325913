//! Events that a model puts aside or makes weightier (Smithy 2.0, "Suppressions" and "Severity overrides").

use super::{Event, Model, Severity};
use crate::source::Node;

/// The suppressions and severity overrides of a model.
pub(crate) struct Suppressions<'a> {
    model: &'a Model,
    suppressed: Vec<Rule<'a>>,
    overridden: Vec<(Rule<'a>, Severity)>,
}

/// Events of an ID, or below it, in a namespace.
struct Rule<'a> {
    id: &'a str,
    namespace: &'a str,
}

impl<'a> Rule<'a> {
    fn read(node: &'a Node) -> Option<Self> {
        let text = |name| node.get(name).and_then(Node::as_str);
        Some(Self { id: text("id")?, namespace: text("namespace")? })
    }

    fn matches(&self, event: &Event) -> bool {
        let in_namespace =
            self.namespace == "*" || event.shape.as_ref().is_some_and(|shape| shape.namespace() == self.namespace);
        in_namespace && is_at_or_below(&event.id, self.id)
    }
}

/// Whether an entry of the metadata `suppressions` is about an event.
pub(crate) fn is_suppression_of(entry: &Node, event: &Event) -> bool {
    Rule::read(entry).is_some_and(|rule| rule.matches(event))
}

/// Whether an event ID is another one, or that one with more parts after it.
pub(crate) fn is_at_or_below(id: &str, general: &str) -> bool {
    id.strip_prefix(general).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

impl<'a> Suppressions<'a> {
    /// Reads the metadata of a model.
    pub(crate) fn of(model: &'a Model) -> Self {
        let list = |key: &str| model.metadata().get(key).and_then(Node::as_array).unwrap_or_default();
        let overridden = list("severityOverrides").iter().filter_map(|entry| {
            let severity = Severity::from_name(entry.get("severity")?.as_str()?)?;
            Some((Rule::read(entry)?, severity))
        });
        Self {
            model,
            suppressed: list("suppressions").iter().filter_map(Rule::read).collect(),
            overridden: overridden.collect(),
        }
    }

    /// Gives an event the severity that the model wants. Errors stay errors.
    pub(crate) fn apply(&self, event: &mut Event) {
        if matches!(event.severity, Severity::Error | Severity::Suppressed) {
            return;
        }
        let own = event.shape.as_ref().and_then(|shape| self.model.traits_of(shape));
        let own = own.and_then(|traits| traits.get("smithy.api#suppress"));
        let suppressed = own.is_some_and(|ids| ids.strings().any(|id| is_at_or_below(&event.id, id)))
            || self.suppressed.iter().any(|rule| rule.matches(event));
        if suppressed {
            event.severity = Severity::Suppressed;
            return;
        }
        let overrides = self.overridden.iter().filter(|(rule, _)| rule.matches(event));
        event.severity = overrides.map(|(_, severity)| *severity).fold(event.severity, Severity::max);
    }
}
