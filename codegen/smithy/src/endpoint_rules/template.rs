//! Strings with values in braces: `https://{Region}.{PartitionResult#dnsSuffix}`.

use super::attribute::{Typed, attribute, reference};
use super::error::{EndpointRulesError, EndpointRulesErrorKind as ErrorKind};
use super::expression::{Piece, Template};
use super::types::{Kind, Scope, Type};
use crate::source::Node;

/// Reads a string; every value in it must be a string.
pub(super) fn read(text: &str, node: &Node, scope: &Scope) -> Result<Template, EndpointRulesError> {
    let unpaired = || ErrorKind::UnpairedBrace(text.to_owned()).at(node);
    let mut pieces = Vec::new();
    let mut literal = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, brace) = rest.split_at(at);
        literal.push_str(before);
        if let Some(tail) = brace.strip_prefix("{{").or_else(|| brace.strip_prefix("}}")) {
            literal.extend(brace.chars().next());
            rest = tail;
            continue;
        }
        let (name, tail) = brace.strip_prefix('{').and_then(|tail| tail.split_once('}')).ok_or_else(unpaired)?;
        if !literal.is_empty() {
            pieces.push(Piece::Literal(std::mem::take(&mut literal)));
        }
        let (value, found) = value(name, node, scope)?;
        let expected = Type::always(Kind::String);
        if scope.seen(found) != expected {
            return Err(ErrorKind::WrongType { expected, found }.at(node));
        }
        pieces.push(Piece::Value(value));
        rest = tail;
    }
    literal.push_str(rest);
    if !literal.is_empty() {
        pieces.push(Piece::Literal(literal));
    }
    Ok(Template(pieces))
}

fn value(name: &str, node: &Node, scope: &Scope) -> Result<Typed, EndpointRulesError> {
    match name.split_once('#') {
        Some((of, path)) => attribute(reference(of, node, scope)?, path, node),
        None => reference(name, node, scope),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoint_rules::Expression;

    #[test]
    fn values_stand_in_braces() {
        let node = Node::empty_object();
        let mut scope = Scope::default();
        scope.set("C", Type::always(Kind::String));
        scope.set("D", Type::always(Kind::Partition));
        let template = read("a{{b}}{C}{D#name}", &node, &scope).unwrap();
        let [Piece::Literal(text), Piece::Value(Expression::Reference(name)), Piece::Value(Expression::Attribute(..))] =
            template.0.as_slice()
        else {
            panic!("{template:?}")
        };
        assert_eq!((text.as_str(), name.as_str()), ("a{b}", "C"));
        assert_eq!(read("plain", &node, &scope).unwrap().literal(), Some("plain"));
        for bad in ["{", "}", "a}b", "{C", "{D#}"] {
            assert!(read(bad, &node, &scope).is_err(), "{bad}");
        }
    }
}
