//! The form of the metadata `suppressions` and `severityOverrides`; [`crate::model::suppression`] applies them.

use super::configuration::{Problem, needed_text};
use super::context::Report;
use crate::model::{Event, Model};
use crate::source::{Node, Span};

pub(super) fn check(model: &Model, report: &mut Report) {
    check_each(model, "suppressions", report, check_matcher);
    check_each(model, "severityOverrides", report, |entry| {
        let severity = needed_text(entry, "severity")?;
        if !matches!(severity, "WARNING" | "DANGER") {
            let span = entry.get("severity").map_or(entry.span, |value| value.span);
            return Err((span, format!("`severity` is WARNING or DANGER, not `{severity}`")));
        }
        check_matcher(entry)
    });
}

fn check_matcher(entry: &Node) -> Result<(), Problem> {
    needed_text(entry, "id")?;
    needed_text(entry, "namespace").map(|_| ())
}

fn check_each(model: &Model, key: &str, report: &mut Report, check: impl Fn(&Node) -> Result<(), Problem>) {
    let Some(node) = model.metadata().get(key) else { return };
    let mut error = |span: Span, message: String| report.push(Event::error("Model", None, span, message));
    let Some(entries) = node.as_array() else {
        return error(node.span, format!("`{key}` must be an array; found {}", node.kind().name()));
    };
    for entry in entries {
        if entry.as_object().is_none() {
            error(entry.span, format!("An element of `{key}` must be an object; found {}", entry.kind().name()));
        } else if let Err((span, message)) = check(entry) {
            error(span, message);
        }
    }
}
