#![doc = include_str!("../README.md")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a harness says that a property does not hold by panicking"
)]

mod codecs;
mod messages;
mod models;
#[cfg(feature = "programs")]
mod programs;
mod queries;
mod shapes;

use std::path::PathBuf;

/// A reader of outside data, and what must hold for any bytes.
#[derive(Clone, Copy, Debug)]
pub struct Harness {
    /// Its name, which is also that of the folder of kept inputs.
    pub name: &'static str,
    /// Panics if something does not hold.
    pub run: fn(&[u8]),
}

const fn harness(name: &'static str, run: fn(&[u8])) -> Harness {
    Harness { name, run }
}

/// Every harness.
pub const HARNESSES: &[Harness] = &[
    harness("cbor", codecs::cbor),
    harness("documentation", models::documentation),
    harness("endpoint-rules", models::endpoint_rules),
    harness("event-stream", messages::event_stream),
    harness("idl", models::idl),
    harness("jmespath", queries::jmespath),
    harness("json", codecs::json),
    harness("json-ast", models::json_ast),
    harness("query", codecs::query),
    harness("request", messages::request),
    harness("response", messages::response),
    harness("selector", queries::selector),
    harness("xml", codecs::xml),
    #[cfg(feature = "programs")]
    harness("mock-http", programs::mock_http),
    #[cfg(feature = "programs")]
    harness("shorthand", programs::shorthand),
    #[cfg(feature = "programs")]
    harness("yaml", programs::yaml),
];

/// The harness of a name.
#[must_use]
pub fn find(name: &str) -> Option<Harness> {
    HARNESSES.iter().copied().find(|harness| harness.name == name)
}

/// The folder of a harness's kept inputs.
#[must_use]
pub fn inputs(name: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/inputs")).join(name)
}
