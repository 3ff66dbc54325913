//! Evaluates a syntax tree against a value.

use whitesmith_schema::{Value, ValueMap};

use crate::comparison::{compare, is_truthy};
use crate::error::EvaluationError;
use crate::function::{Argument, Function};
use crate::node::Node;

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
        Node::Call(name, arguments) => call(name, arguments, value)?,
    })
}

/// Evaluates and checks the arguments one after the other, so that the first error is reported.
fn call(name: &str, nodes: &[Node], current: &Value) -> Result<Value, EvaluationError> {
    let function = Function::find(name, nodes.len())?;
    let mut arguments = Vec::with_capacity(nodes.len());
    for (at, node) in nodes.iter().enumerate() {
        let argument = match node {
            Node::Reference(expression) => Argument::Expression(Box::new(|item| evaluate(expression, item))),
            node => Argument::Value(evaluate(node, current)?),
        };
        function.check(at, &argument)?;
        arguments.push(argument);
    }
    function.call(arguments)
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

/// Returns a slice; negative, missing and out-of-range bounds mean what they mean in Python.
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
