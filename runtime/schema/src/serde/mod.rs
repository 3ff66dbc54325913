//! `serde`'s traits for generated types and dynamic values, based on their schemas.
//!
//! Members have their names in the model. In human-readable formats (JSON, YAML, TOML) blobs are base64 strings, timestamps
//! are RFC 3339 strings, big numbers are numbers if the format holds them exactly, and floating-point numbers that are not
//! finite are the strings `NaN`, `Infinity` and `-Infinity`. In other formats blobs are bytes. Only documents need a
//! self-describing format.
//!
//! Sensitive members are serialized like all others, so that values survive a round trip; only `Debug` redacts them.

mod read;
mod simple;
mod write;

pub use read::{read_int_enum, read_members, read_string_enum};
pub use serde_core::{Deserialize, Deserializer, Serialize, Serializer};
pub use write::write_members;
