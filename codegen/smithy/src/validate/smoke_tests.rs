//! `SmokeTestCase`, `UniqueSmokeTestCaseId`: smoke tests of operations.

use std::collections::{BTreeMap, BTreeSet};

use super::context::{Applied, Context, Report, ticked};
use super::test_cases::{SECONDS, check_value, shape_of};
use crate::model::relations::Item;
use crate::model::{Severity, Shape, ShapeId, ShapeType};
use crate::source::Node;

const SMOKE_TESTS: &str = "smithy.test#smokeTests";
const ID: &str = "SmokeTestCase";

fn id_of(case: &Node) -> &str {
    case.get("id").and_then(Node::as_str).unwrap_or_default()
}

/// The parameters of cases are values of their shapes.
pub(super) fn check(context: &Context<'_>, report: &mut Report) {
    for (operation, value) in context.shapes_with(SMOKE_TESTS) {
        let applied = Applied { item: Item::Shape(operation), value };
        let input = operation.as_operation().and_then(|details| context.input(details));
        for case in value.as_array().unwrap_or_default() {
            check_vendor_params(context, report, applied, case);
            let Some(input) = input else { continue };
            if let Some(params) = case.get("params") {
                let part = format!("case `{}`, params", id_of(case));
                check_value(context, report, ID, applied, &part, (input, params), SECONDS);
                continue;
            }
            let required = input.members.iter().filter(|member| member.traits.is_required());
            let required: Vec<&str> = required.map(|member| &*member.name).collect();
            if !required.is_empty() {
                let message =
                    format!("case `{}` has no `params`, but the input requires {}", id_of(case), ticked(required));
                report.trait_error(ID, applied, message);
            }
        }
    }
}

fn check_vendor_params(context: &Context<'_>, report: &mut Report, applied: Applied<'_>, case: &Node) {
    let (has_shape, params) = (case.get("vendorParamsShape").is_some(), case.get("vendorParams"));
    let problem = match (has_shape, params) {
        (true, Some(params)) => {
            if let Some(shape) = shape_of(context, case, "vendorParamsShape") {
                let part = format!("case `{}`, vendorParams", id_of(case));
                check_value(context, report, ID, applied, &part, (shape, params), SECONDS);
            }
            return;
        }
        (false, None) => return,
        (true, None) => "`vendorParamsShape` without `vendorParams`",
        (false, Some(_)) => "`vendorParams` without `vendorParamsShape`",
    };
    let message = format!("case `{}`: {problem}", id_of(case));
    report.add_at(Severity::Warning, ID, applied.item, applied.value.span, message);
}

/// The IDs of the cases of a service differ; so do those of an operation of no service.
pub(super) fn check_ids(context: &Context<'_>, report: &mut Report) {
    if context.with_trait(SMOKE_TESTS).is_empty() {
        return;
    }
    let mut bound: BTreeSet<&ShapeId> = BTreeSet::new();
    for service in context.own(ShapeType::Service) {
        let operations: Vec<&Shape> = context.operations_of(service).collect();
        check_operations(report, &operations);
        bound.extend(operations.iter().map(|operation| &operation.id));
    }
    for (operation, _) in context.shapes_with(SMOKE_TESTS).filter(|(operation, _)| !bound.contains(&operation.id)) {
        check_operations(report, &[operation]);
    }
}

fn check_operations(report: &mut Report, operations: &[&Shape]) {
    let mut users: BTreeMap<&str, Vec<&Shape>> = BTreeMap::new();
    for operation in operations {
        let cases = operation.traits.get(SMOKE_TESTS).and_then(Node::as_array).unwrap_or_default();
        for case in cases {
            users.entry(id_of(case)).or_default().push(operation);
        }
    }
    for (id, users) in users.iter().filter(|(_, users)| users.len() > 1) {
        let ids: BTreeSet<&ShapeId> = users.iter().map(|operation| &operation.id).collect();
        for operation in users {
            let message = format!("several smoke tests have the ID `{id}`: {}", ticked(&ids));
            report.error("UniqueSmokeTestCaseId", *operation, message);
        }
    }
}
