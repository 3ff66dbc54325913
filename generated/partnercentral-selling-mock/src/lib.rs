// Generated from partnercentral-selling.json (SHA-256 c3d25834fb2af76529be1c0eace65ca98c7c8cc26b83e521cb3c005c0cdae148).
// Not to be edited: run `cargo xtask codegen` to make it again.

//! A mock server of Partner Central Selling API.
//!
//! ```
//! use partnercentral_selling_mock::MockServer;
//! use partnercentral_selling::operations::StartEngagementByAcceptingInvitationTask;
//!
//! let mock = MockServer::start()?;
//! mock.start_engagement_by_accepting_invitation_task().times(2).as_usual();
//! // Point a client at `mock.url()`, and let it make two calls. Without them:
//! assert!(mock.verify().is_err());
//! assert!(mock.requests::<StartEngagementByAcceptingInvitationTask>().is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod definition;
mod handlers;

use whitesmith_mock::{Server, ServerBuilder};
pub use definition::DEFINITION;
pub use handlers::{Handlers, handler};
pub use partnercentral_selling::{errors, operations, types};
pub use whitesmith_mock::{
    AccessKey, BehaviourError, Config, Expectation, Expected, Handler, ReceivedRequest,
    ScriptError, StartError, Verification,
};

#[cfg(feature = "tls")]
pub use whitesmith_mock::{Identity, TlsError};

/// A running mock server. It stops when it is dropped, after it has finished what is in flight.
///
/// What is not particular to the service is on the [`Server`] that it stands for.
#[derive(Debug)]
pub struct MockServer(Server);

impl MockServer {
    /// Starts a mock on a free port of the loopback interface.
    ///
    /// # Errors
    /// When no port can be listened on.
    pub fn start() -> Result<Self, StartError> {
        ServerBuilder::new(DEFINITION).start().map(Self)
    }

    /// Starts a mock that is set up otherwise.
    ///
    /// # Errors
    /// When it cannot listen, or is set up in a way that cannot be.
    pub fn start_with(
        set_up: impl FnOnce(ServerBuilder) -> ServerBuilder,
    ) -> Result<Self, StartError> {
        set_up(ServerBuilder::new(DEFINITION)).start().map(Self)
    }

    /// Begins an expectation of requests for [`StartEngagementByAcceptingInvitationTask`](partnercentral_selling::operations::StartEngagementByAcceptingInvitationTask).
    pub fn start_engagement_by_accepting_invitation_task(
        &self,
    ) -> Expectation<
        '_,
        partnercentral_selling::operations::StartEngagementByAcceptingInvitationTask,
    > {
        self.0.expect()
    }

    /// Begins an expectation of requests for [`StartEngagementFromOpportunityTask`](partnercentral_selling::operations::StartEngagementFromOpportunityTask).
    pub fn start_engagement_from_opportunity_task(
        &self,
    ) -> Expectation<
        '_,
        partnercentral_selling::operations::StartEngagementFromOpportunityTask,
    > {
        self.0.expect()
    }
}

impl std::ops::Deref for MockServer {
    type Target = Server;
    fn deref(&self) -> &Server {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::MockServer;
    #[test]
    fn the_behaviour_fits_the_model() {
        let started = MockServer::start();
        assert!(started.is_ok(), "{started:?}");
    }
}
