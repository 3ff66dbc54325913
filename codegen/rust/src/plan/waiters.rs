//! Waiters of operations (`smithy.waiters#waitable`).

use whitesmith_smithy::model::{Traits, is_identifier};
use whitesmith_smithy::source::Node;

/// A waiter.
#[derive(Clone, Debug, PartialEq)]
pub struct WaiterPlan {
    /// Its name.
    pub name: String,
    /// Seconds between the first attempts.
    pub min_delay: u32,
    /// Seconds between later attempts, at most.
    pub max_delay: u32,
    /// The patterns, in order.
    pub acceptors: Vec<AcceptorPlan>,
    /// Its documentation.
    pub documentation: String,
}

/// A condition and what it leads to.
#[derive(Clone, Debug, PartialEq)]
pub struct AcceptorPlan {
    /// `success`, `failure` or `retry`.
    pub outcome: OutcomePlan,
    /// The condition.
    pub matcher: MatcherPlan,
}

/// The state that a matching acceptor leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are Smithy's")]
pub enum OutcomePlan {
    Success,
    Failure,
    Retry,
}

/// A condition.
#[derive(Clone, Debug, PartialEq)]
pub enum MatcherPlan {
    /// Whether the call succeeds.
    Success(bool),
    /// The call fails with this error.
    ErrorType(String),
    /// An expression over the output.
    Output(String, ComparatorPlan),
    /// An expression over input and output.
    InputOutput(String, ComparatorPlan),
}

/// How an expression's result is compared.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "the names are Smithy's")]
pub enum ComparatorPlan {
    StringEquals(String),
    BooleanEquals(bool),
    AllStringEquals(String),
    AnyStringEquals(String),
}

/// Reads an operation's waiters; one whose name or acceptor Smithy does not allow is left out.
pub(super) fn waiters(traits: &Traits) -> Vec<WaiterPlan> {
    let waitable = traits.get("smithy.waiters#waitable").and_then(Node::as_object);
    let entries = waitable.into_iter().flat_map(|waiters| waiters.iter());
    entries.filter_map(|entry| waiter(&entry.key, &entry.value)).collect()
}

fn waiter(name: &str, node: &Node) -> Option<WaiterPlan> {
    let seconds = |key: &str, default: u32| match node.get(key) {
        Some(value) => value.as_i64().and_then(|seconds| u32::try_from(seconds).ok()),
        None => Some(default),
    };
    Some(WaiterPlan {
        // The name is part of paths.
        name: Some(name).filter(|name| is_identifier(name))?.to_owned(),
        min_delay: seconds("minDelay", 2)?,
        max_delay: seconds("maxDelay", 120)?,
        acceptors: node.get("acceptors")?.as_array()?.iter().map(acceptor).collect::<Option<_>>()?,
        documentation: node.get("documentation").and_then(Node::as_str).unwrap_or_default().to_owned(),
    })
}

fn acceptor(node: &Node) -> Option<AcceptorPlan> {
    let outcome = match node.get("state")?.as_str()? {
        "success" => OutcomePlan::Success,
        "failure" => OutcomePlan::Failure,
        "retry" => OutcomePlan::Retry,
        _ => return None,
    };
    let matcher = node.get("matcher")?;
    let matcher = if let Some(success) = matcher.get("success") {
        MatcherPlan::Success(success.as_bool()?)
    } else if let Some(error) = matcher.get("errorType") {
        let error = error.as_str()?;
        MatcherPlan::ErrorType(error.rsplit('#').next().unwrap_or(error).to_owned())
    } else if let Some(output) = matcher.get("output") {
        MatcherPlan::Output(output.get("path")?.as_str()?.to_owned(), comparator(output)?)
    } else {
        let both = matcher.get("inputOutput")?;
        MatcherPlan::InputOutput(both.get("path")?.as_str()?.to_owned(), comparator(both)?)
    };
    Some(AcceptorPlan { outcome, matcher })
}

fn comparator(node: &Node) -> Option<ComparatorPlan> {
    let expected = node.get("expected")?.as_str()?;
    Some(match node.get("comparator")?.as_str()? {
        "stringEquals" => ComparatorPlan::StringEquals(expected.to_owned()),
        "booleanEquals" => ComparatorPlan::BooleanEquals(expected == "true"),
        "allStringEquals" => ComparatorPlan::AllStringEquals(expected.to_owned()),
        "anyStringEquals" => ComparatorPlan::AnyStringEquals(expected.to_owned()),
        _ => return None,
    })
}
