//! Smithy wire protocols over schemas.
//!
//! A [`Protocol`] has two halves. The client's half writes an operation's input as a [`Request`] and reads its output or
//! error from a response; the server's half does the reverse. Both take generated types and dynamic values alike, through
//! the traits of `whitesmith_schema`. Programs that work on dynamic values alone take a [`DynamicProtocol`].
//!
//! There are three kinds, each over a dialect: [`Rpc`], [`HttpBinding`] and [`Query`]. A new protocol is an entry in `whitesmith_schema::PROTOCOLS`, a dialect here and, if its format is new, a codec.
//!
//! ```
//! use whitesmith_protocol::{AwsJson1_0, Dynamic, Protocol, ReadOptions, ReceivedResponse, WriteOptions};
//! use whitesmith_schema::{Member, Operation, ProtocolId, Schema, Service, Structure, Value};
//!
//! static STRING: Schema = Schema::string("smithy.api#String");
//! static INPUT: Schema = Schema::structure("example#EchoInput", &[Member::new("Text", &STRING)]);
//! static OUTPUT: Schema = Schema::structure("example#EchoOutput", &[Member::new("Text", &STRING)]);
//! static ECHO: Operation = Operation::new("example#Echo", "Echo", &INPUT, &OUTPUT);
//! static SERVICE: Service =
//!     Service::new("example#Example", "Example", "2024-01-01", ProtocolId::AwsJson1_0);
//!
//! let members = [("Text", Value::from("hello"))].into_iter().collect();
//! let input = Structure { schema: &INPUT, members: &members };
//! let request = AwsJson1_0::write_request(&SERVICE, &ECHO, &input, &WriteOptions::default())?;
//! assert_eq!(request.headers["x-amz-target"], "Example.Echo");
//! assert_eq!(request.body.as_bytes(), br#"{"Text":"hello"}"#);
//!
//! let headers = http::HeaderMap::new();
//! let response = ReceivedResponse::new(http::StatusCode::OK, &headers, br#"{"Text":"hello back"}"#);
//! let output = AwsJson1_0::read_output(&ECHO, response, ReadOptions::CLIENT, Dynamic(&OUTPUT))?;
//! assert_eq!(output.as_map().and_then(|members| members.get("Text")), Some(&Value::from("hello back")));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

// What comes from outside is not indexed, and lengths that it states are not added unchecked: either could panic.
#![cfg_attr(not(test), warn(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::string_slice))]

mod dynamic;
mod error;
#[cfg(feature = "event-stream")]
pub mod event_stream;
mod http_binding;
mod message;
mod object;
mod protocol;
mod query;
mod rpc;
mod summary;
mod typed;
mod xml_error;

pub use dynamic::{DynamicProtocol, dynamic};
pub use error::{RouteError, WriteError};
pub use http_binding::{HttpBinding, RestJson1, RestXml};
pub use message::{Body, ReceivedBody, ReceivedRequest, ReceivedResponse, Request, Response};
pub use object::JudgeResponse;
pub use protocol::Protocol;
pub use query::{AwsQuery, Ec2Query, Query};
pub use rpc::{AwsJson1_0, AwsJson1_1, Rpc, RpcV2Cbor, RpcV2Json};
pub use summary::{ErrorFields, ErrorSummary, sanitize};
pub use typed::{TypedProtocol, typed};
pub use whitesmith_codec::{Dynamic, ErasedSeed, ReadError, ReadOptions, ReadProblem, Seed, Typed, WriteOptions};
