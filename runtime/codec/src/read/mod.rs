//! The part of reading that is the same in every format.
//!
//! A [`Source`] parses one format; [`Reader`] decides what its parts mean. It holds the policies for nulls in lists and maps,
//! integer ranges, timestamps, unions, unknown and required members, and depth.

mod numeral;
mod reader;
mod source;
pub(crate) mod text;
mod timestamp;

pub use numeral::Numeral;
pub use reader::Reader;
pub use source::{Kind, NextMember, Source};
pub use timestamp::Moment;
