//! Values of endpoint rules: literals, references, attributes and calls.

use super::types::{Kind, Scope, Type};
use super::{EndpointRulesError, EndpointRulesErrorKind as ErrorKind, Piece, Template};
use crate::source::{Node, NodeValue};

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

/// A function whose arguments and result always have the same types.
struct Signature {
    name: &'static str,
    function: Function,
    arguments: &'static [Kind],
    result: Type,
}

const fn signature(name: &'static str, function: Function, arguments: &'static [Kind], result: Type) -> Signature {
    Signature { name, function, arguments, result }
}

/// The functions other than `coalesce`, `getAttr`, `isSet`, `ite` and `not`.
const SIGNATURES: [Signature; 10] = {
    use Function as F;
    use Kind::{Arn, Boolean, Integer, Partition, String, StringArray, Url};
    [
        signature(
            "aws.isVirtualHostableS3Bucket",
            F::IsVirtualHostableS3Bucket,
            &[String, Boolean],
            Type::always(Boolean),
        ),
        signature("aws.parseArn", F::ParseArn, &[String], Type::optional(Arn)),
        signature("aws.partition", F::Partition, &[String], Type::optional(Partition)),
        signature("booleanEquals", F::BooleanEquals, &[Boolean, Boolean], Type::always(Boolean)),
        signature("isValidHostLabel", F::IsValidHostLabel, &[String, Boolean], Type::always(Boolean)),
        signature("parseURL", F::ParseUrl, &[String], Type::optional(Url)),
        signature("split", F::Split, &[String, String, Integer], Type::always(StringArray)),
        signature("stringEquals", F::StringEquals, &[String, String], Type::always(Boolean)),
        signature("substring", F::Substring, &[String, Integer, Integer, Boolean], Type::optional(String)),
        signature("uriEncode", F::UriEncode, &[String], Type::always(String)),
    ]
};

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

/// An expression and the type of its value.
pub(super) type Typed = (Expression, Type);

impl Expression {
    /// Reads an expression; an object is a reference or a call.
    pub(super) fn read(node: &Node, scope: &mut Scope) -> Result<Typed, EndpointRulesError> {
        match &node.value {
            NodeValue::String(text) => Ok((Self::Text(Template::read(text, node, scope)?), Type::always(Kind::String))),
            NodeValue::Bool(value) => Ok((Self::Boolean(*value), Type::always(Kind::Boolean))),
            NodeValue::Number(number) => {
                let number = number.as_i64().filter(|number| *number >= 0);
                let number = number.ok_or_else(|| ErrorKind::Expected("an integer of 0 or more").at(node))?;
                Ok((Self::Number(number), Type::always(Kind::Integer)))
            }
            NodeValue::Object(object) => match (object.get("ref"), object.get("fn")) {
                (Some(name), None) => {
                    let name = name.as_str().ok_or_else(|| ErrorKind::Expected("a name").at(name))?;
                    reference(name, node, scope)
                }
                (None, Some(function)) => {
                    let name = function.as_str().ok_or_else(|| ErrorKind::Expected("a name").at(function))?;
                    let arguments = node.get("argv").and_then(Node::as_array);
                    let arguments = arguments.ok_or_else(|| ErrorKind::Missing("argv").at(node))?;
                    call(name, arguments, node, scope)
                }
                _ => Err(ErrorKind::Expected("either `ref` or `fn`").at(node)),
            },
            NodeValue::Array(_) | NodeValue::Null => {
                Err(ErrorKind::Expected("a string, a boolean, an integer, a reference or a call").at(node))
            }
        }
    }

    /// Reads an expression that must have a type.
    pub(super) fn read_as(node: &Node, kind: Kind, scope: &mut Scope) -> Result<Self, EndpointRulesError> {
        let (expression, found) = Self::read(node, scope)?;
        let expected = Type::always(kind);
        if found == expected { Ok(expression) } else { Err(ErrorKind::WrongType { expected, found }.at(node)) }
    }

    /// Reads a property's value, in which objects and arrays are data.
    pub(super) fn read_property(node: &Node, scope: &mut Scope) -> Result<Self, EndpointRulesError> {
        match &node.value {
            NodeValue::Object(object) => {
                let entries = object.iter();
                let entries =
                    entries.map(|entry| Ok((entry.key.to_string(), Self::read_property(&entry.value, scope)?)));
                Ok(Self::Record(entries.collect::<Result<_, _>>()?))
            }
            NodeValue::Array(items) => {
                let items = items.iter().map(|item| Self::read_property(item, scope));
                Ok(Self::Array(items.collect::<Result<_, _>>()?))
            }
            NodeValue::Number(number) => {
                let number = number.as_i64().ok_or_else(|| ErrorKind::Expected("an integer").at(node))?;
                Ok(Self::Number(number))
            }
            _ => Ok(Self::read(node, scope)?.0),
        }
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

/// The value of a name in scope.
pub(super) fn reference(name: &str, node: &Node, scope: &Scope) -> Result<Typed, EndpointRulesError> {
    match scope.type_of(name) {
        Some(of) => Ok((Expression::Reference(name.to_owned()), of)),
        None => Err(ErrorKind::unknown_name(name, scope.names()).at(node)),
    }
}

/// A part of a value, by the path to it.
pub(super) fn attribute((of, mut found): Typed, path: &str, node: &Node) -> Result<Typed, EndpointRulesError> {
    let steps = parse_path(path).ok_or_else(|| ErrorKind::InvalidPath(path.to_owned()).at(node))?;
    for step in &steps {
        let (next, name) = match step {
            PathStep::Key(key) => (found.field(key), key.clone()),
            PathStep::Index(index) => {
                let is_array = found == Type::always(Kind::StringArray);
                (is_array.then_some(Type::optional(Kind::String)), format!("[{index}]"))
            }
        };
        found = next.ok_or_else(|| ErrorKind::UnknownAttribute { of: found, step: name }.at(node))?;
    }
    Ok((Expression::Attribute(Box::new(of), steps), found))
}

fn call(name: &str, arguments: &[Node], node: &Node, scope: &mut Scope) -> Result<Typed, EndpointRulesError> {
    let wrong_count = || ErrorKind::ArgumentCount(name.to_owned()).at(node);
    let boolean = Type::always(Kind::Boolean);
    match (name, arguments) {
        ("getAttr", [of, path]) => {
            let of = Expression::read(of, scope)?;
            let path = path.as_str().ok_or_else(|| ErrorKind::Expected("a path").at(path))?;
            attribute(of, path, node)
        }
        ("isSet", [of]) => {
            let (expression, found) = Expression::read(of, scope)?;
            if !found.is_optional {
                return Err(ErrorKind::AlwaysSet(found).at(of));
            }
            Ok((Expression::Call(Function::IsSet, vec![expression]), boolean))
        }
        ("not", [of]) => {
            Ok((Expression::Call(Function::Not, vec![Expression::read_as(of, Kind::Boolean, scope)?]), boolean))
        }
        ("ite", [condition, one, other]) => {
            let condition = Expression::read_as(condition, Kind::Boolean, scope)?;
            let (one, of) = Expression::read(one, scope)?;
            let (second, other_type) = same_kind(other, of, scope)?;
            let of = Type { is_optional: of.is_optional || other_type.is_optional, ..of };
            Ok((Expression::Call(Function::Ite, vec![condition, one, second]), of))
        }
        ("coalesce", [first, rest @ ..]) if !rest.is_empty() => {
            let (first, mut of) = Expression::read(first, scope)?;
            let mut values = vec![first];
            for next in rest {
                let (value, found) = same_kind(next, of, scope)?;
                of.is_optional &= found.is_optional;
                values.push(value);
            }
            Ok((Expression::Call(Function::Coalesce, values), of))
        }
        ("getAttr" | "isSet" | "not" | "ite" | "coalesce", _) => Err(wrong_count()),
        _ => {
            let known = SIGNATURES.iter().find(|known| known.name == name);
            let known = known.ok_or_else(|| ErrorKind::UnknownFunction(name.to_owned()).at(node))?;
            if arguments.len() != known.arguments.len() {
                return Err(wrong_count());
            }
            let values = arguments.iter().zip(known.arguments);
            let values = values.map(|(node, kind)| Expression::read_as(node, *kind, scope));
            Ok((Expression::Call(known.function, values.collect::<Result<_, _>>()?), known.result))
        }
    }
}

/// Reads an expression whose value is of the same kind as another, set or not.
fn same_kind(node: &Node, as_other: Type, scope: &mut Scope) -> Result<Typed, EndpointRulesError> {
    let (expression, found) = Expression::read(node, scope)?;
    if found.kind == as_other.kind {
        Ok((expression, found))
    } else {
        Err(ErrorKind::WrongType { expected: Type::always(as_other.kind), found }.at(node))
    }
}

/// Reads the path of an attribute: `name`, `resourceId[1]`, `[0]`.
fn parse_path(path: &str) -> Option<Vec<PathStep>> {
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
