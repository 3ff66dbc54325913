// Generated from partnercentral-selling.json (SHA-256 c3d25834fb2af76529be1c0eace65ca98c7c8cc26b83e521cb3c005c0cdae148).
// Not to be edited: run `cargo xtask codegen` to make it again.

//! The types that messages are made of.

use whitesmith_schema::UnknownValue;
use crate::schema;

/// Why access was denied, beyond missing permissions.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum AccessDeniedExceptionErrorCode {
    /// Your current standing as an AWS partner is not compatible with the benefit that the request depends on. Check your partner profile and the benefit's conditions in AWS Partner Central.
    IncompatibleBenefitAwsPartnerState,
    /// A value that the model did not know when this code was generated.
    Unknown(UnknownValue),
}

whitesmith_schema::string_enum!(AccessDeniedExceptionErrorCode, schema::ACCESS_DENIED_EXCEPTION_ERROR_CODE, {
    IncompatibleBenefitAwsPartnerState = "INCOMPATIBLE_BENEFIT_AWS_PARTNER_STATE",
});

/// What you ask of AWS when an opportunity is submitted: how far AWS gets involved, and how widely the opportunity can be seen there.
#[derive(Clone, PartialEq)]
#[must_use]
#[non_exhaustive]
pub struct AwsSubmission {
    /// How far AWS gets involved: `Co-Sell` asks AWS to work on the deal with you, `For Visibility Only` tells AWS about it and asks for nothing.
    pub involvement_type: SalesInvolvementType,
    /// How widely the opportunity can be seen by AWS sales.
    ///
    /// Use `Full` unless confidentiality or the terms of a program call for `Limited`.
    pub visibility: Option<Visibility>,
}

impl AwsSubmission {
    /// Makes it of its required members.
    pub fn new(involvement_type: SalesInvolvementType) -> Self {
        Self {
            involvement_type,
            visibility: None,
        }
    }

    /// Sets [`visibility`](Self#structfield.visibility).
    pub fn visibility(mut self, value: Visibility) -> Self {
        self.visibility = Some(value);
        self
    }
}

whitesmith_schema::structure!(AwsSubmission, schema::AWS_SUBMISSION, {
    0: required involvement_type,
    1: optional visibility,
});

/// Why a task failed.
///
/// The first part of a code names what the failing step was working on. Broadly, the ending says what to do:
///
/// - `…AccessDenied`: grant the caller the missing permission, then start a new task.
/// - `…ValidationFailed`: correct the data that the task works on, then start a new task.
/// - `…Conflict`: look at the current state of the resource first; what you want may be done already.
/// - `RequestThrottled` and `InternalError`: wait, then start a new task.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ReasonCode {
    /// The caller may not read or accept the invitation. Check the IAM permissions, and that the invitation is addressed to your account.
    InvitationAccessDenied,
    /// The invitation cannot be accepted as it stands. Check that it has not expired and that its details are complete.
    InvitationValidationFailed,
    /// The caller may not create or use the engagement. Check the IAM permissions for engagements.
    EngagementAccessDenied,
    /// The caller may not read, create or submit the opportunity. Check the IAM permissions for opportunities.
    OpportunityAccessDenied,
    /// The caller may not create or start the resource snapshot job. Check the IAM permissions for such jobs and the role that they run under.
    ResourceSnapshotJobAccessDenied,
    /// The resource snapshot job was refused as invalid. Check the settings for resource snapshot jobs in your account, the role among them.
    ResourceSnapshotJobValidationFailed,
    /// A resource snapshot job for the same opportunity and engagement is in the way. Look at the existing job first.
    ResourceSnapshotJobConflict,
    /// The engagement was refused as invalid. Check the details of the opportunity that it is made from.
    EngagementValidationFailed,
    /// The engagement's current state does not allow the step, or an engagement exists already. Read its current state first.
    EngagementConflict,
    /// The opportunity could not be submitted to AWS. Check that it is complete, is associated with what you mean to sell, and has not been submitted before.
    OpportunitySubmissionFailed,
    /// The invitation's current state does not allow the step: it may have been accepted, rejected or sent already.
    EngagementInvitationConflict,
    /// Something failed inside the service. Wait, then start a new task; if it happens again, contact AWS Support with the task's identifier.
    InternalError,
    /// The opportunity was refused as invalid. Correct the fields that the message names.
    OpportunityValidationFailed,
    /// The opportunity was changed at the same time, or its current state does not allow the step. Read it again first.
    OpportunityConflict,
    /// The caller may not take a snapshot of the opportunity. Check the IAM permissions for resource snapshots.
    ResourceSnapshotAccessDenied,
    /// The snapshot of the opportunity was refused as invalid. Check the details of the opportunity.
    ResourceSnapshotValidationFailed,
    /// A snapshot of the opportunity is in the way, or was being taken at the same time. Look at the existing snapshot first.
    ResourceSnapshotConflict,
    /// A step would have gone over one of your account's quotas. Free some of what the quota counts, or ask for a higher one.
    ServiceQuotaExceeded,
    /// A step was held back because too many requests were made. Wait, then start a new task.
    RequestThrottled,
    /// A context that the step needs was not found in the engagement. A context holds the details of what the engagement is about, such as a customer's project.
    ContextNotFound,
    /// The engagement holds a customer project context, which is not permitted for this step.
    CustomerProjectContextNotPermitted,
    /// The engagement is about a lead that has been disqualified, which is not permitted for this step.
    DisqualifiedLeadNotPermitted,
    /// A value that the model did not know when this code was generated.
    Unknown(UnknownValue),
}

whitesmith_schema::string_enum!(ReasonCode, schema::REASON_CODE, {
    InvitationAccessDenied = "InvitationAccessDenied",
    InvitationValidationFailed = "InvitationValidationFailed",
    EngagementAccessDenied = "EngagementAccessDenied",
    OpportunityAccessDenied = "OpportunityAccessDenied",
    ResourceSnapshotJobAccessDenied = "ResourceSnapshotJobAccessDenied",
    ResourceSnapshotJobValidationFailed = "ResourceSnapshotJobValidationFailed",
    ResourceSnapshotJobConflict = "ResourceSnapshotJobConflict",
    EngagementValidationFailed = "EngagementValidationFailed",
    EngagementConflict = "EngagementConflict",
    OpportunitySubmissionFailed = "OpportunitySubmissionFailed",
    EngagementInvitationConflict = "EngagementInvitationConflict",
    InternalError = "InternalError",
    OpportunityValidationFailed = "OpportunityValidationFailed",
    OpportunityConflict = "OpportunityConflict",
    ResourceSnapshotAccessDenied = "ResourceSnapshotAccessDenied",
    ResourceSnapshotValidationFailed = "ResourceSnapshotValidationFailed",
    ResourceSnapshotConflict = "ResourceSnapshotConflict",
    ServiceQuotaExceeded = "ServiceQuotaExceeded",
    RequestThrottled = "RequestThrottled",
    ContextNotFound = "ContextNotFound",
    CustomerProjectContextNotPermitted = "CustomerProjectContextNotPermitted",
    DisqualifiedLeadNotPermitted = "DisqualifiedLeadNotPermitted",
});

/// How far AWS gets involved in an opportunity.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum SalesInvolvementType {
    /// AWS is told about the opportunity, and is asked for no help with it.
    ForVisibilityOnly,
    /// AWS is asked to sell together with you, and to support and assist the deal.
    CoSell,
    /// A value that the model did not know when this code was generated.
    Unknown(UnknownValue),
}

whitesmith_schema::string_enum!(SalesInvolvementType, schema::SALES_INVOLVEMENT_TYPE, {
    ForVisibilityOnly = "For Visibility Only",
    CoSell = "Co-Sell",
});

/// A label for a resource, made of a key and a value.
#[derive(Clone, PartialEq)]
#[must_use]
#[non_exhaustive]
pub struct Tag {
    /// The name of the tag, from 1 to 128 characters.
    ///
    /// Letters, digits, spaces and the characters `_ . : / = + - @` are allowed, in any script. Upper and lower case differ.
    ///
    /// Constraints: pattern `(?=.{1,128}$)([\p{L}\p{Z}\p{N}_.:/=+\-@]*)`
    pub key: String,
    /// The value of the tag, up to 256 characters. It may be empty.
    ///
    /// The same characters are allowed as in a key.
    ///
    /// Constraints: pattern `(?=.{0,256}$)([\p{L}\p{Z}\p{N}_.:/=+\-@]*)`
    pub value: String,
}

impl Tag {
    /// Makes it of its required members.
    pub fn new(key: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            value: value.into(),
        }
    }
}

whitesmith_schema::structure!(Tag, schema::TAG, {
    0: required key,
    1: required value,
});

/// How far a task has come.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum TaskStatus {
    /// The task is running. Its outcome is not known yet.
    InProgress,
    /// Every step succeeded. This state is final.
    Complete,
    /// A step failed, and the task has stopped. This state is final; start a new task, with a new client token, once the cause is removed.
    Failed,
    /// A value that the model did not know when this code was generated.
    Unknown(UnknownValue),
}

whitesmith_schema::string_enum!(TaskStatus, schema::TASK_STATUS, {
    InProgress = "IN_PROGRESS",
    Complete = "COMPLETE",
    Failed = "FAILED",
});

/// One problem that was found in a request.
#[derive(Clone, PartialEq)]
#[must_use]
#[non_exhaustive]
pub struct ValidationExceptionError {
    /// The field with the problem. Absent when the problem is not that of a single field.
    pub field_name: Option<String>,
    /// What is wrong with the field, in words for a person to read.
    pub message: String,
    /// What is wrong with the field, as a code for programs to decide by. New codes may be added, so expect values that are not listed here.
    pub code: ValidationExceptionErrorCode,
}

impl ValidationExceptionError {
    /// Makes it of its required members.
    pub fn new(message: impl Into<String>, code: ValidationExceptionErrorCode) -> Self {
        Self {
            field_name: None,
            message: message.into(),
            code,
        }
    }

    /// Sets [`field_name`](Self#structfield.field_name).
    pub fn field_name(mut self, value: impl Into<String>) -> Self {
        self.field_name = Some(value.into());
        self
    }
}

whitesmith_schema::structure!(ValidationExceptionError, schema::VALIDATION_EXCEPTION_ERROR, {
    0: optional field_name,
    1: required message,
    2: required code,
});

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ValidationExceptionErrorCode {
    /// A field that must be given is missing. Add it.
    RequiredFieldMissing,
    /// The value is not among the allowed ones. Take one from the field's list, and mind upper and lower case.
    InvalidEnumValue,
    /// The text does not have the form that the field asks for. Compare it with the field's pattern.
    InvalidStringFormat,
    /// The value is not acceptable for a reason that no other code covers, such as a wrong type.
    InvalidValue,
    /// A list has fewer entries than the field asks for. Add some.
    NotEnoughValues,
    /// A list has more entries than the field allows. Take some out.
    TooManyValues,
    /// What the field refers to is in a state that does not allow the request. Read its current state.
    InvalidResourceState,
    /// A value that must be unique is in use already, or was given twice. Choose another.
    DuplicateKeyValue,
    /// The value is smaller or larger than the field allows.
    ValueOutOfRange,
    /// What is asked is not permitted in the current state, or to the caller.
    ActionNotPermitted,
    /// A value that the model did not know when this code was generated.
    Unknown(UnknownValue),
}

whitesmith_schema::string_enum!(ValidationExceptionErrorCode, schema::VALIDATION_EXCEPTION_ERROR_CODE, {
    RequiredFieldMissing = "REQUIRED_FIELD_MISSING",
    InvalidEnumValue = "INVALID_ENUM_VALUE",
    InvalidStringFormat = "INVALID_STRING_FORMAT",
    InvalidValue = "INVALID_VALUE",
    NotEnoughValues = "NOT_ENOUGH_VALUES",
    TooManyValues = "TOO_MANY_VALUES",
    InvalidResourceState = "INVALID_RESOURCE_STATE",
    DuplicateKeyValue = "DUPLICATE_KEY_VALUE",
    ValueOutOfRange = "VALUE_OUT_OF_RANGE",
    ActionNotPermitted = "ACTION_NOT_PERMITTED",
});

/// Which kind of rule a request breaks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ValidationExceptionReason {
    /// The form of the request is wrong: a required field is missing, or a value has the wrong type, format, length or number of entries. Compare the request with the constraints of its fields.
    RequestValidationFailed,
    /// The form is right, but a rule of AWS Partner Central does not allow what is asked. Compare the request with the state of the resources that it refers to.
    BusinessValidationFailed,
    /// A value that the model did not know when this code was generated.
    Unknown(UnknownValue),
}

whitesmith_schema::string_enum!(ValidationExceptionReason, schema::VALIDATION_EXCEPTION_REASON, {
    RequestValidationFailed = "REQUEST_VALIDATION_FAILED",
    BusinessValidationFailed = "BUSINESS_VALIDATION_FAILED",
});

/// How widely an opportunity can be seen by AWS sales.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Visibility {
    /// AWS sales can see the opportunity without restriction.
    Full,
    /// What AWS sales can see of the opportunity is restricted. Meant for special programs and for deals that must stay confidential.
    Limited,
    /// A value that the model did not know when this code was generated.
    Unknown(UnknownValue),
}

whitesmith_schema::string_enum!(Visibility, schema::VISIBILITY, {
    Full = "Full",
    Limited = "Limited",
});
