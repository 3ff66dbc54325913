//! Static Smithy schemas, the values they describe, and the traits that read and write them.
//!
//! A generated crate holds one `static` [`Schema`] a shape. Everything that a service needs to do with a value (put it
//! on a wire, read it back, check its constraints, show it without its secrets, offer it on a command line) is generic
//! code over that schema and either a generated type or the dynamic [`Value`].
//!
//! ```
//! use whitesmith_schema::{Constraints, Length, Member, Schema};
//!
//! static TAG_KEY: Schema = Schema::string("example#TagKey")
//!     .with_constraints(&Constraints::new().with_length(Some(1), Some(128)));
//! static TAG: Schema = Schema::structure("example#Tag", &[Member::new("Key", &TAG_KEY).with_required()]);
//!
//! assert_eq!(TAG.member("Key").and_then(|key| key.length()), Some(Length { min: Some(1), max: Some(128) }));
//! ```

// What comes from outside is not indexed, and numbers that it states are not added unchecked: either could panic.
#![cfg_attr(not(test), warn(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::string_slice))]

mod absent;
mod builder;
mod checksum;
mod debug;
mod deserialize;
mod dynamic;
mod enums;
pub mod erased;
mod from_value;
mod macros;
mod number;
mod operation;
pub mod prelude;
mod protocol;
mod response;
mod rust_names;
mod schema;
#[cfg(feature = "serde")]
pub mod serde;
mod serialize;
mod service;
mod timestamp;
mod to_value;
mod traits;
mod typed;
mod value;
mod wire;

pub use absent::Absent;
pub use builder::MissingMember;
pub use checksum::{ChecksumAlgorithm, HttpChecksum};
pub use debug::fmt_redacted;
pub use deserialize::{Deserialize, DeserializeMembers, Deserializer, read_erased};
pub use dynamic::Structure;
pub use enums::{IntEnum, MapKey, StringEnum, UnknownValue, position_of_value};
pub use from_value::{FromValueError, FromValueProblem, ValueReader, from_value};
pub use number::{BigDecimal, BigInteger, Number};
pub use operation::{
    Acceptor, AcceptorOutcome, ApiKey, ApiKeyPlace, AuthScheme, Comparator, EndpointBinding, HttpTrait, InputStep,
    Matcher, Operation, OperationTraits, Pagination, PathSegment, Waiter,
};
pub use protocol::{Format, PROTOCOLS, ProtocolFacts, ProtocolId, ProtocolStyle};
pub use response::{RequestId, ResponseMetadata};
pub use rust_names::{RustNames, positions};
pub use schema::{EnumValue, EnumValueKind, Member, Schema, ShapeType};
pub use serialize::{MemberSerializer, Serialize, SerializeMembers, Serializer};
pub use service::{Closure, Service, ServiceTraits};
pub use timestamp::{Timestamp, TimestampError};
pub use to_value::to_value;
pub use traits::{Constraints, DefaultValue, ErrorTrait, Fault, Length, Range, TimestampFormat, Traits};
pub use typed::{EventUnion, ModeledError, ModeledShapeError, TypedOperation, Unit};
pub use value::{Blob, Document, Value, ValueMap};
pub use wire::{EventBinding, HttpBinding, WireTraits, XmlNamespace};
