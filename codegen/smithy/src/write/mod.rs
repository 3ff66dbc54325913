//! Models as text.

mod ast;
mod json;

pub use ast::ast;
pub use json::pretty;
