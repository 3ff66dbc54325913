//! Names of crates.

use super::reserved::is_keyword;

/// Names of other crates and folders that every user of a generated crate may have.
const TAKEN: &[&str] = &["alloc", "core", "proc-macro", "proc_macro", "runtime", "std", "target", "test"];

/// The longest name that package registries accept.
const LONGEST: usize = 64;

/// Returns why a name is unusable for a crate, whose folder has the same name; `None` if it is usable.
pub fn unusable_crate_name(name: &str) -> Option<&'static str> {
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        Some("expected a letter at the start")
    } else if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')) {
        Some("expected only letters, digits, `-` and `_`")
    } else if name.len() > LONGEST {
        Some("exceeds the limit of 64 characters")
    } else if is_keyword(&name.replace('-', "_")) {
        Some("keyword of Rust")
    } else if TAKEN.contains(&name) || name.starts_with("whitesmith-") {
        Some("reserved name")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_name_chooses_no_path_and_hides_no_other_crate() {
        for name in ["partnercentral-selling", "s3", "a_b", &"x".repeat(LONGEST)] {
            assert_eq!(unusable_crate_name(name), None, "{name}");
        }
        for name in ["", "../up", "a/b", "a.b", "3d", "größe", "type", "self", "core", "runtime", "whitesmith-schema"]
        {
            assert!(unusable_crate_name(name).is_some(), "{name}");
        }
        assert!(unusable_crate_name(&"x".repeat(LONGEST + 1)).is_some());
    }
}
