//! The operation's input from options and `--cli-input-…`, and its checks.

mod binary;
mod cli_input;
mod file;
mod option_value;
mod validate;

pub use binary::decode_base64;
pub use cli_input::{INPUT_JSON, INPUT_YAML, merge as merge_cli_input};
pub use file::load as load_file;
pub use option_value::{Given, is_large_file, read as read_option, wrap_scalars};
pub use validate::{check, prepare};

#[cfg(test)]
mod tests;
