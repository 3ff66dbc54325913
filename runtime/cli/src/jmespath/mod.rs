//! JMESPath queries over [`Value`]s.
//!
//! The crates of that name keep objects in sorted maps, so a multi-select's order (and a response's) would be lost;
//! the AWS CLI prints both as they stand. Grammar and functions: <https://jmespath.org/specification.html>; where that
//! leaves a choice (booleans beside numbers, ordering of strings), the choice is the AWS CLI's.

mod error;
mod evaluator;
mod function;
mod lexer;
mod node;
mod parser;

use whitesmith_schema::Value;

pub use error::{EvaluationError, SyntaxError};
pub(crate) use evaluator::as_float;
use node::Node;

/// A compiled query.
#[derive(Debug)]
pub struct Query {
    root: Node,
}

impl Query {
    /// Compiles an expression. The error shows the place.
    pub fn compile(expression: &str) -> Result<Self, SyntaxError> {
        Ok(Self { root: parser::parse(expression)? })
    }

    /// Applies the query.
    pub fn search(&self, value: &Value) -> Result<Value, EvaluationError> {
        evaluator::evaluate(&self.root, value)
    }
}

#[cfg(test)]
mod tests;
