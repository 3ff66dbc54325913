//! Documentation pages from the plan: the AWS CLI's text layouts, roff, Markdown, and Rust doc comments.

pub mod hyphenation;
pub mod line_breaker;
pub mod markdown_blocks;
pub mod rustdoc;
