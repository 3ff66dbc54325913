//! Where an operation's endpoint parameters come from: `staticContextParams`, `contextParam` and
//! `operationContextParams` of `smithy.rules`.

use whitesmith_smithy::model::{Model, Shape};
use whitesmith_smithy::source::{Node, NodeValue};

/// The source of a parameter's value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BindingPlan {
    /// Always this text.
    Text(String),
    /// Always this boolean.
    Boolean(bool),
    /// Always these texts.
    TextArray(Vec<String>),
    /// A value of the input.
    Input(Vec<InputStep>),
}

/// A step into an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InputStep {
    /// The member, or the entry of a map, of that name.
    Member(String),
    /// All elements of a list, or all values of a map.
    Elements,
    /// All keys of a map.
    Keys,
}

/// The parameters that differ between operations, sorted by name. The most specific source wins: static values before
/// those of the operation, and these before those of members.
pub(in crate::plan) fn of_operation(model: &Model, operation: &Shape) -> Vec<(String, BindingPlan)> {
    let mut bindings: Vec<(String, BindingPlan)> = Vec::new();
    let mut add = |name: &str, binding: BindingPlan| {
        if !bindings.iter().any(|(known, _)| known == name) {
            bindings.push((name.to_owned(), binding));
        }
    };
    let entries = |id: &str| operation.traits.get(id).and_then(Node::as_object).into_iter().flatten();
    for entry in entries("smithy.rules#staticContextParams") {
        if let Some(binding) = entry.value.get("value").and_then(fixed) {
            add(&entry.key, binding);
        }
    }
    for entry in entries("smithy.rules#operationContextParams") {
        let path = entry.value.get("path").and_then(Node::as_str);
        if let Some(steps) = path.and_then(steps) {
            add(&entry.key, BindingPlan::Input(steps));
        }
    }
    let input = operation.as_operation().and_then(|operation| model.shape(&operation.input.target));
    for member in input.map(|input| input.members.as_slice()).unwrap_or_default() {
        let name = member.traits.get("smithy.rules#contextParam").and_then(|param| param.get("name"));
        if let Some(name) = name.and_then(Node::as_str) {
            add(name, BindingPlan::Input(vec![InputStep::Member(member.name.to_string())]));
        }
    }
    bindings.sort_by(|(one, _), (other, _)| one.cmp(other));
    bindings
}

fn fixed(node: &Node) -> Option<BindingPlan> {
    match &node.value {
        NodeValue::String(text) => Some(BindingPlan::Text(text.to_string())),
        NodeValue::Bool(value) => Some(BindingPlan::Boolean(*value)),
        NodeValue::Array(_) => Some(BindingPlan::TextArray(node.strings().map(str::to_owned).collect())),
        _ => None,
    }
}

/// Parses the part of JMESPath that the trait allows: members, `[*]`, and `keys(…)` around everything. `None` for more.
fn steps(path: &str) -> Option<Vec<InputStep>> {
    if let Some(inner) = path.strip_prefix("keys(").and_then(|path| path.strip_suffix(')')) {
        let mut steps = steps(inner)?;
        steps.push(InputStep::Keys);
        return Some(steps);
    }
    let mut steps = Vec::new();
    for part in path.split('.') {
        let name = part.trim_end_matches("[*]").trim_end_matches("[]");
        if !name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '*')) {
            return None;
        }
        match name {
            "" => {}
            "*" => steps.push(InputStep::Elements),
            name => steps.push(InputStep::Member(name.to_owned())),
        }
        let lists = part.matches('[').count();
        steps.extend(std::iter::repeat_n(InputStep::Elements, lists));
    }
    (!steps.is_empty()).then_some(steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_taken_apart() {
        let member = |name: &str| InputStep::Member(name.to_owned());
        assert_eq!(steps("A.B"), Some(vec![member("A"), member("B")]));
        assert_eq!(steps("A[*].B"), Some(vec![member("A"), InputStep::Elements, member("B")]));
        assert_eq!(steps("keys(A)"), Some(vec![member("A"), InputStep::Keys]));
        assert_eq!(steps("A.*[].B"), Some(vec![member("A"), InputStep::Elements, InputStep::Elements, member("B")]));
        for other in ["", "A[?b]", "A | B", "length(A)", "A[0]"] {
            assert_eq!(steps(other), None, "{other}");
        }
    }
}
