//! What a format provides.

use std::borrow::Cow;

use whitesmith_schema::{Blob, Member, Schema, TimestampFormat};

use super::Numeral;
use crate::{ReadError, ReadOptions, ReadProblem};

/// The kind of the value that stands next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Null,
    Boolean,
    Number,
    Text,
    Blob,
    Timestamp,
    List,
    Map,
    /// A value that has no meaning, but an end.
    Other,
}

/// A timestamp as the format has it.
#[derive(Debug)]
pub enum Moment<'a> {
    /// Seconds since 1970.
    Number(Numeral<'a>),
    Text(Cow<'a, str>),
}

/// What [`Source::next_member`] finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextMember {
    /// A member of the structure, by its index.
    Known(usize),
    /// A member that the structure does not have.
    Unknown,
    /// A member that is not part of the structure, and no error in a union either.
    Ignored,
    End,
}

/// Takes one format apart. Methods that read a value stand before it and end behind it.
pub trait Source<'a>: Sized {
    /// How far a list, map or structure has been read.
    type Entries;

    /// The format of timestamps at a member.
    fn timestamp_format(at: Option<&'static Member>) -> TimestampFormat;

    /// Where the source stands, in bytes from the start of the message.
    fn offset(&self) -> usize;

    /// The problem with finding something else than `what`.
    fn unexpected(&self, what: &'static str) -> ReadProblem;

    #[cold]
    fn expected(&self, what: &'static str, at: Option<&'static Member>) -> ReadError {
        ReadError::new(self.unexpected(what), self.offset(), at)
    }

    #[cold]
    fn error(&self, problem: ReadProblem, at: Option<&'static Member>) -> ReadError {
        ReadError::new(problem, self.offset(), at)
    }

    /// The kind of the value that stands next.
    fn kind(&mut self) -> Result<Kind, ReadError>;

    /// Reads a null, if one stands next.
    fn null(&mut self) -> bool;
    fn boolean(&mut self, at: Option<&'static Member>) -> Result<bool, ReadError>;
    fn number(&mut self, at: Option<&'static Member>) -> Result<Numeral<'a>, ReadError>;
    /// Reads a floating-point number, which may be NaN or infinite.
    fn float(&mut self, at: Option<&'static Member>) -> Result<Numeral<'a>, ReadError>;
    fn text(&mut self, at: Option<&'static Member>) -> Result<Cow<'a, str>, ReadError>;
    fn blob(&mut self, at: Option<&'static Member>) -> Result<Blob, ReadError>;
    /// Reads a timestamp. Only formats that mark timestamps look at `options`.
    fn moment(&mut self, at: Option<&'static Member>, options: ReadOptions) -> Result<Moment<'a>, ReadError>;
    /// Skips a value that is neither list nor map.
    fn skip_scalar(&mut self) -> Result<(), ReadError>;

    fn open_list(&mut self, at: Option<&'static Member>) -> Result<Self::Entries, ReadError>;
    /// Steps to the next element; `false` at the end, which is then read.
    fn next_element(&mut self, list: &mut Self::Entries) -> Result<bool, ReadError>;

    fn open_map(&mut self, at: Option<&'static Member>) -> Result<Self::Entries, ReadError>;
    /// Steps to the next value and returns its key; `None` at the end, which is then read.
    fn next_key(&mut self, map: &mut Self::Entries) -> Result<Option<Cow<'a, str>>, ReadError>;
    /// Leaves the value that the key was read for.
    fn end_entry(&mut self, _: &mut Self::Entries) -> Result<(), ReadError> {
        Ok(())
    }

    fn open_structure(&mut self) -> Result<Self::Entries, ReadError>;
    /// Steps to the next member's value. `expected` is the member that comes next in the model's order.
    fn next_member(
        &mut self,
        structure: &mut Self::Entries,
        schema: &'static Schema,
        expected: usize,
    ) -> Result<NextMember, ReadError>;

    /// Whether a repeated member continues a list or map.
    fn in_pieces(_: &'static Member) -> bool {
        false
    }
}
