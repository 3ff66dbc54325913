//! Pages and items, one after the other.

use std::marker::PhantomData;

use whitesmith_protocol::Protocol;
use whitesmith_schema::TypedOperation;

use super::Client;
use crate::error::{CallError, Error};
use crate::pagination::PageState;
use crate::result::ReadTyped;

/// The pages of an operation's output.
#[derive(Debug)]
pub struct Pages<'a, P, O> {
    client: &'a Client,
    state: PageState,
    types: PhantomData<fn() -> (P, O)>,
}

impl<'a, P: Protocol, O: TypedOperation> Pages<'a, P, O> {
    pub(super) fn new(client: &'a Client, input: &O::Input) -> Result<Self, CallError> {
        Ok(Self { client, state: PageState::new(O::OPERATION, input)?, types: PhantomData })
    }

    /// Returns the next page, or `None` behind the last one and after an error.
    pub async fn next(&mut self) -> Option<Result<O::Output, Error<O::Error>>> {
        let call = self.client.core.begin::<P, _>(O::SERVICE, O::OPERATION, &self.state.input()?);
        let result = match call {
            Ok(call) => self.client.execute(call, &ReadTyped::<P, O>::default()).await,
            Err(error) => Err(error.into()),
        };
        let result = result.and_then(|page| {
            self.state.advance(&page)?;
            Ok(page)
        });
        if result.is_err() {
            self.state.end();
        }
        Some(result)
    }
}
