//! Faults that are injected into answers.

mod bucket;
mod latency;

pub(crate) use bucket::Bucket;
pub(crate) use latency::Latency;

use std::time::Duration;

/// A fault, and the requests it is injected into.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    pub(crate) id: u64,
    /// The operation's index in the service; `None` for any.
    pub(crate) operation: Option<usize>,
    /// The share of requests, from 0 to 1.
    pub(crate) probability: f64,
    /// The numbers of the requests among those of the operation, from 1; empty for all.
    pub(crate) requests: Vec<u64>,
    pub(crate) kind: FaultKind,
    /// The approximate size of its description in memory, in bytes.
    pub(crate) size: usize,
    /// The number of requests that it could have been injected into.
    pub(crate) seen: u64,
    /// The number of requests that it was injected into.
    pub(crate) hits: u64,
}

/// The kind of a fault.
#[derive(Clone, Debug)]
pub(crate) enum FaultKind {
    /// The answer is delayed.
    Latency(Latency),
    /// An error instead of the answer.
    Error(FaultError),
    /// An error whenever requests come faster than a token bucket fills.
    Throttle { bucket: Bucket, error: FaultError },
    /// What happens to the response on its way.
    Transport(Transport),
}

/// The error of a fault: of the operation's model by its name, or else any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FaultError {
    pub(crate) code: String,
    pub(crate) message: String,
    /// The status that takes the place of the model's.
    pub(crate) status: Option<http::StatusCode>,
    /// The status of an error that is not in the model, if there is no other.
    pub(crate) default_status: http::StatusCode,
}

/// What happens to a response on its way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Transport {
    #[default]
    Whole,
    /// The connection is closed without a response.
    Drop,
    /// The connection is reset without a response.
    Reset,
    /// The connection is closed after this many bytes of the body.
    Truncate(usize),
    /// The body is not valid in the protocol's format.
    Malformed,
    /// The body is sent in pieces of this many bytes, with a pause after each.
    Drip { bytes: usize, pause: Duration },
}

impl FaultKind {
    /// The kind's name, as the control API writes it.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Latency(_) => "latency",
            Self::Error(_) => "error",
            Self::Throttle { .. } => "throttle",
            Self::Transport(Transport::Drop) => "drop",
            Self::Transport(Transport::Reset) => "reset",
            Self::Transport(Transport::Truncate(_)) => "truncate",
            Self::Transport(Transport::Malformed) => "malformed",
            Self::Transport(Transport::Drip { .. }) => "drip",
            Self::Transport(Transport::Whole) => "none",
        }
    }
}

/// The faults injected into one request.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct InjectedFault {
    pub(crate) delay: Duration,
    pub(crate) error: Option<FaultError>,
    pub(crate) transport: Transport,
    /// The names of the faults, for the log.
    pub(crate) names: Vec<&'static str>,
}

/// The faults in the order of their creation.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    list: Vec<Fault>,
    next_id: u64,
}

/// The maximum number of faults.
const MOST_FAULTS: usize = 1_000;
/// The maximum size of all faults' descriptions, in bytes.
const MOST_BYTES: usize = 4 * 1024 * 1024;

impl Faults {
    /// Adds a fault and returns its id, or `None` if there are too many.
    pub(crate) fn add(&mut self, mut fault: Fault) -> Option<u64> {
        let size: usize = self.list.iter().map(|fault| fault.size).sum();
        if self.list.len() >= MOST_FAULTS || size + fault.size > MOST_BYTES {
            return None;
        }
        self.next_id += 1;
        fault.id = self.next_id;
        self.list.push(fault);
        Some(self.next_id)
    }

    pub(crate) fn remove(&mut self, id: u64) -> bool {
        let before = self.list.len();
        self.list.retain(|fault| fault.id != id);
        self.list.len() < before
    }

    pub(crate) fn clear(&mut self) {
        self.list.clear();
    }

    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = &Fault> {
        self.list.iter()
    }

    /// Chooses the faults for a request. Delays add up; the first error and the first transport fault count.
    pub(crate) fn sample(
        &mut self,
        operation: Option<usize>,
        now: u64,
        random: &mut fastrand::Rng,
    ) -> Option<InjectedFault> {
        if self.list.is_empty() {
            return None;
        }
        let mut injected = InjectedFault::default();
        for fault in &mut self.list {
            if fault.operation.is_some() && fault.operation != operation {
                continue;
            }
            fault.seen += 1;
            let numbered = fault.requests.is_empty() || fault.requests.contains(&fault.seen);
            if !numbered || random.f64() >= fault.probability {
                continue;
            }
            if let FaultKind::Throttle { bucket, .. } = &mut fault.kind
                && bucket.take(now)
            {
                continue;
            }
            match &fault.kind {
                FaultKind::Latency(latency) => injected.delay += latency.sample(random),
                FaultKind::Error(error) | FaultKind::Throttle { error, .. } => {
                    injected.error.get_or_insert_with(|| error.clone());
                }
                FaultKind::Transport(transport) if injected.transport == Transport::Whole => {
                    injected.transport = *transport
                }
                FaultKind::Transport(_) => continue,
            }
            fault.hits += 1;
            injected.names.push(fault.kind.name());
        }
        (!injected.names.is_empty()).then_some(injected)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(kind: FaultKind) -> Fault {
        Fault { id: 0, operation: None, probability: 1.0, requests: Vec::new(), kind, size: 0, seen: 0, hits: 0 }
    }

    fn hits(fault: Fault, count: u64) -> Vec<bool> {
        let mut faults = Faults::default();
        faults.add(fault).unwrap();
        let mut random = fastrand::Rng::with_seed(1);
        (0..count).map(|now| faults.sample(Some(0), now, &mut random).is_some()).collect()
    }

    #[test]
    fn injects_by_request_number() {
        let numbered = Fault { requests: vec![2, 4], ..fault(FaultKind::Transport(Transport::Drop)) };
        assert_eq!(hits(numbered, 5), [false, true, false, true, false]);
    }

    #[test]
    fn injects_with_the_probability() {
        let rare = Fault { probability: 0.2, ..fault(FaultKind::Transport(Transport::Drop)) };
        let hits = hits(rare, 10_000).into_iter().filter(|hit| *hit).count();
        assert!((1_800..2_200).contains(&hits), "{hits}");
    }

    #[test]
    fn ignores_other_operations() {
        assert_eq!(hits(Fault { operation: Some(1), ..fault(FaultKind::Transport(Transport::Drop)) }, 1), [false]);
    }

    #[test]
    fn delays_add_up() {
        let mut faults = Faults::default();
        for _ in 0..2 {
            faults.add(fault(FaultKind::Latency(Latency::Fixed(Duration::from_millis(5))))).unwrap();
        }
        let injected = faults.sample(None, 0, &mut fastrand::Rng::with_seed(1)).unwrap();
        assert_eq!(injected.delay, Duration::from_millis(10));
    }
}
