//! What can be wrong with a query, when it is compiled and when it is applied.

use std::fmt;

/// An expression that is no JMESPath.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct SyntaxError {
    /// What is wrong.
    pub problem: String,
    /// The whole expression.
    pub expression: String,
    /// The character, counted from zero, at which it is wrong.
    pub position: usize,
}

impl SyntaxError {
    pub(super) fn new(problem: impl Into<String>, expression: &str, position: usize) -> Self {
        Self { problem: problem.into(), expression: expression.to_owned(), position }
    }
}

/// The expression stands in quotes, with a caret under the place in its line.
impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = format!("\"{}\"", self.expression);
        let mut position = self.position + 1;
        write!(f, "{}:", self.problem)?;
        let mut pointed = false;
        for line in shown.split('\n') {
            write!(f, "\n{line}")?;
            let width = line.chars().count();
            if !pointed && position <= width {
                write!(f, "\n{:position$}^", "")?;
                pointed = true;
            }
            position = position.saturating_sub(width + 1);
        }
        Ok(())
    }
}

/// A query that does not fit the value it is applied to.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EvaluationError {
    /// A function that does not exist.
    #[error("the query calls {0}(), which is no JMESPath function")]
    UnknownFunction(String),
    /// A wrong number of arguments.
    #[error("{function}() takes {expected}, and the query gives it {given}")]
    Arity {
        /// The function.
        function: &'static str,
        /// How many it takes, in words.
        expected: String,
        /// How many there are.
        given: usize,
    },
    /// An argument of a wrong type.
    #[error("{function}() cannot take {value}, which is of type \"{actual}\": it takes {expected}")]
    ArgumentType {
        /// The function.
        function: &'static str,
        /// The argument as JSON, shortened.
        value: String,
        /// Its type's name.
        actual: &'static str,
        /// Names of the types that would do.
        expected: String,
    },
    /// A slice that never ends.
    #[error("a slice cannot have a step of 0")]
    ZeroStep,
}
