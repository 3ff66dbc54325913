//! The interface between a format's parser and the reader.

use std::borrow::Cow;

use whitesmith_schema::{Blob, Member, Schema, TimestampFormat};

use super::{Moment, Numeral, text};
use crate::{ReadError, ReadOptions, ReadProblem};

/// The kind of a value.
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
    /// A value without meaning, which can be skipped.
    Other,
}

/// The result of [`Source::next_member`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextMember {
    /// The structure's member at an index.
    Known(usize),
    /// A member that is not in the model.
    Unknown,
    /// A member that is not in the model, and is allowed in a union nevertheless.
    Ignored,
    End,
}

/// A parser of one format. Methods that read a value are called before it and end after it.
///
/// What is provided fits a format that has text alone for scalars, such as XML and forms.
pub trait Source<'a>: Sized {
    /// The state of a list, map or structure that is being read.
    type Entries;

    /// Returns the format of timestamps at a member.
    fn timestamp_format(at: Option<&'static Member>) -> TimestampFormat {
        at.and_then(Member::timestamp_format).unwrap_or(TimestampFormat::DateTime)
    }

    /// Returns the position, in bytes from the start of the message.
    fn offset(&self) -> usize;

    /// Returns the problem if `what` is expected and not found.
    fn unexpected(&self, what: &'static str) -> ReadProblem {
        ReadProblem::Expected(what)
    }

    #[cold]
    fn expected(&self, what: &'static str, at: Option<&'static Member>) -> ReadError {
        ReadError::new(self.unexpected(what), self.offset(), at)
    }

    #[cold]
    fn error(&self, problem: ReadProblem, at: Option<&'static Member>) -> ReadError {
        ReadError::new(problem, self.offset(), at)
    }

    /// Returns the kind of the next value.
    fn kind(&mut self) -> Result<Kind, ReadError> {
        Ok(Kind::Text)
    }

    /// Reads a null if one comes next.
    fn null(&mut self) -> bool {
        false
    }

    fn text(&mut self, at: Option<&'static Member>) -> Result<Cow<'a, str>, ReadError>;

    fn boolean(&mut self, at: Option<&'static Member>) -> Result<bool, ReadError> {
        let value = self.text(at)?;
        text::boolean(&value).map_err(|problem| self.error(problem, at))
    }

    fn number(&mut self, at: Option<&'static Member>) -> Result<Numeral<'a>, ReadError> {
        let value = self.text(at)?;
        text::integer_or_decimal(&value).map_err(|problem| self.error(problem, at))
    }

    /// Reads a floating-point number, which may be NaN or infinite.
    fn float(&mut self, at: Option<&'static Member>) -> Result<Numeral<'a>, ReadError> {
        let value = self.text(at)?;
        text::float(&value).map_err(|problem| self.error(problem, at))
    }

    fn blob(&mut self, at: Option<&'static Member>) -> Result<Blob, ReadError> {
        let value = self.text(at)?;
        text::blob(&value).map_err(|problem| self.error(problem, at))
    }

    /// Reads a timestamp. Only formats that tag timestamps use `options`.
    fn moment(&mut self, at: Option<&'static Member>, _options: ReadOptions) -> Result<Moment<'a>, ReadError> {
        self.text(at).map(|value| text::moment(&value, Self::timestamp_format(at)))
    }

    /// Skips a value that is neither list nor map.
    fn skip_scalar(&mut self) -> Result<(), ReadError>;

    fn open_list(&mut self, at: Option<&'static Member>) -> Result<Self::Entries, ReadError>;
    /// Advances to the next element; `false` at the end, which is consumed.
    fn next_element(&mut self, list: &mut Self::Entries) -> Result<bool, ReadError>;

    fn open_map(&mut self, at: Option<&'static Member>) -> Result<Self::Entries, ReadError>;
    /// Advances to the next value and returns its key; `None` at the end, which is consumed.
    fn next_key(&mut self, map: &mut Self::Entries) -> Result<Option<Cow<'a, str>>, ReadError>;
    /// Ends the entry whose value has been read.
    fn end_entry(&mut self, _: &mut Self::Entries) -> Result<(), ReadError> {
        Ok(())
    }

    fn open_structure(&mut self) -> Result<Self::Entries, ReadError>;
    /// Advances to the next member's value. `expected` is the index of the member that comes next in the model.
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
