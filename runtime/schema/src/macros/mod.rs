//! Implementations that every generated type has. Generated files hold only what differs between types.

mod error;
mod int_enum;
mod members;
mod string_enum;
mod structure;
mod union;
