//! Words that mean something else already.

/// Keywords of the editions 2015 to 2024, reserved ones included, that can be written raw (`r#type`).
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Keywords that cannot be written raw, as far as fields may be called that.
const NEVER_RAW: &[&str] = &["crate", "self", "super"];

/// Methods that every structure has.
const TAKEN_METHODS: &[&str] = &["clone", "new"];

/// Types, traits and variants that generated modules name without a path.
const TAKEN_TYPES: &[&str] = &[
    "BTreeMap",
    "BigDecimal",
    "BigInteger",
    "Blob",
    "Box",
    "Default",
    "Document",
    "Err",
    "Into",
    "None",
    "Ok",
    "Option",
    "ResponseMetadata",
    "Result",
    "Self",
    "Some",
    "String",
    "Timestamp",
    "Unit",
    "UnknownValue",
    "Vec",
];

/// The variant that every enum and union has on top of its model, and what no identifier can be.
const TAKEN_VARIANTS: &[&str] = &["Self", "Unknown"];

/// Whether a name is a keyword, one that cannot be written raw included.
pub(super) fn is_keyword(name: &str) -> bool {
    KEYWORDS.contains(&name) || NEVER_RAW.contains(&name)
}

/// A field's or method's name: `r#type`, `self_`.
pub fn field(name: String) -> String {
    if KEYWORDS.contains(&name.as_str()) {
        format!("r#{name}")
    } else if NEVER_RAW.contains(&name.as_str()) || TAKEN_METHODS.contains(&name.as_str()) {
        format!("{name}_")
    } else {
        name
    }
}

/// A type's name: `OptionShape`.
pub fn type_name(name: String) -> String {
    if TAKEN_TYPES.contains(&name.as_str()) { format!("{name}Shape") } else { name }
}

/// A variant's name: `UnknownValue`.
pub fn variant(name: String) -> String {
    if TAKEN_VARIANTS.contains(&name.as_str()) { format!("{name}Value") } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_are_written_raw_where_that_is_possible() {
        assert_eq!(field("type".into()), "r#type");
        assert_eq!(field("gen".into()), "r#gen");
        assert_eq!(field("self".into()), "self_");
        assert_eq!(field("new".into()), "new_");
        assert_eq!(field("kind".into()), "kind");
        assert_eq!(type_name("Option".into()), "OptionShape");
        assert_eq!(variant("Self".into()), "SelfValue");
    }

    #[test]
    fn the_tables_are_sorted_where_they_are_long() {
        assert!(KEYWORDS.is_sorted());
        assert!(TAKEN_TYPES.is_sorted());
    }
}
