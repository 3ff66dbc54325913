//! Pagination: `--starting-token`, `--page-size`, `--max-items`, and all pages as one result.
//!
//! The options take the place of the operation's own token and page size. Using those by hand, in options or in
//! `--cli-input-json`, turns pagination off (AWS CLI 2.36.7, observed).

mod pages;
mod paginator;
mod path;
mod token;

pub use pages::Pages;
pub use paginator::{Given, MAX_ITEMS, PAGE_SIZE, Paginator, STARTING_TOKEN};

#[cfg(test)]
mod tests;
