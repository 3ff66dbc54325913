//! CBOR (RFC 8949) over schemas.

mod head;
mod reader;
mod writer;

pub use reader::CborReader;
pub use writer::CborWriter;
