//! The journal of requests.

use std::collections::VecDeque;

use http::{HeaderMap, Method};
use whitesmith_schema::Timestamp;

use crate::sample::Uuid;

/// A request that was received, and its answer.
#[derive(Debug)]
pub(crate) struct Entry {
    /// Counted from 1, over all requests.
    pub(crate) number: u64,
    pub(crate) at: Timestamp,
    /// The operation's index in the service; `None` where there is none.
    pub(crate) operation: Option<usize>,
    pub(crate) request_id: Uuid,
    pub(crate) status: u16,
    pub(crate) method: Method,
    /// The request's headers, if its protocol puts members there.
    pub(crate) headers: Option<Box<HeaderMap>>,
    pub(crate) recorded: Recorded,
    /// Why the request was refused, if it was.
    pub(crate) problem: Option<Box<str>>,
    /// The expectation that answered it.
    pub(crate) expectation: Option<u64>,
    /// The names of the faults that were injected.
    pub(crate) fault: Option<Box<str>>,
}

/// How much of a body is kept, in bytes.
pub(crate) const KEPT_BODY: usize = 64 * 1024;
/// The maximum size of all entries together, in bytes.
const KEPT_ALL: usize = 4 * 1024 * 1024;

/// The path and query of a request, its body and that of its response, decompressed; of each the first [`KEPT_BODY`] bytes.
/// These are copies, since the originals share larger buffers.
#[derive(Debug)]
pub(crate) struct Recorded {
    all: Box<[u8]>,
    path: usize,
    request: usize,
    /// Whether something was cut off the request.
    cut: bool,
}

impl Recorded {
    pub(crate) fn new(path: &str, request: &[u8], response: &[u8]) -> Self {
        let kept = |bytes: &'_ [u8]| KEPT_BODY.min(bytes.len());
        let cut = path.len() > KEPT_BODY || request.len() > KEPT_BODY;
        let path = path.as_bytes();
        let (path, request) = (path.get(..kept(path)).unwrap_or_default(), request.get(..kept(request)));
        let (request, response) = (request.unwrap_or_default(), response.get(..kept(response)).unwrap_or_default());
        let all = [path, request, response].concat().into();
        Self { all, path: path.len(), request: path.len() + request.len(), cut }
    }

    pub(crate) fn path(&self) -> &str {
        self.all.get(..self.path).and_then(|path| str::from_utf8(path).ok()).unwrap_or_default()
    }

    pub(crate) fn request(&self) -> &[u8] {
        self.all.get(self.path..self.request).unwrap_or_default()
    }

    pub(crate) fn response(&self) -> &[u8] {
        self.all.get(self.request..).unwrap_or_default()
    }

    pub(crate) fn size(&self) -> usize {
        self.all.len()
    }

    /// Whether the request is complete, so that its input can be read again.
    pub(crate) fn is_complete(&self) -> bool {
        !self.cut
    }
}

impl Entry {
    fn size(&self) -> usize {
        let headers = self.headers.iter().flat_map(|headers| headers.iter());
        let headers: usize = headers.map(|(name, value)| name.as_str().len() + value.len() + HEADER_OVERHEAD).sum();
        let problem = self.problem.as_ref().map_or(0, |problem| problem.len());
        size_of::<Self>() + self.recorded.all.len() + headers + problem
    }
}

/// The approximate size of a header in a header map, without its texts, in bytes.
const HEADER_OVERHEAD: usize = 128;

/// The newest requests, bounded in number and in bytes.
#[derive(Debug)]
pub(crate) struct Journal {
    entries: VecDeque<Entry>,
    limit: usize,
    size: usize,
    received: u64,
}

impl Journal {
    pub(crate) fn new(limit: usize) -> Self {
        Self { entries: VecDeque::new(), limit, size: 0, received: 0 }
    }

    /// Adds an entry, and returns its number.
    pub(crate) fn add(&mut self, mut entry: Entry) -> u64 {
        self.received += 1;
        entry.number = self.received;
        self.size += entry.size();
        self.entries.push_back(entry);
        self.trim();
        self.received
    }

    /// Replaces what an entry keeps of its bodies, unless it has been dropped.
    pub(crate) fn complete(&mut self, number: u64, recorded: Recorded, problem: Option<Box<str>>) {
        let Some(entry) = self.entries.iter_mut().find(|entry| entry.number == number) else { return };
        self.size -= entry.size();
        (entry.recorded, entry.problem) = (recorded, problem);
        self.size += entry.size();
        self.trim();
    }

    fn trim(&mut self) {
        while self.entries.len() > self.limit || self.size > KEPT_ALL {
            let Some(oldest) = self.entries.pop_front() else { break };
            self.size -= oldest.size();
        }
    }

    /// Returns the entries, oldest first.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.iter()
    }

    /// Returns how many requests were received.
    pub(crate) fn received(&self) -> u64 {
        self.received
    }

    /// Returns how many of them were dropped.
    pub(crate) fn dropped(&self) -> u64 {
        self.received - self.entries.len() as u64
    }

    pub(crate) fn clear(&mut self) {
        self.entries.clear();
        (self.size, self.received) = (0, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(size: usize) -> Entry {
        Entry {
            number: 0,
            at: Timestamp::UNIX_EPOCH,
            operation: None,
            request_id: Uuid::default(),
            status: 200,
            method: Method::POST,
            headers: None,
            recorded: Recorded::new("/", &vec![0; size], b""),
            problem: None,
            expectation: None,
            fault: None,
        }
    }

    #[test]
    fn keeps_the_newest_and_counts_the_rest() {
        let mut journal = Journal::new(3);
        for _ in 0..5 {
            journal.add(entry(1));
        }
        assert_eq!(journal.iter().map(|entry| entry.number).collect::<Vec<_>>(), [3, 4, 5]);
        assert_eq!((journal.received(), journal.dropped()), (5, 2));
    }

    #[test]
    fn is_bounded_in_bytes() {
        let mut journal = Journal::new(1_000_000);
        for _ in 0..200 {
            journal.add(entry(KEPT_BODY));
        }
        let least = KEPT_ALL / (KEPT_BODY + 1024);
        assert!((least..=KEPT_ALL / KEPT_BODY).contains(&journal.iter().count()));
    }
}
