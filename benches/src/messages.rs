//! Messages of the two operations, and handwritten types for them.

use partnercentral_selling::MissingMember;
use partnercentral_selling::operations::{
    StartEngagementByAcceptingInvitationTaskInput, StartEngagementFromOpportunityTaskInput,
};
use partnercentral_selling::types::{AwsSubmission, Tag};
use serde::{Deserialize, Serialize};

/// A response to `StartEngagementByAcceptingInvitationTask` with every member that a task in progress has.
pub const INVITATION_RESPONSE: &str = concat!(
    r#"{"EngagementInvitationId":"engi-4f7k2m9qx1zbt","Message":"The task is working.","OpportunityId":"O1234567890","#,
    r#""ReasonCode":"RequestThrottled","ResourceSnapshotJobId":"job-4f7k2m9qx1zbt","#,
    r#""StartTime":"2026-06-30T12:34:56.789Z","TaskArn":"arn:aws:partnercentral:us-east-1:123456789012:catalog/"#,
    r#"Sandbox/engagement-by-accepting-invitation-task/task-4f7k2m9qx1zbt","TaskId":"task-4f7k2m9qx1zbt","#,
    r#""TaskStatus":"IN_PROGRESS"}"#
);

/// A response to `StartEngagementFromOpportunityTask`, likewise.
pub const OPPORTUNITY_RESPONSE: &str = concat!(
    r#"{"EngagementId":"eng-4f7k2m9qx1zbta","Message":"The task is working.","OpportunityId":"O1234567890","#,
    r#""ReasonCode":"RequestThrottled","ResourceSnapshotJobId":"job-4f7k2m9qx1zbt","#,
    r#""StartTime":"2026-06-30T12:34:56.789Z","TaskArn":"arn:aws:partnercentral:us-east-1:123456789012:catalog/"#,
    r#"Sandbox/engagement-from-opportunity-task/task-4f7k2m9qx1zbt","TaskId":"task-4f7k2m9qx1zbt","#,
    r#""TaskStatus":"IN_PROGRESS"}"#
);

const CATALOG: &str = "Sandbox";
const TOKEN: &str = "0a1b2c3d-4e5f-4678-9abc-def012345678";
const TAGS: [(&str, &str); 2] = [("team", "alliances"), ("region", "emea")];

fn tags() -> Vec<Tag> {
    TAGS.iter().map(|(key, value)| complete(Tag::builder().key(*key).value(*value).build())).collect()
}

/// An input of `StartEngagementByAcceptingInvitationTask` with every member.
pub fn invitation_input() -> StartEngagementByAcceptingInvitationTaskInput {
    let input = StartEngagementByAcceptingInvitationTaskInput::builder();
    complete(input.catalog(CATALOG).identifier("engi-4f7k2m9qx1zbt").build()).client_token(TOKEN).tags(tags())
}

/// An input of `StartEngagementFromOpportunityTask` with every member.
pub fn opportunity_input() -> StartEngagementFromOpportunityTaskInput {
    let submission = AwsSubmission::new("Co-Sell".into()).visibility("Full".into());
    let input = StartEngagementFromOpportunityTaskInput::builder().catalog(CATALOG).identifier("O1234567890");
    complete(input.aws_submission(submission).build()).client_token(TOKEN).tags(tags())
}

/// The value of a builder that was given every required member.
#[allow(clippy::panic, reason = "the messages are fixed")]
fn complete<T>(built: Result<T, MissingMember>) -> T {
    built.unwrap_or_else(|error| panic!("{error}"))
}

/// The inputs, as a person would write them with serde.
pub mod by_hand {
    use super::{CATALOG, Deserialize, Serialize, TAGS, TOKEN};

    /// A tag.
    #[derive(Debug, Serialize)]
    #[serde(rename_all = "PascalCase")]
    pub struct Tag {
        /// Its key.
        pub key: String,
        /// Its value.
        pub value: String,
    }

    /// The input of `StartEngagementByAcceptingInvitationTask`.
    #[derive(Debug, Serialize)]
    #[serde(rename_all = "PascalCase")]
    #[allow(missing_docs, reason = "the fields are the model's")]
    pub struct InvitationInput {
        pub catalog: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub client_token: Option<String>,
        pub identifier: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub tags: Option<Vec<Tag>>,
    }

    /// The output of `StartEngagementByAcceptingInvitationTask`. The time stays text: reading it as a time is work that
    /// the generated type does in addition.
    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "PascalCase")]
    #[allow(missing_docs, reason = "the fields are the model's")]
    pub struct InvitationOutput {
        pub task_id: Option<String>,
        pub task_arn: Option<String>,
        pub start_time: Option<String>,
        pub task_status: Option<TaskStatus>,
        pub message: Option<String>,
        pub reason_code: Option<String>,
        pub opportunity_id: Option<String>,
        pub resource_snapshot_job_id: Option<String>,
        pub engagement_invitation_id: Option<String>,
    }

    /// The state of a task.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
    #[serde(rename_all = "SCREAMING_SNAKE_CASE")]
    #[allow(missing_docs, reason = "the values are the model's")]
    pub enum TaskStatus {
        InProgress,
        Complete,
        Failed,
    }

    /// The same input as [`super::invitation_input`].
    #[must_use]
    pub fn invitation_input() -> InvitationInput {
        InvitationInput {
            catalog: CATALOG.to_owned(),
            client_token: Some(TOKEN.to_owned()),
            identifier: "engi-4f7k2m9qx1zbt".to_owned(),
            tags: Some(
                TAGS.iter().map(|(key, value)| Tag { key: (*key).to_owned(), value: (*value).to_owned() }).collect(),
            ),
        }
    }
}
