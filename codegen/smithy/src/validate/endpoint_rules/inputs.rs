//! `EndpointTestsTrait`: the operations and inputs that tests of endpoints use.

use super::rule_sets::{RuleSet, TESTS, elements, entries, rule_sets};
use crate::endpoint_rules::ParameterValue;
use crate::model::{Severity, Shape};
use crate::source::Node;
use crate::validate::context::{Context, Report};
use crate::validate::node_findings::Mode;
use crate::validate::node_values;

const ID: &str = "EndpointTestsTrait";

pub(in crate::validate) fn check(context: &Context<'_>, report: &mut Report) {
    for rules in rule_sets(context) {
        let Some(tests) = rules.service.traits.get(TESTS) else { continue };
        let operations: Vec<&Shape> = context.operations_of(rules.service).collect();
        for case in elements(tests.get("testCases")) {
            for input in elements(case.get("operationInputs")) {
                let name = input.get("operationName").and_then(Node::as_str).unwrap_or_default();
                let Some(operation) = operations.iter().find(|operation| operation.id.name() == name) else {
                    let message = format!("unknown operation `{name}`");
                    report.add_at(Severity::Error, ID, rules.service, input.span, message);
                    continue;
                };
                check_built_ins(report, rules, case, input);
                check_values(context, report, rules.service, operation, case, input);
            }
        }
    }
}

/// Built-ins have the values that the parameters of the case have.
fn check_built_ins(report: &mut Report, rules: RuleSet<'_>, case: &Node, input: &Node) {
    let params = case.get("params");
    let built_ins = input.get("builtInParams");
    for parameter in rules.parameters() {
        let Some(built_in) = parameter.built_in.as_deref() else { continue };
        let Some(value) = params.and_then(|params| params.get(&parameter.name)) else { continue };
        match built_ins.and_then(|built_ins| built_ins.get(built_in)) {
            Some(given) if given != value => {
                let message = format!("`{}` is {value}, but its built-in `{built_in}` is {given}", parameter.name);
                report.error(ID, rules.service, message);
            }
            None if parameter.default.is_none() || parameter.default != ParameterValue::read(value) => {
                let message = format!("missing the built-in `{built_in}` of `{}`, which is {value}", parameter.name);
                report.add_at(Severity::Error, ID, rules.service, input.span, message);
            }
            _ => {}
        }
    }
}

/// The parameters of the operation are a value of its input. What is amiss may be meant where an error is expected.
fn check_values(
    context: &Context<'_>,
    report: &mut Report,
    service: &Shape,
    operation: &Shape,
    case: &Node,
    input: &Node,
) {
    let Some(shape) = operation.as_operation().and_then(|details| context.input(details)) else { return };
    let nothing = Node::empty_object();
    let params = input.get("operationParams").unwrap_or(&nothing);
    let expects_error = case.get("expect").is_some_and(|expected| entries(Some(expected)).any(|e| &*e.key == "error"));
    for finding in node_values::check(context, shape, params, Mode::default()) {
        let is_error = finding.severity == Severity::Error && !expects_error;
        let severity = if is_error { Severity::Error } else { Severity::Danger };
        let place = if finding.path.is_empty() { String::new() } else { format!(", at {}", finding.path) };
        let message = format!("the input of `{}`{place}: {}", operation.id.name(), finding.message);
        let span = if finding.span.is_some() { finding.span } else { input.span };
        report.add_at(severity, format!("{ID}{}", finding.id_suffix), service, span, message);
    }
}
