//! Waiters (`smithy.waiters#waitable`): calls that are repeated until a resource is in a state.

use std::time::Duration;

use whitesmith_jmespath::Query;
use whitesmith_schema::{
    Acceptor, AcceptorOutcome, Comparator, Matcher, Operation, SerializeMembers as _, TypedOperation, Value, ValueMap,
    Waiter, to_value,
};

use crate::error::Error;

/// Error of a waiter that did not succeed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WaitError<E: std::fmt::Debug> {
    /// The operation has no waiter of that name.
    #[error("unknown waiter `{0}`")]
    Unknown(String),
    /// The waiter's state cannot be reached any more.
    #[error("waiter {waiter} failed after {attempts} attempts: {reason}")]
    Failed {
        /// The waiter's name.
        waiter: &'static str,
        /// How many calls were made.
        attempts: u32,
        /// The condition that was met.
        reason: String,
    },
    /// The state was not reached in time.
    #[error("waiter {waiter} timed out after {attempts} attempts")]
    Timeout {
        /// The waiter's name.
        waiter: &'static str,
        /// How many calls were made.
        attempts: u32,
    },
    /// A call failed with an error that the waiter does not expect.
    #[error(transparent)]
    Call(#[from] Error<E>),
}

/// What a call within a waiter came to.
pub(crate) enum Observed<'a> {
    Output(&'a Value),
    /// The error's code, and its shape's name if the model knows it.
    Error(Option<&'a str>, Option<&'a str>),
}

/// What follows from a call.
#[derive(Debug, PartialEq)]
pub(crate) enum Step {
    /// The state is reached.
    Done,
    /// The state cannot be reached: the condition that was met.
    Failed(String),
    /// Call again.
    Retry,
    /// No acceptor expects the error.
    Unexpected,
}

/// Finds an operation's waiter by its name.
pub(crate) fn find(operation: &'static Operation, name: &str) -> Option<&'static Waiter> {
    operation.traits.waiters.iter().find(|waiter| waiter.name == name)
}

/// Judges a call by the waiter's acceptors, of which the first that matches decides.
pub(crate) fn judge(waiter: &'static Waiter, input: &Value, observed: &Observed<'_>) -> Step {
    let found = waiter.acceptors.iter().find(|acceptor| matches(&acceptor.matcher, input, observed));
    match (found, observed) {
        (Some(Acceptor { outcome: AcceptorOutcome::Success, .. }), _) => Step::Done,
        (Some(Acceptor { outcome: AcceptorOutcome::Failure, matcher }), _) => Step::Failed(describe(matcher)),
        (Some(Acceptor { outcome: AcceptorOutcome::Retry, .. }), _) | (None, Observed::Output(_)) => Step::Retry,
        (None, Observed::Error(..)) => Step::Unexpected,
    }
}

/// Judges a call's typed result.
pub(crate) fn judge_result<O: TypedOperation>(
    waiter: &'static Waiter,
    input: &Value,
    result: &Result<O::Output, Error<O::Error>>,
) -> Step {
    match result {
        Ok(output) => judge(waiter, input, &Observed::Output(&to_value(output))),
        Err(Error::Call(_)) => Step::Unexpected,
        Err(error) => {
            let shape = error.kind().map(|kind| kind.schema().name());
            judge(waiter, input, &Observed::Error(error.code(), shape))
        }
    }
}

fn matches(matcher: &Matcher, input: &Value, observed: &Observed<'_>) -> bool {
    match (matcher, observed) {
        (Matcher::Success(expected), Observed::Output(_)) => *expected,
        (Matcher::Success(expected), Observed::Error(..)) => !expected,
        (Matcher::ErrorType(name), Observed::Error(code, shape)) => [code, shape].contains(&&Some(*name)),
        (Matcher::Output(path, comparator), Observed::Output(output)) => holds(path, comparator, output),
        (Matcher::InputOutput(path, comparator), Observed::Output(output)) => {
            let both = [("input", input.clone()), ("output", (*output).clone())];
            holds(path, comparator, &Value::Map(both.into_iter().collect::<ValueMap>()))
        }
        _ => false,
    }
}

/// Whether an expression's result compares as expected. An expression that fails does not match.
fn holds(path: &str, comparator: &Comparator, value: &Value) -> bool {
    let Some(found) = Query::compile(path).ok().and_then(|query| query.search(value).ok()) else { return false };
    match (comparator, &found) {
        (Comparator::StringEquals(expected), found) => found.as_str() == Some(expected),
        (Comparator::BooleanEquals(expected), found) => found == &Value::Boolean(*expected),
        (Comparator::AllStringEquals(expected), Value::List(items)) => {
            !items.is_empty() && items.iter().all(|item| item.as_str() == Some(expected))
        }
        (Comparator::AnyStringEquals(expected), Value::List(items)) => {
            items.iter().any(|item| item.as_str() == Some(expected))
        }
        _ => false,
    }
}

fn describe(matcher: &Matcher) -> String {
    let compared = |path: &str, comparator: &Comparator| match comparator {
        Comparator::StringEquals(text) => format!("`{path}` is \"{text}\""),
        Comparator::BooleanEquals(value) => format!("`{path}` is {value}"),
        Comparator::AllStringEquals(text) => format!("all of `{path}` are \"{text}\""),
        Comparator::AnyStringEquals(text) => format!("one of `{path}` is \"{text}\""),
    };
    match matcher {
        Matcher::Success(true) => "the call succeeded".to_owned(),
        Matcher::Success(false) => "the call failed".to_owned(),
        Matcher::ErrorType(name) => format!("the call failed with {name}"),
        Matcher::Output(path, comparator) | Matcher::InputOutput(path, comparator) => compared(path, comparator),
    }
}

/// Returns how long to wait before the next attempt, or `None` if the time is over (Smithy 2.0, "Waiter retries":
/// exponential backoff with jitter; the last attempt fits into the time that is left).
pub(crate) fn delay(waiter: &Waiter, attempts: u32, left: Duration, jitter: f64) -> Option<Duration> {
    let (min, max) = (f64::from(waiter.min_delay), f64::from(waiter.max_delay.max(waiter.min_delay)));
    let exponent = i32::try_from(attempts.saturating_sub(1).min(30)).unwrap_or(30);
    let ceiling = (min * 2f64.powi(exponent)).min(max);
    let seconds = min + (ceiling - min) * jitter;
    let left = left.as_secs_f64();
    if left < min {
        return None;
    }
    Duration::try_from_secs_f64(if left - seconds <= min { left - min } else { seconds }).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    static WAITER: Waiter = Waiter {
        name: "Done",
        min_delay: 2,
        max_delay: 10,
        acceptors: &[
            Acceptor {
                outcome: AcceptorOutcome::Success,
                matcher: Matcher::Output("Items[].State", Comparator::AllStringEquals("done")),
            },
            Acceptor {
                outcome: AcceptorOutcome::Failure,
                matcher: Matcher::Output("Items[].State", Comparator::AnyStringEquals("broken")),
            },
            Acceptor {
                outcome: AcceptorOutcome::Success,
                matcher: Matcher::InputOutput("input.Id == output.Id", Comparator::BooleanEquals(true)),
            },
            Acceptor { outcome: AcceptorOutcome::Retry, matcher: Matcher::ErrorType("NotFound") },
        ],
        doc: "",
    };

    fn map(entries: &[(&str, Value)]) -> Value {
        Value::Map(entries.iter().map(|(key, value)| (*key, value.clone())).collect())
    }

    #[test]
    fn the_first_matching_acceptor_decides() {
        let input = map(&[("Id", "1".into())]);
        let states = |states: &[&str]| {
            let items = states.iter().map(|state| map(&[("State", (*state).into())])).collect();
            map(&[("Items", Value::List(items))])
        };
        let step = |output: &Value| judge(&WAITER, &input, &Observed::Output(output));
        assert_eq!(step(&states(&["done", "done"])), Step::Done);
        assert_eq!(step(&states(&["done", "broken"])), Step::Failed("one of `Items[].State` is \"broken\"".into()));
        assert_eq!(step(&states(&["done", "busy"])), Step::Retry);
        assert_eq!(step(&states(&[])), Step::Retry);
        assert_eq!(step(&map(&[("Id", "1".into())])), Step::Done);
        assert_eq!(judge(&WAITER, &input, &Observed::Error(Some("NotFound"), None)), Step::Retry);
        assert_eq!(judge(&WAITER, &input, &Observed::Error(Some("E1"), Some("NotFound"))), Step::Retry);
        assert_eq!(judge(&WAITER, &input, &Observed::Error(Some("Denied"), None)), Step::Unexpected);
    }

    #[test]
    fn delays_grow_and_end_in_time() {
        let long = Duration::from_secs(1000);
        let seconds = |attempts, jitter| delay(&WAITER, attempts, long, jitter).unwrap().as_secs_f64();
        assert_eq!([seconds(1, 1.0), seconds(2, 1.0), seconds(3, 1.0), seconds(9, 1.0)], [2.0, 4.0, 8.0, 10.0]);
        assert_eq!(seconds(9, 0.0), 2.0);
        assert_eq!(delay(&WAITER, 3, Duration::from_secs(5), 1.0), Some(Duration::from_secs(3)));
        assert_eq!(delay(&WAITER, 3, Duration::from_secs(1), 1.0), None);
    }
}
