//! Applies a tree to a value.

use std::cmp::Ordering;

use whitesmith_schema::{Number, Value, ValueMap};

use super::error::EvaluationError;
use super::function;
use super::node::{Comparison, Node};

pub fn evaluate(node: &Node, value: &Value) -> Result<Value, EvaluationError> {
    Ok(match node {
        Node::Current | Node::Reference(_) => value.clone(),
        Node::Field(name) => value.as_map().and_then(|map| map.get(name)).cloned().unwrap_or_default(),
        Node::Literal(literal) => literal.clone(),
        Node::Index(index) => value.as_list().and_then(|list| element(list, *index)).cloned().unwrap_or_default(),
        Node::Slice { start, stop, step } => match value {
            Value::List(list) => slice(list, *start, *stop, *step)?,
            _ => Value::Null,
        },
        Node::Then(left, right) => evaluate(right, &evaluate(left, value)?)?,
        Node::Projection(left, right) => match evaluate(left, value)? {
            Value::List(items) => project(items, right)?,
            _ => Value::Null,
        },
        Node::ValueProjection(left, right) => match evaluate(left, value)? {
            Value::Map(map) => project(map.into_iter().map(|(_, value)| value), right)?,
            _ => Value::Null,
        },
        Node::FilterProjection { list, condition, each } => match evaluate(list, value)? {
            Value::List(items) => {
                let mut chosen = Vec::new();
                for item in items {
                    if is_truthy(&evaluate(condition, &item)?) {
                        chosen.push(item);
                    }
                }
                project(chosen, each)?
            }
            _ => Value::Null,
        },
        Node::Flatten(inner) => match evaluate(inner, value)? {
            Value::List(items) => Value::List(
                items
                    .into_iter()
                    .flat_map(|item| match item {
                        Value::List(inner) => inner,
                        other => vec![other],
                    })
                    .collect(),
            ),
            _ => Value::Null,
        },
        Node::Not(inner) => Value::Boolean(!is_truthy(&evaluate(inner, value)?)),
        Node::And(left, right) => {
            let left = evaluate(left, value)?;
            if is_truthy(&left) { evaluate(right, value)? } else { left }
        }
        Node::Or(left, right) => {
            let left = evaluate(left, value)?;
            if is_truthy(&left) { left } else { evaluate(right, value)? }
        }
        Node::Compare(comparison, left, right) => {
            compare(*comparison, &evaluate(left, value)?, &evaluate(right, value)?)
        }
        Node::List(_) | Node::Object(_) if matches!(value, Value::Null) => Value::Null,
        Node::List(items) => {
            Value::List(items.iter().map(|item| evaluate(item, value)).collect::<Result<_, EvaluationError>>()?)
        }
        Node::Object(entries) => {
            let mut map = ValueMap::new();
            for (name, entry) in entries {
                map.insert(name.as_str(), evaluate(entry, value)?);
            }
            Value::Map(map)
        }
        Node::Call(name, arguments) => function::call(name, arguments, value)?,
    })
}

fn project(items: impl IntoIterator<Item = Value>, each: &Node) -> Result<Value, EvaluationError> {
    let mut projected = Vec::new();
    for item in items {
        match evaluate(each, &item)? {
            Value::Null => {}
            result => projected.push(result),
        }
    }
    Ok(Value::List(projected))
}

fn element(list: &[Value], index: i64) -> Option<&Value> {
    let back = usize::try_from(index.unsigned_abs()).ok()?;
    let position = if index < 0 { list.len().checked_sub(back)? } else { back };
    list.get(position)
}

/// A slice with Python's meaning of bounds that are negative, missing or outside.
fn slice(list: &[Value], start: Option<i64>, stop: Option<i64>, step: Option<i64>) -> Result<Value, EvaluationError> {
    let step = step.unwrap_or(1);
    if step == 0 {
        return Err(EvaluationError::ZeroStep);
    }
    let length = i64::try_from(list.len()).unwrap_or(i64::MAX);
    let (lowest, highest) = if step < 0 { (-1, length - 1) } else { (0, length) };
    let bound = |bound: Option<i64>, otherwise: i64| match bound {
        None => otherwise,
        Some(bound) if bound < 0 => bound.saturating_add(length).max(lowest),
        Some(bound) => bound.min(highest),
    };
    let (first, last) = if step < 0 { (highest, lowest) } else { (lowest, highest) };
    let (mut at, end) = (bound(start, first), bound(stop, last));
    let mut chosen = Vec::new();
    while (step > 0 && at < end) || (step < 0 && at > end) {
        if let Some(item) = usize::try_from(at).ok().and_then(|at| list.get(at)) {
            chosen.push(item.clone());
        }
        at = at.saturating_add(step);
    }
    Ok(Value::List(chosen))
}

/// False, null and everything empty count as false; zero does not.
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

fn compare(comparison: Comparison, left: &Value, right: &Value) -> Value {
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

/// Numbers are equal by what they say, `1` and `1.0` too; objects whatever their order.
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

/// The order of two numbers or two strings; other types have none.
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

/// The number at a double's precision.
#[allow(clippy::cast_precision_loss, reason = "a comparison of unlike numbers is one of doubles")]
pub fn as_float(number: &Number) -> f64 {
    match number {
        Number::Integer(number) => *number as f64,
        Number::Float(number) => *number,
        Number::Big(text) => text.parse().unwrap_or(f64::NAN),
    }
}
