//! What goes wrong when messages are read or written.

use std::fmt;

use whitesmith_schema::{Member, TimestampError};

/// A message that is not what the schema and the protocol ask for.
///
/// One pointer wide, because reading returns it from every step.
#[derive(Debug, PartialEq)]
pub struct ReadError(Box<ReadErrorParts>);

#[derive(Debug, PartialEq)]
struct ReadErrorParts {
    problem: ReadProblem,
    offset: usize,
    member: Option<&'static str>,
}

/// What is wrong with a message.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadProblem {
    /// Something else stands where a value or a token was expected.
    #[error("expected {0}")]
    Expected(&'static str),
    /// The message stops in the middle of a value.
    #[error("the message ends inside a value")]
    UnexpectedEnd,
    /// Something follows the message's value.
    #[error("something follows the end of the message")]
    TrailingData,
    /// Values lie deeper in one another than [`crate::ReadOptions::max_depth`] allows.
    #[error("values are nested deeper than the limit of {0}")]
    TooDeep(u32),
    /// Text that is not UTF-8.
    #[error("the text is not UTF-8")]
    NotUtf8,
    /// XML that is not well-formed.
    #[error("invalid XML: {0}")]
    Xml(String),
    /// A reference to an entity that XML does not define.
    #[error("unknown XML entity")]
    UnknownEntity,
    /// A number that the shape cannot hold.
    #[error("the number does not fit a {0}")]
    OutOfRange(&'static str),
    /// A blob that is not base64.
    #[error("the blob is not base64")]
    NotBase64,
    /// A text that is no timestamp of its format.
    #[error(transparent)]
    Timestamp(TimestampError),
    /// A null in a list or map that is not sparse.
    #[error("unexpected null in a list or map that is not sparse")]
    Null,
    /// A union with several members.
    #[error("a union has more than one member set")]
    UnionMembers,
    /// A union without a member.
    #[error("a union has no member set")]
    NoUnionMember,
    /// A union with a member that the model does not have.
    #[error("a union has an unknown member")]
    UnknownUnionMember,
    /// A required member without a stand-in is not there.
    #[error("a required member is missing")]
    Missing,
}

impl ReadError {
    /// Creates the error for a problem at a byte of the message, in the value of a member.
    #[cold]
    #[must_use]
    pub fn new(problem: ReadProblem, offset: usize, member: Option<&'static Member>) -> Self {
        Self(Box::new(ReadErrorParts { problem, offset, member: member.map(|member| member.name) }))
    }

    /// What is wrong.
    pub fn problem(&self) -> &ReadProblem {
        &self.0.problem
    }

    /// Where, in bytes from the body's start.
    pub fn offset(&self) -> usize {
        self.0.offset
    }

    /// The name of the member whose value it is, where one is known.
    pub fn member(&self) -> Option<&'static str> {
        self.0.member
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ReadErrorParts { problem, offset, member } = &*self.0;
        match member {
            Some(member) => write!(f, "member {member}: {problem}, at byte {offset}"),
            None => write!(f, "{problem}, at byte {offset}"),
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

/// A value that cannot be put on the wire.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The text of a bigInteger or bigDecimal is no number.
    #[error("member {member}: `{text}` is not a decimal number")]
    NotANumber {
        /// The member.
        member: &'static str,
        /// The text.
        text: String,
    },
    /// A dynamic value has entries where its shape has none.
    #[error("member {member}: {shape} takes no {kind}")]
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
