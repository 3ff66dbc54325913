//! The connections of a server: which of them makes room for another, which has been idle for too long, and when they end
//! because the server does.
//!
//! A connection pays for this with a few loads a request. Who has been without a request for longest is looked up only when
//! there is no room left, so that peers that only hold connections keep nobody out.

use std::collections::HashMap;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use hyper::body::{Body, Frame, SizeHint};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Sleep, sleep};

/// The connections of a server.
pub(super) struct Connections {
    room: Arc<Semaphore>,
    size: u32,
    /// The limit on the time without a request.
    idle_time: Duration,
    seats: Mutex<HashMap<u64, Arc<Requests>>>,
    /// Counts connections and requests, which orders them.
    clock: Arc<AtomicU64>,
    /// Whether the next connection that has no request in progress is to make room.
    is_full: AtomicBool,
    /// Whether connections end after their request in progress.
    is_closing: AtomicBool,
}

/// The place of a connection, which is free again on drop.
pub(super) struct Place {
    connections: Arc<Connections>,
    number: u64,
    pub(super) requests: Arc<Requests>,
    _permit: OwnedSemaphorePermit,
}

/// The requests of a connection.
#[derive(Debug)]
pub(super) struct Requests {
    clock: Arc<AtomicU64>,
    begun: AtomicU64,
    done: AtomicU64,
    /// When the last of them began, by the server's clock.
    last: AtomicU64,
    /// Whether one began since the connection was polled.
    had_its_turn: AtomicBool,
    /// Whether the connection is asked to make room.
    is_asked: AtomicBool,
    waker: Mutex<Option<Waker>>,
}

impl Requests {
    fn new(clock: Arc<AtomicU64>, now: u64) -> Self {
        Self {
            clock,
            begun: AtomicU64::new(0),
            done: AtomicU64::new(0),
            last: AtomicU64::new(now),
            had_its_turn: AtomicBool::new(false),
            is_asked: AtomicBool::new(false),
            waker: Mutex::default(),
        }
    }

    /// Counts a request until the guard is dropped.
    pub(super) fn begin(self: &Arc<Self>) -> InProgress {
        self.begun.fetch_add(1, Ordering::Relaxed);
        self.last.store(self.clock.fetch_add(1, Ordering::Relaxed), Ordering::Relaxed);
        InProgress(Arc::clone(self))
    }

    /// Waits until others were served, if the connection has had its turn: a peer that pipelines has its next request ready
    /// always.
    pub(super) async fn take_turn(&self) {
        while self.had_its_turn.swap(true, Ordering::Relaxed) {
            tokio::task::yield_now().await;
        }
    }

    fn begun(&self) -> u64 {
        self.begun.load(Ordering::Relaxed)
    }

    fn is_in_progress(&self) -> bool {
        self.begun() != self.done.load(Ordering::Relaxed)
    }

    fn wake(&self) {
        if let Some(waker) = &*lock(&self.waker) {
            waker.wake_by_ref();
        }
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
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// By itself, or after its request when the server closes.
    Done,
    /// It had no request in progress and makes room for another.
    MakesRoom,
    /// It had no request for too long.
    Idle,
}

impl Connections {
    pub(super) fn new(connections: usize, idle_time: Duration) -> Arc<Self> {
        let size = u32::try_from(connections).unwrap_or(u32::MAX);
        Arc::new(Self {
            room: Arc::new(Semaphore::new(size as usize)),
            size,
            idle_time,
            seats: Mutex::default(),
            clock: Arc::default(),
            is_full: AtomicBool::new(false),
            is_closing: AtomicBool::new(false),
        })
    }

    /// A place for another connection. Where there is none, a connection is asked to make room.
    pub(super) async fn place(self: &Arc<Self>) -> Option<Place> {
        let permit = match Arc::clone(&self.room).try_acquire_owned() {
            Ok(permit) => permit,
            Err(_) => {
                self.ask();
                Arc::clone(&self.room).acquire_owned().await.ok()?
            }
        };
        let number = self.clock.fetch_add(1, Ordering::Relaxed);
        let requests = Arc::new(Requests::new(Arc::clone(&self.clock), number));
        lock(&self.seats).insert(number, Arc::clone(&requests));
        Some(Place { connections: Arc::clone(self), number, requests, _permit: permit })
    }

    /// Asks the connection that has been without a request for longest to make room, or else the next that is.
    fn ask(&self) {
        let seats = lock(&self.seats);
        let idle = seats.values().filter(|seat| !seat.is_in_progress() && !seat.is_asked.load(Ordering::Relaxed));
        match idle.min_by_key(|seat| seat.last.load(Ordering::Relaxed)) {
            Some(seat) => {
                seat.is_asked.store(true, Ordering::Relaxed);
                seat.wake();
            }
            None => self.is_full.store(true, Ordering::Relaxed),
        }
    }

    /// Ends each connection after its request in progress, and waits for that.
    pub(super) async fn close(&self) {
        self.is_closing.store(true, Ordering::Relaxed);
        lock(&self.seats).values().for_each(|seat| seat.wake());
        // The semaphore is never closed.
        let _ = self.room.acquire_many(self.size).await;
    }
}

impl Place {
    /// Whether the connection ends after its request in progress.
    pub(super) fn is_closing(&self) -> bool {
        self.connections.is_closing.load(Ordering::Relaxed)
    }

    /// Drives a connection until it ends, makes room, or has had no request for too long.
    pub(super) async fn drive(&self, connection: impl Future<Output = ()>) -> Ended {
        let requests = &*self.requests;
        let mut connection = pin!(connection);
        let mut idle = Idle::new(self.connections.idle_time);
        let mut known: Option<Waker> = None;
        poll_fn(|context| {
            if !known.as_ref().is_some_and(|known| known.will_wake(context.waker())) {
                known = Some(context.waker().clone());
                lock(&requests.waker).clone_from(&known);
                idle.is_set = false;
            }
            requests.had_its_turn.store(false, Ordering::Relaxed);
            if connection.as_mut().poll(context).is_ready() {
                return Poll::Ready(Ended::Done);
            }
            if self.makes_room() {
                return Poll::Ready(Ended::MakesRoom);
            }
            idle.poll(requests, context).map(|()| Ended::Idle)
        })
        .await
    }

    /// Whether the connection is the one to make room. If it has a request in progress now, another is asked.
    fn makes_room(&self) -> bool {
        let is_asked = self.requests.is_asked.load(Ordering::Relaxed);
        if !is_asked && !self.connections.is_full.load(Ordering::Relaxed) {
            return false;
        }
        let stays = self.requests.is_in_progress();
        if stays && is_asked {
            self.requests.is_asked.store(false, Ordering::Relaxed);
            self.connections.ask();
        }
        !stays
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        lock(&self.connections.seats).remove(&self.number);
        // However it ended, it made room.
        self.connections.is_full.store(false, Ordering::Relaxed);
    }
}

/// Measures the time without a request in a few steps, so that a request needs neither a clock nor a timer of its own.
struct Idle {
    step: Duration,
    timer: Pin<Box<Sleep>>,
    /// Whether the timer wakes the connection.
    is_set: bool,
    /// The number of requests at the last step.
    begun: u64,
    steps: u32,
}

/// The precision of the limit: a connection is closed up to one step late.
const STEPS: u32 = 4;

impl Idle {
    fn new(limit: Duration) -> Self {
        let step = limit.checked_div(STEPS).unwrap_or(limit);
        Self { step, timer: Box::pin(sleep(step)), is_set: false, begun: 0, steps: 0 }
    }

    fn poll(&mut self, requests: &Requests, context: &mut Context<'_>) -> Poll<()> {
        loop {
            if self.is_set && !self.timer.is_elapsed() {
                return Poll::Pending;
            }
            self.is_set = self.timer.as_mut().poll(context).is_pending();
            if self.is_set {
                return Poll::Pending;
            }
            self.timer.as_mut().set(sleep(self.step));
            if requests.is_in_progress() || self.begun != requests.begun() {
                (self.begun, self.steps) = (requests.begun(), 0);
                continue;
            }
            self.steps = self.steps.saturating_add(1);
            if self.steps >= STEPS {
                return Poll::Ready(());
            }
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(3600);

    /// A connection that never ends by itself.
    fn held(place: Place) -> tokio::task::JoinHandle<Ended> {
        tokio::spawn(async move { place.drive(std::future::pending()).await })
    }

    #[tokio::test]
    async fn the_connection_without_a_request_for_longest_makes_room() {
        let connections = Connections::new(2, LONG);
        let (first, second) = (connections.place().await.unwrap(), connections.place().await.unwrap());
        let requests = [Arc::clone(&first.requests), Arc::clone(&second.requests)];
        let mut tasks = [held(first), held(second)];
        tokio::task::yield_now().await;
        // The first is busy, so that the second goes, although it came later.
        let busy = requests[0].begin();
        let place = tokio::time::timeout(Duration::from_secs(5), connections.place()).await.unwrap();
        assert!(place.is_some());
        assert_eq!((&mut tasks[1]).await.unwrap(), Ended::MakesRoom);
        assert!(!tasks[0].is_finished());
        // When nobody can go, the next who is done does.
        let third = held(place.unwrap());
        let waiting = {
            let connections = Arc::clone(&connections);
            tokio::spawn(async move { connections.place().await.is_some() })
        };
        assert!(waiting.await.unwrap());
        assert_eq!(third.await.unwrap(), Ended::MakesRoom);
        assert!(!tasks[0].is_finished());
        drop(busy);
    }

    #[tokio::test]
    async fn a_busy_connection_makes_room_when_it_is_done() {
        let connections = Connections::new(1, LONG);
        let place = connections.place().await.unwrap();
        let requests = Arc::clone(&place.requests);
        let task = held(place);
        let busy = requests.begin();
        let waiting = {
            let connections = Arc::clone(&connections);
            tokio::spawn(async move { connections.place().await.is_some() })
        };
        tokio::time::sleep(Duration::from_millis(20)).await;
        assert!(!waiting.is_finished() && !task.is_finished());
        drop(busy);
        // As the end of an answer does.
        requests.wake();
        assert!(waiting.await.unwrap());
        assert_eq!(task.await.unwrap(), Ended::MakesRoom);
    }

    #[tokio::test]
    async fn a_connection_without_a_request_ends_in_time() {
        let limit = Duration::from_millis(200);
        let connections = Connections::new(1, limit);
        let place = connections.place().await.unwrap();
        let requests = Arc::clone(&place.requests);
        let started = std::time::Instant::now();
        let task = held(place);
        let busy = requests.begin();
        tokio::time::sleep(limit * 2).await;
        assert!(!task.is_finished(), "a request is in progress");
        drop(busy);
        assert_eq!(task.await.unwrap(), Ended::Idle);
        assert!(started.elapsed() >= limit * 3 - limit / STEPS, "{:?}", started.elapsed());
    }

    #[tokio::test]
    async fn closing_wakes_and_waits() {
        let connections = Connections::new(3, LONG);
        let place = connections.place().await.unwrap();
        let connection = tokio::spawn(async move {
            let until_closing = poll_fn(|_| if place.is_closing() { Poll::Ready(()) } else { Poll::Pending });
            place.drive(until_closing).await
        });
        tokio::task::yield_now().await;
        connections.close().await;
        assert_eq!(connection.await.unwrap(), Ended::Done);
    }
}
