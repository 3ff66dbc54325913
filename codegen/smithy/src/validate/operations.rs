//! `OperationInputOutputMisuse`, `OperationInputOutputName`, `OperationNameAmbiguity`: inputs and outputs.

use super::context::{Context, Report, ticked};
use crate::model::relations::Relation;
use crate::model::{Severity, Shape, ShapeId, ShapeType};

const MISUSE: &str = "OperationInputOutputMisuse";

/// Suffixes that say that a structure is an operation's input, or output.
const SUFFIXES: [(&str, &str); 4] =
    [("Input", "input"), ("Request", "input"), ("Output", "output"), ("Response", "output")];

pub(super) fn check(context: &Context<'_>, report: &mut Report) {
    check_uses(context, report, "input", Relation::Input, Relation::Output);
    check_uses(context, report, "output", Relation::Output, Relation::Input);
    for operation in context.own(ShapeType::Operation) {
        check_names(context, report, operation);
    }
}

/// A structure with `input` is the input of one operation, named after it, and nothing else; so for `output`.
fn check_uses(context: &Context<'_>, report: &mut Report, name: &str, right: Relation, wrong: Relation) {
    for (structure, _) in context.shapes_with(&format!("smithy.api#{name}")) {
        let Some(at) = context.index(&structure.id) else { continue };
        let mut operations: Vec<&ShapeId> = Vec::new();
        for (relation, from) in context.relations.reverse(at) {
            let Some(user) = context.relations.item(*from) else { continue };
            if *relation == right {
                operations.push(user.id());
                if !structure.id.name().starts_with(user.id().name()) {
                    let message = format!("The {name} should be named after the operation, but is `{}`", structure.id);
                    report.add(Severity::Warning, format!("OperationInputOutputName.{name}"), user, message);
                }
            } else if *relation == wrong {
                let message = format!("`{}` has the trait `{name}`, but is the {} here", structure.id, wrong.label());
                report.error(MISUSE, user, message);
            } else if *relation == Relation::Target {
                let message = format!("Members cannot target a structure with the trait `{name}`: `{}`", structure.id);
                report.error(MISUSE, user, message);
            }
        }
        if operations.len() > 1 {
            let message = format!("This is the {name} of several operations: {}", ticked(operations));
            report.error(MISUSE, structure, message);
        }
    }
}

fn check_names(context: &Context<'_>, report: &mut Report, operation: &Shape) {
    let Some(details) = operation.as_operation() else { return };
    for (suffix, part) in SUFFIXES {
        let used = if part == "input" { &details.input.target } else { &details.output.target };
        let id = ShapeId::of(operation.id.namespace(), &format!("{}{suffix}", operation.id.name()));
        if let Some(shape) = context.model().shape(&id).filter(|_| id != *used) {
            let message = format!("This is named as the {part} of `{}`, which is `{used}`", operation.id);
            report.add(Severity::Warning, "OperationNameAmbiguity", shape, message);
        }
    }
}
