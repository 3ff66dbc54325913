//! Where a service runs, and for whom.

/// The partition, region and account that the service runs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Identity {
    pub(crate) partition: Box<str>,
    pub(crate) region: Box<str>,
    pub(crate) account: Box<str>,
}
