//! A mock server for Smithy services, driven by a schema.
//!
//! A generated crate brings a [`Definition`]: the schemas of a service, its behaviour file, and its model's examples.
//! This crate does the rest. From the inside out:
//!
//! - [`Sampler`] makes values that satisfy their shapes.
//! - The engine answers a request without a network: it reads, checks, asks the expectations and handlers, and else does
//!   what the behaviour file says, with tasks and idempotency tokens.
//! - The server speaks HTTP within bounds, spoils answers where a fault says so, and checks signatures.
//! - The control API under `/_mock/` shows and changes all of it from any language; scripts are the same in a file.
//! - [`Server`] and [`Expectation`] are the same for tests in Rust, in the generated types.
//! - `server_binary` is the program of a generated crate.
//!
//! ```
//! use whitesmith_mock::{Definition, ServerBuilder, protocol, protocols::AwsJson1_0};
//! use whitesmith_schema::{Closure, Constraints, Member, Operation, ProtocolId, Schema, Service};
//!
//! static NAME: Schema =
//!     Schema::string("example#Name").with_constraints(&Constraints::new().with_pattern("^[a-z]{3,8}$"));
//! static INPUT: Schema = Schema::structure("example#GreetInput", &[Member::new("Name", &NAME).with_required()]);
//! static OUTPUT: Schema = Schema::structure("example#GreetOutput", &[Member::new("Name", &NAME)]);
//! static GREET: Operation = Operation::new("example#Greet", "Greet", &INPUT, &OUTPUT);
//! static SERVICE: Service = Service::new("example#Example", "Example", "2024-01-01", ProtocolId::AwsJson1_0);
//! static CLOSURE: Closure = Closure::new(&SERVICE, &[&GREET]);
//!
//! let definition = Definition {
//!     closure: &CLOSURE,
//!     protocol: protocol::<AwsJson1_0>(),
//!     behaviour: "",
//!     examples: &[],
//!     name: "example-mock",
//!     version: "1.0.0",
//! };
//! let server = ServerBuilder::new(definition).configure(|config| config.seed = 7).start()?;
//! assert!(server.url().starts_with("http://127.0.0.1:"));
//! # Ok::<(), whitesmith_mock::StartError>(())
//! ```

// What comes from outside is not indexed: an index that is wrong would be a panic.
#![cfg_attr(not(test), warn(clippy::indexing_slicing, clippy::string_slice))]

mod auth;
mod behaviour;
mod budget;
mod call;
mod config;
mod control;
mod control_token;
mod definition;
mod description;
mod engine;
mod events;
mod fault;
mod http;
mod input;
mod json;
mod place;
mod refused;
mod responder;
mod rule;
mod sample;
mod server;
#[cfg(feature = "binary")]
pub mod server_binary;
mod site;
mod task;
#[cfg(feature = "tls")]
mod tls;
mod typed;
mod webhook;
mod wire;

pub use behaviour::BehaviourError;
pub use call::Call;
pub use config::{AccessKey, Config, Limits};
pub use control_token::ControlToken;
pub use definition::{Definition, Example};
pub use description::ScriptError;
pub use place::DescriptionError;
pub use rule::{Unmet, Verification};
pub use sample::Sampler;
/// A JSON value, as in requests and responses of the control API.
pub use serde_json::Value as Json;
pub use server::{Server, ServerBuilder, StartError};
#[cfg(feature = "tls")]
pub use tls::{Identity, TlsError};
pub use typed::{Expectation, Expected, ReceivedRequest};
pub use webhook::WebhookError;
pub use whitesmith_protocol as protocols;
pub use whitesmith_schema::TypedOperation;
#[cfg(feature = "event-stream")]
pub use wire::event_protocol;
pub use wire::{Response, WireProtocol, protocol};
