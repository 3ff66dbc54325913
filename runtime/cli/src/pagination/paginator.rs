//! The pagination of a command: its options, and what becomes of the pages.

use whitesmith_schema::{Number, Value, ValueMap};

use super::pages::{Call, Pages};
use super::path;
use super::token::Start;
use crate::arguments::{Arity, Flag};
use crate::definition::{Command, Paging};
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
    /// How pages are fetched.
    pub paging: Paging,
}

impl Paginator {
    /// Returns the pagination of a command that has one.
    pub fn of(command: &Command) -> Option<Self> {
        command.paging().map(|paging| Self { paging })
    }

    /// Returns the options that pagination adds.
    pub fn flags(&self) -> impl Iterator<Item = Flag<'static>> {
        let page_size = self.paging.page_size.map(|_| PAGE_SIZE);
        let names = [Some(STARTING_TOKEN), page_size, Some(MAX_ITEMS)];
        names.into_iter().flatten().map(|name| Flag { name, arity: Arity::One, choices: &[] })
    }

    /// Whether a member is one of the operation's own tokens or its page size.
    pub fn is_paging_member(&self, member: &str) -> bool {
        self.paging.input_tokens.contains(&member) || Some(member) == self.paging.page_size
    }

    /// Whether the input has the operation's own token or page size.
    pub fn is_used_by_hand(&self, input: &ValueMap) -> bool {
        input.iter().any(|(name, _)| self.is_paging_member(name))
    }

    /// Adds the start and the page size to the input.
    pub fn prepare(&self, given: &Given<'_>, input: &mut ValueMap) -> Result<Start, Failure> {
        let start = match given.starting_token {
            None => Start::default(),
            Some(text) => Start::parse(text, self.paging.input_tokens)
                .ok_or_else(|| Failure::general(format!("invalid value for {STARTING_TOKEN}: {text}")))?,
        };
        for (name, value) in start.members.iter().filter(|(_, value)| **value != Value::Null) {
            input.insert(name, value.clone());
        }
        if let (Some(size), Some(member)) = (&given.page_size, self.paging.page_size) {
            input.insert(member, size.clone());
        }
        Ok(start)
    }

    /// Returns the pages of a listing, none of which is fetched yet.
    pub fn pages<'a>(&self, call: Call<'a>, input: ValueMap, start: Start, max_items: Option<i64>) -> Pages<'a> {
        Pages::new(call, self.paging, input, start, max_items)
    }

    /// Fetches all pages and merges their results, beside which the first page's own members are kept.
    pub fn merged(&self, pages: &mut Pages<'_>) -> Result<Value, Failure> {
        let mut merged = ValueMap::new();
        let mut beside = None;
        while let Some(mut page) = pages.next()? {
            beside.get_or_insert_with(|| self.beside(&page));
            for path in self.paging.results {
                let Some(value) = path::take(&mut page, path) else { continue };
                match path::get_mut(&mut merged, path) {
                    None => path::set(&mut merged, path, value),
                    Some(earlier) => merge(earlier, value),
                }
            }
        }
        for (path, value) in beside.unwrap_or_default() {
            path::set(&mut merged, path, value);
        }
        if let Some(token) = pages.resume_token() {
            merged.insert("NextToken", Value::from(token));
        }
        Ok(Value::Map(merged))
    }

    /// Returns the part of a page that formats without merging show; that of the first page has more.
    pub fn shown_of(&self, mut page: ValueMap, is_first: bool) -> Value {
        let mut shown = ValueMap::new();
        for (path, value) in if is_first { self.beside(&page) } else { Vec::new() } {
            path::set(&mut shown, path, value);
        }
        for path in self.paging.results {
            path::set(&mut shown, path, path::take(&mut page, path).unwrap_or_default());
        }
        Value::Map(shown)
    }

    /// Returns what is shown beside the results; null stands for what a page lacks.
    fn beside(&self, page: &ValueMap) -> Vec<(&'static str, Value)> {
        let value = |path: &'static str| (path, path::get(page, path).cloned().unwrap_or_default());
        self.paging.beside.iter().copied().map(value).collect()
    }
}

/// Adds the result of a page to that of earlier ones: lists and texts grow, numbers are summed up.
fn merge(earlier: &mut Value, value: Value) {
    match (&mut *earlier, value) {
        (Value::List(items), Value::List(more)) => items.extend(more),
        (Value::String(text), Value::String(more)) => text.push_str(&more),
        (Value::Number(sum), Value::Number(number)) => *sum = plus(sum, &number),
        _ => {}
    }
}

fn plus(left: &Number, right: &Number) -> Number {
    match (left, right) {
        (Number::Integer(left), Number::Integer(right)) => Number::Integer(left.saturating_add(*right)),
        _ => Number::Float(whitesmith_jmespath::as_float(left) + whitesmith_jmespath::as_float(right)),
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
