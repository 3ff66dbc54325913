//! Faults: what goes wrong on purpose.

mod bucket;
mod latency;

pub(crate) use bucket::Bucket;
pub(crate) use latency::Latency;

use std::time::Duration;

/// A fault: what goes wrong, and for which requests.
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
    /// How many requests have come that it might have been for.
    pub(crate) seen: u64,
    /// How many requests it befell.
    pub(crate) hits: u64,
}

/// What goes wrong.
#[derive(Clone, Debug)]
pub(crate) enum FaultKind {
    /// The answer comes later.
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
    /// For an error that is not in the model.
    pub(crate) status: http::StatusCode,
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
    /// The connection is closed after so many bytes of the body.
    Truncate(usize),
    /// The body is no longer what the protocol asks for.
    Malformed,
    /// The body comes in pieces of so many bytes, with a pause after each.
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

/// What befalls one request.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Blow {
    pub(crate) delay: Duration,
    pub(crate) error: Option<FaultError>,
    pub(crate) transport: Transport,
    /// The names of the faults, for the log.
    pub(crate) names: Vec<&'static str>,
}

/// The faults, in the order in which they were made.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    list: Vec<Fault>,
    next_id: u64,
}

/// How many faults there may be.
const MOST_FAULTS: usize = 1_000;

impl Faults {
    /// Adds a fault; gives its id, or `None` when there are too many.
    pub(crate) fn add(&mut self, mut fault: Fault) -> Option<u64> {
        if self.list.len() >= MOST_FAULTS {
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

    /// What befalls a request. Delays add up; of errors and of what happens on the way, the first counts.
    pub(crate) fn strike(&mut self, operation: Option<usize>, now: u64, random: &mut fastrand::Rng) -> Option<Blow> {
        if self.list.is_empty() {
            return None;
        }
        let mut blow = Blow::default();
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
                FaultKind::Latency(latency) => blow.delay += latency.sample(random),
                FaultKind::Error(error) | FaultKind::Throttle { error, .. } => {
                    blow.error.get_or_insert_with(|| error.clone());
                }
                FaultKind::Transport(transport) if blow.transport == Transport::Whole => blow.transport = *transport,
                FaultKind::Transport(_) => continue,
            }
            fault.hits += 1;
            blow.names.push(fault.kind.name());
        }
        (!blow.names.is_empty()).then_some(blow)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(kind: FaultKind) -> Fault {
        Fault { id: 0, operation: None, probability: 1.0, requests: Vec::new(), kind, seen: 0, hits: 0 }
    }

    fn strikes(fault: Fault, count: u64) -> Vec<bool> {
        let mut faults = Faults::default();
        faults.add(fault).unwrap();
        let mut random = fastrand::Rng::with_seed(1);
        (0..count).map(|now| faults.strike(Some(0), now, &mut random).is_some()).collect()
    }

    #[test]
    fn strikes_requests_by_number() {
        let numbered = Fault { requests: vec![2, 4], ..fault(FaultKind::Transport(Transport::Drop)) };
        assert_eq!(strikes(numbered, 5), [false, true, false, true, false]);
    }

    #[test]
    fn strikes_the_share_that_it_is_to() {
        let rare = Fault { probability: 0.2, ..fault(FaultKind::Transport(Transport::Drop)) };
        let hits = strikes(rare, 10_000).into_iter().filter(|hit| *hit).count();
        assert!((1_800..2_200).contains(&hits), "{hits}");
    }

    #[test]
    fn leaves_other_operations_alone() {
        assert_eq!(strikes(Fault { operation: Some(1), ..fault(FaultKind::Transport(Transport::Drop)) }, 1), [false]);
    }

    #[test]
    fn delays_add_up() {
        let mut faults = Faults::default();
        for _ in 0..2 {
            faults.add(fault(FaultKind::Latency(Latency::Fixed(Duration::from_millis(5))))).unwrap();
        }
        let blow = faults.strike(None, 0, &mut fastrand::Rng::with_seed(1)).unwrap();
        assert_eq!(blow.delay, Duration::from_millis(10));
    }
}
