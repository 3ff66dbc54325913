//! Operations that the AWS CLI does not treat as their model has them.

/// SDK id and the name of a command that the AWS CLI does not have, because it is deprecated or replaced. Sorted.
///
/// Source: facts of the AWS CLI 2.36 (`removals`), without its 22 operations with event streams.
pub const REMOVED_COMMANDS: &[(&str, &str)] = &[
    ("EC2", "import-instance"),
    ("EC2", "import-volume"),
    ("EMR", "add-job-flow-steps"),
    ("EMR", "describe-job-flows"),
    ("EMR", "list-bootstrap-actions"),
    ("EMR", "list-instance-groups"),
    ("EMR", "run-job-flow"),
    ("EMR", "set-keep-job-flow-alive-when-no-steps"),
    ("EMR", "set-termination-protection"),
    ("EMR", "set-unhealthy-node-replacement"),
    ("EMR", "set-visible-to-all-users"),
    ("EMR", "terminate-job-flows"),
    ("SES", "delete-verified-email-address"),
    ("SES", "list-verified-email-addresses"),
    ("SES", "verify-email-address"),
];

/// SDK id and command of operations that take no credentials, though the model has no `optionalAuth`. Sorted.
///
/// Source: facts of botocore 1.43 (`authtype` of the operations).
pub const UNSIGNED_COMMANDS: &[(&str, &str)] =
    &[("STS", "assume-role-with-saml"), ("STS", "assume-role-with-web-identity")];
