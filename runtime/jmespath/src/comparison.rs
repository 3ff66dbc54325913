//! Truthiness, equality and order of values.

use std::cmp::Ordering;

use whitesmith_schema::{Number, Value};

use crate::node::Comparison;

/// Whether a value counts as true: everything but false, null and empty strings, lists and objects.
pub fn is_truthy(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Boolean(value) => *value,
        Value::String(text) => !text.is_empty(),
        Value::List(items) => !items.is_empty(),
        Value::Map(map) => !map.is_empty(),
        Value::Number(_) | Value::Blob(_) | Value::Timestamp(_) => true,
    }
}

/// Compares two values; ordering anything but two numbers or two strings gives null.
pub fn compare(comparison: Comparison, left: &Value, right: &Value) -> Value {
    let ordered =
        |wanted: fn(Ordering) -> bool| order(left, right).map_or(Value::Null, |it| Value::Boolean(wanted(it)));
    match comparison {
        Comparison::Equal => Value::Boolean(is_equal(left, right)),
        Comparison::NotEqual => Value::Boolean(!is_equal(left, right)),
        Comparison::Less => ordered(Ordering::is_lt),
        Comparison::LessOrEqual => ordered(Ordering::is_le),
        Comparison::Greater => ordered(Ordering::is_gt),
        Comparison::GreaterOrEqual => ordered(Ordering::is_ge),
    }
}

/// Whether two values are equal: numbers by value (`1` equals `1.0`), objects regardless of order.
pub fn is_equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => order_numbers(left, right) == Some(Ordering::Equal),
        (Value::List(left), Value::List(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| is_equal(left, right))
        }
        (Value::Map(left), Value::Map(right)) => {
            left.len() == right.len()
                && left.iter().all(|(key, value)| right.get(key).is_some_and(|other| is_equal(value, other)))
        }
        _ => left == right,
    }
}

/// Returns the order of two numbers or two strings; other types have none.
pub fn order(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => order_numbers(left, right),
        (Value::String(left), Value::String(right)) => Some(left.cmp(right)),
        _ => None,
    }
}

fn order_numbers(left: &Number, right: &Number) -> Option<Ordering> {
    match (left, right) {
        (Number::Integer(left), Number::Integer(right)) => Some(left.cmp(right)),
        _ => as_float(left).partial_cmp(&as_float(right)),
    }
}

/// Returns a number as a double.
#[allow(clippy::cast_precision_loss, reason = "numbers of different types are compared as doubles")]
pub fn as_float(number: &Number) -> f64 {
    match number {
        Number::Integer(number) => *number as f64,
        Number::Float(number) => *number,
        Number::Big(text) => text.parse().unwrap_or(f64::NAN),
    }
}
