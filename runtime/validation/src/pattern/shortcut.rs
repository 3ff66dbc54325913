//! A shortcut for patterns that start with a look-ahead at the length.

use super::ascii::AsciiMatcher;

/// A pattern in place of a length trait: `(?=.{1,128}$)`, then a pattern without look-around.
///
/// An ASCII value of that length, in one line, whose start matches the rest, matches the pattern. Other values are left
/// open.
#[derive(Debug)]
pub(super) struct Shortcut {
    least: usize,
    most: usize,
    rest: AsciiMatcher,
}

impl Shortcut {
    /// Recognizes a pattern in Rust's dialect; `None` if it has another form.
    pub(super) fn of(pattern: &str) -> Option<Self> {
        let (bounds, rest) = pattern.trim_start_matches('^').strip_prefix("(?=.{")?.split_once("}$)")?;
        let (least, most) = bounds.split_once(',').unwrap_or((bounds, bounds));
        if rest.contains("(?") || has_reference(rest) || has_choice(rest) {
            return None;
        }
        Some(Self {
            least: least.parse().ok()?,
            most: if most.is_empty() { usize::MAX } else { most.parse().ok()? },
            rest: AsciiMatcher::of(&format!("^(?:{rest})"))?,
        })
    }

    /// Returns whether the text certainly matches.
    pub(super) fn is_match(&self, text: &str) -> bool {
        // What is ASCII has as many characters as bytes; of all else it knows nothing.
        (self.least..=self.most).contains(&text.len()) && !text.contains('\n') && self.rest.is_match(text) == Some(true)
    }
}

/// Whether the pattern refers back to a group, whose number would change.
fn has_reference(pattern: &str) -> bool {
    pattern.as_bytes().windows(2).any(|pair| matches!(pair, [b'\\', b'1'..=b'9' | b'k']))
}

/// Whether there is an alternation outside of groups, in which the look-ahead would belong to the first branch only.
fn has_choice(pattern: &str) -> bool {
    let (mut depth, mut escaped, mut in_class) = (0_i64, false, false);
    pattern.chars().any(|character| {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class => depth = depth.saturating_add(1),
            ')' if !in_class => depth = depth.saturating_sub(1),
            '|' if !in_class => return depth == 0,
            _ => {}
        }
        false
    })
}

#[cfg(test)]
mod tests {
    use super::Shortcut;

    fn matches(pattern: &str, text: &str) -> Option<bool> {
        let shortcut = Shortcut::of(pattern).map(|shortcut| shortcut.is_match(text));
        // What the shortcut says has to be so.
        let whole = fancy_regex::Regex::new(pattern).unwrap().is_match(text).unwrap();
        assert!(shortcut != Some(true) || whole, "{pattern} and {text:?}");
        shortcut
    }

    #[test]
    fn takes_only_what_matches() {
        for pattern in ["(?=.{1,5}$)[a-z]+", "^(?=.{1,5}$)(a|b*)$", "(?=.{3}$)\\w*", "(?=.{2,}$)x"] {
            for text in ["", "a", "abc", "abcdef", "a\nb", "abc\n", "bbb", "xyz", "é", "yx"] {
                assert!(matches(pattern, text).is_some(), "{pattern}");
            }
        }
        assert_eq!(matches("(?=.{1,5}$)[a-z]+", "abc"), Some(true));
        assert_eq!(matches("^(?=.{1,5}$)(a|b*)$", "bbb"), Some(true));
    }

    #[test]
    fn leaves_other_patterns_alone() {
        for pattern in ["[a-z]+", "(?=.{1,5}$)a|b", "(?=.{1,5}$)(a)\\1", "(?=.{1,5}$)(?!x)a", "(?=a{1,5}$)a"] {
            assert_eq!(matches(pattern, "b"), None, "{pattern}");
        }
    }
}
