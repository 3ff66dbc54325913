//! Strings with values in braces: `https://{Region}.{PartitionResult#dnsSuffix}`.

use super::expression::parse_path;
use super::{EndpointRulesError, Expression};
use whitesmith_smithy::source::Node;

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
    pub(super) fn read(text: &str, node: &Node) -> Result<Self, EndpointRulesError> {
        let unpaired = || EndpointRulesError::at(node, format!("unpaired brace in `{text}`"));
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
            pieces.push(Piece::Value(value(name).ok_or_else(unpaired)?));
            rest = tail;
        }
        literal.push_str(rest);
        if !literal.is_empty() {
            pieces.push(Piece::Literal(literal));
        }
        Ok(Self(pieces))
    }

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

fn value(name: &str) -> Option<Expression> {
    match name.split_once('#') {
        Some((of, path)) => {
            Some(Expression::Attribute(Box::new(Expression::Reference(of.to_owned())), parse_path(path)?))
        }
        None => Some(Expression::Reference(name.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_in_braces() {
        let node = Node::empty_object();
        let template = Template::read("a{{b}}{C}{D#e[1]}", &node).unwrap();
        let [Piece::Literal(text), Piece::Value(Expression::Reference(name)), Piece::Value(Expression::Attribute(..))] =
            template.0.as_slice()
        else {
            panic!("{template:?}")
        };
        assert_eq!((text.as_str(), name.as_str()), ("a{b}", "C"));
        assert_eq!(Template::read("plain", &node).unwrap().literal(), Some("plain"));
        for bad in ["{", "}", "a}b", "{a", "{a#}"] {
            assert!(Template::read(bad, &node).is_err(), "{bad}");
        }
    }
}
