//! What an evaluation may cost. An expression can double its value at each step, and nested projections multiply lists.

use std::cell::Cell;

use whitesmith_schema::{Number, Value};

use crate::error::EvaluationError;

/// Steps that every evaluation may take, and values that each of its results may have.
const BASE: u64 = 1_000_000;
/// How many times larger than its input a result may be.
const MAX_GROWTH: u64 = 16;
/// Bytes of text that weigh as much as a value.
const BYTES_OF_VALUE: usize = 32;

/// The steps that are left of an evaluation, and the size of what it makes.
#[derive(Debug)]
pub struct Budget {
    left: Cell<u64>,
    max_steps: u64,
    max_weight: u64,
}

impl Budget {
    /// Creates the budget of an expression of so many bytes that is applied to a value. Looking at each part of the input
    /// once for each part of the expression is always within it.
    pub fn new(expression: usize, input: &Value) -> Self {
        let (expression, input) = (expression as u64, weight(input));
        let max_steps = BASE.saturating_add(expression.saturating_mul(expression.saturating_add(input)));
        let max_weight = BASE.saturating_add(input.saturating_mul(MAX_GROWTH));
        Self { left: Cell::new(max_steps), max_steps, max_weight }
    }

    /// Takes steps.
    pub fn spend(&self, steps: u64) -> Result<(), EvaluationError> {
        let left = self.left.get().checked_sub(steps).ok_or(EvaluationError::TooManySteps(self.max_steps))?;
        self.left.set(left);
        Ok(())
    }

    /// Takes the steps of looking at all of a value.
    pub fn visit(&self, value: &Value) -> Result<(), EvaluationError> {
        self.spend(weight(value))
    }

    /// Starts the collection of values into one.
    pub fn collection(&self) -> Collection<'_> {
        Collection { budget: self, weight: Cell::new(0) }
    }
}

/// A list or an object while it is made.
#[derive(Debug)]
pub struct Collection<'a> {
    budget: &'a Budget,
    weight: Cell<u64>,
}

impl Collection<'_> {
    /// Adds a value.
    pub fn add(&self, value: &Value) -> Result<(), EvaluationError> {
        self.add_weight(weight(value))
    }

    /// Adds values that are not copied.
    pub fn add_references(&self, count: usize) -> Result<(), EvaluationError> {
        self.add_weight(count as u64)
    }

    fn add_weight(&self, weight: u64) -> Result<(), EvaluationError> {
        let total = self.weight.get().saturating_add(weight);
        self.weight.set(total);
        let limit = self.budget.max_weight;
        if total > limit { Err(EvaluationError::TooLarge(limit)) } else { Ok(()) }
    }
}

/// Returns the number of values in a value, itself included. Long text counts as several.
fn weight(value: &Value) -> u64 {
    let text = |length: usize| (length / BYTES_OF_VALUE) as u64;
    let parts = match value {
        Value::String(value) => text(value.len()),
        Value::Blob(bytes) => text(bytes.len()),
        Value::Number(Number::Big(digits)) => text(digits.len()),
        Value::List(items) => items.iter().map(weight).fold(0, u64::saturating_add),
        Value::Map(map) => {
            map.iter().map(|(key, value)| text(key.len()).saturating_add(weight(value))).fold(0, u64::saturating_add)
        }
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::Timestamp(_) => 0,
    };
    parts.saturating_add(1)
}
