//! Names of crates.

use super::reserved::is_keyword;

/// Names that mean another crate or folder already, whoever uses the generated crate.
const TAKEN: &[&str] = &["alloc", "core", "proc-macro", "proc_macro", "runtime", "std", "target", "test"];

/// The longest name that package registries take.
const LONGEST: usize = 64;

/// Why a crate cannot have that name; `None` where it can. The name is also that of the crate's folder.
pub fn unusable_crate_name(name: &str) -> Option<&'static str> {
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        Some("it does not begin with a letter")
    } else if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')) {
        Some("it has other characters than letters, digits, `-` and `_`")
    } else if name.len() > LONGEST {
        Some("it is longer than 64 characters")
    } else if is_keyword(&name.replace('-', "_")) {
        Some("it is a keyword of Rust")
    } else if TAKEN.contains(&name) || name.starts_with("whitesmith-") {
        Some("another crate or folder is called that")
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
