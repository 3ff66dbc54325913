//! Violations of constraints.

use std::fmt;

use whitesmith_schema::{EnumValue, EnumValueKind, Length, Range};

use crate::Path;

/// A constraint that a value violates.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Constraint {
    /// `required`, or a null that is not allowed.
    Required,
    /// `length` of a string, in Unicode scalar values, or of a blob, in bytes.
    StringLength {
        /// The allowed length.
        allowed: Length,
        /// The actual length.
        actual: u64,
    },
    /// `length` of a list or map, in entries.
    EntryCount {
        /// The allowed length.
        allowed: Length,
        /// The actual length.
        actual: u64,
    },
    /// `range`.
    Range(Range),
    /// `pattern`; also a value for which matching exceeds the step limit.
    Pattern(&'static str),
    /// `uniqueItems`.
    UniqueItems,
    /// A value that is not one of an enum's or intEnum's.
    Enum(&'static [EnumValue]),
    /// A type other than the shape's, by Smithy's names.
    Type {
        /// The shape's.
        expected: &'static str,
        /// The value's.
        found: &'static str,
    },
    /// An integer that overflows the shape's type, by Smithy's name.
    Overflow(&'static str),
    /// A union with this many members instead of one.
    UnionMembers(usize),
}

/// A violation of one constraint.
///
/// Its text is that of Smithy's servers, as the protocol test suites specify, and never contains the value.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    /// The place in the value.
    pub path: Path,
    /// The constraint.
    pub constraint: Constraint,
}

impl Violation {
    /// Returns the message without the path: `Member must not be null`.
    pub fn requirement(&self) -> String {
        struct Requirement<'a>(&'a Constraint);
        impl fmt::Display for Requirement<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write_requirement(self.0, f)
            }
        }
        Requirement(&self.constraint).to_string()
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.constraint {
            Constraint::StringLength { actual, .. } | Constraint::EntryCount { actual, .. } => {
                write!(f, "Value with length {actual} at '{}'", self.path.pointer())?;
            }
            _ => write!(f, "Value at '{}'", self.path.pointer())?,
        }
        f.write_str(" failed to satisfy constraint: ")?;
        write_requirement(&self.constraint, f)
    }
}

fn write_requirement(constraint: &Constraint, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match constraint {
        Constraint::Required => f.write_str("Member must not be null"),
        Constraint::StringLength { allowed, .. } | Constraint::EntryCount { allowed, .. } => {
            f.write_str("Member must have length ")?;
            write_bounds(allowed.min.as_ref(), allowed.max.as_ref(), f)
        }
        Constraint::Range(range) => {
            f.write_str("Member must be ")?;
            write_bounds(range.min.as_ref(), range.max.as_ref(), f)
        }
        Constraint::Pattern(pattern) => write!(f, "Member must satisfy regular expression pattern: {pattern}"),
        Constraint::UniqueItems => f.write_str("Member must have unique values"),
        Constraint::Enum(values) => {
            f.write_str("Member must satisfy enum value set: [")?;
            for (at, value) in values.iter().filter(|value| !value.internal).enumerate() {
                f.write_str(if at == 0 { "" } else { ", " })?;
                match value.value {
                    EnumValueKind::String(value) => f.write_str(value)?,
                    EnumValueKind::Integer(value) => write!(f, "{value}")?,
                }
            }
            f.write_str("]")
        }
        Constraint::Type { expected, found } => write!(f, "Member must be of type {expected}, not {found}"),
        Constraint::Overflow(expected) => write!(f, "Member must fit into type {expected}"),
        Constraint::UnionMembers(count) => write!(f, "Union must have exactly one member set, not {count}"),
    }
}

fn write_bounds<T: fmt::Display>(min: Option<&T>, max: Option<&T>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match (min, max) {
        (Some(min), Some(max)) => write!(f, "between {min} and {max}, inclusive"),
        (Some(min), None) => write!(f, "greater than or equal to {min}"),
        (None, Some(max)) => write!(f, "less than or equal to {max}"),
        (None, None) => f.write_str("without bounds"),
    }
}

/// The violations of a value, in the order of its parts; at least one.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub struct Violations {
    /// The violations.
    pub list: Vec<Violation>,
    /// Whether validation stopped at [`crate::MAX_VIOLATIONS`], so that there may be more.
    pub more: bool,
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let errors = if self.list.len() == 1 { "error" } else { "errors" };
        write!(f, "{} validation {errors} detected. ", self.list.len())?;
        for (at, violation) in self.list.iter().enumerate() {
            write!(f, "{}{violation}", if at == 0 { "" } else { "; " })?;
        }
        Ok(())
    }
}
