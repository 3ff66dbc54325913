//! Fetches the pages of a listing one after the other.

use whitesmith_schema::{Pagination, Value, ValueMap};

use super::path;
use super::token::Start;
use crate::failure::Failure;

/// Makes one call.
pub type Call<'a> = &'a dyn Fn(&ValueMap) -> Result<Value, Failure>;

/// The pages of a paginated operation.
pub struct Pages<'a> {
    call: Call<'a>,
    pagination: &'static Pagination,
    /// The path to the items of a page.
    items: &'static str,
    input: ValueMap,
    max_items: Option<i64>,
    /// The number of items to skip on the next page.
    skip: i64,
    /// Whether a page was fetched.
    started: bool,
    /// The token of the next page.
    token: Option<Value>,
    total: i64,
    finished: bool,
    /// The value of `NextToken`, if `--max-items` cut the listing off.
    resume_token: Option<String>,
}

impl<'a> Pages<'a> {
    /// Prepares a listing. `input` has the members of `start`.
    pub fn new(
        call: Call<'a>,
        pagination: &'static Pagination,
        items: &'static str,
        input: ValueMap,
        start: Start,
        max_items: Option<i64>,
    ) -> Self {
        let token = start.members.get(pagination.input_token).filter(|token| **token != Value::Null).cloned();
        Self {
            call,
            pagination,
            items,
            input,
            max_items,
            skip: start.skip,
            started: false,
            token,
            total: 0,
            finished: false,
            resume_token: None,
        }
    }

    /// Returns the token with which the listing can be continued, if `--max-items` cut it off.
    pub fn resume_token(&self) -> Option<&str> {
        self.resume_token.as_deref()
    }

    /// Fetches the next page, cut to the number of items that are wanted.
    pub fn next(&mut self) -> Result<Option<ValueMap>, Failure> {
        if self.finished {
            return Ok(None);
        }
        let Value::Map(mut page) = (self.call)(&self.input)? else {
            self.finished = true;
            return Ok(Some(ValueMap::new()));
        };
        let skipped = std::mem::take(&mut self.skip);
        if skipped != 0 && self.count(&page).is_some() {
            self.cut(&mut page, |items| drop(items.drain(..kept(items.len(), skipped))));
        }
        let count = self.count(&page).unwrap_or(0);
        let excess = self.max_items.map_or(0, |most| self.total.saturating_add(count).saturating_sub(most));
        if excess > 0 {
            let keep = count - excess;
            self.cut(&mut page, |items| items.truncate(kept(items.len(), keep)));
            self.stop_at(self.token.clone(), Some(keep + skipped));
            return Ok(Some(page));
        }
        self.total += count;
        self.advance(&page)?;
        Ok(Some(page))
    }

    /// Returns the number of items of a page, if it has a list of them.
    fn count(&self, page: &ValueMap) -> Option<i64> {
        let items = path::get(page, self.items)?.as_list()?;
        Some(i64::try_from(items.len()).unwrap_or(i64::MAX))
    }

    /// Removes items from a page; one without a list of them gets an empty one.
    fn cut(&self, page: &mut ValueMap, remove: impl FnOnce(&mut Vec<Value>)) {
        let mut items = match path::take(page, self.items) {
            Some(Value::List(items)) => items,
            _ => Vec::new(),
        };
        remove(&mut items);
        path::set(page, self.items, Value::List(items));
    }

    /// Moves on to the page that follows.
    fn advance(&mut self, page: &ValueMap) -> Result<(), Failure> {
        let next = path::get(page, self.pagination.output_token).filter(|token| is_token(token)).cloned();
        let Some(next) = next else {
            self.finished = true;
            return Ok(());
        };
        if self.max_items == Some(self.total) {
            self.stop_at(Some(next), None);
            return Ok(());
        }
        // The first page's own token may come from the user.
        if self.started && self.token.as_ref() == Some(&next) {
            return Err(Failure::general(format!(
                "pagination error: received the same token twice: {}: {}",
                self.pagination.input_token,
                crate::json::to_compact(&next)
            )));
        }
        self.started = true;
        self.input.insert(self.pagination.input_token, next.clone());
        self.token = Some(next);
        Ok(())
    }

    fn stop_at(&mut self, token: Option<Value>, skip: Option<i64>) {
        let members: ValueMap = [(self.pagination.input_token, token.unwrap_or_default())].into_iter().collect();
        self.resume_token = Some(Start::render(&members, skip));
        self.finished = true;
    }
}

/// Empty strings mean the end, as missing tokens do.
fn is_token(token: &Value) -> bool {
    match token {
        Value::String(text) => !text.is_empty(),
        Value::List(items) => !items.is_empty(),
        Value::Map(map) => !map.is_empty(),
        _ => true,
    }
}

/// Returns where a slice of a list ends; a negative number counts from the end, as in Python.
fn kept(length: usize, end: i64) -> usize {
    let distance = usize::try_from(end.unsigned_abs()).unwrap_or(usize::MAX);
    if end < 0 { length.saturating_sub(distance) } else { length.min(distance) }
}
