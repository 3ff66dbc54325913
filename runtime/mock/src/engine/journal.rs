//! The log of requests.

use std::collections::VecDeque;

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
    pub(crate) bodies: Bodies,
    /// What was wrong with the request, where it was refused.
    pub(crate) problem: Option<Box<str>>,
    /// The rule that answered it.
    pub(crate) rule: Option<u64>,
    /// The fault that befell it.
    pub(crate) fault: Option<Box<str>>,
}

/// How much of a body is kept, in bytes.
pub(crate) const KEPT_BODY: usize = 64 * 1024;
/// How much all entries may take together, in bytes.
const KEPT_ALL: usize = 4 * 1024 * 1024;

/// The bodies of a request and of its response, decompressed, of each the first [`KEPT_BODY`] bytes: copies, since the
/// originals share buffers that are larger than they are.
#[derive(Debug)]
pub(crate) struct Bodies {
    both: Box<[u8]>,
    request: usize,
}

impl Bodies {
    pub(crate) fn new(request: &[u8], response: &[u8]) -> Self {
        let kept = |body: &'_ [u8]| KEPT_BODY.min(body.len());
        let (request, response) = (request.get(..kept(request)), response.get(..kept(response)));
        let request = request.unwrap_or_default();
        Self { both: [request, response.unwrap_or_default()].concat().into(), request: request.len() }
    }

    pub(crate) fn request(&self) -> &[u8] {
        self.both.get(..self.request).unwrap_or_default()
    }

    pub(crate) fn response(&self) -> &[u8] {
        self.both.get(self.request..).unwrap_or_default()
    }
}

impl Entry {
    fn size(&self) -> usize {
        self.bodies.both.len()
    }
}

/// The newest requests. It is bounded in number and in bytes.
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

    pub(crate) fn add(&mut self, mut entry: Entry) {
        self.received += 1;
        entry.number = self.received;
        self.size += entry.size();
        self.entries.push_back(entry);
        while self.entries.len() > self.limit || self.size > KEPT_ALL {
            let Some(oldest) = self.entries.pop_front() else { break };
            self.size -= oldest.size();
        }
    }

    /// The entries, oldest first.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.iter()
    }

    /// How many requests were received.
    pub(crate) fn received(&self) -> u64 {
        self.received
    }

    /// How many of them are no longer there.
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
            bodies: Bodies::new(&vec![0; size], b""),
            problem: None,
            rule: None,
            fault: None,
        }
    }

    #[test]
    fn keeps_the_newest_and_counts_the_rest() {
        let mut journal = Journal::new(3);
        (0..5).for_each(|_| journal.add(entry(1)));
        assert_eq!(journal.iter().map(|entry| entry.number).collect::<Vec<_>>(), [3, 4, 5]);
        assert_eq!((journal.received(), journal.dropped()), (5, 2));
    }

    #[test]
    fn is_bounded_in_bytes() {
        let mut journal = Journal::new(1_000_000);
        (0..200).for_each(|_| journal.add(entry(KEPT_BODY)));
        assert_eq!(journal.iter().count(), KEPT_ALL / KEPT_BODY);
    }
}
