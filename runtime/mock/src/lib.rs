//! A mock server for Smithy services, driven by a schema.

mod sample;

pub use sample::Sampler;
