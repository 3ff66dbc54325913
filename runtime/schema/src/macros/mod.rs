//! Implementations that every generated type has. Generated files hold only what differs between types.
//!
//! Functions without type parameters are `#[inline]`, so that they are compiled where they are called: a large service has
//! thousands of types, of which a program uses a few.

mod error;
mod int_enum;
mod members;
mod string_enum;
mod structure;
mod union;
