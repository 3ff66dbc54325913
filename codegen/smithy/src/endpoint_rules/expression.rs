//! Values of endpoint rules: literals, references, attributes and calls.

/// A function of the rules engine or of AWS's additions to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of the specification")]
pub enum Function {
    BooleanEquals,
    Coalesce,
    IsSet,
    IsValidHostLabel,
    IsVirtualHostableS3Bucket,
    Ite,
    Not,
    ParseArn,
    ParseUrl,
    Partition,
    Split,
    StringEquals,
    Substring,
    UriEncode,
}

/// A step of `getAttr`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathStep {
    /// `name`
    Key(String),
    /// `[0]`; negative ones count from the end.
    Index(i32),
}

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expression {
    /// A string with values in it.
    Text(Template),
    /// `true` or `false`
    Boolean(bool),
    /// An integer.
    Number(i64),
    /// A list.
    Array(Vec<Expression>),
    /// An object of a property.
    Record(Vec<(String, Expression)>),
    /// A parameter, or a name that a condition binds.
    Reference(String),
    /// A part of a record or list.
    Attribute(Box<Expression>, Vec<PathStep>),
    /// A call.
    Call(Function, Vec<Expression>),
}

/// A string with values in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template(pub Vec<Piece>);

/// A piece of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text as it is.
    Literal(String),
    /// A value.
    Value(Expression),
}

impl Template {
    /// The text, of a template without values.
    #[must_use]
    pub fn literal(&self) -> Option<&str> {
        match self.0.as_slice() {
            [] => Some(""),
            [Piece::Literal(text)] => Some(text),
            _ => None,
        }
    }
}

impl Expression {
    /// Whether a value of that name is used here.
    #[must_use]
    pub fn refers_to(&self, name: &str) -> bool {
        match self {
            Self::Text(Template(pieces)) => {
                pieces.iter().any(|piece| matches!(piece, Piece::Value(value) if value.refers_to(name)))
            }
            Self::Boolean(_) | Self::Number(_) => false,
            Self::Array(items) | Self::Call(_, items) => items.iter().any(|item| item.refers_to(name)),
            Self::Record(entries) => entries.iter().any(|(_, value)| value.refers_to(name)),
            Self::Reference(known) => known == name,
            Self::Attribute(of, _) => of.refers_to(name),
        }
    }
}
