//! Waiters: `wait <name>` polls an operation until an acceptor of the model's waiter decides.
//!
//! The AWS CLI waits a fixed time between attempts, which is the waiter's least delay here. `--delay` and
//! `--max-attempts`, which it does not have, change both.

use std::thread;
use std::time::Duration;

use whitesmith_jmespath::Query;
use whitesmith_schema::{Acceptor, AcceptorOutcome, Comparator, Matcher, Operation, Value, ValueMap, Waiter};

use crate::arguments::{Arity, Flag};
use crate::failure::{Failure, FailureKind};
use crate::shorthand;

/// The command that runs waiters.
pub const WAIT: &str = "wait";
/// The option that sets the seconds between attempts.
pub const DELAY: &str = "--delay";
/// The option that limits the number of attempts.
pub const MAX_ATTEMPTS: &str = "--max-attempts";
/// Attempts if the option is not given; Smithy leaves the number to the caller.
const DEFAULT_ATTEMPTS: u64 = 40;

/// Returns the options that waiters add, except for those that the operation has itself.
pub fn flags(own: &[Flag<'static>]) -> Vec<Flag<'static>> {
    let names = [DELAY, MAX_ATTEMPTS].into_iter().filter(|name| own.iter().all(|flag| flag.name != *name));
    names.map(|name| Flag { name, arity: Arity::One, choices: &[] }).collect()
}

/// When a waiter tries again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schedule {
    delay: Duration,
    attempts: u64,
}

impl Schedule {
    /// Reads the options.
    pub fn new(waiter: &Waiter, delay: Option<&str>, attempts: Option<&str>) -> Result<Self, Failure> {
        let number = |flag: &str, text: Option<&str>, least: i64, default: u64| match text {
            None => Ok(default),
            Some(text) => match shorthand::whole(text) {
                Some(whitesmith_schema::Number::Integer(number)) if number >= least => Ok(number.unsigned_abs()),
                _ => Err(Failure::option(flag, format!("expected an integer of at least {least}, found '{text}'"))),
            },
        };
        Ok(Self {
            delay: Duration::from_secs(number(DELAY, delay, 0, u64::from(waiter.min_delay))?),
            attempts: number(MAX_ATTEMPTS, attempts, 1, DEFAULT_ATTEMPTS)?,
        })
    }
}

/// Calls until the waiter succeeds.
///
/// # Errors
/// Returns a failure if the waiter reaches a failure state, meets an error that it does not expect, or runs out of
/// attempts.
pub fn wait(
    waiter: &'static Waiter,
    operation: &'static Operation,
    input: &ValueMap,
    schedule: &Schedule,
    call: &dyn Fn(&ValueMap) -> Result<Value, Failure>,
) -> Result<(), Failure> {
    let failed = |problem: String| Failure::general(format!("Waiter {} failed: {problem}", waiter.name));
    for attempt in 1..=schedule.attempts {
        let result = call(input);
        let decision = waiter.acceptors.iter().find_map(|acceptor| {
            matches(acceptor, operation, input, &result).then_some((acceptor.outcome, acceptor.matcher))
        });
        match (decision, result) {
            (Some((AcceptorOutcome::Success, _)), _) => return Ok(()),
            (Some((AcceptorOutcome::Failure, matcher)), _) => {
                return Err(failed(format!("terminal failure state: {}", reason(&matcher))));
            }
            (Some((AcceptorOutcome::Retry, _)), _) | (None, Ok(_)) => {}
            (None, Err(Failure { kind: FailureKind::Service { code }, members, .. })) => {
                let message = members.get("Message").and_then(Value::as_str).unwrap_or_default();
                return Err(failed(format!("An error occurred ({code}): {message}")));
            }
            (None, Err(failure)) => return Err(failure),
        }
        if attempt < schedule.attempts {
            thread::sleep(schedule.delay);
        }
    }
    Err(failed(format!("exceeds the limit of {} attempts", schedule.attempts)))
}

fn matches(
    acceptor: &Acceptor,
    operation: &'static Operation,
    input: &ValueMap,
    result: &Result<Value, Failure>,
) -> bool {
    match (acceptor.matcher, result) {
        (Matcher::Success(wanted), Ok(_)) => wanted,
        (Matcher::Success(wanted), Err(failure)) => !wanted && matches!(failure.kind, FailureKind::Service { .. }),
        (Matcher::ErrorType(name), Err(Failure { kind: FailureKind::Service { code }, .. })) => {
            is_error(operation, name, code)
        }
        (Matcher::Output(expression, comparator), Ok(output)) => compare(expression, output, comparator),
        (Matcher::InputOutput(expression, comparator), Ok(output)) => {
            let both: ValueMap =
                [("input", Value::Map(input.clone())), ("output", output.clone())].into_iter().collect();
            compare(expression, &Value::Map(both), comparator)
        }
        _ => false,
    }
}

/// Whether a code is that of the error shape of a name, which may have another code on the wire.
fn is_error(operation: &'static Operation, name: &str, code: &str) -> bool {
    let name = name.rsplit('#').next().unwrap_or(name);
    let shape = operation.errors.iter().find(|schema| schema.name() == name);
    let wire_code = shape.and_then(|schema| schema.error).and_then(|error| error.query_code);
    code == name || wire_code == Some(code)
}

/// Whether the result of an expression matches. An expression that cannot be evaluated does not.
fn compare(expression: &str, value: &Value, comparator: Comparator) -> bool {
    let Some(result) = Query::compile(expression).ok().and_then(|query| query.search(value).ok()) else { return false };
    let is = |value: &Value, expected: &str| value.as_str() == Some(expected);
    match (comparator, &result) {
        (Comparator::StringEquals(expected), value) => is(value, expected),
        (Comparator::BooleanEquals(expected), value) => *value == Value::Boolean(expected),
        (Comparator::AllStringEquals(expected), Value::List(items)) => {
            !items.is_empty() && items.iter().all(|item| is(item, expected))
        }
        (Comparator::AnyStringEquals(expected), Value::List(items)) => items.iter().any(|item| is(item, expected)),
        _ => false,
    }
}

fn reason(matcher: &Matcher) -> String {
    match matcher {
        Matcher::Success(true) => "the call succeeded".to_owned(),
        Matcher::Success(false) => "the call failed".to_owned(),
        Matcher::ErrorType(name) => format!("the service returned the error {name}"),
        Matcher::Output(expression, comparator) | Matcher::InputOutput(expression, comparator) => {
            let expected = match comparator {
                Comparator::StringEquals(expected) => format!("\"{expected}\""),
                Comparator::BooleanEquals(expected) => expected.to_string(),
                Comparator::AllStringEquals(expected) => format!("\"{expected}\" in all elements"),
                Comparator::AnyStringEquals(expected) => format!("\"{expected}\" at least once"),
            };
            format!("expression \"{expression}\" matched {expected}")
        }
    }
}
