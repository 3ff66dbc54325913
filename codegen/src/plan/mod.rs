//! Decisions taken once, so that emitters only write: names, documentation trees, pages.

pub mod documentation;
pub mod naming_cli;
