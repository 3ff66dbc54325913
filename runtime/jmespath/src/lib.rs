//! JMESPath queries over [`Value`]s.
//!
//! The existing crates keep objects in sorted maps, which loses the order of a response and of a multi-select; the
//! AWS CLI prints both in order. Grammar and functions follow the [specification]; where it leaves a choice
//! (comparing booleans, ordering strings), this crate does what the AWS CLI does.
//!
//! ```
//! use whitesmith_jmespath::{Query, json};
//!
//! let tasks = json::read(r#"{"tasks": [{"id": "a", "done": true}, {"id": "b", "done": false}]}"#).unwrap();
//! let query = Query::compile("tasks[?done].id | [0]").unwrap();
//! assert_eq!(query.search(&tasks).unwrap().as_str(), Some("a"));
//! ```
//!
//! [specification]: https://jmespath.org/specification.html

// What comes from outside is not indexed, and numbers that it states are not added unchecked: either could panic.
#![cfg_attr(not(test), warn(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::string_slice))]

mod budget;
mod comparison;
mod error;
mod evaluator;
mod function;
pub mod json;
mod lexer;
mod node;
mod parser;

use whitesmith_schema::Value;

pub use comparison::{as_float, is_equal};
pub use error::{EvaluationError, SyntaxError};
pub use node::{Comparison, Node};

/// A compiled query.
#[derive(Debug)]
pub struct Query {
    root: Node,
    /// The length of the expression in bytes.
    length: usize,
}

impl Query {
    /// Compiles an expression.
    ///
    /// # Errors
    /// Returns a [`SyntaxError`] that points at the offending character.
    pub fn compile(expression: &str) -> Result<Self, SyntaxError> {
        Ok(Self { root: parser::parse(expression)?, length: expression.len() })
    }

    /// Returns the syntax tree, for those who check a query without a value.
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// Applies the query to a value. Time and memory are bounded: a query may look at each part of the value once for each
    /// part of the expression, and may make values 16 times as large.
    ///
    /// # Errors
    /// Returns an [`EvaluationError`] if a function does not exist or does not accept its arguments, if a slice has a step
    /// of zero, or if a limit is exceeded.
    pub fn search(&self, value: &Value) -> Result<Value, EvaluationError> {
        evaluator::evaluate(&self.root, self.length, value)
    }
}

#[cfg(test)]
mod tests;
