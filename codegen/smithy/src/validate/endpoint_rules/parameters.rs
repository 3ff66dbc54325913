//! `RuleSetParameter`, `RuleSetParamMissingDocs`, `RuleSetBuiltIn`, `RuleSetAwsBuiltIn`: the parameters of rules, and
//! where their values come from.

use std::collections::{BTreeMap, BTreeSet};

use super::bindings::{OPERATION, STATIC, operation_param_type};
use super::rule_sets::{RuleSet, TESTS, elements, entries, rule_sets};
use crate::endpoint_rules::{BUILT_INS, Parameter, ParameterType, ParameterValue, read_parameters};
use crate::model::relations::Item;
use crate::model::{Severity, Shape, ShapeType};
use crate::source::{Node, Span};
use crate::validate::context::{Context, Report, ticked};

const ID: &str = "RuleSetParameter";
const CLIENT: &str = "smithy.rules#clientContextParams";
const MEMBER: &str = "smithy.rules#contextParam";

/// Built-ins that not every client has a value for.
const DELICATE_BUILT_INS: [&str; 3] =
    ["AWS::Auth::AccountId", "AWS::Auth::AccountIdEndpointMode", "AWS::Auth::CredentialScope"];

pub(in crate::validate) fn check_documentation(context: &Context<'_>, report: &mut Report) {
    for rules in rule_sets(context) {
        for parameter in rules.parameters().iter().filter(|parameter| !parameter.is_documented) {
            let message = format!("the parameter `{}` has no documentation", parameter.name);
            report.add_at(Severity::Warning, "RuleSetParamMissingDocs", rules.service, parameter.span, message);
        }
    }
}

pub(in crate::validate) fn check_aws_built_ins(context: &Context<'_>, report: &mut Report) {
    for rules in rule_sets(context) {
        for parameter in rules.parameters() {
            if let Some(name) = parameter.built_in.filter(|name| DELICATE_BUILT_INS.contains(&name.as_str())) {
                let message = format!("the built-in `{name}` needs care: not every client has a value for it");
                let id = format!("RuleSetAwsBuiltIn.{name}");
                report.add_at(Severity::Danger, id, rules.service, parameter.span, message);
            }
        }
    }
}

/// Built-ins in rules and in tests exist.
pub(in crate::validate) fn check_built_ins(context: &Context<'_>, report: &mut Report) {
    let mut check = |service: &Shape, name: &str, span: Span, place: String| {
        if !BUILT_INS.iter().any(|(known, _)| *known == name) {
            let known = ticked(BUILT_INS.map(|(known, _)| known));
            let message = format!("unknown built-in `{name}`: expected one of {known}");
            report.add_at(Severity::Error, format!("RuleSetBuiltIn.{place}"), service, span, message);
        }
    };
    for rules in rule_sets(context) {
        for parameter in rules.parameters() {
            if let Some(name) = &parameter.built_in {
                check(rules.service, name, parameter.span, "RuleSet".to_owned());
            }
        }
    }
    for (service, tests) in context.shapes_with(TESTS) {
        for (at, case) in elements(tests.get("testCases")).iter().enumerate() {
            for (position, input) in elements(case.get("operationInputs")).iter().enumerate() {
                for entry in entries(input.get("builtInParams")) {
                    check(service, &entry.key, input.span, format!("TestCase.{at}.Inputs.{position}"));
                }
            }
        }
    }
}

/// Parameters of rules get their values from the model, and tests use all of them.
pub(in crate::validate) fn check(context: &Context<'_>, report: &mut Report) {
    for rules in rule_sets(context) {
        let Ok(parameters) = read_parameters(rules.value) else { continue };
        let operations: Vec<&Shape> = context.operations_of(rules.service).collect();
        let mut checker = Checker { context, report, rules, parameters: &parameters };
        let known = checker.model_parameters(&operations);
        checker.check_names(&known);
        checker.check_required(&operations);
        if let Some(tests) = rules.service.traits.get(TESTS) {
            checker.check_tests(elements(tests.get("testCases")));
        }
    }
}

struct Checker<'c, 'm> {
    context: &'c Context<'m>,
    report: &'c mut Report,
    rules: RuleSet<'m>,
    parameters: &'c [Parameter],
}

type Types<'m> = BTreeMap<&'m str, ParameterType>;

impl<'m> Checker<'_, 'm> {
    fn error<'i>(&mut self, id: &str, item: impl Into<Item<'i>>, span: Span, message: String) {
        self.report.add_at(Severity::Error, format!("{ID}.{id}"), item, span, message);
    }

    /// Notes a type; one that differs from that of the same parameter elsewhere is an error.
    fn note(&mut self, known: &mut Types<'m>, found: (&'m str, ParameterType), id: &str, item: Item<'m>, span: Span) {
        let (name, found) = found;
        let first = *known.entry(name).or_insert(found);
        if first != found {
            let message = format!("`{name}` is of type {}, but elsewhere of type {}", found.name(), first.name());
            self.error(&format!("{id}.InconsistentType"), item, span, message);
        }
    }

    /// The parameters that the service, its operations and their members give values to.
    fn model_parameters(&mut self, operations: &[&'m Shape]) -> Types<'m> {
        let mut known = Types::new();
        for entry in entries(self.rules.service.traits.get(CLIENT)) {
            let found = entry.value.get("type").and_then(Node::as_str).and_then(ParameterType::named);
            known.extend(found.map(|found| (&*entry.key, found)));
        }
        for operation in operations {
            let item = Item::Shape(operation);
            let span = operation.traits.span(STATIC);
            for entry in entries(operation.traits.get(STATIC)) {
                if let Some(found) = entry.value.get("value").and_then(ParameterValue::read) {
                    self.note(&mut known, (&entry.key, found.parameter_type()), "StaticContextParams", item, span);
                }
            }
            let span = operation.traits.span(OPERATION);
            for entry in entries(operation.traits.get(OPERATION)) {
                let path = entry.value.get("path").and_then(Node::as_str).unwrap_or_default();
                if let Some(found) = operation_param_type(self.context, operation, path) {
                    self.note(&mut known, (&entry.key, found), "OperationContextParams", item, span);
                }
            }
            let input = operation.as_operation().and_then(|details| self.context.input(details));
            for (input, member) in input.iter().flat_map(|input| input.members.iter().map(move |m| (*input, m))) {
                let Some(value) = member.traits.get(MEMBER) else { continue };
                let Some(name) = value.get("name").and_then(Node::as_str) else { continue };
                let Some(target) = self.context.model().target(member) else { continue };
                let item = Item::Member(input, member);
                let found = match target.shape_type {
                    ShapeType::String | ShapeType::Enum => ParameterType::String,
                    ShapeType::Boolean => ParameterType::Boolean,
                    other => {
                        let message =
                            format!("unsupported type {} of `{name}`: expected string or boolean", other.name());
                        self.error("ContextParam.UnsupportedType", item, value.span, message);
                        continue;
                    }
                };
                self.note(&mut known, (name, found), "ContextParam", item, value.span);
            }
        }
        known
    }

    /// The model and the rules have the same parameters.
    fn check_names(&mut self, known: &Types<'m>) {
        let rules = self.rules;
        let mut matched = BTreeSet::new();
        for parameter in self.parameters {
            let (name, span) = (parameter.name.as_str(), parameter.span);
            if parameter.built_in.is_some() {
                matched.insert(name);
                continue;
            }
            match known.get(name) {
                None => {
                    let message = format!("nothing in the model gives the parameter `{name}` a value");
                    // An error to the reference. A model without the operations that set an optional parameter is of
                    // use, and its rules can be evaluated.
                    let severity = if parameter.required { Severity::Error } else { Severity::Danger };
                    let id = format!("{ID}.RuleSet.UnmatchedName");
                    self.report.add_at(severity, id, rules.service, span, message);
                }
                Some(found) => {
                    matched.insert(name);
                    if parameter.parameter_type != *found {
                        let message = format!("the model gives `{name}` a value of type {}", found.name());
                        self.error("RuleSet.TypeMismatch", rules.service, span, message);
                    }
                }
            }
        }
        for name in known.keys().filter(|name| !matched.contains(*name)) {
            let message = format!("the rules have no parameter `{name}`: they have {}", ticked(&matched));
            self.error("RuleSet.UnmatchedName", rules.service, rules.value.span, message);
        }
    }

    /// Every operation gives values to the parameters that need them.
    fn check_required(&mut self, operations: &[&'m Shape]) {
        let needs_value =
            |parameter: &&Parameter| parameter.required && parameter.default.is_none() && parameter.built_in.is_none();
        let required: Vec<&str> =
            self.parameters.iter().filter(needs_value).map(|parameter| parameter.name.as_str()).collect();
        for operation in operations {
            let input = operation.as_operation().and_then(|details| self.context.input(details));
            let members = input.iter().flat_map(|input| &input.members);
            let of_members = members.filter_map(|member| member.traits.get(MEMBER)?.get("name")?.as_str());
            let bound: BTreeSet<&str> = entries(self.rules.service.traits.get(CLIENT))
                .chain(entries(operation.traits.get(STATIC)))
                .chain(entries(operation.traits.get(OPERATION)))
                .map(|entry| &*entry.key)
                .chain(of_members)
                .collect();
            for name in required.iter().filter(|name| !bound.contains(**name)) {
                let message = format!("the operation gives the required parameter `{name}` no value");
                self.error("Operation.RequiredMissing", *operation, operation.span, message);
            }
        }
    }

    /// Tests give values of the right types, and to every parameter.
    fn check_tests(&mut self, cases: &[Node]) {
        let rules = self.rules;
        let mut used: BTreeMap<&str, Vec<&Node>> = BTreeMap::new();
        for entry in cases.iter().flat_map(|case| entries(case.get("params"))) {
            used.entry(&entry.key).or_default().push(&entry.value);
        }
        let mut names = BTreeSet::new();
        for parameter in self.parameters {
            let (name, span) = (parameter.name.as_str(), parameter.span);
            names.insert(name);
            let values = used.get(name).map(Vec::as_slice).unwrap_or_default();
            if values.is_empty() {
                let message = format!("no test uses the parameter `{name}`");
                let id = format!("{ID}.TestCase.Unused");
                self.report.add_at(Severity::Danger, id, rules.service, span, message);
            }
            let declared = parameter.parameter_type;
            let type_of = |value: &Node| ParameterValue::read(value).map(|value| value.parameter_type());
            for value in values.iter().filter(|value| type_of(value) != Some(declared)) {
                let message = format!("`{name}` must be of type {}", declared.name());
                self.error("TestCase.TypeMismatch", rules.service, value.span, message);
            }
            if parameter.required && parameter.default.is_none() && values.len() < cases.len() {
                let message = format!("a test lacks the required parameter `{name}`");
                self.error("TestCase.RequiredMissing", rules.service, span, message);
            }
        }
        for (name, values) in used.iter().filter(|(name, _)| !names.contains(*name)) {
            let span = values.first().map_or(Span::NONE, |value| value.span);
            self.error("TestCase.Undefined", rules.service, span, format!("the rules have no parameter `{name}`"));
        }
    }
}
