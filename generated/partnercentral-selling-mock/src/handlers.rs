// Generated from partnercentral-selling.json (SHA-256 c3d25834fb2af76529be1c0eace65ca98c7c8cc26b83e521cb3c005c0cdae148).
// Not to be edited: run `cargo xtask codegen` to make it again.

//! Custom request handlers.

/// Answers requests in place of the mock. Invalid requests and requests that an expectation answers do not get
/// here.
///
/// Methods run on the server's thread and must not block.
pub trait Handlers: Send + Sync + 'static {
    /// Handles a request for [`StartEngagementByAcceptingInvitationTask`](partnercentral_selling::operations::StartEngagementByAcceptingInvitationTask); `None` leaves it to the mock.
    fn start_engagement_by_accepting_invitation_task(
        &self,
        input: partnercentral_selling::operations::StartEngagementByAcceptingInvitationTaskInput,
    ) -> Option<
        Result<
            partnercentral_selling::operations::StartEngagementByAcceptingInvitationTaskOutput,
            partnercentral_selling::operations::StartEngagementByAcceptingInvitationTaskError,
        >,
    > {
        let _ = input;
        None
    }

    /// Handles a request for [`StartEngagementFromOpportunityTask`](partnercentral_selling::operations::StartEngagementFromOpportunityTask); `None` leaves it to the mock.
    fn start_engagement_from_opportunity_task(
        &self,
        input: partnercentral_selling::operations::StartEngagementFromOpportunityTaskInput,
    ) -> Option<
        Result<
            partnercentral_selling::operations::StartEngagementFromOpportunityTaskOutput,
            partnercentral_selling::operations::StartEngagementFromOpportunityTaskError,
        >,
    > {
        let _ = input;
        None
    }
}

/// Converts handlers for [`ServerBuilder::handler`](whitesmith_mock::ServerBuilder::handler).
pub fn handler(handlers: impl Handlers) -> whitesmith_mock::Handler {
    std::sync::Arc::new(move |call| match call.operation.id {
        "com.amazonaws.partnercentralselling#StartEngagementByAcceptingInvitationTask" => {
            whitesmith_mock::handle::<
                partnercentral_selling::operations::StartEngagementByAcceptingInvitationTask,
            >(
                call,
                |input| Handlers::start_engagement_by_accepting_invitation_task(
                    &handlers,
                    input,
                ),
            )
        }
        "com.amazonaws.partnercentralselling#StartEngagementFromOpportunityTask" => {
            whitesmith_mock::handle::<
                partnercentral_selling::operations::StartEngagementFromOpportunityTask,
            >(
                call,
                |input| Handlers::start_engagement_from_opportunity_task(
                    &handlers,
                    input,
                ),
            )
        }
        _ => None,
    })
}
