//! `ConditionsTrait`: JMESPath expressions that values satisfy.

use whitesmith_jmespath::{Query, json};
use whitesmith_schema::Value;

use super::context::{Context, Report};
use super::jmespath::{Kind, Sample, lint};
use crate::model::Severity;
use crate::model::relations::Item;
use crate::source::Node;

pub(super) const CONDITIONS: &str = "smithy.contracts#conditions";

pub(super) fn check(context: &Context<'_>, report: &mut Report) {
    const ID: &str = "ConditionsTrait";
    for applied in context.with_trait(CONDITIONS) {
        let shape = match applied.item {
            Item::Shape(shape) => Some(shape),
            Item::Member(_, member) => context.model().target(member),
        };
        let Some(shape) = shape else { continue };
        let sample = Sample::of(context.model(), shape);
        for entry in applied.value.as_object().into_iter().flatten() {
            let name = &entry.key;
            let expression = entry.value.get("expression").and_then(Node::as_str).unwrap_or_default();
            let Ok(linted) = lint(context.model(), expression, &sample) else { continue };
            for (severity, problem) in linted.problems {
                let id = match severity {
                    Severity::Danger => format!("{ID}.JmespathProblem.JmespathEventDanger.{name}"),
                    Severity::Warning => format!("{ID}.JmespathProblem.JmespathEventWarning.{name}"),
                    _ => ID.to_owned(),
                };
                let message = format!("condition `{name}`: problem in `{expression}`: {problem}");
                report.add_at(severity, id, applied.item, entry.value.span, message);
            }
            if linted.returns != Kind::Boolean {
                let message = format!("condition `{name}`: expected a boolean, found {}", linted.returns.name());
                report.add(Severity::Danger, ID, applied.item, message);
            }
        }
    }
}

/// The conditions that a value breaks. Those that cannot be evaluated are reported where they are applied.
pub(super) fn broken<'n>(conditions: &'n Node, value: &Node) -> Vec<&'n str> {
    let Ok(value) = json::read(&value.to_string()) else { return Vec::new() };
    let is_broken = |condition: &Node| {
        let query = condition.get("expression").and_then(Node::as_str).and_then(|text| Query::compile(text).ok());
        query.and_then(|query| query.search(&value).ok()) == Some(Value::Boolean(false))
    };
    let conditions = conditions.as_object().into_iter().flatten();
    conditions.filter(|entry| is_broken(&entry.value)).map(|entry| &*entry.key).collect()
}
