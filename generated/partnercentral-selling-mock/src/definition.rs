// Generated from partnercentral-selling.json (SHA-256 c3d25834fb2af76529be1c0eace65ca98c7c8cc26b83e521cb3c005c0cdae148).
// Not to be edited: run `cargo xtask codegen` to make it again.

//! The service as the mock runtime sees it.

use whitesmith_mock::protocols::AwsJson1_0;
use whitesmith_mock::{Definition, Example, protocol};

/// The service, its behaviour, and the examples of its model.
pub const DEFINITION: Definition = Definition {
    service: &partnercentral_selling::schema::SERVICE,
    protocol: protocol::<AwsJson1_0>(),
    behaviour: include_str!("behaviour.toml"),
    examples: EXAMPLES,
    name: "partnercentral-selling-mock",
    version: env!("CARGO_PKG_VERSION"),
};

const EXAMPLES: &[Example] = &[
    Example {
        operation: "StartEngagementByAcceptingInvitationTask",
        input: "{\"Catalog\":\"Sandbox\",\"ClientToken\":\"3f0c6c1e-8a54-4a0b-9d0e-5b8f7f0f2c11\",\"Identifier\":\"engi-4f7k2m9qx1zbt\"}",
        output: "{\"TaskId\":\"task-7h3v9c2pw5rny\",\"TaskArn\":\"arn:aws:partnercentral:us-east-1:123456789012:catalog/Sandbox/engagement-by-accepting-invitation-task/task-7h3v9c2pw5rny\",\"StartTime\":\"2026-06-30T09:15:00Z\",\"TaskStatus\":\"IN_PROGRESS\",\"EngagementInvitationId\":\"engi-4f7k2m9qx1zbt\"}",
    },
    Example {
        operation: "StartEngagementByAcceptingInvitationTask",
        input: "{\"Catalog\":\"AWS\",\"ClientToken\":\"crm-referral-20260630-0042\",\"Identifier\":\"arn:aws:partnercentral:us-east-1::catalog/AWS/engagement-invitation/engi-8d1s6y3gj0wqe\",\"Tags\":[{\"Key\":\"team\",\"Value\":\"public sector\"},{\"Key\":\"crm:record\",\"Value\":\"REF-0042\"}]}",
        output: "{\"TaskId\":\"task-b6n1x8t4kd0zm\",\"TaskArn\":\"arn:aws:partnercentral:us-east-1:123456789012:catalog/AWS/engagement-by-accepting-invitation-task/task-b6n1x8t4kd0zm\",\"StartTime\":\"2026-06-30T09:20:30Z\",\"TaskStatus\":\"COMPLETE\",\"OpportunityId\":\"O6120394\",\"ResourceSnapshotJobId\":\"job-2w9e5r7t1y3ua\",\"EngagementInvitationId\":\"engi-8d1s6y3gj0wqe\"}",
    },
    Example {
        operation: "StartEngagementFromOpportunityTask",
        input: "{\"Catalog\":\"Sandbox\",\"ClientToken\":\"c6a3f9d4-1b72-4e58-9c7e-2f40d1a86b35\",\"Identifier\":\"O5842017\",\"AwsSubmission\":{\"InvolvementType\":\"Co-Sell\",\"Visibility\":\"Full\"}}",
        output: "{\"TaskId\":\"task-0q8z4m6vs2xhj\",\"TaskArn\":\"arn:aws:partnercentral:us-east-1:123456789012:catalog/Sandbox/engagement-from-opportunity-task/task-0q8z4m6vs2xhj\",\"StartTime\":\"2026-06-30T10:05:00Z\",\"TaskStatus\":\"IN_PROGRESS\",\"OpportunityId\":\"O5842017\"}",
    },
    Example {
        operation: "StartEngagementFromOpportunityTask",
        input: "{\"Catalog\":\"AWS\",\"ClientToken\":\"crm-deal-20260630-0107\",\"Identifier\":\"O7309155\",\"AwsSubmission\":{\"InvolvementType\":\"For Visibility Only\",\"Visibility\":\"Limited\"},\"Tags\":[{\"Key\":\"team\",\"Value\":\"retail\"}]}",
        output: "{\"TaskId\":\"task-5u2k7c9fa1wpd\",\"TaskArn\":\"arn:aws:partnercentral:us-east-1:123456789012:catalog/AWS/engagement-from-opportunity-task/task-5u2k7c9fa1wpd\",\"StartTime\":\"2026-06-30T10:12:45Z\",\"TaskStatus\":\"COMPLETE\",\"OpportunityId\":\"O7309155\",\"ResourceSnapshotJobId\":\"job-6r4h8n0bz2xgc\",\"EngagementId\":\"eng-1t5y9u3i7o2p6q\",\"EngagementInvitationId\":\"engi-3l8k1j6h9g4fs\"}",
    },
];
