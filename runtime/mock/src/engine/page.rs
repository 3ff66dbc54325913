//! Pages of list operations without a behaviour file.

use whitesmith_schema::{Member, Operation, Pagination, Schema, ShapeType, Value, ValueMap};

use super::service::Engine;
use super::state::State;
use super::token::{Known, Token};
use crate::Sampler;
use crate::call::Call;

/// How many pages a list has.
const PAGES: u64 = 3;
/// How many items a page has, unless the request asks for fewer.
const ITEMS: usize = 2;
/// Members of outputs that say whether a further page follows. Smithy has no trait for them.
const MORE: [&str; 4] = ["IsTruncated", "isTruncated", "HasMoreResults", "hasMoreResults"];

/// The pagination token of a request is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct UnknownToken;

impl Engine {
    /// Turns an operation's output into the page that the request asks for.
    pub(super) fn page(
        &self,
        call: &Call<'_>,
        pagination: &Pagination,
        output: &mut ValueMap,
    ) -> Result<(), UnknownToken> {
        let mut state = self.state();
        let page = match call.text(pagination.input_token) {
            None => 1,
            Some(token) => self.page_of(&state, call, token).ok_or(UnknownToken)?,
        };
        if let Some(items) = pagination.items {
            let wanted =
                pagination.page_size.and_then(|member| page_size(call, member)).map_or(ITEMS, |n| n.min(ITEMS));
            fill(call.operation.output, items, output, wanted, state.sampler());
        }
        let next = if page < PAGES { self.next_token(&mut state, call, pagination, page + 1) } else { None };
        for name in MORE {
            if call.operation.output.member(name).is_some_and(|member| member.target.shape_type == ShapeType::Boolean) {
                output.insert(name, Value::Boolean(next.is_some()));
            }
        }
        set(output, pagination.output_token, next.map(Value::String));
        Ok(())
    }

    fn page_of(&self, state: &State, call: &Call<'_>, token: &str) -> Option<u64> {
        match state.pages.find(self.page_token(call, token)) {
            Known::Same(page) => Some(page),
            Known::No | Known::Other => None,
        }
    }

    /// Makes and remembers the token of a page; `None` if it is not a string.
    fn next_token(&self, state: &mut State, call: &Call<'_>, pagination: &Pagination, page: u64) -> Option<String> {
        let member = member_at(call.operation.output, pagination.output_token)?;
        let input = call.operation.input.member(pagination.input_token)?;
        if input.target.shape_type != ShapeType::String {
            return None;
        }
        let (Value::String(token), ShapeType::String) = (state.sampler().member(member)?, member.target.shape_type)
        else {
            return None;
        };
        state.pages.remember(self.page_token(call, &token), page);
        Some(token)
    }

    fn page_token(&self, call: &Call<'_>, token: &str) -> Token {
        Token { place: self.fingerprints.token(call.index, "", token), input: 0 }
    }
}

/// Finds the operation's error for an unknown token, by its name.
pub(super) fn token_error(operation: &'static Operation) -> Option<&'static Schema> {
    operation.errors.iter().copied().find(|error| {
        let name = error.name().to_ascii_lowercase();
        name.contains("token") && (name.contains("invalid") || name.contains("expired"))
    })
}

fn page_size(call: &Call<'_>, member: &str) -> Option<usize> {
    match call.members()?.get(member)? {
        Value::Number(whitesmith_schema::Number::Integer(number)) => {
            usize::try_from(*number).ok().map(|size| size.max(1))
        }
        _ => None,
    }
}

/// Finds the member at a path of names.
fn member_at(schema: &'static Schema, path: &str) -> Option<&'static Member> {
    let mut members = path.split('.').scan(Some(schema), |schema, name| {
        let member = schema.and_then(|schema| schema.member(name));
        *schema = member.map(|member| member.target);
        Some(member)
    });
    members.by_ref().last()?
}

/// Sets or removes the value at a path of names, as far as there are structures.
fn set(members: &mut ValueMap, path: &str, value: Option<Value>) {
    match (path.split_once('.'), value) {
        (Some((name, rest)), value) => {
            if let Some(Value::Map(inner)) = members.get_mut(name) {
                set(inner, rest, value);
            }
        }
        (None, Some(value)) => members.insert(path, value),
        (None, None) => {
            members.remove(path);
        }
    }
}

/// Brings the list at a path to a number of items.
fn fill(schema: &'static Schema, path: &str, members: &mut ValueMap, wanted: usize, sampler: &mut Sampler) {
    let Some(member) = member_at(schema, path) else { return };
    let Some(element) = member.target.list_member() else { return };
    let most = member.length().and_then(|length| length.max).and_then(|most| usize::try_from(most).ok());
    let wanted = wanted.min(most.unwrap_or(usize::MAX));
    let mut inner = members;
    let mut names = path.split('.').peekable();
    while let Some(name) = names.next() {
        match (inner.get_mut(name), names.peek()) {
            (Some(Value::Map(next)), Some(_)) => inner = next,
            (Some(Value::List(items)), None) => {
                while items.len() < wanted
                    && let Some(item) = sampler.member(element)
                {
                    items.push(item);
                }
                return items.truncate(wanted);
            }
            _ => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_and_removes_nested_members() {
        let inner: ValueMap = [("Marker", Value::from("a")), ("Other", Value::from("b"))].into_iter().collect();
        let mut members: ValueMap = [("Result", Value::Map(inner))].into_iter().collect();
        let marker = |members: &ValueMap| members.get("Result").and_then(Value::as_map)?.get("Marker").cloned();
        set(&mut members, "Result.Marker", Some(Value::from("c")));
        assert_eq!(marker(&members), Some(Value::from("c")));
        set(&mut members, "Result.Marker", None);
        assert_eq!(marker(&members), None);
        set(&mut members, "Absent.Marker", Some(Value::from("d")));
        assert_eq!(members.len(), 1);
    }
}
