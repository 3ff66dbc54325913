//! `--generate-cli-skeleton`: an input to fill in, or an output to expect.

mod sample;
mod yaml_input;

pub use sample::{input_json, output};
pub use yaml_input::input_yaml;

#[cfg(test)]
mod tests;
