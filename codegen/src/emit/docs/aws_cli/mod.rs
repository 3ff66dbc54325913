//! The AWS CLI’s help pages.

pub mod help_markup;
