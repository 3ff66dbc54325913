//! Reading of expressions: literals, references, attributes and calls.

use super::attribute::{Typed, attribute, reference};
use super::error::{EndpointRulesError, EndpointRulesErrorKind as ErrorKind};
use super::expression::{Expression, Function};
use super::template;
use super::types::{Kind, Scope, Type};
use crate::source::{Node, NodeValue};

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

/// Reads an expression; an object is a reference or a call.
pub(super) fn expression(node: &Node, scope: &mut Scope) -> Result<Typed, EndpointRulesError> {
    let (expression, of) = read(node, scope)?;
    Ok((expression, scope.seen(of)))
}

fn read(node: &Node, scope: &mut Scope) -> Result<Typed, EndpointRulesError> {
    match &node.value {
        NodeValue::String(text) => {
            Ok((Expression::Text(template::read(text, node, scope)?), Type::always(Kind::String)))
        }
        NodeValue::Bool(value) => Ok((Expression::Boolean(*value), Type::always(Kind::Boolean))),
        NodeValue::Number(number) => {
            let number = number.as_i64().filter(|number| *number >= 0);
            let number = number.ok_or_else(|| ErrorKind::Expected("an integer of 0 or more").at(node))?;
            Ok((Expression::Number(number), Type::always(Kind::Integer)))
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
pub(super) fn expression_as(node: &Node, kind: Kind, scope: &mut Scope) -> Result<Expression, EndpointRulesError> {
    let (expression, found) = expression(node, scope)?;
    let expected = Type::always(kind);
    if found == expected { Ok(expression) } else { Err(ErrorKind::WrongType { expected, found }.at(node)) }
}

/// Reads a property's value, in which objects and arrays are data.
pub(super) fn property(node: &Node, scope: &mut Scope) -> Result<Expression, EndpointRulesError> {
    match &node.value {
        NodeValue::Object(object) => {
            let entries = object.iter();
            let entries = entries.map(|entry| Ok((entry.key.to_string(), property(&entry.value, scope)?)));
            Ok(Expression::Record(entries.collect::<Result<_, _>>()?))
        }
        NodeValue::Array(items) => {
            let items = items.iter().map(|item| property(item, scope));
            Ok(Expression::Array(items.collect::<Result<_, _>>()?))
        }
        NodeValue::Number(number) => {
            let number = number.as_i64().ok_or_else(|| ErrorKind::Expected("an integer").at(node))?;
            Ok(Expression::Number(number))
        }
        _ => Ok(expression(node, scope)?.0),
    }
}

fn call(name: &str, arguments: &[Node], node: &Node, scope: &mut Scope) -> Result<Typed, EndpointRulesError> {
    let wrong_count = || ErrorKind::ArgumentCount(name.to_owned()).at(node);
    let boolean = Type::always(Kind::Boolean);
    match (name, arguments) {
        ("getAttr", [of, path]) => {
            let of = expression(of, scope)?;
            let path = path.as_str().ok_or_else(|| ErrorKind::Expected("a path").at(path))?;
            attribute(of, path, node)
        }
        ("isSet", [of]) => {
            let (expression, found) = expression(of, scope)?;
            if !found.is_optional && !scope.is_lenient() {
                return Err(ErrorKind::AlwaysSet(found).at(of));
            }
            Ok((Expression::Call(Function::IsSet, vec![expression]), boolean))
        }
        ("not", [of]) => Ok((Expression::Call(Function::Not, vec![expression_as(of, Kind::Boolean, scope)?]), boolean)),
        ("ite", [condition, one, other]) => {
            let condition = expression_as(condition, Kind::Boolean, scope)?;
            let (one, of) = expression(one, scope)?;
            let (second, other_type) = same_kind(other, of, scope)?;
            let of = Type { is_optional: of.is_optional || other_type.is_optional, ..of };
            Ok((Expression::Call(Function::Ite, vec![condition, one, second]), of))
        }
        ("coalesce", [first, rest @ ..]) if !rest.is_empty() => {
            let (first, mut of) = expression(first, scope)?;
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
            let values = values.map(|(node, kind)| expression_as(node, *kind, scope));
            Ok((Expression::Call(known.function, values.collect::<Result<_, _>>()?), known.result))
        }
    }
}

/// Reads an expression whose value is of the same kind as another, set or not.
fn same_kind(node: &Node, as_other: Type, scope: &mut Scope) -> Result<Typed, EndpointRulesError> {
    let (expression, found) = expression(node, scope)?;
    if found.kind == as_other.kind {
        Ok((expression, found))
    } else {
        Err(ErrorKind::WrongType { expected: Type::always(as_other.kind), found }.at(node))
    }
}
