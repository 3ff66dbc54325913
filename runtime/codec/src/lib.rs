//! JSON, CBOR, XML and query parameters over Smithy schemas: values to bytes and back.
//!
//! A [`Codec`] writes and reads generated types and dynamic values alike, through the traits of `whitesmith_schema`. It
//! knows nothing of HTTP.
//!
//! ```
//! use whitesmith_codec::{Codec, Dynamic, Json, ReadOptions, WriteOptions};
//! use whitesmith_schema::{Member, Schema, Structure, Value};
//!
//! static STRING: Schema = Schema::string("smithy.api#String");
//! static TAG: Schema = Schema::structure("example#Tag", &[Member::new("Key", &STRING)]);
//!
//! let members = [("Key", Value::from("team"))].into_iter().collect();
//! let bytes = Json::write(&Structure { schema: &TAG, members: &members }, &WriteOptions::default())?;
//! assert_eq!(bytes, br#"{"Key":"team"}"#);
//!
//! let tag = Json::read(&bytes, ReadOptions::CLIENT, Dynamic(&TAG))?;
//! assert_eq!(tag, Value::Map(members));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

// What comes from outside is not indexed, and lengths that it states are not added unchecked: either could panic.
#![cfg_attr(not(test), warn(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::string_slice))]

mod cbor;
mod codec;
mod error;
#[cfg(feature = "event-stream")]
pub mod event_stream;
mod json;
mod number;
mod query;
mod read;
mod seed;
mod text;
mod write;
mod xml;

pub use cbor::{Cbor, CborReader, CborSource, CborWriter};
pub use codec::{Codec, Nulls, ReadOptions, WriteOptions};
pub use error::{ReadError, ReadProblem, WriteError};
pub use json::{
    Json, JsonCodec, JsonNames, JsonReader, JsonSource, JsonWriter, ModelNames, Names, RestJson, RpcV2Json, RpcV2Names,
};
pub use query::{QueryDialect, query_parameter, read_query, write_query};
pub use read::Reader;
pub use seed::{Dynamic, ErasedSeed, Seed, Typed};
pub use text::Text;
pub use xml::{Xml, XmlReader, XmlWriter};
