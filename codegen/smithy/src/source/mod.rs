//! JSON with positions: every node knows the bytes that it came from, so that a complaint made much later still points
//! at a line.
//!
//! The grammar is RFC 8259, strictly: duplicate keys, lone surrogates and numbers that no type can hold are errors,
//! because a Smithy model that has them means something different to every reader.

mod files;
mod node;
mod number;
mod parse;
mod render;
mod text;

pub use files::{FileId, Place, SourceError, Sources, Span};
pub use node::{Entry, Node, NodeKind, NodeValue, Object};
pub use number::Number;
pub(crate) use parse::parse_with_comments;
pub use parse::{MAX_DEPTH, ParseError, ParseErrorKind, parse};
pub use render::{Level, render};
pub(crate) use text::Quoted;
