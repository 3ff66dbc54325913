//! Fetches the pages of a listing one after the other.

use whitesmith_jmespath::Query;
use whitesmith_schema::{Value, ValueMap};

use super::path;
use super::token::Start;
use crate::definition::Paging;
use crate::failure::Failure;

/// Makes one call.
pub type Call<'a> = &'a dyn Fn(&ValueMap) -> Result<Value, Failure>;

/// The pages of a paginated operation.
pub struct Pages<'a> {
    call: Call<'a>,
    paging: Paging,
    input: ValueMap,
    max_items: Option<i64>,
    /// The number of items to skip on the first page, if the listing continues another one.
    skip: Option<i64>,
    /// The tokens of the page, null for those that it has not; empty before the first page unless the user gave some.
    tokens: ValueMap,
    /// Whether `tokens` are those of a page.
    started: bool,
    total: i64,
    finished: bool,
    /// The value of `NextToken`, if `--max-items` cut the listing off.
    resume_token: Option<String>,
}

impl<'a> Pages<'a> {
    /// Prepares a listing. `input` has the members of `start`.
    pub fn new(call: Call<'a>, paging: Paging, input: ValueMap, start: Start, max_items: Option<i64>) -> Self {
        let is_given = !start.members.is_empty();
        let given = |name: &&'static str| (*name, start.members.get(name).cloned().unwrap_or_default());
        Self {
            call,
            paging,
            input,
            max_items,
            skip: is_given.then_some(start.skip),
            tokens: paging.input_tokens.iter().map(given).collect(),
            started: false,
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
        let skipped = self.skip.take();
        if skipped.is_some() {
            self.continue_with(&mut page, skipped.unwrap_or_default());
        }
        let count = self.count(&page).unwrap_or(0);
        let excess = self.max_items.map_or(0, |most| self.total.saturating_add(count).saturating_sub(most));
        if excess > 0 {
            let keep = count - excess;
            self.cut(&mut page, |items| items.truncate(kept(items.len(), keep)));
            self.stop_at(Start::render(&self.tokens, Some(keep + skipped.unwrap_or_default())));
            return Ok(Some(page));
        }
        self.total += count;
        self.advance(&page)?;
        Ok(Some(page))
    }

    /// The path to what is counted.
    fn items(&self) -> &'static str {
        self.paging.results.first().copied().unwrap_or_default()
    }

    /// Returns the number of items of a page, if it has a list of them.
    fn count(&self, page: &ValueMap) -> Option<i64> {
        let items = path::get(page, self.items())?.as_list()?;
        Some(i64::try_from(items.len()).unwrap_or(i64::MAX))
    }

    /// Removes items from a page; one without a list of them gets an empty one.
    fn cut(&self, page: &mut ValueMap, remove: impl FnOnce(&mut Vec<Value>)) {
        let mut items = match path::take(page, self.items()) {
            Some(Value::List(items)) => items,
            _ => Vec::new(),
        };
        remove(&mut items);
        path::set(page, self.items(), Value::List(items));
    }

    /// Removes from a page what an earlier listing has shown: the first items, and all other results, which it did not cut.
    fn continue_with(&self, page: &mut ValueMap, skipped: i64) {
        if skipped != 0 && self.count(page).is_some() {
            self.cut(page, |items| drop(items.drain(..kept(items.len(), skipped))));
        }
        for path in self.paging.results.iter().skip(1) {
            let empty = match path::get(page, path) {
                Some(Value::List(_)) => Value::List(Vec::new()),
                Some(Value::String(_)) => Value::from(""),
                Some(Value::Number(_)) => Value::from(0),
                _ => continue,
            };
            path::set(page, path, empty);
        }
    }

    /// Moves on to the page that follows.
    fn advance(&mut self, page: &ValueMap) -> Result<(), Failure> {
        let next = self.next_tokens(page)?;
        if next.iter().all(|(_, token)| *token == Value::Null) {
            self.finished = true;
            return Ok(());
        }
        if self.max_items == Some(self.total) {
            self.stop_at(Start::render(&next, None));
            return Ok(());
        }
        // The first page's own tokens may come from the user.
        if self.started && self.tokens == next {
            return Err(Failure::general(format!(
                "pagination error: received the same token twice: {}",
                crate::json::to_compact(&Value::Map(next))
            )));
        }
        self.started = true;
        for (name, token) in next.iter() {
            if *token == Value::Null {
                self.input.remove(name);
            } else {
                self.input.insert(name, token.clone());
            }
        }
        self.tokens = next;
        Ok(())
    }

    /// Returns the tokens that a page has for the next one.
    fn next_tokens(&self, page: &ValueMap) -> Result<ValueMap, Failure> {
        let is_last = |path| path::get(page, path).is_none_or(|more| *more == Value::Boolean(false));
        if self.paging.more_results.is_some_and(is_last) {
            return Ok(ValueMap::new());
        }
        let names = self.paging.input_tokens.iter().zip(self.paging.output_tokens);
        names.map(|(input, output)| Ok((*input, token(page, output)?))).collect()
    }

    fn stop_at(&mut self, resume_token: String) {
        self.resume_token = Some(resume_token);
        self.finished = true;
    }
}

/// Returns the token that an expression finds on a page; null stands for none.
fn token(page: &ValueMap, expression: &str) -> Result<Value, Failure> {
    let is_path = expression.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_'));
    if is_path {
        return Ok(path::get(page, expression).filter(|token| is_token(token)).cloned().unwrap_or_default());
    }
    let invalid = |error: &dyn std::error::Error| Failure::general(format!("cannot find the next page: {error}"));
    let query = Query::compile(expression).map_err(|error| invalid(&error))?;
    let found = query.search(&Value::Map(page.clone())).map_err(|error| invalid(&error))?;
    Ok(if is_token(&found) { found } else { Value::Null })
}

/// Empty strings mean the end, as missing tokens do.
fn is_token(token: &Value) -> bool {
    match token {
        Value::Null => false,
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
