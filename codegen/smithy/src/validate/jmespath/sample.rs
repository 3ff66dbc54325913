//! Values that stand for all values of a shape.

use std::rc::Rc;

use whitesmith_jmespath::as_float;
use whitesmith_schema::Value;

use crate::model::{Length, Model, Shape, ShapeType};

/// The most elements that a sample of a list has, and characters that one of a string has. Real lengths matter only where
/// an expression asks for a particular element.
const MOST: i64 = 100;

/// A sample value.
pub(in crate::validate) enum Sample<'m> {
    /// Anything.
    Any,
    Null,
    Boolean(bool),
    Number(f64),
    String(String),
    Array(Vec<Rc<Sample<'m>>>),
    Object(Vec<(String, Rc<Sample<'m>>)>),
    /// An expression as an argument.
    Expression,
    /// The value of a member, made when it is looked at: shapes can be recursive.
    Member(Step<'m>),
}

/// A member on the way from the first shape.
pub(in crate::validate) struct Step<'m> {
    shape: &'m Shape,
    at: usize,
    before: Option<Rc<Step<'m>>>,
}

/// What a sample is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::validate) enum Kind {
    Any,
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object,
    Expression,
}

impl Kind {
    /// JMESPath's name of the type.
    pub(in crate::validate) fn name(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
            Self::Expression => "expression",
        }
    }
}

impl<'m> Sample<'m> {
    /// A sample of a shape.
    pub(in crate::validate) fn of(model: &'m Model, shape: &'m Shape) -> Rc<Self> {
        Rc::new(value(model, shape, None))
    }

    /// An object of samples.
    pub(in crate::validate) fn object(entries: impl IntoIterator<Item = (&'static str, Rc<Self>)>) -> Rc<Self> {
        Rc::new(Self::Object(entries.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()))
    }

    /// A literal of an expression.
    pub(super) fn literal(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Boolean(value) => Self::Boolean(*value),
            Value::Number(number) => Self::Number(as_float(number)),
            Value::String(text) => Self::String(text.clone()),
            Value::List(elements) => {
                Self::Array(elements.iter().map(|element| Rc::new(Self::literal(element))).collect())
            }
            Value::Map(map) => {
                Self::Object(map.iter().map(|(key, value)| (key.to_owned(), Rc::new(Self::literal(value)))).collect())
            }
            Value::Blob(_) | Value::Timestamp(_) => Self::Any,
        }
    }

    /// The sample itself, or that of the member.
    pub(super) fn resolve(model: &'m Model, sample: &Rc<Self>) -> Rc<Self> {
        match &**sample {
            Self::Member(step) => Rc::new(member_value(model, step)),
            _ => Rc::clone(sample),
        }
    }

    /// What a sample is; that of a member must be resolved first.
    pub(super) fn kind(&self) -> Kind {
        match self {
            Self::Any | Self::Member(_) => Kind::Any,
            Self::Null => Kind::Null,
            Self::Boolean(_) => Kind::Boolean,
            Self::Number(_) => Kind::Number,
            Self::String(_) => Kind::String,
            Self::Array(_) => Kind::Array,
            Self::Object(_) => Kind::Object,
            Self::Expression => Kind::Expression,
        }
    }

    /// Whether JMESPath takes it for true.
    pub(super) fn is_truthy(&self) -> bool {
        match self {
            Self::Any | Self::Number(_) | Self::Expression | Self::Member(_) => true,
            Self::Null => false,
            Self::Boolean(value) => *value,
            Self::String(text) => !text.is_empty(),
            Self::Array(elements) => !elements.is_empty(),
            Self::Object(entries) => !entries.is_empty(),
        }
    }
}

/// The value of a member, unless the way to it has led through the member already.
fn member_value<'m>(model: &'m Model, step: &Step<'m>) -> Sample<'m> {
    let Some(member) = step.shape.members.get(step.at) else { return Sample::Any };
    let mut before = step.before.as_ref();
    while let Some(earlier) = before {
        // Members before one on the way count as seen too.
        if earlier.shape.id == step.shape.id && step.at <= earlier.at {
            return Sample::Any;
        }
        before = earlier.before.as_ref();
    }
    let way = Step { shape: step.shape, at: step.at, before: step.before.clone() };
    model.target(member).map_or(Sample::Any, |target| value(model, target, Some(Rc::new(way))))
}

fn value<'m>(model: &'m Model, shape: &'m Shape, way: Option<Rc<Step<'m>>>) -> Sample<'m> {
    let member = |at: usize| Rc::new(Sample::Member(Step { shape, at, before: way.clone() }));
    match shape.shape_type {
        ShapeType::Blob => Sample::String("blob".to_owned()),
        ShapeType::Boolean => Sample::Boolean(true),
        ShapeType::String | ShapeType::Enum => Sample::String("a".repeat(length(shape.traits.length()))),
        ShapeType::Timestamp => Sample::Number(0.0),
        ShapeType::List => Sample::Array(vec![member(0); length(shape.traits.length())]),
        ShapeType::Map => {
            let key = shape.member("key").and_then(|key| model.target(key));
            let key = "a".repeat(length(key.and_then(|key| key.traits.length())));
            let value = member(1);
            let entry = |at| (format!("{key}{at}"), Rc::clone(&value));
            Sample::Object((0..length(shape.traits.length())).map(entry).collect())
        }
        ShapeType::Structure | ShapeType::Union => {
            let entries = shape.members.iter().enumerate();
            Sample::Object(entries.map(|(at, entry)| (entry.name.to_string(), member(at))).collect())
        }
        shape_type if shape_type.is_number() => Sample::Number(number(shape)),
        _ => Sample::Any,
    }
}

/// Two, if that is allowed.
fn length(length: Option<Length>) -> usize {
    let length = length.unwrap_or(Length { min: None, max: None });
    let least = length.min.unwrap_or(0).max(2);
    usize::try_from(length.max.map_or(least, |max| least.min(max)).min(MOST)).unwrap_or(0)
}

/// Eight, if that is allowed.
fn number(shape: &Shape) -> f64 {
    let range = shape.traits.range();
    let bound = |node: Option<&crate::source::Node>| node.and_then(crate::source::Node::as_f64);
    let least = range.and_then(|range| bound(range.min)).map_or(8.0, |min| min.max(8.0));
    range.and_then(|range| bound(range.max)).map_or(least, |max| least.min(max))
}
