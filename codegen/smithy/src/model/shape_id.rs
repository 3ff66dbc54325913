//! Absolute shape identifiers.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

/// An absolute shape ID: `namespace#Name` or `namespace#Name$member` (Smithy 2.0, "Shape ID"). Cheap to clone; ordered
/// by its text.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShapeId(Arc<str>);

/// A text that is not an absolute shape ID.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("invalid shape ID `{0}`: an absolute one is `namespace#Name` or `namespace#Name$member`")]
pub struct InvalidShapeId(pub String);

impl ShapeId {
    /// Reads an absolute shape ID.
    ///
    /// # Errors
    /// When the text does not follow the grammar of the specification.
    pub fn parse(text: &str) -> Result<Self, InvalidShapeId> {
        let invalid = || InvalidShapeId(text.to_owned());
        let (namespace, rest) = text.split_once('#').ok_or_else(invalid)?;
        let (name, member) = match rest.split_once('$') {
            Some((name, member)) => (name, Some(member)),
            None => (rest, None),
        };
        let good = is_namespace(namespace) && is_identifier(name) && member.is_none_or(is_identifier);
        if good { Ok(Self(text.into())) } else { Err(invalid()) }
    }

    /// A shape ID of parts that are known to be well-formed.
    #[must_use]
    pub fn of(namespace: &str, name: &str) -> Self {
        Self(format!("{namespace}#{name}").into())
    }

    /// A shape ID of a text that follows the grammar.
    pub(crate) fn of_well_formed(text: &str) -> Self {
        Self(text.into())
    }

    /// The whole ID.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part before `#`.
    #[must_use]
    pub fn namespace(&self) -> &str {
        self.0.split_once('#').map_or("", |(namespace, _)| namespace)
    }

    /// The shape's name: the part between `#` and `$`.
    #[must_use]
    pub fn name(&self) -> &str {
        let rest = self.0.split_once('#').map_or(&*self.0, |(_, rest)| rest);
        rest.split_once('$').map_or(rest, |(name, _)| name)
    }

    /// The member's name, if this is the ID of a member.
    #[must_use]
    pub fn member(&self) -> Option<&str> {
        self.0.split_once('$').map(|(_, member)| member)
    }

    /// The ID of the shape that holds this member; the same ID for other shapes.
    #[must_use]
    pub fn container(&self) -> Self {
        match self.0.split_once('$') {
            Some((container, _)) => Self(container.into()),
            None => self.clone(),
        }
    }

    /// The ID of a member of this shape.
    #[must_use]
    pub fn with_member(&self, member: &str) -> Self {
        let mut text = String::with_capacity(self.0.len() + 1 + member.len());
        text.push_str(&self.0);
        text.push('$');
        text.push_str(member);
        Self(text.into())
    }

    /// Whether the shape belongs to the prelude, `smithy.api`.
    #[must_use]
    pub fn is_prelude(&self) -> bool {
        self.0.starts_with("smithy.api#")
    }
}

/// Whether a text may name a shape or a member: a letter, or underscores with a letter or digit after them, then
/// letters, digits and underscores.
#[must_use]
pub fn is_identifier(text: &str) -> bool {
    let bytes = text.as_bytes();
    let tail = text.trim_start_matches('_').as_bytes();
    let starts_well = match (bytes.first(), tail.first()) {
        (Some(b'_'), Some(next)) => next.is_ascii_alphanumeric(),
        (Some(first), _) => first.is_ascii_alphabetic(),
        (None, _) => false,
    };
    starts_well && tail.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
}

/// Whether a text may name a namespace: identifiers with dots between them.
#[must_use]
pub fn is_namespace(text: &str) -> bool {
    text.split('.').all(is_identifier)
}

impl Borrow<str> for ShapeId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ShapeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for ShapeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl PartialEq<str> for ShapeId {
    fn eq(&self, other: &str) -> bool {
        &*self.0 == other
    }
}

impl PartialEq<&str> for ShapeId {
    fn eq(&self, other: &&str) -> bool {
        &*self.0 == *other
    }
}
