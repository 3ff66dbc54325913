//! The names that generated types and their members have in Rust.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "evaluated at compile time, where a wrong index and an overflow are errors"
)]

use crate::Schema;

/// A generated structure or union: its shape and its names.
#[derive(Debug)]
pub struct RustNames {
    /// The shape.
    pub schema: &'static Schema,
    /// The type.
    pub type_name: &'static str,
    /// The fields or variants.
    pub members: &'static [&'static str],
    /// The positions of their members in the schema.
    pub positions: &'static [usize],
}

/// Finds at compile time the positions of members by their Rust names, which are in the order of the schema. Members without a
/// name, such as streams of events, are left out.
///
/// # Panics
/// A name is not one of the schema's, or they are in another order, which fails the compilation.
#[doc(hidden)]
pub const fn positions<const N: usize>(schema: &Schema, names: [&str; N]) -> [usize; N] {
    let mut found = [0; N];
    let (mut index, mut next) = (0, 0);
    while index < N {
        let mut at = next;
        if N < schema.members.len() {
            // Of two members whose names differ in case alone, one has a number: it cannot be told which if one is left out.
            at = find(schema, names[index], next, Match::Exact);
            if at == schema.members.len() {
                at = find(schema, names[index], next, Match::Numbered);
                assert!(
                    at == schema.members.len()
                        || find(schema, names[index], at + 1, Match::Numbered) == schema.members.len(),
                    "a field or variant may belong to several members of the shape"
                );
            }
        }
        assert!(
            at < schema.members.len() && !matches!(compare(names[index], schema.members[at].name), Match::No),
            "a field or variant is not a member of the shape, or not in its order"
        );
        found[index] = at;
        next = at + 1;
        index += 1;
    }
    found
}

/// The position of the first member from `start` on that matches as wanted; the number of members if there is none.
const fn find(schema: &Schema, name: &str, start: usize, wanted: Match) -> usize {
    let mut at = start;
    while at < schema.members.len() {
        match (compare(name, schema.members[at].name), &wanted) {
            (Match::Exact, Match::Exact) | (Match::Numbered, Match::Numbered) => return at,
            _ => at += 1,
        }
    }
    at
}

/// Whether a Rust name was made of a member's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Match {
    No,
    /// The same letters and digits in any case, and what makes it an identifier: `r#type`, `self_`, `_1st`, `UnknownValue`.
    Exact,
    /// With a number, as where two names would be the same: `value2`.
    Numbered,
}

const fn compare(rust: &str, member: &str) -> Match {
    let (rust, member) = (rust.as_bytes(), member.as_bytes());
    let mut at = if matches!(rust, [b'r', b'#', ..]) { 2 } else { 0 };
    let mut index = 0;
    while index < member.len() {
        // Most bytes are letters in their places, which is decided without calls: the compiler interprets this for each member.
        let folded = member[index] | 0x20;
        if at < rust.len() && rust[at] == folded && folded > b'`' && folded < b'{' {
            at += 1;
            index += 1;
            continue;
        }
        let byte = member[index].to_ascii_lowercase();
        index += 1;
        if !byte.is_ascii_alphanumeric() {
            continue;
        }
        while at < rust.len() && rust[at] == b'_' {
            at += 1;
        }
        if at == rust.len() || rust[at].to_ascii_lowercase() != byte {
            return Match::No;
        }
        at += 1;
    }
    let (_, mut rest) = rust.split_at(at);
    if let [b'V', b'a', b'l', b'u', b'e', after @ ..] = rest {
        rest = after;
    }
    while let [b'_', after @ ..] = rest {
        rest = after;
    }
    if rest.is_empty() {
        return Match::Exact;
    }
    while let [b'0'..=b'9', after @ ..] = rest {
        rest = after;
    }
    if rest.is_empty() { Match::Numbered } else { Match::No }
}

#[cfg(test)]
mod tests {
    use super::{Match, compare, positions};
    use crate::{Member, Schema};

    static TEXT: Schema = Schema::string("example#Text");
    static SHAPE: Schema = Schema::structure(
        "example#Shape",
        &[Member::new("Key", &TEXT), Member::new("KEY", &TEXT), Member::new("Body", &TEXT), Member::new("Note", &TEXT)],
    );

    #[test]
    fn a_rust_name_belongs_to_the_member_that_it_was_made_of() {
        for (rust, member) in [
            ("catalog", "Catalog"),
            ("client_token", "ClientToken"),
            ("db_instance", "DBInstance"),
            ("r#type", "type"),
            ("self_", "Self"),
            ("_1st", "1st"),
            ("a_b", "__a__b"),
            ("SelfValue", "self"),
        ] {
            assert_eq!(compare(rust, member), Match::Exact, "{rust} of {member}");
        }
        for (rust, member) in [("value2", "VALUE"), ("UnknownValue2", "unknown"), ("_0", "__")] {
            assert_eq!(compare(rust, member), Match::Numbered, "{rust} of {member}");
        }
        for (rust, member) in [("catalog", "Identifier"), ("key", "KeyName"), ("key_name", "Key"), ("type", "types")] {
            assert_eq!(compare(rust, member), Match::No, "{rust} of {member}");
        }
    }

    #[test]
    fn members_may_be_left_out() {
        assert_eq!(positions(&SHAPE, ["key", "key2", "body", "note"]), [0, 1, 2, 3]);
        assert_eq!(positions(&SHAPE, ["key", "note"]), [0, 3]);
        assert_eq!(positions(&SHAPE, []), [0; 0]);
    }

    #[test]
    #[should_panic(expected = "not a member of the shape, or not in its order")]
    fn another_order_is_refused() {
        positions(&SHAPE, ["note", "body"]);
    }

    #[test]
    #[should_panic(expected = "may belong to several members")]
    fn what_may_belong_to_two_members_is_refused() {
        positions(&SHAPE, ["key2", "note"]);
    }
}
