//! `RuleSetTestCase`: rules come to what their tests expect.

use std::collections::BTreeMap;

use whitesmith_endpoint::partition;

use super::bdd::Diagram;
use super::evaluate::{Endpoint, Outcome, Rules, evaluate};
use super::rule_sets::{TESTS, elements, entries, rule_sets};
use super::value::Value;
use crate::endpoint_rules::{DecisionDiagram, RULE_SET_TRAIT, RuleSet};
use crate::model::Severity;
use crate::source::Node;
use crate::validate::context::{Context, Report};

pub(in crate::validate) fn check(context: &Context<'_>, report: &mut Report) {
    for rules in rule_sets(context) {
        let Some(tests) = rules.service.traits.get(TESTS) else { continue };
        // Of a service with both forms of rules, the tree is tested.
        if !rules.is_tree && rules.service.traits.has(RULE_SET_TRAIT) {
            continue;
        }
        let readable = if rules.is_tree {
            RuleSet::read_lenient(rules.value).ok().map(Rules::Tree)
        } else {
            let diagram = DecisionDiagram::read(rules.value).ok().zip(Diagram::read(rules.value).ok());
            diagram.map(|(rules, nodes)| Rules::Diagram(rules, nodes))
        };
        // What is wrong with malformed rules is reported where they are checked.
        let Some(readable) = readable else { continue };
        for case in elements(tests.get("testCases")) {
            if let Err(problem) = run(&readable, case) {
                let name = case.get("documentation").and_then(Node::as_str);
                let message = match name {
                    Some(name) => format!("test case `{name}`: {problem}"),
                    None => format!("test case: {problem}"),
                };
                // What the test expects may have been true when it was written.
                let severity = if is_isolated(case) { Severity::Warning } else { Severity::Error };
                report.add_at(severity, "RuleSetTestCase", rules.service, case.span, message);
            }
        }
    }
}

/// Whether a case is about a region that is isolated from the others: the dual-stack domains of such partitions are
/// younger than many models.
fn is_isolated(case: &Node) -> bool {
    let is_isolated = |name: &str| name == "aws-eusc" || name.starts_with("aws-iso");
    let texts = entries(case.get("params")).filter_map(|entry| entry.value.as_str());
    texts.map(|text| partition(text).name).any(is_isolated)
}

fn run(rules: &Rules, case: &Node) -> Result<(), String> {
    let expected = case.get("expect");
    let expected_error = expected.and_then(|expected| expected.get("error")).and_then(Node::as_str);
    let expected_endpoint = expected.and_then(|expected| expected.get("endpoint"));
    let outcome = evaluate(rules, case.get("params"))?;
    match (expected_endpoint, expected_error, outcome) {
        (Some(expected), _, Outcome::Endpoint(found)) => compare(&endpoint(expected)?, &found),
        (Some(_), _, Outcome::Error(error)) => Err(format!("expected an endpoint, found the error `{error}`")),
        (None, Some(expected), Outcome::Error(found)) if expected == found => Ok(()),
        (None, Some(expected), Outcome::Error(found)) => {
            Err(format!("expected the error `{expected}`, found `{found}`"))
        }
        (None, Some(expected), Outcome::Endpoint(found)) => {
            Err(format!("expected the error `{expected}`, found the endpoint `{}`", found.url))
        }
        (None, None, _) => Err("expected `endpoint` or `error` in `expect`".to_owned()),
    }
}

fn endpoint(expected: &Node) -> Result<Endpoint, String> {
    let url = expected.get("url").and_then(Node::as_str).unwrap_or_default().to_owned();
    let properties = entries(expected.get("properties"))
        .map(|entry| Ok((entry.key.to_string(), Value::of(&entry.value)?)))
        .collect::<Result<BTreeMap<_, _>, String>>()?;
    let headers = entries(expected.get("headers"))
        .map(|entry| (entry.key.to_string(), entry.value.strings().map(str::to_owned).collect()))
        .collect();
    Ok(Endpoint { url, properties, headers })
}

fn compare(expected: &Endpoint, found: &Endpoint) -> Result<(), String> {
    if expected.url != found.url {
        return Err(format!("expected the URL `{}`, found `{}`", expected.url, found.url));
    }
    if expected.headers != found.headers {
        return Err(format!("expected the headers {:?}, found {:?}", expected.headers, found.headers));
    }
    if expected.properties != found.properties {
        return Err(format!("expected the properties {:?}, found {:?}", expected.properties, found.properties));
    }
    Ok(())
}
