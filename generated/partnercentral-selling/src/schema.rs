// Generated from partnercentral-selling.json (SHA-256 c3d25834fb2af76529be1c0eace65ca98c7c8cc26b83e521cb3c005c0cdae148).
// Not to be edited: run `cargo xtask codegen` to make it again.

//! The model as static data, which everything that reads, writes, checks or shows a value works from.

use whitesmith_schema::*;

pub static SERVICE: Service = Service::new(
        "com.amazonaws.partnercentralselling#AWSPartnerCentralSelling",
        "AWSPartnerCentralSelling",
        "2022-07-26",
        ProtocolId::AwsJson1_0,
        &[
            &START_ENGAGEMENT_BY_ACCEPTING_INVITATION_TASK,
            &START_ENGAGEMENT_FROM_OPPORTUNITY_TASK,
        ],
    )
    .with_aws_names(
        "PartnerCentral Selling",
        "partnercentral-selling",
        "partnercentral-selling",
    );

pub static START_ENGAGEMENT_BY_ACCEPTING_INVITATION_TASK: Operation = Operation::new(
        "com.amazonaws.partnercentralselling#StartEngagementByAcceptingInvitationTask",
        "StartEngagementByAcceptingInvitationTask",
        &START_ENGAGEMENT_BY_ACCEPTING_INVITATION_TASK_REQUEST,
        &START_ENGAGEMENT_BY_ACCEPTING_INVITATION_TASK_RESPONSE,
    )
    .with_errors(
        &[
            &ACCESS_DENIED_EXCEPTION,
            &CONFLICT_EXCEPTION,
            &INTERNAL_SERVER_EXCEPTION,
            &RESOURCE_NOT_FOUND_EXCEPTION,
            &SERVICE_QUOTA_EXCEEDED_EXCEPTION,
            &THROTTLING_EXCEPTION,
            &VALIDATION_EXCEPTION,
        ],
    )
    .with_doc(
        "Accepts an engagement invitation and sets up your side of the engagement.",
    );

pub static START_ENGAGEMENT_FROM_OPPORTUNITY_TASK: Operation = Operation::new(
        "com.amazonaws.partnercentralselling#StartEngagementFromOpportunityTask",
        "StartEngagementFromOpportunityTask",
        &START_ENGAGEMENT_FROM_OPPORTUNITY_TASK_REQUEST,
        &START_ENGAGEMENT_FROM_OPPORTUNITY_TASK_RESPONSE,
    )
    .with_errors(
        &[
            &ACCESS_DENIED_EXCEPTION,
            &CONFLICT_EXCEPTION,
            &INTERNAL_SERVER_EXCEPTION,
            &RESOURCE_NOT_FOUND_EXCEPTION,
            &SERVICE_QUOTA_EXCEEDED_EXCEPTION,
            &THROTTLING_EXCEPTION,
            &VALIDATION_EXCEPTION,
        ],
    )
    .with_doc("Starts an engagement with AWS for one of your opportunities.");

pub static ACCESS_DENIED_EXCEPTION: Schema = Schema::structure(
        "com.amazonaws.partnercentralselling#AccessDeniedException",
        &[
            Member::new("Message", &STRING)
                .with_doc("What went wrong, in words for a person to read."),
            Member::new("Reason", &ACCESS_DENIED_EXCEPTION_ERROR_CODE)
                .with_doc(
                    "Why access was denied, where the service gives a reason beyond missing permissions.",
                ),
        ],
    )
    .with_error(ErrorTrait {
        fault: Fault::Client,
        status: 403,
        retryable: None,
        query_code: None,
    });

pub static ACCESS_DENIED_EXCEPTION_ERROR_CODE: Schema = Schema::string_enum(
    "com.amazonaws.partnercentralselling#AccessDeniedExceptionErrorCode",
    &[
        EnumValue::string(
                "INCOMPATIBLE_BENEFIT_AWS_PARTNER_STATE",
                "INCOMPATIBLE_BENEFIT_AWS_PARTNER_STATE",
            )
            .with_doc(
                "Your current standing as an AWS partner is not compatible with the benefit that the request depends on.",
            ),
    ],
);

pub static AWS_SUBMISSION: Schema = Schema::structure(
    "com.amazonaws.partnercentralselling#AwsSubmission",
    &[
        Member::new("InvolvementType", &SALES_INVOLVEMENT_TYPE)
            .with_required()
            .with_doc("How far AWS gets involved."),
        Member::new("Visibility", &VISIBILITY)
            .with_doc("How widely the opportunity can be seen by AWS sales."),
    ],
);

pub static CATALOG_IDENTIFIER: Schema = Schema::string(
        "com.amazonaws.partnercentralselling#CatalogIdentifier",
    )
    .with_pattern("[a-zA-Z]+");

pub static CLIENT_TOKEN: Schema = Schema::string(
        "com.amazonaws.partnercentralselling#ClientToken",
    )
    .with_pattern(".{1,255}");

pub static CONFLICT_EXCEPTION: Schema = Schema::structure(
        "com.amazonaws.partnercentralselling#ConflictException",
        &[
            Member::new("Message", &STRING)
                .with_doc("What went wrong, in words for a person to read."),
        ],
    )
    .with_error(ErrorTrait {
        fault: Fault::Client,
        status: 409,
        retryable: None,
        query_code: None,
    });

pub static DATE_TIME: Schema = Schema::simple(
        "com.amazonaws.partnercentralselling#DateTime",
        ShapeType::Timestamp,
    )
    .with_timestamp_format(TimestampFormat::DateTime);

pub static ENGAGEMENT_IDENTIFIER: Schema = Schema::string(
        "com.amazonaws.partnercentralselling#EngagementIdentifier",
    )
    .with_pattern("eng-[0-9a-z]{14}");

pub static ENGAGEMENT_INVITATION_ARN_OR_IDENTIFIER: Schema = Schema::string(
        "com.amazonaws.partnercentralselling#EngagementInvitationArnOrIdentifier",
    )
    .with_pattern("(?=.{1,255}$)(arn:.*|engi-[0-9a-z]{13})");

pub static ENGAGEMENT_INVITATION_IDENTIFIER: Schema = Schema::string(
        "com.amazonaws.partnercentralselling#EngagementInvitationIdentifier",
    )
    .with_pattern("engi-[0-9,a-z]{13}");

pub static INTERNAL_SERVER_EXCEPTION: Schema = Schema::structure(
        "com.amazonaws.partnercentralselling#InternalServerException",
        &[
            Member::new("Message", &STRING)
                .with_doc("What went wrong, in words for a person to read."),
        ],
    )
    .with_error(ErrorTrait {
        fault: Fault::Server,
        status: 500,
        retryable: None,
        query_code: None,
    });

pub static OPPORTUNITY_IDENTIFIER: Schema = Schema::string(
        "com.amazonaws.partnercentralselling#OpportunityIdentifier",
    )
    .with_pattern("O[0-9]{1,19}");

pub static REASON_CODE: Schema = Schema::string_enum(
    "com.amazonaws.partnercentralselling#ReasonCode",
    &[
        EnumValue::string("INVITATION_ACCESS_DENIED", "InvitationAccessDenied")
            .with_doc("The caller may not read or accept the invitation."),
        EnumValue::string("INVITATION_VALIDATION_FAILED", "InvitationValidationFailed")
            .with_doc("The invitation cannot be accepted as it stands."),
        EnumValue::string("ENGAGEMENT_ACCESS_DENIED", "EngagementAccessDenied")
            .with_doc("The caller may not create or use the engagement."),
        EnumValue::string("OPPORTUNITY_ACCESS_DENIED", "OpportunityAccessDenied")
            .with_doc("The caller may not read, create or submit the opportunity."),
        EnumValue::string(
                "RESOURCE_SNAPSHOT_JOB_ACCESS_DENIED",
                "ResourceSnapshotJobAccessDenied",
            )
            .with_doc("The caller may not create or start the resource snapshot job."),
        EnumValue::string(
                "RESOURCE_SNAPSHOT_JOB_VALIDATION_FAILED",
                "ResourceSnapshotJobValidationFailed",
            )
            .with_doc("The resource snapshot job was refused as invalid."),
        EnumValue::string(
                "RESOURCE_SNAPSHOT_JOB_CONFLICT",
                "ResourceSnapshotJobConflict",
            )
            .with_doc(
                "A resource snapshot job for the same opportunity and engagement is in the way.",
            ),
        EnumValue::string("ENGAGEMENT_VALIDATION_FAILED", "EngagementValidationFailed")
            .with_doc("The engagement was refused as invalid."),
        EnumValue::string("ENGAGEMENT_CONFLICT", "EngagementConflict")
            .with_doc(
                "The engagement's current state does not allow the step, or an engagement exists already.",
            ),
        EnumValue::string("OPPORTUNITY_SUBMISSION_FAILED", "OpportunitySubmissionFailed")
            .with_doc("The opportunity could not be submitted to AWS."),
        EnumValue::string(
                "ENGAGEMENT_INVITATION_CONFLICT",
                "EngagementInvitationConflict",
            )
            .with_doc("The invitation's current state does not allow the step."),
        EnumValue::string("INTERNAL_ERROR", "InternalError")
            .with_doc("Something failed inside the service."),
        EnumValue::string("OPPORTUNITY_VALIDATION_FAILED", "OpportunityValidationFailed")
            .with_doc("The opportunity was refused as invalid."),
        EnumValue::string("OPPORTUNITY_CONFLICT", "OpportunityConflict")
            .with_doc(
                "The opportunity was changed at the same time, or its current state does not allow the step.",
            ),
        EnumValue::string(
                "RESOURCE_SNAPSHOT_ACCESS_DENIED",
                "ResourceSnapshotAccessDenied",
            )
            .with_doc("The caller may not take a snapshot of the opportunity."),
        EnumValue::string(
                "RESOURCE_SNAPSHOT_VALIDATION_FAILED",
                "ResourceSnapshotValidationFailed",
            )
            .with_doc("The snapshot of the opportunity was refused as invalid."),
        EnumValue::string("RESOURCE_SNAPSHOT_CONFLICT", "ResourceSnapshotConflict")
            .with_doc(
                "A snapshot of the opportunity is in the way, or was being taken at the same time.",
            ),
        EnumValue::string("SERVICE_QUOTA_EXCEEDED", "ServiceQuotaExceeded")
            .with_doc("A step would have gone over one of your account's quotas."),
        EnumValue::string("REQUEST_THROTTLED", "RequestThrottled")
            .with_doc("A step was held back because too many requests were made."),
        EnumValue::string("CONTEXT_NOT_FOUND", "ContextNotFound")
            .with_doc("A context that the step needs was not found in the engagement."),
        EnumValue::string(
                "CUSTOMER_PROJECT_CONTEXT_NOT_PERMITTED",
                "CustomerProjectContextNotPermitted",
            )
            .with_doc(
                "The engagement holds a customer project context, which is not permitted for this step.",
            ),
        EnumValue::string(
                "DISQUALIFIED_LEAD_NOT_PERMITTED",
                "DisqualifiedLeadNotPermitted",
            )
            .with_doc(
                "The engagement is about a lead that has been disqualified, which is not permitted for this step.",
            ),
    ],
);

pub static RESOURCE_NOT_FOUND_EXCEPTION: Schema = Schema::structure(
        "com.amazonaws.partnercentralselling#ResourceNotFoundException",
        &[
            Member::new("Message", &STRING)
                .with_doc("What went wrong, in words for a person to read."),
        ],
    )
    .with_error(ErrorTrait {
        fault: Fault::Client,
        status: 404,
        retryable: None,
        query_code: None,
    });

pub static RESOURCE_SNAPSHOT_JOB_IDENTIFIER: Schema = Schema::string(
        "com.amazonaws.partnercentralselling#ResourceSnapshotJobIdentifier",
    )
    .with_pattern("job-[0-9a-z]{13}");

pub static SALES_INVOLVEMENT_TYPE: Schema = Schema::string_enum(
    "com.amazonaws.partnercentralselling#SalesInvolvementType",
    &[
        EnumValue::string("FOR_VISIBILITY_ONLY", "For Visibility Only")
            .with_doc(
                "AWS is told about the opportunity, and is asked for no help with it.",
            ),
        EnumValue::string("CO_SELL", "Co-Sell")
            .with_doc(
                "AWS is asked to sell together with you, and to support and assist the deal.",
            ),
    ],
);

pub static SERVICE_QUOTA_EXCEEDED_EXCEPTION: Schema = Schema::structure(
        "com.amazonaws.partnercentralselling#ServiceQuotaExceededException",
        &[
            Member::new("Message", &STRING)
                .with_doc("What went wrong, in words for a person to read."),
        ],
    )
    .with_error(ErrorTrait {
        fault: Fault::Client,
        status: 402,
        retryable: None,
        query_code: None,
    });

pub static START_ENGAGEMENT_BY_ACCEPTING_INVITATION_TASK_REQUEST: Schema = Schema::structure(
    "com.amazonaws.partnercentralselling#StartEngagementByAcceptingInvitationTaskRequest",
    &[
        Member::new("Catalog", &CATALOG_IDENTIFIER)
            .with_required()
            .with_doc("The catalog that the invitation belongs to."),
        Member::new("ClientToken", &CLIENT_TOKEN)
            .with_required()
            .with_idempotency_token()
            .with_doc("Makes the request safe to repeat."),
        Member::new("Identifier", &ENGAGEMENT_INVITATION_ARN_OR_IDENTIFIER)
            .with_required()
            .with_doc(
                "The engagement invitation to accept, by identifier or by Amazon Resource Name (ARN).",
            ),
        Member::new("Tags", &TAG_LIST).with_doc("Tags to assign, from 1 to 200 of them."),
    ],
);

pub static START_ENGAGEMENT_BY_ACCEPTING_INVITATION_TASK_RESPONSE: Schema = Schema::structure(
    "com.amazonaws.partnercentralselling#StartEngagementByAcceptingInvitationTaskResponse",
    &[
        Member::new("TaskId", &TASK_IDENTIFIER).with_doc("The identifier of the task."),
        Member::new("TaskArn", &TASK_ARN)
            .with_doc(
                "The task's Amazon Resource Name (ARN), for use in IAM policies and wherever AWS asks for a resource by ARN.",
            ),
        Member::new("StartTime", &DATE_TIME)
            .with_doc(
                "When the task was started, as a date and time in the form of RFC 3339.",
            ),
        Member::new("TaskStatus", &TASK_STATUS).with_doc("How far the task has come."),
        Member::new("Message", &STRING)
            .with_doc(
                "What went wrong, in words for a person to read, and where possible what to do about it.",
            ),
        Member::new("ReasonCode", &REASON_CODE)
            .with_doc("Why the task failed, as a code for programs to decide by."),
        Member::new("OpportunityId", &OPPORTUNITY_IDENTIFIER)
            .with_doc(
                "The identifier of the opportunity that the task created in your account.",
            ),
        Member::new("ResourceSnapshotJobId", &RESOURCE_SNAPSHOT_JOB_IDENTIFIER)
            .with_doc(
                "The identifier of the resource snapshot job that the task created to share your opportunity's state.",
            ),
        Member::new("EngagementInvitationId", &ENGAGEMENT_INVITATION_IDENTIFIER)
            .with_doc("The identifier of the invitation that the task accepts."),
    ],
);

pub static START_ENGAGEMENT_FROM_OPPORTUNITY_TASK_REQUEST: Schema = Schema::structure(
    "com.amazonaws.partnercentralselling#StartEngagementFromOpportunityTaskRequest",
    &[
        Member::new("Catalog", &CATALOG_IDENTIFIER)
            .with_required()
            .with_doc("The catalog that the opportunity belongs to."),
        Member::new("ClientToken", &CLIENT_TOKEN)
            .with_required()
            .with_idempotency_token()
            .with_doc("Makes the request safe to repeat."),
        Member::new("Identifier", &OPPORTUNITY_IDENTIFIER)
            .with_required()
            .with_doc("The identifier of the opportunity to start the engagement from."),
        Member::new("AwsSubmission", &AWS_SUBMISSION)
            .with_required()
            .with_doc(
                "How AWS is to take part in the opportunity, and who at AWS may see it.",
            ),
        Member::new("Tags", &TAG_LIST).with_doc("Tags to assign, from 1 to 200 of them."),
    ],
);

pub static START_ENGAGEMENT_FROM_OPPORTUNITY_TASK_RESPONSE: Schema = Schema::structure(
    "com.amazonaws.partnercentralselling#StartEngagementFromOpportunityTaskResponse",
    &[
        Member::new("TaskId", &TASK_IDENTIFIER).with_doc("The identifier of the task."),
        Member::new("TaskArn", &TASK_ARN)
            .with_doc(
                "The task's Amazon Resource Name (ARN), for use in IAM policies and wherever AWS asks for a resource by ARN.",
            ),
        Member::new("StartTime", &DATE_TIME)
            .with_doc(
                "When the task was started, as a date and time in the form of RFC 3339.",
            ),
        Member::new("TaskStatus", &TASK_STATUS).with_doc("How far the task has come."),
        Member::new("Message", &STRING)
            .with_doc(
                "What went wrong, in words for a person to read, and where possible what to do about it.",
            ),
        Member::new("ReasonCode", &REASON_CODE)
            .with_doc("Why the task failed, as a code for programs to decide by."),
        Member::new("OpportunityId", &OPPORTUNITY_IDENTIFIER)
            .with_doc(
                "The identifier of the opportunity that the task starts from, as it was given in the request.",
            ),
        Member::new("ResourceSnapshotJobId", &RESOURCE_SNAPSHOT_JOB_IDENTIFIER)
            .with_doc(
                "The identifier of the resource snapshot job that the task created to share the opportunity's state with the engagement.",
            ),
        Member::new("EngagementId", &ENGAGEMENT_IDENTIFIER)
            .with_doc("The identifier of the engagement that the task set up."),
        Member::new("EngagementInvitationId", &ENGAGEMENT_INVITATION_IDENTIFIER)
            .with_doc(
                "The identifier of the invitation by which AWS was asked to join the engagement.",
            ),
    ],
);

pub static STRING: Schema = Schema::string("com.amazonaws.partnercentralselling#String");

pub static TAG: Schema = Schema::structure(
    "com.amazonaws.partnercentralselling#Tag",
    &[
        Member::new("Key", &TAG_KEY)
            .with_required()
            .with_doc("The name of the tag, from 1 to 128 characters."),
        Member::new("Value", &TAG_VALUE)
            .with_required()
            .with_doc("The value of the tag, up to 256 characters."),
    ],
);

pub static TAG_KEY: Schema = Schema::string("com.amazonaws.partnercentralselling#TagKey")
    .with_pattern("(?=.{1,128}$)([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)");

pub static TAG_LIST: Schema = Schema::list(
        "com.amazonaws.partnercentralselling#TagList",
        &[Member::new("member", &TAG)],
    )
    .with_length(Some(1), Some(200));

pub static TAG_VALUE: Schema = Schema::string(
        "com.amazonaws.partnercentralselling#TagValue",
    )
    .with_pattern("(?=.{0,256}$)([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)");

pub static TASK_ARN: Schema = Schema::string(
        "com.amazonaws.partnercentralselling#TaskArn",
    )
    .with_pattern("arn:.*");

pub static TASK_IDENTIFIER: Schema = Schema::string(
        "com.amazonaws.partnercentralselling#TaskIdentifier",
    )
    .with_pattern(".*task-[0-9a-z]{13}");

pub static TASK_STATUS: Schema = Schema::string_enum(
    "com.amazonaws.partnercentralselling#TaskStatus",
    &[
        EnumValue::string("IN_PROGRESS", "IN_PROGRESS").with_doc("The task is running."),
        EnumValue::string("COMPLETE", "COMPLETE").with_doc("Every step succeeded."),
        EnumValue::string("FAILED", "FAILED")
            .with_doc("A step failed, and the task has stopped."),
    ],
);

pub static THROTTLING_EXCEPTION: Schema = Schema::structure(
        "com.amazonaws.partnercentralselling#ThrottlingException",
        &[
            Member::new("Message", &STRING)
                .with_doc("What went wrong, in words for a person to read."),
        ],
    )
    .with_error(ErrorTrait {
        fault: Fault::Client,
        status: 429,
        retryable: None,
        query_code: None,
    });

pub static VALIDATION_EXCEPTION: Schema = Schema::structure(
        "com.amazonaws.partnercentralselling#ValidationException",
        &[
            Member::new("Message", &STRING)
                .with_required()
                .with_doc("A summary of what is wrong, in words for a person to read."),
            Member::new("Reason", &VALIDATION_EXCEPTION_REASON)
                .with_required()
                .with_doc("Which kind of rule was broken."),
            Member::new("ErrorList", &VALIDATION_EXCEPTION_ERROR_LIST)
                .with_doc("The findings, one for each problem."),
        ],
    )
    .with_error(ErrorTrait {
        fault: Fault::Client,
        status: 400,
        retryable: None,
        query_code: None,
    });

pub static VALIDATION_EXCEPTION_ERROR: Schema = Schema::structure(
    "com.amazonaws.partnercentralselling#ValidationExceptionError",
    &[
        Member::new("FieldName", &STRING).with_doc("The field with the problem."),
        Member::new("Message", &STRING)
            .with_required()
            .with_doc("What is wrong with the field, in words for a person to read."),
        Member::new("Code", &VALIDATION_EXCEPTION_ERROR_CODE)
            .with_required()
            .with_doc(
                "What is wrong with the field, as a code for programs to decide by.",
            ),
    ],
);

pub static VALIDATION_EXCEPTION_ERROR_CODE: Schema = Schema::string_enum(
    "com.amazonaws.partnercentralselling#ValidationExceptionErrorCode",
    &[
        EnumValue::string("REQUIRED_FIELD_MISSING", "REQUIRED_FIELD_MISSING")
            .with_doc("A field that must be given is missing."),
        EnumValue::string("INVALID_ENUM_VALUE", "INVALID_ENUM_VALUE")
            .with_doc("The value is not among the allowed ones."),
        EnumValue::string("INVALID_STRING_FORMAT", "INVALID_STRING_FORMAT")
            .with_doc("The text does not have the form that the field asks for."),
        EnumValue::string("INVALID_VALUE", "INVALID_VALUE")
            .with_doc(
                "The value is not acceptable for a reason that no other code covers, such as a wrong type.",
            ),
        EnumValue::string("NOT_ENOUGH_VALUES", "NOT_ENOUGH_VALUES")
            .with_doc("A list has fewer entries than the field asks for."),
        EnumValue::string("TOO_MANY_VALUES", "TOO_MANY_VALUES")
            .with_doc("A list has more entries than the field allows."),
        EnumValue::string("INVALID_RESOURCE_STATE", "INVALID_RESOURCE_STATE")
            .with_doc(
                "What the field refers to is in a state that does not allow the request.",
            ),
        EnumValue::string("DUPLICATE_KEY_VALUE", "DUPLICATE_KEY_VALUE")
            .with_doc(
                "A value that must be unique is in use already, or was given twice.",
            ),
        EnumValue::string("VALUE_OUT_OF_RANGE", "VALUE_OUT_OF_RANGE")
            .with_doc("The value is smaller or larger than the field allows."),
        EnumValue::string("ACTION_NOT_PERMITTED", "ACTION_NOT_PERMITTED")
            .with_doc(
                "What is asked is not permitted in the current state, or to the caller.",
            ),
    ],
);

pub static VALIDATION_EXCEPTION_ERROR_LIST: Schema = Schema::list(
    "com.amazonaws.partnercentralselling#ValidationExceptionErrorList",
    &[Member::new("member", &VALIDATION_EXCEPTION_ERROR)],
);

pub static VALIDATION_EXCEPTION_REASON: Schema = Schema::string_enum(
    "com.amazonaws.partnercentralselling#ValidationExceptionReason",
    &[
        EnumValue::string("REQUEST_VALIDATION_FAILED", "REQUEST_VALIDATION_FAILED")
            .with_doc("The form of the request is wrong."),
        EnumValue::string("BUSINESS_VALIDATION_FAILED", "BUSINESS_VALIDATION_FAILED")
            .with_doc(
                "The form is right, but a rule of AWS Partner Central does not allow what is asked.",
            ),
    ],
);

pub static VISIBILITY: Schema = Schema::string_enum(
    "com.amazonaws.partnercentralselling#Visibility",
    &[
        EnumValue::string("FULL", "Full")
            .with_doc("AWS sales can see the opportunity without restriction."),
        EnumValue::string("LIMITED", "Limited")
            .with_doc("What AWS sales can see of the opportunity is restricted."),
    ],
);
