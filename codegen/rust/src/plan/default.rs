//! Default values as Rust and as schema constants.

use std::fmt;

use base64_simd::STANDARD;

use whitesmith_smithy::model::{Shape, ShapeType};
use whitesmith_smithy::source::{Node, NodeValue};

/// The value of a `default` trait: a scalar, the empty list or the empty map (Smithy 2.0, default values).
#[derive(Clone, Debug, PartialEq)]
pub enum DefaultPlan {
    /// A boolean.
    Boolean(bool),
    /// An integer, for a member of any number type.
    Integer(i64),
    /// A number with a fraction.
    Float(f64),
    /// The text of a number outside of both ranges.
    Big(String),
    /// A string, or the value of an enum.
    String(String),
    /// Bytes, decoded.
    Blob(Vec<u8>),
    /// A timestamp as text.
    Timestamp(String),
    /// A timestamp in seconds since 1970.
    EpochSeconds(f64),
    /// `[]`
    EmptyList,
    /// `{}`
    EmptyMap,
    /// The value of a document.
    Document(Box<DefaultPlan>),
}

/// As the model writes it.
impl fmt::Display for DefaultPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Boolean(value) => write!(f, "{value}"),
            Self::Integer(value) => write!(f, "{value}"),
            Self::Float(value) | Self::EpochSeconds(value) => write!(f, "{value}"),
            Self::Big(text) => f.write_str(text),
            Self::String(text) | Self::Timestamp(text) => write!(f, "{text:?}"),
            Self::Blob(bytes) => write!(f, "{} bytes", bytes.len()),
            Self::EmptyList => f.write_str("[]"),
            Self::EmptyMap => f.write_str("{}"),
            Self::Document(value) => value.fmt(f),
        }
    }
}

impl DefaultPlan {
    /// Reads the default of a member of this shape. `None` for `null` and for a value that the shape cannot hold, which is a
    /// validation event.
    pub(super) fn of(node: &Node, target: &Shape) -> Option<Self> {
        if target.shape_type == ShapeType::Document {
            return Self::scalar(node).map(|value| Self::Document(Box::new(value)));
        }
        match (target.shape_type, Self::scalar(node)?) {
            (ShapeType::Blob, Self::String(text)) => {
                STANDARD.decode_to_vec(&text).ok().or(Some(text.into_bytes())).map(Self::Blob)
            }
            (ShapeType::Timestamp, Self::String(text)) => Some(Self::Timestamp(text)),
            #[allow(clippy::cast_precision_loss, reason = "seconds since 1970 fit a double")]
            (ShapeType::Timestamp, Self::Integer(seconds)) => Some(Self::EpochSeconds(seconds as f64)),
            (ShapeType::Timestamp, Self::Float(seconds)) => Some(Self::EpochSeconds(seconds)),
            #[allow(clippy::cast_precision_loss, reason = "that is what a double does to it")]
            (ShapeType::Float | ShapeType::Double, Self::Integer(number)) => Some(Self::Float(number as f64)),
            (ShapeType::Float | ShapeType::Double, Self::Big(text)) => {
                let most = if target.shape_type == ShapeType::Float { f64::from(f32::MAX) } else { f64::MAX };
                text.parse().ok().filter(|number: &f64| number.abs() <= most).map(Self::Float)
            }
            (ShapeType::Float, Self::Float(number)) if number.abs() > f64::from(f32::MAX) => None,
            (
                ShapeType::Byte | ShapeType::Short | ShapeType::Integer | ShapeType::IntEnum | ShapeType::Long,
                value @ Self::Integer(_),
            )
            | (ShapeType::Float | ShapeType::Double, value @ Self::Float(_))
            | (ShapeType::BigInteger, value @ (Self::Integer(_) | Self::Big(_)))
            | (ShapeType::BigDecimal, value @ (Self::Integer(_) | Self::Float(_) | Self::Big(_)))
            | (ShapeType::Boolean, value @ Self::Boolean(_))
            | (ShapeType::String | ShapeType::Enum, value @ Self::String(_))
            | (ShapeType::List, value @ Self::EmptyList)
            | (ShapeType::Map, value @ Self::EmptyMap) => Some(value),
            _ => None,
        }
    }

    fn scalar(node: &Node) -> Option<Self> {
        Some(match &node.value {
            NodeValue::Null => return None,
            NodeValue::Bool(value) => Self::Boolean(*value),
            NodeValue::Number(number) => match (number.as_i64(), number.as_f64()) {
                (Some(value), _) => Self::Integer(value),
                (None, Some(value)) if !number.is_whole() => Self::Float(value),
                _ => Self::Big(number.to_string()),
            },
            NodeValue::String(text) => Self::String(text.to_string()),
            NodeValue::Array(items) if items.is_empty() => Self::EmptyList,
            NodeValue::Object(object) if object.is_empty() => Self::EmptyMap,
            _ => return None,
        })
    }
}
