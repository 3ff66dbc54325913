// Generated from partnercentral-selling.json (SHA-256 c3d25834fb2af76529be1c0eace65ca98c7c8cc26b83e521cb3c005c0cdae148).
// Not to be edited: run `cargo xtask codegen` to make it again.

//! Partner Central Selling API
//!
//! The selling side of AWS Partner Central: work on sales opportunities together with AWS from your own systems.
//!
//! An *opportunity* describes a deal with a customer. An *engagement* is the space that you and AWS share while you pursue that deal. Others join an engagement by accepting an *engagement invitation*, and each side sees the other's progress through *resource snapshots*, which are dated copies of the shared details.
//!
//! Two operations start an engagement, one for each direction in which a deal can travel:
//!
//! - [`StartEngagementByAcceptingInvitationTask`](crate::operations::StartEngagementByAcceptingInvitationTask) takes up a deal that was brought to you: it accepts an invitation and gives you an opportunity of your own to work on.
//! - [`StartEngagementFromOpportunityTask`](crate::operations::StartEngagementFromOpportunityTask) brings a deal of yours to AWS: it sets up the engagement for one of your opportunities and submits the opportunity to AWS.
//!
//! Both start a *task*, which goes on after the call has returned. The response names the task and says how far it has come.
//!
//! Every request names a catalog. Build and test against `Sandbox`; what you send to `AWS` is real business that people at AWS act on.

#[cfg(feature = "asynchronous")]
pub mod asynchronous;

#[cfg(feature = "blocking")]
pub mod blocking;

#[cfg(feature = "client")]
pub mod endpoint;
pub mod errors;
pub mod operations;

/// What the runtime and the other generated crates read. Versions promise nothing about it.
#[doc(hidden)]
pub mod schema;
pub mod types;

/// What both clients are made of: timeouts, retries, proxies, sources of credentials, transports, observers.
#[cfg(feature = "client")]
#[doc(no_inline)]
pub use whitesmith_client as client;

#[cfg(feature = "client")]
pub use whitesmith_client::{
    Config, ConfigBuilder, Credentials, EnvironmentCredentials, Error, ProvideCredentials,
};

pub use whitesmith_schema::{BigDecimal, BigInteger, Blob, Document, Timestamp};

#[cfg(feature = "validate")]
pub use whitesmith_validation::{Violation, Violations, validate};
