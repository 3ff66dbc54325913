//! What the AWS CLI does for particular services, as data: no model says it.

mod operations;
mod options;
mod paginators;
mod services;

pub use operations::{REMOVED_COMMANDS, UNSIGNED_COMMANDS};
pub use options::{HIDDEN_OPTIONS, RENAMED_OPTIONS, SCALAR_LISTS};
pub use paginators::{Paginator, paginators};
pub use services::SERVICE_NAMES;

/// Returns the name of a service on the command line, if it does not follow from the SDK id.
#[must_use]
pub fn service_name(sdk_id: &str) -> Option<&'static str> {
    let at = SERVICE_NAMES.binary_search_by_key(&sdk_id, |(id, _)| *id).ok()?;
    SERVICE_NAMES.get(at).map(|(_, name)| *name)
}

/// Whether a table of commands has a command.
#[must_use]
pub fn lists(table: &[(&str, &str)], sdk_id: &str, command: &str) -> bool {
    table.binary_search(&(sdk_id, command)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted() {
        assert!(SERVICE_NAMES.is_sorted());
        assert!(RENAMED_OPTIONS.is_sorted());
        assert!(HIDDEN_OPTIONS.is_sorted());
        assert!(SCALAR_LISTS.is_sorted());
        assert!(REMOVED_COMMANDS.is_sorted());
        assert!(UNSIGNED_COMMANDS.is_sorted());
    }

    #[test]
    fn services_have_the_names_of_the_aws_cli() {
        assert_eq!(service_name("S3"), Some("s3api"));
        assert_eq!(service_name("KMS"), None);
        assert!(lists(REMOVED_COMMANDS, "SES", "verify-email-address"));
    }
}
