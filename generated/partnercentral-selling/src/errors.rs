// Generated from partnercentral-selling.json (SHA-256 c3d25834fb2af76529be1c0eace65ca98c7c8cc26b83e521cb3c005c0cdae148).
// Not to be edited: run `cargo xtask codegen` to make it again.

//! The errors of the model.

use crate::{schema, types};

/// The caller is not allowed to do this.
///
/// What to do: check that the credentials are those of the account you meant, that IAM policies allow the operation and every action of its task in this catalog, and that the account is linked to AWS Partner Central. Trying again without a change does not help.
#[derive(Clone, Default, PartialEq)]
#[must_use]
#[non_exhaustive]
pub struct AccessDeniedException {
    /// What went wrong, in words for a person to read. The wording can change, so let no program depend on it.
    pub message: Option<String>,
    /// Why access was denied, where the service gives a reason beyond missing permissions.
    pub reason: Option<types::AccessDeniedExceptionErrorCode>,
}

impl AccessDeniedException {
    /// Makes it without any member.
    pub fn new() -> Self {
        Self {
            message: None,
            reason: None,
        }
    }

    /// Sets [`message`](Self#structfield.message).
    pub fn message(mut self, value: impl Into<String>) -> Self {
        self.message = Some(value.into());
        self
    }

    /// Sets [`reason`](Self#structfield.reason).
    pub fn reason(mut self, value: types::AccessDeniedExceptionErrorCode) -> Self {
        self.reason = Some(value);
        self
    }
}

whitesmith_schema::structure!(AccessDeniedException, schema::ACCESS_DENIED_EXCEPTION, {
    0: optional message,
    1: optional reason,
});

whitesmith_schema::error!(AccessDeniedException, {
    optional message,
});

/// The request does not fit the current state of what it refers to.
///
/// This happens when an invitation has been accepted or rejected before, when something was changed at the same time, or when a client token is used again with different input.
///
/// What to do: read the current state. What you want may be done already; otherwise adapt the request and send it with a new client token.
#[derive(Clone, Default, PartialEq)]
#[must_use]
#[non_exhaustive]
pub struct ConflictException {
    /// What went wrong, in words for a person to read. The wording can change, so let no program depend on it.
    pub message: Option<String>,
}

impl ConflictException {
    /// Makes it without any member.
    pub fn new() -> Self {
        Self { message: None }
    }

    /// Sets [`message`](Self#structfield.message).
    pub fn message(mut self, value: impl Into<String>) -> Self {
        self.message = Some(value.into());
        self
    }
}

whitesmith_schema::structure!(ConflictException, schema::CONFLICT_EXCEPTION, {
    0: optional message,
});

whitesmith_schema::error!(ConflictException, {
    optional message,
});

/// Something failed inside the service, through no fault of the request.
///
/// What to do: send the same request again, with the same client token, after a short and growing wait. If it keeps failing, contact AWS Support with the request identifier.
#[derive(Clone, Default, PartialEq)]
#[must_use]
#[non_exhaustive]
pub struct InternalServerException {
    /// What went wrong, in words for a person to read. The wording can change, so let no program depend on it.
    pub message: Option<String>,
}

impl InternalServerException {
    /// Makes it without any member.
    pub fn new() -> Self {
        Self { message: None }
    }

    /// Sets [`message`](Self#structfield.message).
    pub fn message(mut self, value: impl Into<String>) -> Self {
        self.message = Some(value.into());
        self
    }
}

whitesmith_schema::structure!(InternalServerException, schema::INTERNAL_SERVER_EXCEPTION, {
    0: optional message,
});

whitesmith_schema::error!(InternalServerException, {
    optional message,
});

/// What the request refers to does not exist, or the caller may not see it.
///
/// What to do: check the identifier, that it belongs to the catalog named in the request, and that the credentials and the Region are the right ones.
#[derive(Clone, Default, PartialEq)]
#[must_use]
#[non_exhaustive]
pub struct ResourceNotFoundException {
    /// What went wrong, in words for a person to read. The wording can change, so let no program depend on it.
    pub message: Option<String>,
}

impl ResourceNotFoundException {
    /// Makes it without any member.
    pub fn new() -> Self {
        Self { message: None }
    }

    /// Sets [`message`](Self#structfield.message).
    pub fn message(mut self, value: impl Into<String>) -> Self {
        self.message = Some(value.into());
        self
    }
}

whitesmith_schema::structure!(ResourceNotFoundException, schema::RESOURCE_NOT_FOUND_EXCEPTION, {
    0: optional message,
});

whitesmith_schema::error!(ResourceNotFoundException, {
    optional message,
});

/// The request would go over one of your account's quotas.
///
/// What to do: look the limit up in the list of [quotas](<https://docs.aws.amazon.com/partner-central/latest/selling-api/quotas.html>), then free some of what it counts or ask for a higher one. Trying again at once does not help.
#[derive(Clone, Default, PartialEq)]
#[must_use]
#[non_exhaustive]
pub struct ServiceQuotaExceededException {
    /// What went wrong, in words for a person to read. The wording can change, so let no program depend on it.
    pub message: Option<String>,
}

impl ServiceQuotaExceededException {
    /// Makes it without any member.
    pub fn new() -> Self {
        Self { message: None }
    }

    /// Sets [`message`](Self#structfield.message).
    pub fn message(mut self, value: impl Into<String>) -> Self {
        self.message = Some(value.into());
        self
    }
}

whitesmith_schema::structure!(ServiceQuotaExceededException, schema::SERVICE_QUOTA_EXCEEDED_EXCEPTION, {
    0: optional message,
});

whitesmith_schema::error!(ServiceQuotaExceededException, {
    optional message,
});

/// Too many requests were made in a short time.
///
/// What to do: send the same request again, with the same client token, after a growing and slightly random wait. If it happens often, spread your requests out; the rates are in the list of [quotas](<https://docs.aws.amazon.com/partner-central/latest/selling-api/quotas.html>).
#[derive(Clone, Default, PartialEq)]
#[must_use]
#[non_exhaustive]
pub struct ThrottlingException {
    /// What went wrong, in words for a person to read. The wording can change, so let no program depend on it.
    pub message: Option<String>,
}

impl ThrottlingException {
    /// Makes it without any member.
    pub fn new() -> Self {
        Self { message: None }
    }

    /// Sets [`message`](Self#structfield.message).
    pub fn message(mut self, value: impl Into<String>) -> Self {
        self.message = Some(value.into());
        self
    }
}

whitesmith_schema::structure!(ThrottlingException, schema::THROTTLING_EXCEPTION, {
    0: optional message,
});

whitesmith_schema::error!(ThrottlingException, {
    optional message,
});

/// The request breaks a rule: its form is wrong, or its content goes against a business rule.
///
/// What to do: correct every field named in `ErrorList`, then send the request again. Without a correction it is refused again.
#[derive(Clone, PartialEq)]
#[must_use]
#[non_exhaustive]
pub struct ValidationException {
    /// A summary of what is wrong, in words for a person to read. The single findings are in `ErrorList`.
    pub message: String,
    /// Which kind of rule was broken: one on the form of the request, or one of the business.
    pub reason: types::ValidationExceptionReason,
    /// The findings, one for each problem. A request with several problems can get them all in one answer.
    pub error_list: Option<Vec<types::ValidationExceptionError>>,
}

impl ValidationException {
    /// Makes it of its required members.
    pub fn new(
        message: impl Into<String>,
        reason: types::ValidationExceptionReason,
    ) -> Self {
        Self {
            message: message.into(),
            reason,
            error_list: None,
        }
    }

    /// Sets [`error_list`](Self#structfield.error_list).
    pub fn error_list(mut self, value: Vec<types::ValidationExceptionError>) -> Self {
        self.error_list = Some(value);
        self
    }
}

whitesmith_schema::structure!(ValidationException, schema::VALIDATION_EXCEPTION, {
    0: required message,
    1: required reason,
    2: optional error_list,
});

whitesmith_schema::error!(ValidationException, {
    required message,
});
