// Generated from partnercentral-selling.json (SHA-256 c3d25834fb2af76529be1c0eace65ca98c7c8cc26b83e521cb3c005c0cdae148).
// Not to be edited: run `cargo xtask codegen` to make it again.

//! A mock server of Partner Central Selling API.
//!
//! ```
//! use partnercentral_selling_mock::MockServer;
//! use partnercentral_selling::operations::StartEngagementByAcceptingInvitationTask;
//!
//! let mock = MockServer::start()?;
//! mock.start_engagement_by_accepting_invitation_task().times(2).respond_default();
//! // Point a client at `mock.url()`, and let it make two calls. Without them:
//! assert!(mock.verify().is_err());
//! assert!(mock.requests::<StartEngagementByAcceptingInvitationTask>().is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod definition;
mod handlers;

use whitesmith_mock::{Json, Server, ServerBuilder, TypedOperation};
pub use definition::DEFINITION;
pub use handlers::{Handlers, handler};
pub use partnercentral_selling::{errors, operations, types};
pub use whitesmith_mock::{
    AccessKey, BehaviourError, Config, ControlToken, Expectation, Expected, Handler,
    ReceivedRequest, ScriptError, StartError, Verification,
};

#[cfg(feature = "tls")]
pub use whitesmith_mock::{Identity, TlsError};

/// A running mock server. Dropping it stops the server once the requests in flight are answered.
#[derive(Debug)]
pub struct MockServer(Server);

impl MockServer {
    /// Starts a mock on a free port of the loopback interface.
    ///
    /// # Errors
    /// No port can be listened on.
    pub fn start() -> Result<Self, StartError> {
        ServerBuilder::new(DEFINITION).start().map(Self)
    }

    /// Starts a mock with a custom configuration.
    ///
    /// # Errors
    /// The address cannot be listened on, or the configuration is invalid.
    pub fn start_with(
        configure: impl FnOnce(ServerBuilder) -> ServerBuilder,
    ) -> Result<Self, StartError> {
        configure(ServerBuilder::new(DEFINITION)).start().map(Self)
    }

    /// Starts an expectation of requests for [`StartEngagementByAcceptingInvitationTask`](partnercentral_selling::operations::StartEngagementByAcceptingInvitationTask).
    pub fn start_engagement_by_accepting_invitation_task(
        &self,
    ) -> Expectation<
        '_,
        partnercentral_selling::operations::StartEngagementByAcceptingInvitationTask,
    > {
        self.0.expect()
    }

    /// Starts an expectation of requests for [`StartEngagementFromOpportunityTask`](partnercentral_selling::operations::StartEngagementFromOpportunityTask).
    pub fn start_engagement_from_opportunity_task(
        &self,
    ) -> Expectation<
        '_,
        partnercentral_selling::operations::StartEngagementFromOpportunityTask,
    > {
        self.0.expect()
    }

    /// Returns the address that the server listens on.
    pub fn address(&self) -> std::net::SocketAddr {
        self.0.address()
    }

    /// Returns the URL to point a client at.
    pub fn url(&self) -> String {
        self.0.url()
    }

    /// Returns the requests for an operation that are still in the journal, oldest first.
    pub fn requests<O: TypedOperation>(&self) -> Vec<ReceivedRequest<O::Input>> {
        self.0.requests::<O>()
    }

    /// Checks that every expectation was met.
    ///
    /// # Errors
    /// The unmet expectations, each with the nearest requests that came instead.
    pub fn verify(&self) -> Result<(), Verification> {
        self.0.verify()
    }

    /// Returns the events that tasks have announced, oldest first, each in EventBridge's envelope.
    pub fn events(&self) -> Vec<Json> {
        self.0.events()
    }

    /// Adds the expectations and faults of a script, which is YAML or JSON in the control API's form.
    ///
    /// # Errors
    /// A syntax error, or a name that is not in the model.
    pub fn script(&self, text: &str) -> Result<(), ScriptError> {
        self.0.script(text)
    }

    /// Adds a fault in the control API's form and returns its id.
    ///
    /// # Errors
    /// A description that is not a fault, or a name that is not in the model.
    pub fn fault(&self, description: Json) -> Result<u64, ScriptError> {
        self.0.fault(description)
    }

    /// Removes a fault; returns `false` if there is none with this id.
    pub fn forget_fault(&self, id: u64) -> bool {
        self.0.forget_fault(id)
    }

    /// Forgets all requests, tasks, tokens, events, expectations and faults.
    pub fn reset(&self) {
        self.0.reset();
    }
}

#[cfg(test)]
mod tests {
    use super::MockServer;
    #[test]
    fn behaviour_file_matches_the_model() {
        let started = MockServer::start();
        assert!(started.is_ok(), "{started:?}");
    }
}
