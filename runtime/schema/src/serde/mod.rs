//! `serde` for generated types and dynamic values, by way of their schemas.
//!
//! Members go by their names in the model. In formats for people (JSON, YAML, TOML) blobs are base64 texts, timestamps are
//! RFC 3339 texts, big numbers are numbers where those of the format are exact, and floating-point numbers that are not
//! finite are the texts `NaN`, `Infinity` and `-Infinity`. In other formats blobs are bytes, and values are never
//! described by themselves, so that formats without types on the wire work; documents alone need a format that has them.
//!
//! Members that the model marks as sensitive are written like all others: whoever serialises a value wants all of it back.
//! `Debug` is for what must not leave.

mod read;
mod simple;
mod write;

pub use read::{read_int_enum, read_members, read_string_enum};
pub use serde_core::{Deserialize, Deserializer, Serialize, Serializer};
pub use write::write_members;
