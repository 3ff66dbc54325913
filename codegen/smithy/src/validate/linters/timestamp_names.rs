//! `ShouldHaveUsedTimestamp`: strings and numbers that are named like a timestamp.

use super::words::{name, place};
use crate::model::relations::Item;
use crate::model::{Severity, Shape, ShapeType};
use crate::source::Node;
use crate::validate::configuration::{ConfiguredValidator, Problem, texts};
use crate::validate::context::{Context, Report};

/// Names with the word "timestamp", names that begin or end with "time" or "date", and names that end with "at", "on" or
/// "since".
const PATTERNS: [&str; 8] = [
    "^.*[Tt]imestamp.*$",
    "^[Tt]ime([_A-Z].*)?$",
    "^[Dd]ate([_A-Z].*)?$",
    "^.*([a-z]T|_[Tt])ime$",
    "^.*([a-z]D|_[Dd])ate$",
    "^.*([a-z]A|_[Aa])t$",
    "^.*([a-z]O|_[Oo])n$",
    "^.*([a-z]S|_[Ss])ince$",
];

struct TimestampNames {
    patterns: Vec<String>,
}

pub(super) fn create(configuration: &Node) -> Result<Box<dyn ConfiguredValidator>, Problem> {
    let mut patterns: Vec<String> = PATTERNS.iter().map(|pattern| (*pattern).to_owned()).collect();
    for pattern in texts(configuration, "additionalPatterns")? {
        if let Err(error) = fancy_regex::Regex::new(&pattern) {
            let message = format!("invalid pattern `{pattern}`: {error}");
            return Err((place(configuration, "additionalPatterns"), message));
        }
        patterns.push(format!("^(?:{pattern})$"));
    }
    Ok(Box::new(TimestampNames { patterns }))
}

impl ConfiguredValidator for TimestampNames {
    fn check(&self, context: &Context<'_>, report: &mut Report) {
        for (_, item) in context.own_items() {
            let shape_type = match item {
                Item::Shape(shape) if shape.shape_type == ShapeType::String || shape.shape_type.is_number() => {
                    shape.shape_type
                }
                Item::Member(container, member)
                    if matches!(container.shape_type, ShapeType::Structure | ShapeType::Union) =>
                {
                    let target = context.model().target(member);
                    match target.filter(|target| !holds_timestamps(context, target)) {
                        Some(target) => target.shape_type,
                        None => continue,
                    }
                }
                _ => continue,
            };
            if self.patterns.iter().any(|pattern| context.matches_pattern(pattern, name(item)) == Some(true)) {
                let message =
                    format!("`{}` is named like a timestamp, but is of type {}", name(item), shape_type.name());
                report.add(Severity::Danger, "ShouldHaveUsedTimestamp", item, message);
            }
        }
    }
}

/// Whether values are timestamps, or hold nothing else. Enums may be called anything.
fn holds_timestamps(context: &Context<'_>, shape: &Shape) -> bool {
    let is_timestamp = |shape: &Shape| shape.shape_type == ShapeType::Timestamp;
    match shape.shape_type {
        ShapeType::Timestamp | ShapeType::Enum => true,
        ShapeType::Structure | ShapeType::List => {
            shape.members.iter().filter_map(|member| context.model().target(member)).all(is_timestamp)
        }
        _ => false,
    }
}
