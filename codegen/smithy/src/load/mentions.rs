//! Shape IDs that have to mean a shape, though no shape refers to them.

use super::draft::Draft;
use crate::model::{Event, Severity, ShapeId, nearest_names};
use crate::syntax::MentionKind;

/// How many nearest names are looked for: each costs a look at every shape.
const MOST_HINTS: usize = 20;

/// Reports the mentions that mean nothing.
pub(super) fn check(draft: &mut Draft) {
    let mut hints_left = MOST_HINTS;
    for mention in std::mem::take(&mut draft.mentions) {
        let id = &mention.id;
        let container = id.as_str().split('$').next().unwrap_or_default();
        if id.member().is_some() || draft.definitions.contains_key(container) {
            continue;
        }
        let hint = if hints_left > 0 { hint(draft, id) } else { String::new() };
        hints_left = hints_left.saturating_sub(1);
        let event = match mention.kind {
            MentionKind::Use => {
                let message = format!("Use statement refers to undefined shape: {id}{hint}");
                Event::error("Model", None, mention.span, message).at(Severity::Warning)
            }
            MentionKind::Value => {
                let message = format!(
                    "Syntactic shape ID does not resolve to a valid shape ID: `{id}`. Did you mean to quote this \
                     string? Are you missing a model file?{hint}"
                );
                Event::error("SyntacticShapeIdTarget", None, mention.span, message).at(Severity::Danger)
            }
        };
        draft.events.push(event);
    }
}

/// The nearest name in the same namespace.
fn hint(draft: &Draft, id: &ShapeId) -> String {
    let same_namespace = draft.definitions.keys().filter(|other| other.namespace() == id.namespace());
    let near = nearest_names(id.name(), same_namespace.map(ShapeId::name));
    near.first().map_or_else(String::new, |near| format!("; did you mean `{near}`?"))
}
