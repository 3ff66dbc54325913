//! `BddTrait`: decision diagrams over the conditions of rules.

use base64_simd::STANDARD;

use super::rule_sets::elements;
use super::urls::has_decision_diagrams;
use crate::endpoint_rules::{DECISION_DIAGRAM_TRAIT, DecisionDiagram};
use crate::model::Severity;
use crate::model::relations::Item;
use crate::source::Node;
use crate::validate::context::{Applied, Context, Report};

/// References from here on are to results.
const RESULTS: i64 = 100_000_000;

/// A node: a condition, and where to go when it holds and when it does not.
#[derive(Clone, Copy)]
struct Step {
    condition: i64,
    high: i64,
    low: i64,
}

/// A decision diagram. References are 1 and -1 for no result, up to [`RESULTS`] nodes (negative ones swap their ways),
/// and results above.
pub(super) struct Diagram {
    root: i64,
    steps: Vec<Step>,
}

fn is_step(reference: i64) -> bool {
    reference != 1 && reference != -1 && reference != 0 && reference.abs() < RESULTS
}

/// The position of the node that a reference means.
fn position(reference: i64) -> usize {
    usize::try_from(reference.abs() - 1).unwrap_or(usize::MAX)
}

impl Diagram {
    /// Reads the value of the trait.
    ///
    /// # Errors
    /// When the nodes are malformed or the root is none of them.
    pub(super) fn read(value: &Node) -> Result<Self, String> {
        let number = |key| value.get(key).and_then(Node::as_i64).unwrap_or_default();
        let (root, count) = (number("root"), number("nodeCount"));
        let text = value.get("nodes").and_then(Node::as_str).unwrap_or_default();
        let bytes = STANDARD.decode_to_vec(text);
        let bytes = bytes.map_err(|_| "invalid base64 in `nodes`".to_owned())?;
        let (words, rest) = bytes.as_chunks::<4>();
        let mut words = words.iter().map(|word| i64::from(i32::from_be_bytes(*word)));
        let mut steps = Vec::new();
        while let (Some(condition), Some(high), Some(low)) = (words.next(), words.next(), words.next()) {
            steps.push(Step { condition, high, low });
        }
        if !rest.is_empty() || i64::try_from(bytes.len() / 12) != Ok(count) || bytes.len() % 12 != 0 {
            return Err(format!("expected {count} nodes of 12 bytes, found {} bytes", bytes.len()));
        }
        if root < -1 {
            return Err(format!("the root cannot be negated: {root}"));
        }
        if is_step(root) && position(root) >= steps.len() {
            return Err(format!("the root is the node {root}, but there are {count}"));
        }
        Ok(Self { root, steps })
    }

    /// The result that conditions lead to.
    pub(super) fn find<E>(&self, mut holds: impl FnMut(usize) -> Result<bool, E>) -> Result<Option<usize>, E> {
        let mut reference = self.root;
        // Each step is taken at most once: a longer way has a cycle.
        for _ in 0..=self.steps.len() {
            if !is_step(reference) {
                break;
            }
            let Some(step) = self.steps.get(position(reference)) else { return Ok(None) };
            let Ok(condition) = usize::try_from(step.condition) else { return Ok(None) };
            reference = if holds(condition)? == (reference > 0) { step.high } else { step.low };
        }
        Ok(usize::try_from(reference - RESULTS).ok())
    }
}

/// Why a decision diagram cannot be read at all.
pub(in crate::validate) fn problem(value: &Node) -> Option<String> {
    let version = value.get("version").and_then(Node::as_str).unwrap_or_default();
    if !has_decision_diagrams(version) {
        return Some(format!("unsupported version `{version}`: expected 1.1 or later"));
    }
    let has_conditions = |rule: &Node| !elements(rule.get("conditions")).is_empty();
    if elements(value.get("results")).iter().any(has_conditions) {
        return Some("a result has conditions: they belong in the diagram".to_owned());
    }
    Diagram::read(value).err()
}

/// Conditions and results are well-formed, and nodes refer to those that there are.
pub(in crate::validate) fn check(context: &Context<'_>, report: &mut Report) {
    for (service, value) in context.shapes_with(DECISION_DIAGRAM_TRAIT) {
        let applied = Applied { item: Item::Shape(service), value };
        if let Err(error) = DecisionDiagram::read(value) {
            report.add_at(Severity::Error, "BddTrait", service, error.span, error.to_string());
        }
        let Ok(diagram) = Diagram::read(value) else { continue };
        let conditions = elements(value.get("conditions")).len();
        // The result 0 is that nothing matched.
        let results = elements(value.get("results")).len() + 1;
        let mut check = |what: &str, reference: i64| {
            let problem = if reference == 0 {
                "invalid reference 0".to_owned()
            } else if is_step(reference) && position(reference) >= diagram.steps.len() {
                format!("unknown node {reference}: there are {}", diagram.steps.len())
            } else if usize::try_from(reference - RESULTS).is_ok_and(|result| result >= results) {
                format!("unknown result {}: there are {results}", reference - RESULTS)
            } else {
                return;
            };
            report.trait_error("BddTrait", applied, format!("{what}: {problem}"));
        };
        check("the root", diagram.root);
        let mut wrong_conditions = Vec::new();
        for (at, step) in diagram.steps.iter().enumerate().skip(1) {
            check(&format!("node {at}, high"), step.high);
            check(&format!("node {at}, low"), step.low);
            if !usize::try_from(step.condition).is_ok_and(|condition| condition < conditions) {
                wrong_conditions.push((at, step.condition));
            }
        }
        for (at, condition) in wrong_conditions {
            let message = format!("node {at}: unknown condition {condition}: there are {conditions}");
            report.trait_error("BddTrait", applied, message);
        }
    }
}
