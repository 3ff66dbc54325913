//! Plans become files.

pub mod docs;
