// Generated from partnercentral-selling.json (SHA-256 c3d25834fb2af76529be1c0eace65ca98c7c8cc26b83e521cb3c005c0cdae148).
// Not to be edited: run `cargo xtask codegen` to make it again.

//! `com.amazonaws.partnercentralselling#StartEngagementByAcceptingInvitationTask`

use whitesmith_schema::Timestamp;
use crate::{errors, schema, types};

/// Accepts an engagement invitation and sets up your side of the engagement.
///
/// The call returns as soon as the task has been started. The task then works through these steps:
///
/// - It accepts the invitation.
/// - It creates an opportunity in your account, filled in from the opportunity that the invitation describes.
/// - It creates a resource snapshot job, which from then on shares the state of your opportunity with the other members of the engagement.
///
/// When the task succeeds, the service announces the new opportunity with an `Opportunity Created` event in Amazon EventBridge, so that you need not poll for it.
///
/// The call can safely be repeated: a request with a `ClientToken` that was used before, and otherwise the same input, starts no second task.
///
/// The caller needs permission for the operation itself and for what the task does in the caller's name:
///
/// - `partnercentral:StartEngagementByAcceptingInvitationTask`
/// - `partnercentral:GetEngagementInvitation`
/// - `partnercentral:AcceptEngagementInvitation`
/// - `partnercentral:CreateOpportunity`
/// - `partnercentral:SubmitOpportunity`
/// - `partnercentral:CreateResourceSnapshotJob`
/// - `partnercentral:StartResourceSnapshotJob`
#[derive(Clone, Copy, Debug)]
pub struct StartEngagementByAcceptingInvitationTask;

impl whitesmith_schema::TypedOperation for StartEngagementByAcceptingInvitationTask {
    type Input = StartEngagementByAcceptingInvitationTaskInput;
    type Output = StartEngagementByAcceptingInvitationTaskOutput;
    type Error = StartEngagementByAcceptingInvitationTaskError;
    const SERVICE: &'static whitesmith_schema::Service = &schema::SERVICE;
    const OPERATION: &'static whitesmith_schema::Operation = &schema::START_ENGAGEMENT_BY_ACCEPTING_INVITATION_TASK;
}

/// What goes into `StartEngagementByAcceptingInvitationTask`.
#[derive(Clone, PartialEq)]
#[must_use]
#[non_exhaustive]
pub struct StartEngagementByAcceptingInvitationTaskInput {
    /// The catalog that the invitation belongs to: `AWS` for real business, `Sandbox` for tests.
    ///
    /// An invitation from one catalog cannot be found in the other.
    ///
    /// Constraints: pattern `[a-zA-Z]+`
    pub catalog: String,
    /// Makes the request safe to repeat.
    ///
    /// Choose a value of 1 to 255 characters that you use for this request alone, such as a random UUID, and send the same value when you try the same request again. The service recognises the token and starts no second task. If a token comes back with different input, the request is refused with a [`ConflictException`](crate::errors::ConflictException).
    ///
    /// When you leave the token out, the client sends a random UUID, and keeps it through automatic retries.
    ///
    /// Constraints: pattern `.{1,255}`
    pub client_token: Option<String>,
    /// The engagement invitation to accept, by identifier or by Amazon Resource Name (ARN).
    ///
    /// An identifier is `engi-` followed by 13 digits or lower-case letters, for example `engi-4f7k2m9qx1zbt`. An ARN may be up to 255 characters long.
    ///
    /// Constraints: pattern `(?=.{1,255}$)(arn:.*|engi-[0-9a-z]{13})`
    pub identifier: String,
    /// Tags to assign, from 1 to 200 of them.
    ///
    /// Each tag is a key and a value. Use tags to organise resources, or to control access to them in IAM policies. Use each key once.
    ///
    /// Constraints: length `1 to 200`
    pub tags: Option<Vec<types::Tag>>,
}

impl StartEngagementByAcceptingInvitationTaskInput {
    /// Makes it of its required members.
    pub fn new(catalog: impl Into<String>, identifier: impl Into<String>) -> Self {
        Self {
            catalog: catalog.into(),
            client_token: None,
            identifier: identifier.into(),
            tags: None,
        }
    }

    /// Sets [`client_token`](Self#structfield.client_token).
    pub fn client_token(mut self, value: impl Into<String>) -> Self {
        self.client_token = Some(value.into());
        self
    }

    /// Sets [`tags`](Self#structfield.tags).
    pub fn tags(mut self, value: Vec<types::Tag>) -> Self {
        self.tags = Some(value);
        self
    }
}

whitesmith_schema::structure!(StartEngagementByAcceptingInvitationTaskInput, schema::START_ENGAGEMENT_BY_ACCEPTING_INVITATION_TASK_REQUEST, {
    0: required catalog,
    1: optional client_token,
    2: required identifier,
    3: optional tags,
});

/// What comes out of `StartEngagementByAcceptingInvitationTask`.
#[derive(Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct StartEngagementByAcceptingInvitationTaskOutput {
    /// The identifier of the task: `task-` followed by 13 digits or lower-case letters.
    ///
    /// Keep it: it is how you find the task again, and what AWS Support will ask for.
    ///
    /// Constraints: pattern `.*task-[0-9a-z]{13}`
    pub task_id: Option<String>,
    /// The task's Amazon Resource Name (ARN), for use in IAM policies and wherever AWS asks for a resource by ARN.
    ///
    /// Constraints: pattern `arn:.*`
    pub task_arn: Option<String>,
    /// When the task was started, as a date and time in the form of RFC 3339.
    pub start_time: Option<Timestamp>,
    /// How far the task has come. A task that has just been started is usually `IN_PROGRESS`.
    pub task_status: Option<types::TaskStatus>,
    /// What went wrong, in words for a person to read, and where possible what to do about it.
    ///
    /// Present only when [`TaskStatus`](crate::types::TaskStatus) is `FAILED`. Let programs decide by [`ReasonCode`](crate::types::ReasonCode) instead: the wording can change.
    pub message: Option<String>,
    /// Why the task failed, as a code for programs to decide by.
    ///
    /// Present only when [`TaskStatus`](crate::types::TaskStatus) is `FAILED`. New codes may be added, so expect values that are not listed here.
    pub reason_code: Option<types::ReasonCode>,
    /// The identifier of the opportunity that the task created in your account.
    ///
    /// Absent until the task has created the opportunity.
    ///
    /// Constraints: pattern `O[0-9]{1,19}`
    pub opportunity_id: Option<String>,
    /// The identifier of the resource snapshot job that the task created to share your opportunity's state.
    ///
    /// Absent until the task has created the job.
    ///
    /// Constraints: pattern `job-[0-9a-z]{13}`
    pub resource_snapshot_job_id: Option<String>,
    /// The identifier of the invitation that the task accepts. It is always the short form, even if the request gave an ARN.
    ///
    /// Constraints: pattern `engi-[0-9,a-z]{13}`
    pub engagement_invitation_id: Option<String>,
}

impl StartEngagementByAcceptingInvitationTaskOutput {
    /// Makes it without any member.
    pub fn new() -> Self {
        Self {
            task_id: None,
            task_arn: None,
            start_time: None,
            task_status: None,
            message: None,
            reason_code: None,
            opportunity_id: None,
            resource_snapshot_job_id: None,
            engagement_invitation_id: None,
        }
    }

    /// Sets [`task_id`](Self#structfield.task_id).
    pub fn task_id(mut self, value: impl Into<String>) -> Self {
        self.task_id = Some(value.into());
        self
    }

    /// Sets [`task_arn`](Self#structfield.task_arn).
    pub fn task_arn(mut self, value: impl Into<String>) -> Self {
        self.task_arn = Some(value.into());
        self
    }

    /// Sets [`start_time`](Self#structfield.start_time).
    pub fn start_time(mut self, value: Timestamp) -> Self {
        self.start_time = Some(value);
        self
    }

    /// Sets [`task_status`](Self#structfield.task_status).
    pub fn task_status(mut self, value: types::TaskStatus) -> Self {
        self.task_status = Some(value);
        self
    }

    /// Sets [`message`](Self#structfield.message).
    pub fn message(mut self, value: impl Into<String>) -> Self {
        self.message = Some(value.into());
        self
    }

    /// Sets [`reason_code`](Self#structfield.reason_code).
    pub fn reason_code(mut self, value: types::ReasonCode) -> Self {
        self.reason_code = Some(value);
        self
    }

    /// Sets [`opportunity_id`](Self#structfield.opportunity_id).
    pub fn opportunity_id(mut self, value: impl Into<String>) -> Self {
        self.opportunity_id = Some(value.into());
        self
    }

    /// Sets [`resource_snapshot_job_id`](Self#structfield.resource_snapshot_job_id).
    pub fn resource_snapshot_job_id(mut self, value: impl Into<String>) -> Self {
        self.resource_snapshot_job_id = Some(value.into());
        self
    }

    /// Sets [`engagement_invitation_id`](Self#structfield.engagement_invitation_id).
    pub fn engagement_invitation_id(mut self, value: impl Into<String>) -> Self {
        self.engagement_invitation_id = Some(value.into());
        self
    }
}

whitesmith_schema::structure!(StartEngagementByAcceptingInvitationTaskOutput, schema::START_ENGAGEMENT_BY_ACCEPTING_INVITATION_TASK_RESPONSE, {
    0: optional task_id,
    1: optional task_arn,
    2: optional start_time,
    3: optional task_status,
    4: optional message,
    5: optional reason_code,
    6: optional opportunity_id,
    7: optional resource_snapshot_job_id,
    8: optional engagement_invitation_id,
});

/// What the service may answer `StartEngagementByAcceptingInvitationTask` instead of its output.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
#[allow(clippy::large_enum_variant, reason = "the variants are the model's")]
pub enum StartEngagementByAcceptingInvitationTaskError {
    /// The caller is not allowed to do this.
    ///
    /// What to do: check that the credentials are those of the account you meant, that IAM policies allow the operation and every action of its task in this catalog, and that the account is linked to AWS Partner Central. Trying again without a change does not help.
    AccessDeniedException(errors::AccessDeniedException),
    /// The request does not fit the current state of what it refers to.
    ///
    /// This happens when an invitation has been accepted or rejected before, when something was changed at the same time, or when a client token is used again with different input.
    ///
    /// What to do: read the current state. What you want may be done already; otherwise adapt the request and send it with a new client token.
    ConflictException(errors::ConflictException),
    /// Something failed inside the service, through no fault of the request.
    ///
    /// What to do: send the same request again, with the same client token, after a short and growing wait. If it keeps failing, contact AWS Support with the request identifier.
    InternalServerException(errors::InternalServerException),
    /// What the request refers to does not exist, or the caller may not see it.
    ///
    /// What to do: check the identifier, that it belongs to the catalog named in the request, and that the credentials and the Region are the right ones.
    ResourceNotFoundException(errors::ResourceNotFoundException),
    /// The request would go over one of your account's quotas.
    ///
    /// What to do: look the limit up in the list of [quotas](<https://docs.aws.amazon.com/partner-central/latest/selling-api/quotas.html>), then free some of what it counts or ask for a higher one. Trying again at once does not help.
    ServiceQuotaExceededException(errors::ServiceQuotaExceededException),
    /// Too many requests were made in a short time.
    ///
    /// What to do: send the same request again, with the same client token, after a growing and slightly random wait. If it happens often, spread your requests out; the rates are in the list of [quotas](<https://docs.aws.amazon.com/partner-central/latest/selling-api/quotas.html>).
    ThrottlingException(errors::ThrottlingException),
    /// The request breaks a rule: its form is wrong, or its content goes against a business rule.
    ///
    /// What to do: correct every field named in `ErrorList`, then send the request again. Without a correction it is refused again.
    ValidationException(errors::ValidationException),
}

whitesmith_schema::operation_error!(StartEngagementByAcceptingInvitationTaskError, {
    0: AccessDeniedException(errors::AccessDeniedException),
    1: ConflictException(errors::ConflictException),
    2: InternalServerException(errors::InternalServerException),
    3: ResourceNotFoundException(errors::ResourceNotFoundException),
    4: ServiceQuotaExceededException(errors::ServiceQuotaExceededException),
    5: ThrottlingException(errors::ThrottlingException),
    6: ValidationException(errors::ValidationException),
});
