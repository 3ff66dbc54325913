//! `ClientEndpointDiscovery`: the operation that finds a service's endpoints, and those that use them.

use std::collections::BTreeSet;

use super::context::{Context, Report};
use crate::model::relations::Item;
use crate::model::{Severity, Shape, ShapeType};
use crate::source::Node;

const ID: &str = "ClientEndpointDiscovery";
const DISCOVERY: &str = "aws.api#clientEndpointDiscovery";
const DISCOVERED: &str = "aws.api#clientDiscoveredEndpoint";

pub(super) fn check(context: &Context<'_>, report: &mut Report) {
    for (service, value) in context.shapes_with(DISCOVERY) {
        check_service(context, report, service, value);
    }
    for (operation, _) in context.shapes_with(DISCOVERED) {
        check_user(context, report, operation);
    }
}

/// The operation that finds endpoints.
fn endpoint_operation<'m>(context: &Context<'m>, value: &Node) -> Option<&'m Shape> {
    let operation = context.model().shape_named(value.get("operation")?.as_str()?)?;
    Some(operation).filter(|operation| operation.shape_type == ShapeType::Operation)
}

fn check_service(context: &Context<'_>, report: &mut Report, service: &Shape, value: &Node) {
    if value.get("error").is_none() {
        let message = "a service with endpoint discovery should have an error for invalid endpoints";
        report.add_at(Severity::Danger, format!("{ID}.MissingErrorDefinition"), service, value.span, message);
    }
    if let Some(id) = value.get("operation").and_then(Node::as_str) {
        let bound = service.as_service().map(|service| &*service.operations).unwrap_or_default();
        if !bound.iter().any(|operation| operation.target == *id) {
            let name = id.rsplit('#').next().unwrap_or(id);
            let message = format!("the endpoint operation `{id}` must be bound to the service");
            report.error(format!("{ID}.UnboundOperation.{name}"), service, message);
        }
    }
    let operation = endpoint_operation(context, value);
    if let Some(operation) = operation {
        check_input(context, report, operation);
        check_output(context, report, operation);
    }
    let is_used = context.operations_of(service).any(|operation| operation.traits.has(DISCOVERED));
    if operation.is_none() || !is_used {
        let message = format!("the service has endpoint discovery, but no operation with `{DISCOVERED}`");
        report.add(Severity::Warning, format!("{ID}.NoOperations"), service, message);
    }
}

/// An operation that uses discovered endpoints has the service's error for invalid ones.
fn check_user(context: &Context<'_>, report: &mut Report, operation: &Shape) {
    let services: Vec<(&Shape, &Node)> = context
        .shapes_with(DISCOVERY)
        .filter(|(_, value)| endpoint_operation(context, value).is_some())
        .filter(|(service, _)| context.operations_of(service).any(|bound| bound.id == operation.id))
        .collect();
    if services.is_empty() {
        let message = format!("an operation with `{DISCOVERED}` must belong to a service with `{DISCOVERY}`");
        return report.error(ID, operation, message);
    }
    let errors = operation.as_operation().map(|details| &*details.errors).unwrap_or_default();
    for (service, value) in services {
        let error = value.get("error").and_then(Node::as_str).and_then(|id| context.model().shape_named(id));
        let error = error.filter(|error| error.shape_type == ShapeType::Structure);
        if let Some(error) = error.filter(|error| !errors.iter().any(|known| known.target == error.id)) {
            let message = format!("the operation of `{}` must have its error `{}`", service.id, error.id);
            report.error(ID, operation, message);
        }
    }
}

fn is_string(shape: &Shape) -> bool {
    matches!(shape.shape_type, ShapeType::String | ShapeType::Enum)
}

fn check_input(context: &Context<'_>, report: &mut Report, operation: &Shape) {
    let Some(input) = operation.as_operation().and_then(|details| context.input(details)) else { return };
    if !input.members.iter().all(|member| matches!(&*member.name, "Operation" | "Identifiers")) {
        let message = format!("the input of `{}` can only have `Operation` and `Identifiers`", operation.id);
        report.error(ID, input, message);
    }
    let target = |name| input.member(name).and_then(|member| context.model().target(member));
    if let Some(target) = target("Operation").filter(|target| !is_string(target)) {
        report.error(ID, target, "`Operation` must be a string");
    }
    if let Some(member) = input.member("Identifiers") {
        let map = target("Identifiers").filter(|target| target.shape_type == ShapeType::Map);
        let value = map.and_then(|map| map.member("value")).and_then(|value| context.model().target(value));
        if !value.is_some_and(is_string) {
            report.error(ID, Item::Member(input, member), "`Identifiers` must be a map of strings");
        }
    }
}

fn check_output(context: &Context<'_>, report: &mut Report, operation: &Shape) {
    let Some(output) = operation.as_operation().and_then(|details| context.output(details)) else { return };
    let endpoints = output.member("Endpoints");
    if output.members.len() != 1 || endpoints.is_none() {
        report.error(ID, operation, "the output must have `Endpoints` and nothing else");
    }
    let Some(endpoints) = endpoints else { return };
    let list = context.model().target(endpoints).filter(|target| target.shape_type == ShapeType::List);
    let Some(list) = list else {
        return report.error(ID, Item::Member(output, endpoints), "`Endpoints` must be a list");
    };
    let element = list.member("member").and_then(|member| context.model().target(member));
    let Some(element) = element.filter(|element| element.shape_type == ShapeType::Structure) else {
        return report.error(ID, list, "the members of `Endpoints` must be structures");
    };
    let mut check_member = |name: &str, expected: &str, is_right: fn(&Shape) -> bool| {
        let Some(member) = element.member(name) else { return };
        if context.model().target(member).is_some_and(|target| !is_right(target)) {
            report.error(ID, Item::Member(element, member), format!("`{name}` must be a {expected}"));
        }
    };
    check_member("Address", "string", is_string);
    check_member("CachePeriodInMinutes", "long", |shape| shape.shape_type == ShapeType::Long);
    let names: BTreeSet<&str> = element.members.iter().map(|member| &*member.name).collect();
    if names != BTreeSet::from(["Address", "CachePeriodInMinutes"]) {
        report.error(ID, element, "an endpoint must have `Address` and `CachePeriodInMinutes` and nothing else");
    }
}
