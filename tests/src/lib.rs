//! Fixtures and programs of the tests in `tests/tests`.

pub mod cargo;
pub mod fixtures;
pub mod generated;
pub mod large;
pub mod modules;
pub mod programs;

/// The README's Rust examples, so that they keep compiling.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;

/// The Rust examples of the client's page.
#[cfg(doctest)]
#[doc = include_str!("../../docs/client.md")]
pub struct Client;

/// The Rust examples of the mock's page.
#[cfg(doctest)]
#[doc = include_str!("../../docs/mock.md")]
pub struct Mock;
