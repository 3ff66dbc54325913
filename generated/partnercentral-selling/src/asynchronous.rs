// Generated from partnercentral-selling.json (SHA-256 c3d25834fb2af76529be1c0eace65ca98c7c8cc26b83e521cb3c005c0cdae148).
// Not to be edited: run `cargo xtask codegen` to make it again.

//! A client of futures.

pub use whitesmith_client::asynchronous::{HttpTransport, Transport};
use whitesmith_client::error::TransportError;
use whitesmith_client::protocol::AwsJson1_0 as Protocol;
use crate::operations::*;
use crate::{Config, Error, endpoint};

/// A client of Partner Central Selling API whose calls are futures.
///
/// Clones share connections and the retry budget.
#[derive(Clone, Debug)]
pub struct Client(whitesmith_client::asynchronous::Client);

impl Client {
    /// Makes a client that connects over HTTP and HTTPS.
    ///
    /// # Errors
    /// When the configured certificates or proxy cannot be used.
    pub fn new(config: Config) -> Result<Self, TransportError> {
        whitesmith_client::asynchronous::Client::new(config, endpoint::resolve).map(Self)
    }

    /// Makes a client with another transport.
    pub fn with_transport(config: Config, transport: impl Transport + 'static) -> Self {
        Self(
            whitesmith_client::asynchronous::Client::with_transport(
                config,
                endpoint::resolve,
                transport,
            ),
        )
    }

    /// Calls [`StartEngagementByAcceptingInvitationTask`].
    ///
    /// Accepts an engagement invitation and sets up your side of the engagement.
    pub async fn start_engagement_by_accepting_invitation_task(
        &self,
        input: &StartEngagementByAcceptingInvitationTaskInput,
    ) -> Result<
        StartEngagementByAcceptingInvitationTaskOutput,
        Error<StartEngagementByAcceptingInvitationTaskError>,
    > {
        self.0.call::<Protocol, StartEngagementByAcceptingInvitationTask>(input).await
    }

    /// Calls [`StartEngagementFromOpportunityTask`].
    ///
    /// Starts an engagement with AWS for one of your opportunities.
    pub async fn start_engagement_from_opportunity_task(
        &self,
        input: &StartEngagementFromOpportunityTaskInput,
    ) -> Result<
        StartEngagementFromOpportunityTaskOutput,
        Error<StartEngagementFromOpportunityTaskError>,
    > {
        self.0.call::<Protocol, StartEngagementFromOpportunityTask>(input).await
    }
}
