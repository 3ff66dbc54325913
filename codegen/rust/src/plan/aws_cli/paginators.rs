//! How the AWS CLI fetches pages, where the model says less or something else.

use std::sync::LazyLock;

use super::{Row, rows_of};

/// The table; its first lines say what the columns are.
const TABLE: &str = include_str!("paginators.txt");

/// A row of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paginator {
    /// The SDK id of the service.
    pub sdk_id: &'static str,
    /// The operation's name.
    pub operation: &'static str,
    /// The input members that take the tokens.
    pub input_tokens: Vec<&'static str>,
    /// JMESPath expressions for the next tokens in the output.
    pub output_tokens: Vec<&'static str>,
    /// The path to the output's member that is false on the last page.
    pub more_results: Option<&'static str>,
    /// The input member that limits a page's size.
    pub page_size: Option<&'static str>,
    /// The paths to what grows with each page, the counted one first. None: pages are not fetched.
    pub results: Vec<&'static str>,
    /// The paths to what is shown as the first page has it.
    pub beside: Vec<&'static str>,
}

/// The rows, sorted by SDK id.
static ROWS: LazyLock<Vec<Paginator>> = LazyLock::new(|| {
    let rows = TABLE.lines().filter(|line| !line.starts_with('#'));
    let mut rows: Vec<Paginator> = rows.filter_map(parse).collect();
    rows.sort_by_key(|row| row.sdk_id);
    rows
});

impl Row for Paginator {
    fn sdk_id(&self) -> &str {
        self.sdk_id
    }
}

/// Returns the rows of a service.
pub fn paginators(sdk_id: &str) -> &'static [Paginator] {
    rows_of(&ROWS, sdk_id)
}

fn parse(row: &'static str) -> Option<Paginator> {
    let mut columns = row.split(';').map(str::trim);
    let mut text = || columns.next();
    let one = |text: &'static str| Some(text).filter(|text| !text.is_empty());
    let several = |text: &'static str| text.split(',').map(str::trim).filter(|text| !text.is_empty()).collect();
    Some(Paginator {
        sdk_id: text()?,
        operation: text()?,
        input_tokens: several(text()?),
        output_tokens: several(text()?),
        more_results: one(text()?),
        page_size: one(text()?),
        results: several(text()?),
        beside: several(text()?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_can_be_read() {
        let rows: Vec<&str> = TABLE.lines().filter(|line| !line.starts_with('#')).collect();
        assert!(rows.is_sorted());
        for row in rows {
            let paginator = parse(row).unwrap_or_else(|| panic!("{row}"));
            assert_eq!(row.matches(';').count(), 7, "{row}");
            assert_eq!(paginator.input_tokens.len(), paginator.output_tokens.len(), "{row}");
            assert_eq!(paginator.input_tokens.is_empty(), paginator.results.is_empty(), "{row}");
        }
    }

    #[test]
    fn listings_of_buckets_have_several_results() {
        let versions = paginators("S3").iter().find(|row| row.operation == "ListObjectVersions").unwrap();
        assert_eq!(versions.input_tokens, ["KeyMarker", "VersionIdMarker"]);
        assert_eq!(versions.results, ["Versions", "DeleteMarkers", "CommonPrefixes"]);
        assert_eq!((versions.more_results, versions.page_size), (Some("IsTruncated"), Some("MaxKeys")));
        assert!(paginators("no service").is_empty());
    }
}
