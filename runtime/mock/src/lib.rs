//! A mock server for Smithy services, driven by a schema.

mod auth;
mod behaviour;
mod call;
#[cfg(feature = "command")]
pub mod command;
mod config;
mod control;
mod definition;
mod description;
mod engine;
mod fault;
mod http;
mod rule;
mod sample;
mod server;
#[cfg(feature = "tls")]
mod tls;
mod typed;
mod webhook;
mod wire;

pub use behaviour::BehaviourError;
pub use call::{Call, Handler};
pub use config::{AccessKey, Config, Limits};
pub use definition::{Definition, Example};
pub use description::{DescriptionError, ScriptError};
pub use rule::{Unmet, Verification};
pub use sample::Sampler;
pub use server::{Server, ServerBuilder, StartError};
#[cfg(feature = "tls")]
pub use tls::{Identity, TlsError};
pub use typed::{Expectation, Expected, ReceivedRequest, handle};
