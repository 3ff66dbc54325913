//! The built-in functions. They do not know the syntax tree: an expression argument is a closure.

use std::borrow::Cow;
use std::cmp::Ordering;

use whitesmith_schema::{Number, Value, ValueMap};

use crate::comparison::{as_float, is_equal, order};
use crate::error::EvaluationError;
use crate::json;

/// The type of a parameter.
#[derive(Clone, Copy)]
enum Type {
    Any,
    Number,
    String,
    Array,
    Object,
    ArrayOfNumbers,
    ArrayOfStrings,
    ArrayOfNumbersOrStrings,
    ArrayOrString,
    ArrayObjectOrString,
    Expression,
}

impl Type {
    fn name(self) -> &'static str {
        match self {
            Self::Any => "any value",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
            Self::ArrayOfNumbers => "an array of numbers",
            Self::ArrayOfStrings => "an array of strings",
            Self::ArrayOfNumbersOrStrings => "an array of numbers or of strings",
            Self::ArrayOrString => "an array or a string",
            Self::ArrayObjectOrString => "an array, an object or a string",
            Self::Expression => "an expression (`&…`)",
        }
    }

    fn accepts(self, value: &Value) -> bool {
        let all = |wanted: fn(&Value) -> bool| value.as_list().is_some_and(|items| items.iter().all(wanted));
        match self {
            Self::Any => true,
            Self::Number => is_number(value),
            Self::String => is_string(value),
            Self::Array => matches!(value, Value::List(_)),
            Self::Object => matches!(value, Value::Map(_)),
            Self::ArrayOfNumbers => all(is_number),
            Self::ArrayOfStrings => all(is_string),
            Self::ArrayOfNumbersOrStrings => all(is_number) || all(is_string),
            Self::ArrayOrString => matches!(value, Value::List(_) | Value::String(_)),
            Self::ArrayObjectOrString => matches!(value, Value::List(_) | Value::Map(_) | Value::String(_)),
            Self::Expression => false,
        }
    }
}

fn is_number(value: &Value) -> bool {
    matches!(value, Value::Number(_))
}

fn is_string(value: &Value) -> bool {
    matches!(value, Value::String(_))
}

/// Returns JMESPath's name of a value's type.
fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Boolean(_) => "boolean",
        Value::Number(_) => "number",
        Value::List(_) => "array",
        Value::Map(_) => "object",
        Value::String(_) | Value::Blob(_) | Value::Timestamp(_) => "string",
    }
}

type Apply<'a> = Box<dyn Fn(&Value) -> Result<Value, EvaluationError> + 'a>;

/// An argument of a call.
pub enum Argument<'a> {
    Value(Cow<'a, Value>),
    /// `&expression`, which the function applies to elements.
    Expression(Apply<'a>),
}

/// Arguments that match the function's signature.
struct Arguments<'a> {
    function: &'static str,
    values: Vec<Cow<'a, Value>>,
    expression: Option<Apply<'a>>,
}

type Body = fn(Arguments<'_>) -> Result<Value, EvaluationError>;

/// A built-in function.
pub struct Function {
    name: &'static str,
    parameters: &'static [Type],
    /// Whether the last parameter can be repeated.
    variadic: bool,
    body: Body,
}

const fn function(name: &'static str, parameters: &'static [Type], body: Body) -> Function {
    Function { name, parameters, variadic: false, body }
}

const fn variadic(name: &'static str, parameters: &'static [Type], body: Body) -> Function {
    Function { name, parameters, variadic: true, body }
}

static FUNCTIONS: &[Function] = &[
    function("abs", &[Type::Number], |it| Ok(with_number(&it, |n| n.wrapping_abs(), f64::abs))),
    function("avg", &[Type::ArrayOfNumbers], |it| Ok(average(it.list()))),
    function("ceil", &[Type::Number], |it| Ok(with_number(&it, |n| n, f64::ceil))),
    function("contains", &[Type::ArrayOrString, Type::Any], |it| Ok(Value::Boolean(contains(&it)))),
    function("ends_with", &[Type::String, Type::String], |it| Ok(Value::Boolean(it.text(0).ends_with(it.text(1))))),
    function("floor", &[Type::Number], |it| Ok(with_number(&it, |n| n, f64::floor))),
    function("join", &[Type::String, Type::ArrayOfStrings], |it| Ok(join(&it))),
    function("keys", &[Type::Object], |it| Ok(it.map().iter().map(|(key, _)| Value::from(key)).collect_list())),
    function("length", &[Type::ArrayObjectOrString], |it| Ok(length(&it))),
    function("map", &[Type::Expression, Type::Array], |it| {
        Ok(Value::List(it.list().iter().map(|item| it.apply(item)).collect::<Result<_, _>>()?))
    }),
    function("max", &[Type::ArrayOfNumbersOrStrings], |it| Ok(extreme(it.list(), Ordering::Greater))),
    function("max_by", &[Type::Array, Type::Expression], |it| extreme_by(&it, Ordering::Greater)),
    variadic("merge", &[Type::Object], |it| Ok(merge(it.values.into_iter().map(Cow::into_owned)))),
    function("min", &[Type::ArrayOfNumbersOrStrings], |it| Ok(extreme(it.list(), Ordering::Less))),
    function("min_by", &[Type::Array, Type::Expression], |it| extreme_by(&it, Ordering::Less)),
    variadic("not_null", &[Type::Any], |it| {
        Ok(it.values.into_iter().map(Cow::into_owned).find(|value| *value != Value::Null).unwrap_or_default())
    }),
    function("reverse", &[Type::ArrayOrString], |it| Ok(reverse(&it))),
    function("sort", &[Type::ArrayOfNumbersOrStrings], |it| Ok(sort(it.list()))),
    function("sort_by", &[Type::Array, Type::Expression], |it| sort_by(&it)),
    function("starts_with", &[Type::String, Type::String], |it| Ok(Value::Boolean(it.text(0).starts_with(it.text(1))))),
    function("sum", &[Type::ArrayOfNumbers], |it| Ok(sum(it.list()))),
    function("to_array", &[Type::Any], |mut it| {
        Ok(match it.values.pop().map(Cow::into_owned) {
            Some(Value::List(items)) => Value::List(items),
            other => Value::List(vec![other.unwrap_or_default()]),
        })
    }),
    function("to_number", &[Type::Any], |it| Ok(to_number(it.value(0)))),
    function("to_string", &[Type::Any], |it| {
        Ok(match it.value(0) {
            Value::String(text) => Value::from(text.as_str()),
            other => Value::from(json::to_compact_ascii(other)),
        })
    }),
    function("type", &[Type::Any], |it| Ok(Value::from(type_name(it.value(0))))),
    function("values", &[Type::Object], |it| Ok(it.map().iter().map(|(_, value)| value.clone()).collect_list())),
];

impl Function {
    /// Finds a function that accepts a number of arguments.
    pub fn find(name: &str, given: usize) -> Result<&'static Self, EvaluationError> {
        let Some(function) = FUNCTIONS.iter().find(|function| function.name == name) else {
            return Err(EvaluationError::UnknownFunction(name.to_owned()));
        };
        let count = function.parameters.len();
        if given < count || (given > count && !function.variadic) {
            let least = if function.variadic { "at least " } else { "" };
            let plural = if count == 1 { "" } else { "s" };
            let expected = format!("{least}{count} argument{plural}");
            return Err(EvaluationError::Arity { function: function.name, expected, given });
        }
        Ok(function)
    }

    /// Checks the type of the argument at a position.
    pub fn check(&self, at: usize, argument: &Argument<'_>) -> Result<(), EvaluationError> {
        let expected = self.parameters.get(at).or(self.parameters.last()).copied().unwrap_or(Type::Any);
        match argument {
            Argument::Expression(_) if matches!(expected, Type::Expression) => Ok(()),
            Argument::Expression(_) => Err(EvaluationError::ArgumentType {
                function: self.name,
                value: "an expression".to_owned(),
                actual: "expref",
                expected: expected.name().to_owned(),
            }),
            Argument::Value(value) if expected.accepts(value) => Ok(()),
            Argument::Value(value) => Err(wrong_type(self.name, value, expected.name())),
        }
    }

    /// Calls the function with checked arguments.
    pub fn call(&self, arguments: Vec<Argument<'_>>) -> Result<Value, EvaluationError> {
        let mut checked = Arguments { function: self.name, values: Vec::new(), expression: None };
        for argument in arguments {
            match argument {
                Argument::Value(value) => checked.values.push(value),
                Argument::Expression(expression) => checked.expression = Some(expression),
            }
        }
        (self.body)(checked)
    }
}

fn wrong_type(function: &'static str, value: &Value, expected: &str) -> EvaluationError {
    let shown: String = json::to_compact_ascii(value).chars().take(200).collect();
    EvaluationError::ArgumentType { function, value: shown, actual: type_name(value), expected: expected.to_owned() }
}

impl Arguments<'_> {
    fn value(&self, at: usize) -> &Value {
        const NULL: &Value = &Value::Null;
        self.values.get(at).map_or(NULL, |value| value)
    }

    fn text(&self, at: usize) -> &str {
        self.value(at).as_str().unwrap_or_default()
    }

    /// Returns the first list; the signature guarantees that there is one.
    fn list(&self) -> &[Value] {
        self.values.iter().find_map(|value| value.as_list()).unwrap_or_default()
    }

    fn map(&self) -> &ValueMap {
        static EMPTY: std::sync::LazyLock<ValueMap> = std::sync::LazyLock::new(ValueMap::new);
        self.value(0).as_map().unwrap_or(&EMPTY)
    }

    fn apply(&self, item: &Value) -> Result<Value, EvaluationError> {
        self.expression.as_ref().map_or(Ok(Value::Null), |apply| apply(item))
    }

    /// Returns the elements with their keys by the expression, which must all be numbers or all be strings.
    fn keyed(&self) -> Result<Vec<(Value, &Value)>, EvaluationError> {
        let mut keyed = Vec::new();
        let mut wanted = None;
        for item in self.list() {
            let key = self.apply(item)?;
            let numbers = is_number(&key);
            if !numbers && !is_string(&key) {
                return Err(wrong_type(self.function, &key, "keys that are numbers or strings"));
            }
            if *wanted.get_or_insert(numbers) != numbers {
                return Err(wrong_type(self.function, &key, "keys of the same type"));
            }
            keyed.push((key, item));
        }
        Ok(keyed)
    }
}

trait CollectList: Iterator<Item = Value> + Sized {
    fn collect_list(self) -> Value {
        Value::List(self.collect())
    }
}

impl<I: Iterator<Item = Value>> CollectList for I {}

fn with_number(arguments: &Arguments<'_>, integer: fn(i64) -> i64, float: fn(f64) -> f64) -> Value {
    match arguments.value(0) {
        Value::Number(Number::Integer(number)) => Value::Number(Number::Integer(integer(*number))),
        Value::Number(number) => {
            let result = float(as_float(number));
            // `abs` keeps a fraction, `ceil` and `floor` return integers.
            if arguments.function == "abs" { Value::Number(Number::Float(result)) } else { whole(result) }
        }
        _ => Value::Null,
    }
}

#[allow(clippy::cast_possible_truncation, reason = "the bounds are checked")]
fn whole(number: f64) -> Value {
    Value::Number(if number.abs() < 9e18 { Number::Integer(number as i64) } else { Number::Float(number) })
}

fn sum(items: &[Value]) -> Value {
    let mut integer = Some(0_i64);
    let mut float = 0.0;
    for item in items {
        if let Value::Number(number) = item {
            float += as_float(number);
            integer = match (integer, number) {
                (Some(sum), Number::Integer(number)) => sum.checked_add(*number),
                _ => None,
            };
        }
    }
    Value::Number(integer.map_or(Number::Float(float), Number::Integer))
}

#[allow(clippy::cast_precision_loss, reason = "no list has 2^52 elements")]
fn average(items: &[Value]) -> Value {
    match sum(items) {
        Value::Number(sum) if !items.is_empty() => Value::Number(Number::Float(as_float(&sum) / items.len() as f64)),
        _ => Value::Null,
    }
}

fn contains(arguments: &Arguments<'_>) -> bool {
    match (arguments.value(0), arguments.value(1)) {
        (Value::List(items), wanted) => items.iter().any(|item| is_equal(item, wanted)),
        (Value::String(text), Value::String(wanted)) => text.contains(wanted.as_str()),
        _ => false,
    }
}

fn join(arguments: &Arguments<'_>) -> Value {
    let parts: Vec<&str> = arguments.list().iter().filter_map(Value::as_str).collect();
    Value::from(parts.join(arguments.text(0)))
}

fn length(arguments: &Arguments<'_>) -> Value {
    let length = match arguments.value(0) {
        Value::List(items) => items.len(),
        Value::Map(map) => map.len(),
        Value::String(text) => text.chars().count(),
        _ => 0,
    };
    Value::Number(Number::Integer(i64::try_from(length).unwrap_or(i64::MAX)))
}

fn merge(values: impl Iterator<Item = Value>) -> Value {
    let mut merged = ValueMap::new();
    for value in values {
        if let Value::Map(map) = value {
            for (key, value) in map {
                merged.insert(key, value);
            }
        }
    }
    Value::Map(merged)
}

/// Returns the first of the greatest (or least) elements.
fn extreme(items: &[Value], wanted: Ordering) -> Value {
    let mut best: Option<&Value> = None;
    for item in items {
        if best.is_none_or(|best| order(item, best) == Some(wanted)) {
            best = Some(item);
        }
    }
    best.cloned().unwrap_or_default()
}

fn extreme_by(arguments: &Arguments<'_>, wanted: Ordering) -> Result<Value, EvaluationError> {
    let mut best: Option<(Value, &Value)> = None;
    for (key, item) in arguments.keyed()? {
        if best.as_ref().is_none_or(|(other, _)| order(&key, other) == Some(wanted)) {
            best = Some((key, item));
        }
    }
    Ok(best.map(|(_, item)| item.clone()).unwrap_or_default())
}

fn sort(items: &[Value]) -> Value {
    let mut sorted = items.to_vec();
    sorted.sort_by(|left, right| order(left, right).unwrap_or(Ordering::Equal));
    Value::List(sorted)
}

fn sort_by(arguments: &Arguments<'_>) -> Result<Value, EvaluationError> {
    let mut keyed = arguments.keyed()?;
    keyed.sort_by(|(left, _), (right, _)| order(left, right).unwrap_or(Ordering::Equal));
    Ok(keyed.into_iter().map(|(_, item)| item.clone()).collect_list())
}

fn reverse(arguments: &Arguments<'_>) -> Value {
    match arguments.value(0) {
        Value::List(items) => Value::List(items.iter().rev().cloned().collect()),
        Value::String(text) => Value::from(text.chars().rev().collect::<String>()),
        _ => Value::Null,
    }
}

fn to_number(value: &Value) -> Value {
    match value {
        Value::Number(_) => value.clone(),
        Value::String(text) => {
            let text = text.trim();
            if let Ok(number) = text.parse() {
                return Value::Number(Number::Integer(number));
            }
            // Rust also parses words such as `infinity`.
            let numeric = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'));
            text.parse().ok().filter(|_| numeric).map_or(Value::Null, |number| Value::Number(Number::Float(number)))
        }
        _ => Value::Null,
    }
}
