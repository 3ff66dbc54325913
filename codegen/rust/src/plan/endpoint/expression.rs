//! Values of endpoint rules: literals, references, attributes and calls.

use super::{EndpointRulesError, Piece, Template};
use whitesmith_smithy::source::{Node, NodeValue};

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

/// Functions by their names, with the number of their arguments; `coalesce` takes that many or more.
const FUNCTIONS: [(&str, Function, usize); 14] = [
    ("aws.isVirtualHostableS3Bucket", Function::IsVirtualHostableS3Bucket, 2),
    ("aws.parseArn", Function::ParseArn, 1),
    ("aws.partition", Function::Partition, 1),
    ("booleanEquals", Function::BooleanEquals, 2),
    ("coalesce", Function::Coalesce, 2),
    ("isSet", Function::IsSet, 1),
    ("isValidHostLabel", Function::IsValidHostLabel, 2),
    ("ite", Function::Ite, 3),
    ("not", Function::Not, 1),
    ("parseURL", Function::ParseUrl, 1),
    ("split", Function::Split, 3),
    ("stringEquals", Function::StringEquals, 2),
    ("substring", Function::Substring, 4),
    ("uriEncode", Function::UriEncode, 1),
];

/// A step of `getAttr`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathStep {
    /// `name`
    Key(String),
    /// `[0]`
    Index(usize),
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

impl Expression {
    /// Reads an expression; an object is a reference or a call.
    pub(super) fn read(node: &Node) -> Result<Self, EndpointRulesError> {
        Ok(match &node.value {
            NodeValue::String(text) => Self::Text(Template::read(text, node)?),
            NodeValue::Bool(value) => Self::Boolean(*value),
            NodeValue::Number(number) => {
                Self::Number(number.as_i64().ok_or_else(|| EndpointRulesError::at(node, "expected an integer"))?)
            }
            NodeValue::Array(items) => Self::Array(items.iter().map(Self::read).collect::<Result<_, _>>()?),
            NodeValue::Object(object) => match object.get("ref").and_then(Node::as_str) {
                Some(name) => Self::Reference(name.to_owned()),
                None => Self::call(node)?,
            },
            NodeValue::Null => return Err(EndpointRulesError::at(node, "unexpected null")),
        })
    }

    /// Reads a property's value, in which an object without a function is data.
    pub(super) fn read_property(node: &Node) -> Result<Self, EndpointRulesError> {
        match &node.value {
            NodeValue::Object(object) if object.get("fn").is_none() && object.get("ref").is_none() => {
                let entries =
                    object.iter().map(|entry| Ok((entry.key.to_string(), Self::read_property(&entry.value)?)));
                Ok(Self::Record(entries.collect::<Result<_, _>>()?))
            }
            NodeValue::Array(items) => {
                Ok(Self::Array(items.iter().map(Self::read_property).collect::<Result<_, _>>()?))
            }
            _ => Self::read(node),
        }
    }

    fn call(node: &Node) -> Result<Self, EndpointRulesError> {
        let name = node.get("fn").and_then(Node::as_str);
        let name = name.ok_or_else(|| EndpointRulesError::at(node, "expected a reference or a call"))?;
        let arguments = node.get("argv").and_then(Node::as_array).unwrap_or_default();
        let wrong_count = || EndpointRulesError::at(node, format!("wrong number of arguments of `{name}`"));
        if name == "getAttr" {
            let [of, path] = arguments else { return Err(wrong_count()) };
            let path = path.as_str().and_then(parse_path);
            let path = path.ok_or_else(|| EndpointRulesError::at(node, "invalid path of `getAttr`"))?;
            return Ok(Self::Attribute(Box::new(Self::read(of)?), path));
        }
        let (_, function, count) = FUNCTIONS
            .iter()
            .find(|(known, ..)| *known == name)
            .ok_or_else(|| EndpointRulesError::at(node, format!("unknown function `{name}`")))?;
        let fits = arguments.len() == *count || (*function == Function::Coalesce && arguments.len() > *count);
        if !fits {
            return Err(wrong_count());
        }
        Ok(Self::Call(*function, arguments.iter().map(Self::read).collect::<Result<_, _>>()?))
    }

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

/// Reads the path of an attribute: `name`, `resourceId[1]`, `[0]`.
pub(super) fn parse_path(path: &str) -> Option<Vec<PathStep>> {
    let mut steps = Vec::new();
    for part in path.split('.') {
        let (key, mut rest) = part.find('[').map_or((part, ""), |at| part.split_at(at));
        if !key.is_empty() {
            steps.push(PathStep::Key(key.to_owned()));
        }
        while let Some((index, tail)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            steps.push(PathStep::Index(index.parse().ok()?));
            rest = tail;
        }
        if !rest.is_empty() {
            return None;
        }
    }
    (!steps.is_empty()).then_some(steps)
}
