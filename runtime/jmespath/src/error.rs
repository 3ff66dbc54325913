//! Errors of compiling and evaluating a query.

use std::fmt::{self, Write as _};

/// An expression that is not valid JMESPath.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct SyntaxError {
    /// What is wrong.
    pub problem: String,
    /// The whole expression.
    pub expression: String,
    /// The zero-based position, in characters.
    pub position: usize,
}

impl SyntaxError {
    pub(crate) fn new(problem: impl Into<String>, expression: &str, position: usize) -> Self {
        Self { problem: problem.into(), expression: expression.to_owned(), position }
    }
}

/// Shows the expression in quotes, with a caret under the position.
impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = format!("\"{}\"", self.expression);
        let mut position = self.position.saturating_add(1);
        write!(f, "{}:", self.problem)?;
        let mut pointed = false;
        for line in shown.split('\n') {
            write!(f, "\n{line}")?;
            let width = line.chars().count();
            if !pointed && position <= width {
                f.write_char('\n')?;
                (0..position).try_for_each(|_| f.write_char(' '))?;
                f.write_char('^')?;
                pointed = true;
            }
            position = position.saturating_sub(width).saturating_sub(1);
        }
        Ok(())
    }
}

/// A query that cannot be evaluated against a value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EvaluationError {
    /// The function does not exist.
    #[error("unknown function {0}()")]
    UnknownFunction(String),
    /// A wrong number of arguments.
    #[error("{function}() expects {expected}, found {given}")]
    Arity {
        /// The function.
        function: &'static str,
        /// The expected number, in words.
        expected: String,
        /// The number given.
        given: usize,
    },
    /// An argument of a wrong type.
    #[error("{function}() expects {expected}, found {value} of type \"{actual}\"")]
    ArgumentType {
        /// The function.
        function: &'static str,
        /// The argument as JSON, shortened.
        value: String,
        /// The name of its type.
        actual: &'static str,
        /// The expected types.
        expected: String,
    },
    /// A slice with a step of zero.
    #[error("invalid slice: the step cannot be 0")]
    ZeroStep,
    /// The evaluation takes too long.
    #[error("the query exceeds the limit of {0} steps")]
    TooManySteps(u64),
    /// A list or an object that the query makes is too large.
    #[error("a result of the query exceeds the limit of {0} values")]
    TooLarge(u64),
}
