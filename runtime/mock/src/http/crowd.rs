//! Room for connections: when there is none left, the connection that has been without a request for longest is closed, so
//! that peers that only hold connections keep nobody out.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};

use hyper::body::{Body, Frame, SizeHint};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

/// The connections of a server.
pub(super) struct Crowd {
    room: Arc<Semaphore>,
    /// Its waiters are the connections, the one that has been without a request for longest first.
    crowded: Notify,
}

/// The requests of a connection.
#[derive(Debug, Default)]
pub(super) struct Requests {
    begun: AtomicU64,
    done: AtomicU64,
}

impl Requests {
    /// Counts a request until the guard is dropped.
    pub(super) fn begin(self: &Arc<Self>) -> InProgress {
        self.begun.fetch_add(1, Ordering::Relaxed);
        InProgress(Arc::clone(self))
    }

    fn begun(&self) -> u64 {
        self.begun.load(Ordering::Relaxed)
    }

    fn is_in_progress(&self) -> bool {
        self.begun() != self.done.load(Ordering::Relaxed)
    }
}

/// A request that is being read or answered.
pub(super) struct InProgress(Arc<Requests>);

impl Drop for InProgress {
    fn drop(&mut self) {
        self.0.done.fetch_add(1, Ordering::Relaxed);
    }
}

/// The body of an answer, whose request is in progress until all of it is taken.
pub(super) struct Tracked<B> {
    body: B,
    _request: InProgress,
}

impl<B> Tracked<B> {
    pub(super) fn new(body: B, request: InProgress) -> Self {
        Self { body, _request: request }
    }
}

impl<B: Body + Unpin> Body for Tracked<B> {
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        Pin::new(&mut self.get_mut().body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// How a connection ended.
pub(super) enum Ended<T> {
    /// By itself.
    Done(T),
    /// It has no request in progress and makes room for another.
    MakesRoom,
}

impl Crowd {
    pub(super) fn new(connections: usize) -> Self {
        Self { room: Arc::new(Semaphore::new(connections)), crowded: Notify::new() }
    }

    /// A place for another connection. Where there is none, a connection is asked to make room.
    pub(super) async fn place(&self) -> Option<OwnedSemaphorePermit> {
        if let Ok(place) = Arc::clone(&self.room).try_acquire_owned() {
            return Some(place);
        }
        self.crowded.notify_one();
        Arc::clone(&self.room).acquire_owned().await.ok()
    }

    /// Drives a connection until it ends or makes room. If it is asked to make room while a request is in progress, it stays
    /// and another one is asked.
    pub(super) async fn drive<T>(&self, connection: impl Future<Output = T>, requests: &Requests) -> Ended<T> {
        let mut connection = pin!(connection);
        let mut asked = pin!(self.crowded.notified());
        let (mut begun, mut is_in_line) = (requests.begun(), true);
        poll_fn(|context| {
            if let Poll::Ready(done) = connection.as_mut().poll(context) {
                return Poll::Ready(Ended::Done(done));
            }
            // Each request takes the connection to the end of the line; one that was asked during a request is back after it.
            if begun != requests.begun() || (!is_in_line && !requests.is_in_progress()) {
                (begun, is_in_line) = (requests.begun(), true);
                asked.set(self.crowded.notified());
            }
            if is_in_line && asked.as_mut().poll(context).is_ready() {
                if !requests.is_in_progress() {
                    return Poll::Ready(Ended::MakesRoom);
                }
                is_in_line = false;
                self.crowded.notify_one();
            }
            Poll::Pending
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// A connection that never ends by itself.
    async fn held(crowd: &Crowd, requests: &Requests) -> bool {
        matches!(crowd.drive(std::future::pending::<()>(), requests).await, Ended::MakesRoom)
    }

    #[tokio::test]
    async fn the_connection_without_a_request_for_longest_makes_room() {
        let crowd = Arc::new(Crowd::new(2));
        let requests = [Arc::new(Requests::default()), Arc::new(Requests::default())];
        let mut tasks = Vec::new();
        for requests in &requests {
            let place = crowd.place().await;
            let (crowd, requests) = (Arc::clone(&crowd), Arc::clone(requests));
            tasks.push(tokio::spawn(async move {
                let made_room = held(&crowd, &requests).await;
                drop(place);
                made_room
            }));
            tokio::task::yield_now().await;
        }
        // The first is busy, so that the second goes, although it came later.
        let busy = requests[0].begin();
        let place = tokio::time::timeout(Duration::from_secs(5), crowd.place()).await.unwrap();
        assert!(place.is_some());
        assert!(tasks.pop().unwrap().await.unwrap());
        assert!(!tasks[0].is_finished());
        // When nobody can go, the next who is done does.
        let waiting = tokio::spawn({
            let crowd = Arc::clone(&crowd);
            async move { crowd.place().await.is_some() }
        });
        tokio::time::sleep(Duration::from_millis(20)).await;
        assert!(!waiting.is_finished() && !tasks[0].is_finished());
        drop(busy);
        drop(place);
        assert!(waiting.await.unwrap());
    }
}
