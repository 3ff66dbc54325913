//! JMESPath expressions in traits, checked against sample values of the shapes that they are about.

mod functions;
mod lint;
mod sample;

pub(super) use lint::{Linted, lint, parse};
pub(super) use sample::{Kind, Sample};
