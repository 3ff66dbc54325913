//! The documentation names every rule that is done.

use std::path::Path;

use whitesmith_smithy::validate::rule_names;

#[test]
fn every_rule_is_in_the_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/validation.md");
    let text = std::fs::read_to_string(path).unwrap();
    let documented: Vec<&str> =
        text.lines().filter(|line| line.contains("| done, stage")).filter_map(|line| line.split('`').nth(1)).collect();
    assert_eq!(documented, rule_names().collect::<Vec<_>>());
}
