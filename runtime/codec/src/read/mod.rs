//! Reading, as far as it is the same in every format.
//!
//! A [`Source`] takes one format apart; [`Reader`] decides what its pieces mean. Nulls in lists and maps, integer ranges,
//! timestamps, unions, unknown and required members and depth are decided here alone.

mod numeral;
mod reader;
mod source;
pub(crate) mod text;
mod timestamp;

pub use numeral::Numeral;
pub use reader::Reader;
pub use source::{Kind, Moment, NextMember, Source};
