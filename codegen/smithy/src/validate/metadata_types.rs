//! `MetadataTrait`, `TypedMetadata`: metadata keys that have a shape.

use std::collections::BTreeMap;

use super::context::{Context, Report, ticked};
use super::node_findings::Mode;
use super::node_values;
use crate::model::{Event, Shape};
use crate::source::Node;

const METADATA: &str = "smithy.api#metadata";
/// Keys that mean something to validation itself.
const RESERVED: [&str; 3] = ["severityOverrides", "suppressions", "validators"];

/// The shapes of each key.
fn types<'m>(context: &Context<'m>) -> BTreeMap<&'m str, Vec<&'m Shape>> {
    let mut types: BTreeMap<&str, Vec<&Shape>> = BTreeMap::new();
    for shape in context.model().shapes() {
        let key = shape.traits.get(METADATA).and_then(|metadata| metadata.get("key"));
        if let Some(key) = key.and_then(Node::as_str) {
            types.entry(key).or_default().push(shape);
        }
    }
    types
}

pub(super) fn check_traits(context: &Context<'_>, report: &mut Report) {
    for (key, shapes) in types(context) {
        for shape in &shapes {
            if RESERVED.contains(&key) {
                report.error("MetadataTrait", *shape, format!("The metadata key `{key}` belongs to Smithy"));
            } else if shapes.len() > 1 {
                let others = shapes.iter().map(|other| &other.id).filter(|id| **id != shape.id);
                let message = format!("The metadata key `{key}` has other shapes too: {}", ticked(others));
                report.error("MetadataTrait", *shape, message);
            }
        }
    }
}

pub(super) fn check_values(context: &Context<'_>, report: &mut Report) {
    for (key, shapes) in types(context) {
        let ([shape], Some(value)) = (&shapes[..], context.model().metadata().get(key)) else { continue };
        let mode = Mode { base64_blobs: true, zero_range_is_warning: true, ..Mode::default() };
        for finding in node_values::check(context, shape, value, mode) {
            let place = if finding.path.is_empty() { String::new() } else { format!(".{}", finding.path) };
            report.push(Event {
                severity: finding.severity,
                id: format!("TypedMetadata.{key}{}", finding.id_suffix),
                shape: None,
                message: format!("metadata.{key}{place}: {}", finding.message),
                span: finding.span,
            });
        }
    }
}
