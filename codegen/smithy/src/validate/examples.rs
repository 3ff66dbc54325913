//! `ExamplesTrait`: examples are values of the operation's input, output and errors.

use super::context::{Applied, Context, Report};
use super::node_findings::Mode;
use super::node_values;
use crate::model::relations::Item;
use crate::model::{Shape, ShapeId, ShapeType};
use crate::source::Node;

const ID: &str = "ExamplesTrait";

pub(super) fn check(context: &Context<'_>, report: &mut Report) {
    for (operation, examples) in context.shapes_with("smithy.api#examples") {
        let applied = Applied { item: Item::Shape(operation), value: examples };
        for example in examples.as_array().unwrap_or_default() {
            check_example(context, report, applied, operation, example);
        }
    }
}

fn check_example(context: &Context<'_>, report: &mut Report, applied: Applied<'_>, operation: &Shape, example: &Node) {
    let Some(details) = operation.as_operation() else { return };
    let title = example.get("title").and_then(Node::as_str).unwrap_or("");
    let breaks_constraints = example.get("allowConstraintErrors").and_then(Node::as_bool).unwrap_or(false);
    let (output, error) = (example.get("output"), example.get("error"));
    if breaks_constraints && error.is_none() {
        let message = format!("The example `{title}` may break constraints, so it must have an error");
        report.trait_error(ID, applied, message);
    }
    let mut check_value = |part: &str, shape: Option<&Shape>, value: &Node| {
        let mode = Mode { constraints_are_warnings: breaks_constraints, ..Mode::default() };
        for finding in shape.into_iter().flat_map(|shape| node_values::check(context, shape, value, mode)) {
            let place = if finding.path.is_empty() { String::new() } else { format!(" at {}", finding.path) };
            let message = format!("The {part} of the example `{title}`{place}: {}", finding.message);
            report.add_at(finding.severity, format!("{ID}{}", finding.id_suffix), applied.item, finding.span, message);
        }
    };
    let nothing = Node::empty_object();
    check_value("input", context.input(details), example.get("input").unwrap_or(&nothing));
    match (output, error) {
        (Some(_), Some(_)) => {
            report.trait_error(ID, applied, format!("The example `{title}` has an output and an error"));
        }
        (Some(output), None) => check_value("output", context.output(details), output),
        (None, Some(error)) => {
            let id = error.get("shapeId").and_then(Node::as_str).and_then(|id| ShapeId::parse(id).ok());
            let known = id.as_ref().filter(|id| is_error_of(context, operation, id));
            match known.and_then(|id| context.model().shape(id)) {
                Some(shape) => check_value("error", Some(shape), error.get("content").unwrap_or(&nothing)),
                None => {
                    let message = format!("The example `{title}` has an error that the operation has not");
                    report.trait_error(ID, applied, message);
                }
            }
        }
        (None, None) => {}
    }
}

/// Whether an error is one of the operation, or of every service that has the operation.
fn is_error_of(context: &Context<'_>, operation: &Shape, error: &ShapeId) -> bool {
    let own = operation.as_operation().is_some_and(|details| details.errors.iter().any(|known| known.target == *error));
    let mut services = context
        .own(ShapeType::Service)
        .filter(|service| context.operations_of(service).any(|known| known.id == operation.id))
        .peekable();
    own || services.peek().is_some()
        && services.all(|service| {
            service.as_service().is_some_and(|service| service.errors.iter().any(|known| known.target == *error))
        })
}
