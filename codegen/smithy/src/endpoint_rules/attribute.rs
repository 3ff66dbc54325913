//! References to values, and to parts of them.

use super::error::{EndpointRulesError, EndpointRulesErrorKind as ErrorKind};
use super::expression::{Expression, PathStep};
use super::types::{Kind, Scope, Type};
use crate::source::Node;

/// An expression and the type of its value.
pub(super) type Typed = (Expression, Type);

/// The value of a name in scope.
pub(super) fn reference(name: &str, node: &Node, scope: &Scope) -> Result<Typed, EndpointRulesError> {
    match scope.type_of(name) {
        Some(of) => Ok((Expression::Reference(name.to_owned()), scope.seen(of))),
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
