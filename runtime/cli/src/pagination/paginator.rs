//! The pagination of a command: its options, and what becomes of the pages.

use whitesmith_schema::{Pagination, Value, ValueMap};

use super::pages::{Call, Pages};
use super::path;
use super::token::Start;
use crate::arguments::{Arity, Flag};
use crate::definition::Command;
use crate::failure::Failure;

/// The option that continues a listing.
pub const STARTING_TOKEN: &str = "--starting-token";
/// The option that sets the size of a page.
pub const PAGE_SIZE: &str = "--page-size";
/// The option that limits the number of items.
pub const MAX_ITEMS: &str = "--max-items";

/// The pagination of a command.
#[derive(Clone, Copy, Debug)]
pub struct Paginator {
    /// The operation's trait.
    pub pagination: &'static Pagination,
    /// The path to the items of a page.
    pub items: &'static str,
}

impl Paginator {
    /// Returns the pagination of a command, unless its trait does not say which member has the items.
    pub fn of(command: &Command) -> Option<Self> {
        let pagination = command.operation.traits.pagination.as_ref()?;
        Some(Self { pagination, items: pagination.items? })
    }

    /// Returns the options that pagination adds.
    pub fn flags(&self) -> impl Iterator<Item = Flag<'static>> {
        let page_size = self.pagination.page_size.map(|_| PAGE_SIZE);
        let names = [Some(STARTING_TOKEN), page_size, Some(MAX_ITEMS)];
        names.into_iter().flatten().map(|name| Flag { name, arity: Arity::One, choices: &[] })
    }

    /// Whether a member is the operation's own token or page size.
    pub fn is_paging_member(&self, member: &str) -> bool {
        member == self.pagination.input_token || Some(member) == self.pagination.page_size
    }

    /// Whether the input has the operation's own token or page size.
    pub fn is_used_by_hand(&self, input: &ValueMap) -> bool {
        input.iter().any(|(name, _)| self.is_paging_member(name))
    }

    /// Adds the start and the page size to the input.
    pub fn prepare(&self, given: &Given<'_>, input: &mut ValueMap) -> Result<Start, Failure> {
        let start = match given.starting_token {
            None => Start::default(),
            Some(text) => Start::parse(text, self.pagination.input_token)
                .ok_or_else(|| Failure::general(format!("invalid value for {STARTING_TOKEN}: {text}")))?,
        };
        for (name, value) in start.members.iter().filter(|(_, value)| **value != Value::Null) {
            input.insert(name, value.clone());
        }
        if let (Some(size), Some(member)) = (&given.page_size, self.pagination.page_size) {
            input.insert(member, size.clone());
        }
        Ok(start)
    }

    /// Returns the pages of a listing, none of which is fetched yet.
    pub fn pages<'a>(&self, call: Call<'a>, input: ValueMap, start: Start, max_items: Option<i64>) -> Pages<'a> {
        Pages::new(call, self.pagination, self.items, input, start, max_items)
    }

    /// Fetches all pages and merges their items; nothing else of the pages is kept.
    pub fn merged(&self, pages: &mut Pages<'_>) -> Result<Value, Failure> {
        let mut merged: Option<Vec<Value>> = None;
        let mut other = None;
        while let Some(mut page) = pages.next()? {
            match path::take(&mut page, self.items) {
                Some(Value::List(items)) => merged.get_or_insert_default().extend(items),
                Some(value) => other = Some(value),
                None => {}
            }
        }
        let mut result = ValueMap::new();
        if let Some(value) = merged.map(Value::List).or(other) {
            path::set(&mut result, self.items, value);
        }
        if let Some(token) = pages.resume_token() {
            result.insert("NextToken", Value::from(token));
        }
        Ok(Value::Map(result))
    }

    /// Returns the part of a page that formats without merging show.
    pub fn items_of(&self, mut page: ValueMap) -> Value {
        let items = path::take(&mut page, self.items).unwrap_or_default();
        let mut shown = ValueMap::new();
        path::set(&mut shown, self.items, items);
        Value::Map(shown)
    }
}

/// The values of the pagination options.
#[derive(Clone, Debug, Default)]
pub struct Given<'a> {
    /// `--starting-token`.
    pub starting_token: Option<&'a str>,
    /// `--page-size`.
    pub page_size: Option<Value>,
    /// `--max-items`.
    pub max_items: Option<i64>,
}

impl Given<'_> {
    /// Returns the options that are given.
    pub fn names(&self) -> Vec<&'static str> {
        let given = [
            (STARTING_TOKEN, self.starting_token.is_some()),
            (PAGE_SIZE, self.page_size.is_some()),
            (MAX_ITEMS, self.max_items.is_some()),
        ];
        given.into_iter().filter(|(_, is_given)| *is_given).map(|(name, _)| name).collect()
    }
}
