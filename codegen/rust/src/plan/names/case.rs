//! Case conversion. Every result is an identifier, whatever the text.

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

/// `start_engagement`, of `StartEngagement`.
pub fn snake(name: &str) -> String {
    identifier(name.to_snake_case())
}

/// `StartEngagement`, of `START_ENGAGEMENT`.
pub fn pascal(name: &str) -> String {
    identifier(name.to_upper_camel_case())
}

/// `START_ENGAGEMENT`, of `StartEngagement`.
pub fn constant(name: &str) -> String {
    identifier(name.to_shouty_snake_case())
}

/// Keeps what an identifier may hold; a digit at the front, or nothing at all, gets an underscore before it.
fn identifier(name: String) -> String {
    let mut name: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        name.insert(0, '_');
    }
    if name == "_" {
        name.push('0');
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_becomes_an_identifier() {
        for (name, expected) in [
            ("DBInstance", "db_instance"),
            ("EC2InstanceId", "ec2_instance_id"),
            ("x", "x"),
            ("_1st", "_1st"),
            ("", "_0"),
            ("--", "_0"),
            ("größe", "gre"),
            ("__a__b", "a_b"),
        ] {
            assert_eq!(snake(name), expected, "{name}");
        }
        assert_eq!(pascal("for_visibility_only"), "ForVisibilityOnly");
        assert_eq!(pascal("2xl"), "_2xl");
        assert_eq!(constant("TagKey"), "TAG_KEY");
    }
}
