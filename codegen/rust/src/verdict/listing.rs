//! An interface of the generated crates as a list of the items that users can name.

use std::collections::BTreeMap;
use std::fmt;

use super::Level;

/// The levels of an item's changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weights {
    /// An optional item was added.
    pub added: Level,
    /// A required item was added.
    pub added_required: Level,
    /// The item was removed.
    pub removed: Level,
    /// The signature changed.
    pub changed: Level,
    /// The item became required (of inputs) or guaranteed (of outputs).
    pub newly_required: Level,
    /// The item is no longer required or guaranteed.
    pub no_longer_required: Level,
}

impl Weights {
    /// Additions are minor, everything else is major.
    pub(super) const STRICT: Self = Self {
        added: Level::Minor,
        added_required: Level::Major,
        removed: Level::Major,
        changed: Level::Major,
        newly_required: Level::Major,
        no_longer_required: Level::Minor,
    };
}

/// A constraint on values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Constraint {
    /// Inclusive bounds as decimal texts, and what is bounded: `length` or `range`.
    Bounds {
        /// What is bounded.
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

    /// Whether a value that satisfies `old`, or no constraint, may violate this one.
    pub(super) fn narrows(&self, old: Option<&Self>) -> Narrowing {
        let certain = match (old, self) {
            (Some(Self::Bounds { min: old_min, max: old_max, .. }), Self::Bounds { min, max, .. }) => {
                is_above(min.as_deref(), old_min.as_deref()) || is_below(max.as_deref(), old_max.as_deref())
            }
            (Some(Self::Pattern(old)), Self::Pattern(new)) => return pattern_narrows(old, new),
            (Some(Self::Values(old)), Self::Values(new)) => old.iter().any(|value| !new.contains(value)),
            (old, _) => old.is_none(),
        };
        if certain { Narrowing::Yes } else { Narrowing::No }
    }

    /// The constraint before and after as text; for values, only those that were removed.
    pub(super) fn told_against(&self, old: Option<&Self>) -> (Option<String>, String) {
        match (old, self) {
            (Some(Self::Values(old)), Self::Values(new)) => {
                let gone: Vec<&str> = old.iter().filter(|value| !new.contains(value)).map(String::as_str).collect();
                (None, format!("all but {}", gone.join(", ")))
            }
            (old, new) => (old.map(ToString::to_string), new.to_string()),
        }
    }
}

/// Whether a constraint became narrower.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Narrowing {
    No,
    /// Undecidable.
    Perhaps,
    Yes,
}

/// Whether one pattern matches everything that another one matches is not decided in general. A pattern matches anywhere
/// in a value, so that removing an anchor only widens it.
fn pattern_narrows(old: &str, new: &str) -> Narrowing {
    let start = old.strip_prefix('^').unwrap_or(old);
    // An escaped dollar is not an anchor.
    let bare = |text: &str| text.strip_suffix('$').filter(|rest| !rest.ends_with('\\')).map(str::to_owned);
    let mut wider = vec![old.to_owned(), start.to_owned()];
    wider.extend([bare(old), bare(start)].into_iter().flatten());
    // With alternatives outside groups, an anchor belongs to the first or last of them only.
    if old == new || (!old.contains('|') && wider.iter().any(|text| text == new)) {
        Narrowing::No
    } else {
        Narrowing::Perhaps
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

/// An item that users can name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What users rely on besides the name, such as a type; may be empty.
    pub signature: String,
    /// Whether it is required (of inputs) or guaranteed (of outputs).
    pub required: bool,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// The constraints on its values, as far as they matter.
    pub constraints: Vec<Constraint>,
    /// The levels of its changes.
    pub weights: Weights,
    /// The item that this one is added and removed with, so that one reason covers both.
    pub owner: Option<String>,
}

impl Item {
    pub(super) fn new(signature: impl Into<String>, weights: Weights) -> Self {
        Self {
            signature: signature.into(),
            required: false,
            deprecated: false,
            constraints: Vec::new(),
            weights,
            owner: None,
        }
    }

    pub(super) fn required(self, required: bool) -> Self {
        Self { required, ..self }
    }

    pub(super) fn deprecated(self, deprecated: bool) -> Self {
        Self { deprecated, ..self }
    }

    pub(super) fn constrained(self, constraints: Vec<Constraint>) -> Self {
        Self { constraints, ..self }
    }

    pub(super) fn owned_by(self, owner: impl Into<String>) -> Self {
        Self { owner: Some(owner.into()), ..self }
    }
}

/// The items of an interface by their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    items: BTreeMap<String, Item>,
}

impl Listing {
    pub(super) fn add(&mut self, name: impl Into<String>, item: Item) {
        self.items.insert(name.into(), item);
    }

    /// The item of a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Item> {
        self.items.get(name)
    }

    /// The items, sorted by name.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Item)> {
        self.items.iter().map(|(name, item)| (name.as_str(), item))
    }
}
