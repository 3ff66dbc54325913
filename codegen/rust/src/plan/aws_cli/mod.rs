//! What the AWS CLI does for particular services, as data: no model says it.

mod operations;
mod options;
mod paginators;
mod services;

pub use operations::{REMOVED_COMMANDS, UNSIGNED_COMMANDS};
pub use options::{HIDDEN_OPTIONS, RENAMED_OPTIONS, SCALAR_LISTS};
pub use paginators::{Paginator, paginators};
pub use services::SERVICE_NAMES;

/// A row of a table that is sorted by services.
pub trait Row {
    /// Returns the SDK id of the service that the row is about.
    fn sdk_id(&self) -> &str;
}

impl Row for (&str, &str) {
    fn sdk_id(&self) -> &str {
        self.0
    }
}

impl Row for (&str, &str, &str) {
    fn sdk_id(&self) -> &str {
        self.0
    }
}

impl Row for (&str, &str, &str, &str) {
    fn sdk_id(&self) -> &str {
        self.0
    }
}

/// Returns the rows of a sorted table that are about a service.
#[must_use]
pub fn rows_of<'t, R: Row>(table: &'t [R], sdk_id: &str) -> &'t [R] {
    let start = table.partition_point(|row| row.sdk_id() < sdk_id);
    let rest = table.get(start..).unwrap_or_default();
    let (rows, _) = rest.split_at(rest.partition_point(|row| row.sdk_id() == sdk_id));
    rows
}

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
    fn rows_of_a_service_are_those_of_its_sdk_id_alone() {
        assert_eq!(rows_of(UNSIGNED_COMMANDS, "STS"), UNSIGNED_COMMANDS);
        assert!(rows_of(SCALAR_LISTS, "WorkSpaces").iter().all(|(id, ..)| *id == "WorkSpaces"));
        assert_eq!(rows_of(SCALAR_LISTS, "WorkSpaces").len(), 3);
        assert!(rows_of(SCALAR_LISTS, "").is_empty());
        assert!(rows_of(SCALAR_LISTS, "zzz").is_empty());
    }

    #[test]
    fn services_have_the_names_of_the_aws_cli() {
        assert_eq!(service_name("S3"), Some("s3api"));
        assert_eq!(service_name("KMS"), None);
        assert!(lists(REMOVED_COMMANDS, "SES", "verify-email-address"));
    }
}
