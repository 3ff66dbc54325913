//! An interface of the generated crates as a list of the items that users can name.

use std::collections::BTreeMap;

use super::Level;
use super::constraint::Constraint;

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

/// An item that users can name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Properties that users rely on besides the name, such as a type; may be empty.
    pub signature: String,
    /// Whether the signature is too long to be shown.
    pub is_hidden: bool,
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
            is_hidden: false,
            required: false,
            deprecated: false,
            constraints: Vec::new(),
            weights,
            owner: None,
        }
    }

    pub(super) fn hidden(self) -> Self {
        Self { is_hidden: true, ..self }
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
