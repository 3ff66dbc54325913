//! Documentation pages from the plan: the AWS CLI's text layouts, roff, Markdown, and Rust doc comments.

pub mod aws_cli;
pub mod hyphenation;
pub mod line_breaker;
pub mod manual_page;
pub mod manual_writer;
pub mod markdown_blocks;
pub mod restructured_text;
pub mod rustdoc;
