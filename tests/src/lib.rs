<<<<<<< HEAD
//! Snapshots, end-to-end tests and conformance suites; the tests are in `tests/tests`.

/// The README's Rust examples, so that they keep compiling.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
=======
//! Models to generate from, and what is made of them; the tests are in `tests/tests`.

pub mod fixtures;
pub mod large;
>>>>>>> 195afa3 (Pin what hostile models become, and compile it: fixtures, selection, determinism, plans as text)
