//! Snapshots, end-to-end tests and conformance suites; the tests are in `tests/tests`.

/// The README's Rust examples, so that they keep compiling.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
