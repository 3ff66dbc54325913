//! Iterators over pages and items.

use std::marker::PhantomData;

use whitesmith_schema::TypedOperation;

use super::Client;
use crate::error::{CallError, Error};
use crate::pagination::PageState;
use crate::protocol::ClientProtocol;
use crate::result::ReadTyped;

/// An iterator over the pages of an operation's output. It ends after an error.
#[derive(Debug)]
pub struct Pages<'a, P, O> {
    client: &'a Client,
    state: PageState,
    types: PhantomData<fn() -> (P, O)>,
}

impl Client {
    /// Returns the pages of a paginated operation.
    ///
    /// # Errors
    /// When the operation is not paginated.
    pub fn pages<P: ClientProtocol, O: TypedOperation>(&self, input: &O::Input) -> Result<Pages<'_, P, O>, CallError> {
        Ok(Pages { client: self, state: PageState::new(O::OPERATION, input)?, types: PhantomData })
    }
}

impl<'a, P: ClientProtocol, O: TypedOperation> Pages<'a, P, O> {
    /// Returns an iterator over the items of all pages, which `items` takes out of a page.
    pub fn items<I: IntoIterator>(
        self,
        items: impl Fn(O::Output) -> I,
    ) -> impl Iterator<Item = Result<I::Item, Error<O::Error>>> {
        self.flat_map(move |page| {
            let (items, error) = match page {
                Ok(page) => (Some(items(page)), None),
                Err(error) => (None, Some(Err(error))),
            };
            items.into_iter().flatten().map(Ok).chain(error)
        })
    }
}

impl<P: ClientProtocol, O: TypedOperation> Iterator for Pages<'_, P, O> {
    type Item = Result<O::Output, Error<O::Error>>;

    fn next(&mut self) -> Option<Self::Item> {
        let input = self.state.input::<O::Input>()?;
        let call = input.and_then(|input| self.client.core.begin(P::half(), O::SERVICE, O::OPERATION, &input));
        let result = call.map_err(Error::from);
        let result = result.and_then(|call| self.client.execute(call, &ReadTyped::<O>::new(P::half())));
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
