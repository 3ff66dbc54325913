//! Documentation pages from the plan: the AWS CLI's text layouts, roff, Markdown, and Rust doc comments.

pub mod markdown_blocks;
pub mod rustdoc;
