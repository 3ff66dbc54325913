//! Models to generate from, and what is made of them; the tests are in `tests/tests`.

pub mod fixtures;
pub mod large;

/// The README's Rust examples, so that they keep compiling.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;

/// The same of the mock's page.
#[cfg(doctest)]
#[doc = include_str!("../../docs/mock.md")]
pub struct Mock;
