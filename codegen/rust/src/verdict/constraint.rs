//! Constraints on values, and what a change of them means for values that were valid.

use std::fmt;

/// A constraint on values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Constraint {
    /// Inclusive bounds as decimal texts, and what is bounded: `length` or `range`.
    Bounds {
        /// The bounded property.
        what: &'static str,
        /// The least.
        min: Option<String>,
        /// The greatest.
        max: Option<String>,
    },
    /// A regular expression.
    Pattern(String),
    /// Unique elements.
    UniqueItems,
    /// One of these values.
    Values(Vec<String>),
}

/// What a change means for values that were valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// All of them still are, and no others.
    Same,
    /// All of them still are, and others may be.
    Widened,
    /// That cannot be decided.
    Unclear,
    /// Some are no longer.
    Narrowed,
}

impl Constraint {
    pub(super) fn bounds(what: &'static str, min: Option<String>, max: Option<String>) -> Self {
        Self::Bounds { what, min, max }
    }

    /// The constrained property.
    #[must_use]
    pub fn what(&self) -> &'static str {
        match self {
            Self::Bounds { what, .. } => what,
            Self::Pattern(_) => "pattern",
            Self::UniqueItems => "unique items",
            Self::Values(_) => "values",
        }
    }

    /// Compares a constraint with the one of the same property before.
    pub(super) fn effect(old: &Self, new: &Self) -> Effect {
        if old == new {
            return Effect::Same;
        }
        let narrows = match (old, new) {
            (Self::Bounds { min: old_min, max: old_max, .. }, Self::Bounds { min, max, .. }) => {
                is_above(min.as_deref(), old_min.as_deref()) || is_below(max.as_deref(), old_max.as_deref())
            }
            (Self::Pattern(old), Self::Pattern(new)) => return pattern_effect(old, new),
            (Self::Values(old), Self::Values(new)) => {
                if old.iter().all(|value| new.contains(value)) && old.len() == new.len() {
                    return Effect::Same;
                }
                old.iter().any(|value| !new.contains(value))
            }
            _ => return Effect::Unclear,
        };
        if narrows { Effect::Narrowed } else { Effect::Widened }
    }

    /// Returns the effect of adding this constraint where there were `others`.
    pub(super) fn effect_alone(&self, others: &[Self]) -> Effect {
        let Self::Bounds { what: "length", min, max } = self else { return Effect::Narrowed };
        let pattern = others.iter().find_map(|other| match other {
            Self::Pattern(pattern) => Some(pattern.as_str()),
            _ => None,
        });
        match pattern.map(implied_length) {
            None => Effect::Narrowed,
            Some(None) => Effect::Unclear,
            Some(Some((least, most))) => {
                let (least, most) = (least.to_string(), most.map(|most| most.to_string()));
                let narrows = is_above(min.as_deref(), Some(&least)) || is_below(max.as_deref(), most.as_deref());
                if narrows { Effect::Narrowed } else { Effect::Same }
            }
        }
    }

    /// The values that only the first of two constraints allows; `None` for constraints without a list.
    pub(super) fn only_in(one: &Self, other: &Self) -> Option<String> {
        let (Self::Values(one), Self::Values(other)) = (one, other) else { return None };
        let only: Vec<&str> = one.iter().filter(|value| !other.contains(value)).map(String::as_str).collect();
        Some(only.join(", "))
    }
}

/// Whether one pattern matches everything that another one matches is not decided in general. A pattern matches anywhere
/// in a value, so that removing an anchor only widens it.
fn pattern_effect(old: &str, new: &str) -> Effect {
    let start = old.strip_prefix('^').unwrap_or(old);
    // An escaped dollar is not an anchor.
    let bare = |text: &str| text.strip_suffix('$').filter(|rest| !rest.ends_with('\\')).map(str::to_owned);
    let mut wider = vec![start.to_owned()];
    wider.extend([bare(old), bare(start)].into_iter().flatten());
    // An anchor beside alternatives belongs to the first or last of them only.
    if !has_alternatives(old) && wider.iter().any(|text| text == new) { Effect::Widened } else { Effect::Unclear }
}

/// Whether a pattern has alternatives outside of groups.
fn has_alternatives(pattern: &str) -> bool {
    let (mut depth, mut is_class, mut is_escaped) = (0_usize, false, false);
    for c in pattern.chars() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            ']' => is_class = false,
            _ if is_class => {}
            '[' => is_class = true,
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '|' if depth == 0 => return true,
            _ => {}
        }
    }
    false
}

/// The length that a pattern prescribes by itself: `.{1,255}`, `[a-z]{3}`, or `(?=.{1,255}$)` at its start.
fn implied_length(pattern: &str) -> Option<(u64, Option<u64>)> {
    let pattern = pattern.strip_prefix('^').unwrap_or(pattern);
    if let Some((counted, _)) = pattern.strip_prefix("(?=.").and_then(|rest| rest.split_once("$)")) {
        return quantifier(counted);
    }
    let rest = match pattern.strip_prefix('[') {
        Some(class) => class.split_once(']').filter(|(inside, _)| !inside.contains(['\\', '[']))?.1,
        None => pattern.strip_prefix('.')?,
    };
    quantifier(rest.strip_suffix('$').unwrap_or(rest))
}

/// Reads `{1,255}`, `{1,}` or `{3}`.
fn quantifier(text: &str) -> Option<(u64, Option<u64>)> {
    let inside = text.strip_prefix('{')?.strip_suffix('}')?;
    match inside.split_once(',') {
        None => inside.parse().ok().map(|exact| (exact, Some(exact))),
        Some((least, "")) => Some((least.parse().ok()?, None)),
        Some((least, most)) => Some((least.parse().ok()?, Some(most.parse().ok()?))),
    }
}

impl fmt::Display for Constraint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bounds { min: Some(min), max: Some(max), .. } => write!(f, "{min} to {max}"),
            Self::Bounds { min: Some(min), max: None, .. } => write!(f, "at least {min}"),
            Self::Bounds { min: None, max: Some(max), .. } => write!(f, "at most {max}"),
            Self::Bounds { min: None, max: None, .. } => f.write_str("any"),
            Self::Pattern(pattern) => f.write_str(pattern),
            Self::UniqueItems => f.write_str("unique"),
            Self::Values(values) => f.write_str(&values.join(", ")),
        }
    }
}

fn number(text: &str) -> Option<f64> {
    text.parse().ok()
}

/// Whether a lower bound is higher than before. No bound is the lowest.
fn is_above(new: Option<&str>, old: Option<&str>) -> bool {
    match (new.and_then(number), old.and_then(number)) {
        (Some(new), Some(old)) => new > old,
        (new, old) => new.is_some() && old.is_none(),
    }
}

/// Whether an upper bound is lower than before.
fn is_below(new: Option<&str>, old: Option<&str>) -> bool {
    match (new.and_then(number), old.and_then(number)) {
        (Some(new), Some(old)) => new < old,
        (new, old) => new.is_some() && old.is_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_without_its_anchors_is_wider() {
        for (old, new, effect) in [
            ("^[a-z]+$", "[a-z]+", Effect::Widened),
            ("^(arn:.*|engi-[0-9a-z]{13})$", "(arn:.*|engi-[0-9a-z]{13})", Effect::Widened),
            ("^[|]$", "[|]", Effect::Widened),
            (r"^a\|b$", r"a\|b", Effect::Widened),
            ("^a|b$", "a|b", Effect::Unclear),
            (r"^a\$", r"a\", Effect::Unclear),
            ("[a-z]+", "^[a-z]+$", Effect::Unclear),
            ("a", "b", Effect::Unclear),
        ] {
            assert_eq!(pattern_effect(old, new), effect, "{old} to {new}");
        }
    }

    #[test]
    fn some_patterns_prescribe_a_length() {
        for (pattern, length) in [
            (".{1,255}", Some((1, Some(255)))),
            ("^[!-~]{1,64}$", Some((1, Some(64)))),
            ("[a-z]{3}", Some((3, Some(3)))),
            (".{2,}", Some((2, None))),
            ("(?=.{1,255}$)(arn:.*|engi-[0-9a-z]{13})", Some((1, Some(255)))),
            (".*", None),
            ("[a-z]{3}x", None),
            ("x{3}", None),
        ] {
            assert_eq!(implied_length(pattern), length, "{pattern}");
        }
    }
}
