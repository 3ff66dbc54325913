//! `--generate-cli-skeleton`: a sample of the input or the output.

mod sample;
mod yaml_input;

#[cfg(feature = "event-stream")]
pub use sample::events;
pub use sample::{input_json, output};
pub use yaml_input::input_yaml;

#[cfg(test)]
mod tests;
