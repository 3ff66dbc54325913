//! `MqttTopicConflict`, `MqttTopicLabel`: the topics that operations publish and subscribe to.

use std::collections::BTreeSet;

use super::context::{Applied, Context, Report, ticked};
use crate::model::relations::Item;
use crate::model::{Severity, Shape, ShapeId, ShapeType};

const PUBLISH: &str = "smithy.mqtt#publish";
const SUBSCRIBE: &str = "smithy.mqtt#subscribe";

/// A topic: levels with slashes between them.
pub(super) struct Topic<'t> {
    levels: Vec<Level<'t>>,
}

#[derive(PartialEq)]
enum Level<'t> {
    Text(&'t str),
    /// `{name}`, filled from a member of the input.
    Label(&'t str),
}

impl<'t> Topic<'t> {
    /// Parses a topic.
    ///
    /// # Errors
    /// When a level is a wildcard, or a label is malformed or there twice.
    pub(super) fn parse(topic: &'t str) -> Result<Self, String> {
        if topic.is_empty() {
            return Err("a topic cannot be empty".to_owned());
        }
        let mut levels = Vec::new();
        for level in topic.split('/') {
            if level.contains(['#', '+']) {
                return Err(format!("wildcard `{level}` in the topic `{topic}`"));
            }
            let label = level.strip_prefix('{').and_then(|level| level.strip_suffix('}'));
            let level = match label {
                Some(label) => {
                    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
                    if label.is_empty() || !label.chars().all(is_name) {
                        return Err(format!("invalid label `{label}` in the topic `{topic}`"));
                    }
                    if levels.contains(&Level::Label(label)) {
                        return Err(format!("duplicate label `{label}` in the topic `{topic}`"));
                    }
                    Level::Label(label)
                }
                None if level.contains(['{', '}']) => {
                    return Err(format!("label in a part of the level `{level}` of the topic `{topic}`"));
                }
                None => Level::Text(level),
            };
            levels.push(level);
        }
        Ok(Self { levels })
    }

    fn labels(&self) -> BTreeSet<&'t str> {
        let label = |level: &Level<'t>| match level {
            Level::Label(label) => Some(*label),
            Level::Text(_) => None,
        };
        self.levels.iter().filter_map(label).collect()
    }

    /// Whether the same topic may be meant.
    fn overlaps(&self, other: &Self) -> bool {
        let may_equal = |(one, other): (&Level<'_>, &Level<'_>)| match (one, other) {
            (Level::Text(one), Level::Text(other)) => one == other,
            (Level::Label(_), Level::Label(_)) => true,
            _ => false,
        };
        self.levels.len() == other.levels.len() && self.levels.iter().zip(&other.levels).all(may_equal)
    }
}

/// An operation's topic, and the shape of what is sent there.
struct Binding<'m> {
    operation: Applied<'m>,
    topic: Topic<'m>,
    payload: &'m ShapeId,
}

fn topic<'m>(operation: &'m Shape) -> Option<(&'static str, Applied<'m>, Topic<'m>)> {
    let (id, value) =
        [SUBSCRIBE, PUBLISH].into_iter().find_map(|id| operation.traits.get(id).map(|value| (id, value)))?;
    Some((id, Applied { item: operation.into(), value }, Topic::parse(value.as_str()?).ok()?))
}

/// The union that an operation's output streams.
fn event_stream<'m>(context: &Context<'m>, operation: &'m Shape) -> Option<&'m Shape> {
    let output = context.output(operation.as_operation()?)?;
    let targets = output.members.iter().filter_map(|member| context.model().target(member));
    targets.into_iter().find(|target| target.shape_type == ShapeType::Union && target.traits.is_streaming())
}

/// What is sent to one topic has one shape.
pub(super) fn check_conflicts(context: &Context<'_>, report: &mut Report) {
    let mut bindings = Vec::new();
    for operation in context.own(ShapeType::Operation) {
        let Some((_, applied, topic)) = topic(operation) else { continue };
        let payload = if operation.traits.has(PUBLISH) {
            operation.as_operation().map(|details| &details.input.target)
        } else {
            event_stream(context, operation).map(|stream| &stream.id)
        };
        if let Some(payload) = payload {
            bindings.push(Binding { operation: applied, topic, payload });
        }
    }
    for binding in &bindings {
        let conflicts: Vec<&ShapeId> = bindings
            .iter()
            .filter(|other| other.payload != binding.payload && other.topic.overlaps(&binding.topic))
            .map(|other| other.operation.item.id())
            .collect();
        if !conflicts.is_empty() {
            let topic = binding.operation.value;
            let message =
                format!("the topic {topic} has another payload than `{}` in {}", binding.payload, ticked(conflicts));
            report.trait_error("MqttTopicConflict", binding.operation, message);
        }
    }
}

/// The labels of a topic are members of the input with `topicLabel`.
pub(super) fn check_labels(context: &Context<'_>, report: &mut Report) {
    const ID: &str = "MqttTopicLabel";
    for operation in context.own(ShapeType::Operation) {
        let Some((id, applied, topic)) = topic(operation) else { continue };
        let mut labels = topic.labels();
        let input = operation.as_operation().and_then(|details| context.input(details));
        for (input, member) in input.iter().flat_map(|input| input.members.iter().map(move |member| (input, member))) {
            let Some(label) = member.traits.get("smithy.mqtt#topicLabel") else { continue };
            if !labels.remove(&*member.name) {
                let message = format!("the topic of `{}` has no label `{}`", operation.id, member.name);
                report.add_at(Severity::Error, ID, Item::Member(input, member), label.span, message);
            }
        }
        if !labels.is_empty() {
            let message = format!("labels of `{id}` without a member with `topicLabel`: {}", ticked(labels));
            report.trait_error(ID, applied, message);
        }
    }
}
