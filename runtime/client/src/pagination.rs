//! Pages of an operation with `smithy.api#paginated`.

use whitesmith_schema::{
    DeserializeMembers, Operation, Pagination, SerializeMembers, Value, ValueMap, from_value, to_value,
};

use crate::error::{BoxError, CallError};

/// Where a run over pages stands: the next page's input, and what tells that there is none.
#[derive(Debug)]
pub(crate) struct PageState {
    pagination: &'static Pagination,
    input: ValueMap,
    /// The token that led to the last page.
    token: Option<Value>,
    done: bool,
}

impl PageState {
    /// Begins before the first page.
    ///
    /// # Errors
    /// When the operation has no pages.
    pub fn new(operation: &'static Operation, input: &impl SerializeMembers) -> Result<Self, CallError> {
        let pagination =
            operation.traits.pagination.as_ref().ok_or_else(|| failed("the operation is not paginated"))?;
        let input = match to_value(input) {
            Value::Map(members) => members,
            _ => ValueMap::new(),
        };
        Ok(Self { pagination, input, token: None, done: false })
    }

    /// Returns the input of the next page, if there is one.
    pub fn input<I: DeserializeMembers>(&self) -> Option<Result<I, CallError>> {
        let input = || from_value(Value::Map(self.input.clone()));
        (!self.done).then(|| input().map_err(|error| CallError::Pagination(error.into())))
    }

    /// Ends the run.
    pub fn end(&mut self) {
        self.done = true;
    }

    /// Moves behind a page.
    ///
    /// # Errors
    /// When the page leads back to itself.
    pub fn advance(&mut self, output: &impl SerializeMembers) -> Result<(), CallError> {
        let output = to_value(output);
        let token = at_path(&output, self.pagination.output_token).filter(|token| is_token(token)).cloned();
        let Some(token) = token else {
            self.done = true;
            return Ok(());
        };
        if self.token.as_ref() == Some(&token) {
            self.done = true;
            return Err(failed("the service returned the same pagination token twice"));
        }
        self.input.insert(self.pagination.input_token, token.clone());
        self.token = Some(token);
        Ok(())
    }
}

fn failed(problem: &str) -> CallError {
    CallError::Pagination(BoxError::from(problem))
}

/// Whether a value leads to another page.
fn is_token(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Map(members) => members.iter().next().is_some(),
        _ => true,
    }
}

/// Returns the value at a path of member names that are joined by dots.
fn at_path<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(value, |value, name| value.as_map()?.get(name))
}

#[cfg(test)]
mod tests {
    use whitesmith_schema::{Member, OperationTraits, Schema, Structure, prelude};

    use super::*;

    static INPUT: Schema = Schema::structure("e#In", &[Member::new("Token", &prelude::STRING)]);
    static NEXT: Schema = Schema::structure("e#Next", &[Member::new("Token", &prelude::STRING)]);
    static OUTPUT: Schema = Schema::structure("e#Out", &[Member::new("Next", &NEXT)]);
    static TRAITS: OperationTraits = OperationTraits::new().with_pagination(Pagination {
        input_token: "Token",
        output_token: "Next.Token",
        items: None,
        page_size: None,
    });
    static LIST: Operation = Operation::new("e#List", "List", &INPUT, &OUTPUT).with_traits(&TRAITS);

    struct Input {
        token: Option<String>,
    }
    whitesmith_schema::structure!(Input, INPUT, { optional token });

    /// The token in the input of the next page.
    fn input(state: &PageState) -> Option<String> {
        state.input::<Input>().unwrap().unwrap().token
    }

    fn map(entries: &[(&str, Value)]) -> ValueMap {
        entries.iter().map(|(key, value)| (*key, value.clone())).collect()
    }

    #[test]
    fn tokens_lead_from_page_to_page() {
        let empty = ValueMap::new();
        let mut state = PageState::new(&LIST, &Structure { schema: &INPUT, members: &empty }).unwrap();
        let page = |token: &str| map(&[("Next", Value::Map(map(&[("Token", token.into())])))]);
        assert_eq!(input(&state), None);
        state.advance(&Structure { schema: &OUTPUT, members: &page("a") }).unwrap();
        assert_eq!(input(&state).as_deref(), Some("a"));
        let error = state.advance(&Structure { schema: &OUTPUT, members: &page("a") }).unwrap_err();
        assert!(state.input::<Input>().is_none() && matches!(error, CallError::Pagination(_)));
        for last in [page(""), ValueMap::new()] {
            let mut state = PageState::new(&LIST, &Structure { schema: &INPUT, members: &empty }).unwrap();
            state.advance(&Structure { schema: &OUTPUT, members: &last }).unwrap();
            assert!(state.input::<Input>().is_none());
        }
    }
}
