//! JSON over schemas: a writer and a pull reader that work on bytes and keep no tree.

mod escape;
mod number;
mod reader;
mod scan;
mod writer;

pub use reader::JsonReader;
pub use writer::{JsonFormat, JsonWriter};
