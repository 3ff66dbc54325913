//! What was found wrong with a value.

use std::fmt;

use whitesmith_schema::{EnumValue, EnumValueKind, Length, Range};

use crate::Path;

/// The rule that a value breaks.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Constraint {
    /// `required`, or a null where there may be none.
    Required,
    /// `length` of a string, in Unicode scalar values, or of a blob, in bytes.
    StringLength {
        /// What is allowed.
        allowed: Length,
        /// What was found.
        actual: u64,
    },
    /// `length` of a list or map, in entries.
    EntryCount {
        /// What is allowed.
        allowed: Length,
        /// What was found.
        actual: u64,
    },
    /// `range`.
    Range(Range),
    /// `pattern`; also a value on which matching would take too many steps.
    Pattern(&'static str),
    /// `uniqueItems`.
    UniqueItems,
    /// A value that an enum or intEnum does not list.
    Enum(&'static [EnumValue]),
    /// Another type than the shape's, by Smithy's names.
    Type {
        /// The shape's.
        expected: &'static str,
        /// The value's.
        found: &'static str,
    },
    /// A whole number that is too large for the shape's type, by Smithy's name.
    Overflow(&'static str),
    /// A union with this many members instead of one.
    UnionMembers(usize),
}

/// One broken rule.
///
/// It shows itself in the words of Smithy's servers, as the protocol test suites fix them, and never shows the value.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    /// Where.
    pub path: Path,
    /// Which rule.
    pub constraint: Constraint,
}

impl Violation {
    /// The message without the path: `Member must not be null`.
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

/// Everything that is wrong with a value, in the order of its parts; never empty.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub struct Violations {
    /// What was found.
    pub list: Vec<Violation>,
    /// Whether the search ended at [`crate::MAX_VIOLATIONS`], so that there may be more.
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
