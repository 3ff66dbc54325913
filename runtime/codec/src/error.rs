//! Errors of reading and writing.

use std::fmt;

use whitesmith_schema::{Member, TimestampError};

/// A message that is malformed or does not match its schema.
///
/// It is one pointer wide, since every step of reading returns it.
#[derive(Debug, PartialEq)]
pub struct ReadError(Box<ReadErrorParts>);

#[derive(Debug, PartialEq)]
struct ReadErrorParts {
    problem: ReadProblem,
    offset: usize,
    member: Option<&'static str>,
}

/// The problem with a message.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadProblem {
    /// Another value or token was expected.
    #[error("expected {0}")]
    Expected(&'static str),
    /// The message ends inside a value.
    #[error("unexpected end of the message")]
    UnexpectedEnd,
    /// Data follows the end of the message.
    #[error("unexpected data after the end of the message")]
    TrailingData,
    /// Values are nested deeper than [`crate::ReadOptions::max_depth`] allows.
    #[error("nesting exceeds the limit of {0} levels")]
    TooDeep(u32),
    /// Text that is not UTF-8.
    #[error("invalid UTF-8")]
    NotUtf8,
    /// XML that is not well-formed.
    #[error("invalid XML: {0}")]
    Xml(String),
    /// A reference to an entity that XML does not define.
    #[error("unknown XML entity")]
    UnknownEntity,
    /// A number that the shape cannot hold.
    #[error("number out of range for {0}")]
    OutOfRange(&'static str),
    /// A blob that is not base64.
    #[error("invalid base64")]
    NotBase64,
    /// Text that is not a timestamp of its format.
    #[error(transparent)]
    Timestamp(TimestampError),
    /// A null in a list or map that is not sparse.
    #[error("unexpected null in a list or map that is not sparse")]
    Null,
    /// A union with several members.
    #[error("expected one union member, found several")]
    UnionMembers,
    /// A union without a member.
    #[error("expected one union member, found none")]
    NoUnionMember,
    /// A union with a member that the model does not have.
    #[error("unknown union member")]
    UnknownUnionMember,
    /// A required member is missing.
    #[error("missing required member")]
    Missing,
}

impl ReadError {
    /// Creates the error for a problem at a byte of the message, in the value of a member.
    #[cold]
    #[must_use]
    pub fn new(problem: ReadProblem, offset: usize, member: Option<&'static Member>) -> Self {
        Self(Box::new(ReadErrorParts { problem, offset, member: member.map(|member| member.name) }))
    }

    /// Returns the problem.
    pub fn problem(&self) -> &ReadProblem {
        &self.0.problem
    }

    /// Returns the offset of the problem, in bytes from the start of the message.
    pub fn offset(&self) -> usize {
        self.0.offset
    }

    /// Returns the name of the member that holds the value, if it is known.
    pub fn member(&self) -> Option<&'static str> {
        self.0.member
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ReadErrorParts { problem, offset, member } = &*self.0;
        match member {
            Some(member) => write!(f, "member {member}: {problem} at byte {offset}"),
            None => write!(f, "{problem} at byte {offset}"),
        }
    }
}

impl std::error::Error for ReadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0.problem {
            ReadProblem::Timestamp(error) => Some(error),
            _ => None,
        }
    }
}

/// A value that cannot be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The text of a bigInteger or bigDecimal is not a number.
    #[error("member {member}: invalid number `{text}`")]
    NotANumber {
        /// The member.
        member: &'static str,
        /// The text.
        text: String,
    },
    /// A dynamic value is a list or map, but its shape is not.
    #[error("member {member}: unexpected {kind} for {shape}")]
    NotAnAggregate {
        /// The member.
        member: &'static str,
        /// The target shape's id.
        shape: &'static str,
        /// `list` or `map`.
        kind: &'static str,
    },
    /// Text with a character that the format cannot hold.
    #[error("member {member}: XML cannot hold the character U+{:04X}", u32::from(*.character))]
    Character {
        /// The member; empty for text outside of members.
        member: &'static str,
        /// The character.
        character: char,
    },
    /// A value that the format has no form for.
    #[error("member {member}: {format} cannot hold {what}")]
    Unsupported {
        /// The member.
        member: &'static str,
        /// The kind of value.
        what: &'static str,
        /// The format.
        format: &'static str,
    },
}
