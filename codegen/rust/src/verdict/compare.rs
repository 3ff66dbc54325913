//! Compares two listings.

use std::fmt;

use super::listing::Narrowing;
use super::{Item, Level, Listing};
use whitesmith_docs::markdown_blocks::code_into;

/// A change of an item.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// The item was removed.
    Removed,
    /// The signature changed.
    Signature {
        /// The old signature.
        old: String,
        /// The new signature.
        new: String,
    },
    /// The item became required (of inputs) or guaranteed (of outputs).
    NewlyRequired,
    /// The item is no longer required or guaranteed.
    NoLongerRequired,
    /// The item was added.
    Added {
        /// Whether it is required or guaranteed.
        required: bool,
    },
    /// The item was deprecated.
    Deprecated,
    /// Values that used to be valid may be rejected.
    Narrowed {
        /// The constrained property.
        what: &'static str,
        /// The old condition; `None` if there was none.
        old: Option<String>,
        /// The new condition.
        new: String,
    },
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Removed => f.write_str("removed"),
            Self::Signature { old, new } => write!(f, "changed from `{old}` to `{new}`"),
            Self::NewlyRequired => f.write_str("newly required"),
            Self::NoLongerRequired => f.write_str("no longer required"),
            Self::Added { required: true } => f.write_str("added, required"),
            Self::Added { required: false } => f.write_str("added"),
            Self::Deprecated => f.write_str("deprecated"),
            Self::Narrowed { what, old: Some(old), new } => write!(f, "{what} changed from `{old}` to `{new}`"),
            Self::Narrowed { what, old: None, new } => write!(f, "{what} limited to `{new}`"),
        }
    }
}

impl Change {
    /// Returns the change as Markdown. Signatures come from a model and stay inside their code spans.
    fn write_markdown(&self, out: &mut String) {
        let mut between = |words: &str, code: &str| {
            out.push_str(words);
            code_into(out, code);
        };
        match self {
            Self::Signature { old, new } => {
                between("changed from ", old);
                between(" to ", new);
            }
            Self::Narrowed { what, old: Some(old), new } => {
                between(&format!("{what} changed from "), old);
                between(" to ", new);
            }
            Self::Narrowed { what, old: None, new } => between(&format!("{what} limited to "), new),
            other => out.push_str(&other.to_string()),
        }
    }
}

/// A reason of a verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The level of the change.
    pub level: Level,
    /// The item.
    pub item: String,
    /// The change.
    pub change: Change,
}

impl Reason {
    /// Returns the reason as inline Markdown. Names and signatures come from a model and stay inside their code spans.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut out = String::new();
        code_into(&mut out, &self.item);
        out.push(' ');
        self.change.write_markdown(&mut out);
        out
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}", self.item, self.change)
    }
}

/// The reasons, by descending level, then by item.
pub(super) fn compare(old: &Listing, new: &Listing) -> Vec<Reason> {
    let mut reasons = Vec::new();
    for (name, before) in old.iter() {
        match new.get(name) {
            Some(after) if before == after => {}
            _ if owner_tells(before, old, new) => {}
            None => reasons.push(reason(before.weights.removed, name, Change::Removed)),
            Some(after) => changed(name, before, after, &mut reasons),
        }
    }
    for (name, after) in new.iter() {
        if old.get(name).is_none() && !owner_tells(after, old, new) {
            let weights = after.weights;
            let level = if after.required { weights.added_required } else { weights.added };
            reasons.push(reason(level, name, Change::Added { required: after.required }));
        }
    }
    reasons.sort_by(|left, right| {
        right.level.cmp(&left.level).then_with(|| (&left.item, &left.change).cmp(&(&right.item, &right.change)))
    });
    reasons
}

fn reason(level: Level, item: &str, change: Change) -> Reason {
    Reason { level, item: item.to_owned(), change }
}

/// Whether an item's owner was added, removed or changed, too, so that the owner's reason covers both.
fn owner_tells(item: &Item, old: &Listing, new: &Listing) -> bool {
    let Some(owner) = item.owner.as_deref() else { return false };
    old.get(owner).map(|item| &item.signature) != new.get(owner).map(|item| &item.signature)
}

fn changed(name: &str, before: &Item, after: &Item, reasons: &mut Vec<Reason>) {
    if before.signature != after.signature {
        let change = Change::Signature { old: before.signature.clone(), new: after.signature.clone() };
        reasons.push(reason(before.weights.changed, name, change));
    }
    match (before.required, after.required) {
        (false, true) => reasons.push(reason(before.weights.newly_required, name, Change::NewlyRequired)),
        (true, false) => reasons.push(reason(before.weights.no_longer_required, name, Change::NoLongerRequired)),
        _ => {}
    }
    if after.deprecated && !before.deprecated {
        reasons.push(reason(Level::Minor, name, Change::Deprecated));
    }
    for constraint in &after.constraints {
        let old = before.constraints.iter().find(|old| old.what() == constraint.what());
        let level = match constraint.narrows(old) {
            Narrowing::No => continue,
            Narrowing::Perhaps => Level::Patch,
            Narrowing::Yes => before.weights.newly_required,
        };
        let (old, new) = constraint.told_against(old);
        reasons.push(reason(level, name, Change::Narrowed { what: constraint.what(), old, new }));
    }
}
