//! Smithy wire protocols over schemas.
//!
//! A [`Protocol`] has two halves. The client's writes an operation's input as a [`Request`] and reads its output or error
//! from a response; the server's does the reverse. Both take generated types and dynamic values alike, through the
//! traits of `whitesmith_schema`. A further protocol is one module with one implementation of the trait.
//!
//! ```
//! use whitesmith_protocol::{AwsJson1_0, Dynamic, Protocol, ReadOptions, Received, WriteOptions};
//! use whitesmith_schema::{Member, Operation, ProtocolId, Schema, Service, Structure, Value};
//!
//! static STRING: Schema = Schema::string("smithy.api#String");
//! static INPUT: Schema = Schema::structure("example#EchoInput", &[Member::new("Text", &STRING)]);
//! static OUTPUT: Schema = Schema::structure("example#EchoOutput", &[Member::new("Text", &STRING)]);
//! static ECHO: Operation = Operation::new("example#Echo", "Echo", &INPUT, &OUTPUT);
//! static SERVICE: Service =
//!     Service::new("example#Example", "Example", "2024-01-01", ProtocolId::AwsJson1_0, &[&ECHO]);
//!
//! let members = [("Text", Value::from("hello"))].into_iter().collect();
//! let input = Structure { schema: &INPUT, members: &members };
//! let request = AwsJson1_0::write_request(&SERVICE, &ECHO, &input, &WriteOptions::default())?;
//! assert_eq!(request.headers["x-amz-target"], "Example.Echo");
//! assert_eq!(request.body, br#"{"Text":"hello"}"#);
//!
//! let response = Received { headers: &http::HeaderMap::new(), body: br#"{"Text":"hello back"}"# };
//! let output = AwsJson1_0::read_output(&ECHO, response, ReadOptions::CLIENT, Dynamic(&OUTPUT))?;
//! assert_eq!(output.as_map().and_then(|members| members.get("Text")), Some(&Value::from("hello back")));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod aws_json;
mod error;
mod error_code;
mod protocol;
mod rpc_v2_cbor;

pub use aws_json::{AwsJson, AwsJson1_0, AwsJson1_1};
pub use error::{RouteError, WriteError};
pub use protocol::{ErrorSummary, Protocol, Received, Request, Response};
pub use rpc_v2_cbor::RpcV2Cbor;
pub use whitesmith_codec::{
    CborReader, Dynamic, JsonFormat, JsonReader, ReadError, ReadOptions, ReadProblem, Seed, Typed, WriteOptions,
};
