//! Failures for want of credentials.

use whitesmith_client::CredentialsError;

use crate::failure::Failure;

/// Returns the failure for missing or unusable credentials.
pub fn failure(error: &CredentialsError) -> Failure {
    match error {
        CredentialsError::Failed(problem) => Failure::general(problem.clone()),
        _ => Failure::configuration(
            "NoCredentials",
            "no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or configure a profile",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lack_of_credentials_is_one_of_configuration() {
        assert_eq!(failure(&CredentialsError::Missing("none".to_owned())).exit_status(), 253);
        let failed = failure(&CredentialsError::Failed("it broke".to_owned()));
        assert_eq!((failed.exit_status(), failed.message.as_str()), (255, "it broke"));
    }
}
