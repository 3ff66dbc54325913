//! Pages and items, one after the other.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use whitesmith_schema::TypedOperation;

use super::Client;
use crate::BoxFuture;
use crate::error::{CallError, Error};
use crate::pagination::PageState;
use crate::protocol::ClientProtocol;
use crate::result::ReadTyped;

/// The pages of an operation's output.
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
    /// Returns the next page, or `None` behind the last one and after an error.
    pub async fn next(&mut self) -> Option<Result<O::Output, Error<O::Error>>> {
        let input = self.state.input::<O::Input>()?;
        let call = input.and_then(|input| self.client.core.begin(P::half(), O::SERVICE, O::OPERATION, &input));
        let result = match call {
            Ok(call) => self.client.execute(call, &ReadTyped::<O>::new(P::half())).await,
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

    /// Returns a stream of the pages. It ends after an error.
    pub fn into_stream(self) -> PageStream<'a, P, O> {
        PageStream { pages: Some(self), running: None }
    }

    /// Returns a stream of the items of all pages, which `items` takes out of a page. It ends after an error.
    pub fn items<I: IntoIterator>(
        self,
        items: impl Fn(O::Output) -> I + Unpin,
    ) -> impl Stream<Item = Result<I::Item, Error<O::Error>>>
    where
        O: 'a,
        O::Output: Send,
        O::Error: Send,
        I::IntoIter: Unpin,
    {
        ItemStream { pages: self.into_stream(), items, page: None }
    }
}

/// What a page's future gives back: the pages behind it, and the page.
type Next<'a, P, O> =
    (Pages<'a, P, O>, Option<Result<<O as TypedOperation>::Output, Error<<O as TypedOperation>::Error>>>);

/// A stream of pages.
#[must_use]
pub struct PageStream<'a, P, O: TypedOperation> {
    /// `None` while a page is on its way, and behind the last one.
    pages: Option<Pages<'a, P, O>>,
    running: Option<BoxFuture<'a, Next<'a, P, O>>>,
}

impl<P, O: TypedOperation> fmt::Debug for PageStream<'_, P, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PageStream").field("is_waiting", &self.running.is_some()).finish_non_exhaustive()
    }
}

impl<'a, P: ClientProtocol, O: TypedOperation + 'a> Stream for PageStream<'a, P, O>
where
    O::Output: Send,
    O::Error: Send,
{
    type Item = Result<O::Output, Error<O::Error>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some(mut pages) = self.pages.take() {
            self.running = Some(Box::pin(async move {
                let page = pages.next().await;
                (pages, page)
            }));
        }
        let Some(running) = &mut self.running else { return Poll::Ready(None) };
        let (pages, page) = ready!(running.as_mut().poll(context));
        self.running = None;
        self.pages = page.is_some().then_some(pages);
        Poll::Ready(page)
    }
}

/// A stream of the items of pages.
struct ItemStream<'a, P, O: TypedOperation, F, I> {
    pages: PageStream<'a, P, O>,
    items: F,
    /// What remains of the last page.
    page: Option<I>,
}

impl<'a, P, O, F, I> Stream for ItemStream<'a, P, O, F, I::IntoIter>
where
    P: ClientProtocol,
    O: TypedOperation + 'a,
    O::Output: Send,
    O::Error: Send,
    F: Fn(O::Output) -> I + Unpin,
    I: IntoIterator,
    I::IntoIter: Unpin,
{
    type Item = Result<I::Item, Error<O::Error>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.page.as_mut().and_then(Iterator::next) {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                Some(Ok(page)) => self.page = Some((self.items)(page).into_iter()),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}
