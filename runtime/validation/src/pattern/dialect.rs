//! Translation of regular expressions of models into Rust's dialect.
//!
//! Models should use ECMA 262 syntax, and many were written against Java's. What Rust's engines read differently is
//! rewritten; everything else is left alone.

/// Java's POSIX classes, which models use, and their contents within brackets.
const POSIX_CLASSES: &[(&str, &str)] = &[
    ("ASCII", r"\x00-\x7F"),
    ("Alnum", "0-9A-Za-z"),
    ("Alpha", "A-Za-z"),
    ("Blank", r" \t"),
    ("Cntrl", r"\x00-\x1F\x7F"),
    ("Digit", "0-9"),
    ("Graph", "!-~"),
    ("Lower", "a-z"),
    ("Print", " -~"),
    ("Punct", r"!-/:-@\[-`{-~"),
    ("Space", r"\t-\r "),
    ("Upper", "A-Z"),
    ("XDigit", "0-9A-Fa-f"),
];

/// Translates a pattern into Rust's dialect.
pub fn to_rust(pattern: &str) -> String {
    let mut rest = pattern;
    let mut out = String::with_capacity(pattern.len());
    let mut class = Class::Outside;
    let mut after_class = false;
    while let Some(next) = rest.chars().next() {
        let taken = match next {
            '\\' => escape(rest, class != Class::Outside, &mut out),
            '[' if class == Class::Outside => {
                class = Class::Start;
                let negated = rest.starts_with("[^");
                out.push_str(if negated { "[^" } else { "[" });
                rest = rest.get(if negated { 2 } else { 1 }..).unwrap_or_default();
                continue;
            }
            // In a class, an opening bracket stands for itself, and so do `&&`, `--` and `~~`, which Rust reads as set
            // operations.
            '[' | '&' | '~' if class != Class::Outside => {
                out.push('\\');
                out.push(next);
                1
            }
            // A hyphen beside a class of characters stands for itself: it cannot make a range.
            '-' if class != Class::Outside
                && (after_class || rest.starts_with("--") || rest.get(1..).is_some_and(is_class)) =>
            {
                out.push_str(r"\-");
                1
            }
            ']' if class == Class::Start => {
                // ECMA 262's empty class never matches, its negation always does.
                let negated = out.ends_with("[^");
                out.truncate(out.len().saturating_sub(if negated { 2 } else { 1 }));
                out.push_str(if negated { r"[\s\S]" } else { r"[^\s\S]" });
                class = Class::Outside;
                rest = rest.get(1..).unwrap_or_default();
                continue;
            }
            ']' => {
                class = Class::Outside;
                out.push(']');
                1
            }
            '{' if class == Class::Outside => brace(rest, &mut out),
            _ => {
                out.push(next);
                next.len_utf8()
            }
        };
        if class == Class::Start {
            class = Class::Inside;
        }
        after_class = is_class(rest);
        rest = rest.get(taken..).unwrap_or_default();
    }
    out
}

/// Whether the text starts with the escape of a character class.
fn is_class(rest: &str) -> bool {
    let mut chars = rest.chars();
    chars.next() == Some('\\') && matches!(chars.next(), Some('d' | 'D' | 'w' | 'W' | 's' | 'S' | 'p' | 'P'))
}

/// The position of the translation.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Outside,
    /// Right after the opening bracket.
    Start,
    Inside,
}

/// Rewrites the escape at the start of `rest` and returns its length in bytes.
fn escape(rest: &str, in_class: bool, out: &mut String) -> usize {
    let mut chars = rest.chars().skip(1);
    match chars.next() {
        // In ECMA 262 these are of ASCII alone.
        Some('d') => class_escape(if in_class { "0-9" } else { "[0-9]" }, out),
        Some('w') => class_escape(if in_class { "0-9A-Za-z_" } else { "[0-9A-Za-z_]" }, out),
        Some('D') => class_escape("[^0-9]", out),
        Some('W') => class_escape("[^0-9A-Za-z_]", out),
        Some('u') => unicode(rest, out),
        Some('p') => property(rest, in_class, out),
        Some('/' | '"' | '\'' | '@' | '_' | ':' | ',' | ';' | '=' | '!' | '%' | '`' | '<' | '>') => {
            // Escaping these is idle, and for some of them means something else to Rust.
            let escaped = rest.get(1..2).unwrap_or_default();
            out.push_str(escaped);
            2
        }
        Some(other) => {
            out.push('\\');
            out.push(other);
            other.len_utf8().saturating_add(1)
        }
        None => {
            out.push('\\');
            1
        }
    }
}

fn class_escape(text: &str, out: &mut String) -> usize {
    out.push_str(text);
    2
}

/// `\uXXXX`; Java and JavaScript write characters beyond the basic plane as two of them.
fn unicode(rest: &str, out: &mut String) -> usize {
    let unit = |text: &str| {
        let digits = text.strip_prefix("\\u")?.get(..4)?;
        u32::from_str_radix(digits, 16).ok()
    };
    let Some(first) = unit(rest) else {
        out.push_str("\\u");
        return 2;
    };
    let second = rest.get(6..).and_then(unit);
    match (first, second) {
        (high @ 0xD800..=0xDBFF, Some(low @ 0xDC00..=0xDFFF)) => {
            let scalar = 0x10000_u32.saturating_add((high & 0x3FF) << 10 | low & 0x3FF);
            out.push_str(&format!("\\x{{{scalar:X}}}"));
            12
        }
        // Half a pair matches no text. The end of a range is moved to the neighbouring scalar values.
        (0xD800..=0xDFFF, _) => {
            out.push_str(if out.ends_with('-') { "\\x{D7FF}" } else { "\\x{E000}" });
            6
        }
        (scalar, _) => {
            out.push_str(&format!("\\x{{{scalar:X}}}"));
            6
        }
    }
}

/// `\p{Name}`, whose name may be one of Java's.
fn property(rest: &str, in_class: bool, out: &mut String) -> usize {
    let name = rest.strip_prefix("\\p{").and_then(|rest| rest.split_once('}')).map(|(name, _)| name);
    let Some(name) = name else {
        out.push_str("\\p");
        return 2;
    };
    let taken = name.len().saturating_add(4);
    match POSIX_CLASSES.iter().find(|(posix, _)| *posix == name) {
        Some((_, content)) if in_class => out.push_str(content),
        Some((_, content)) => out.push_str(&format!("[{content}]")),
        // Java puts `Is` before scripts and categories, and `In` before blocks, which Rust has none of.
        None => out.push_str(&format!("\\p{{{}}}", name.strip_prefix("Is").unwrap_or(name))),
    }
    taken
}

/// A brace that does not open a repetition is literal; `{,n}` is `{0,n}`.
fn brace(rest: &str, out: &mut String) -> usize {
    let Some((inside, _)) = rest.get(1..).and_then(|rest| rest.split_once('}')) else {
        out.push_str("\\{");
        return 1;
    };
    let counts = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b',');
    if inside.is_empty() || !counts(inside) || inside.matches(',').count() > 1 || inside == "," {
        out.push_str("\\{");
        return 1;
    }
    out.push_str(if inside.starts_with(',') { "{0" } else { "{" });
    out.push_str(inside);
    out.push('}');
    inside.len().saturating_add(2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Pattern;

    #[test]
    fn leaves_most_patterns_as_they_are() {
        for pattern in
            ["^[a-zA-Z0-9-]+$", r"^arn:aws(-\w+)?$".replace(r"\w", "[a-z]").as_str(), "(?=.{1,255}$)(a|b*)", r"\.\s\-"]
        {
            assert_eq!(to_rust(pattern), pattern);
        }
    }

    #[test]
    fn reads_what_rust_would_read_otherwise() {
        let cases = [
            (r"^\d+$", "12", "१२"),
            (r"^\w+$", "a_1", "é"),
            (r"^[\w-]+$", "a-b", "é"),
            (r"^[[&&]+$", "[&", "]"),
            (r"^[!--]+$", "-", "~"),
            (r"^[\w-.]+$", "a-.", "+"),
            (r"^[+-\d]+$", "+-1", ","),
            (r"^[\p{L}-_]+$", "é-_", "+"),
            (r"^\p{Alpha}+$", "ab", "a1"),
            (r"^[\p{Punct}x]+$", "x[!", "a"),
            (r"^\p{IsLatin}+$", "é", "б"),
            (r"^a{,2}$", "aa", "aaa"),
            (r"^{}$", "{}", ""),
            (r"^[^]$", "x", ""),
            (r"^[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*$", "😀\n", "\u{0}"),
        ];
        for (pattern, right, wrong) in cases {
            let compiled = Pattern::compile(pattern).unwrap();
            assert!(compiled.is_match(right), "{pattern} should match {right}");
            assert!(!compiled.is_match(wrong), "{pattern} should not match {wrong}");
        }
    }
}
