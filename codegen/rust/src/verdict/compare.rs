//! Compares two listings.

use std::borrow::Cow;
use std::fmt;

use super::constraint::{Constraint, Effect};
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
    /// The item's content changed; it is too long to show.
    Replaced,
    /// Values that used to be valid may be rejected.
    Narrowed {
        /// The constrained property.
        what: &'static str,
        /// The old condition; `None` if there was none.
        old: Option<String>,
        /// The new condition.
        new: String,
    },
    /// Values that used to be rejected are valid.
    Widened {
        /// The constrained property.
        what: &'static str,
        /// The old condition; `None` if `new` is only what came.
        old: Option<String>,
        /// The new condition; `None` if there is none.
        new: Option<String>,
    },
}

impl Change {
    /// The change as words and code: signatures and conditions, which come from a model.
    fn parts(&self) -> Vec<Part<'_>> {
        use Part::{Code, Words};
        let constraint = |what: &str, words: &str| Words(format!("{what} {words}").into());
        match self {
            Self::Removed => vec![Words("removed".into())],
            Self::NewlyRequired => vec![Words("newly required".into())],
            Self::NoLongerRequired => vec![Words("no longer required".into())],
            Self::Added { required: true } => vec![Words("added, required".into())],
            Self::Added { required: false } => vec![Words("added".into())],
            Self::Deprecated => vec![Words("deprecated".into())],
            Self::Replaced => vec![Words("changed".into())],
            Self::Signature { old, new } => {
                vec![Words("changed from ".into()), Code(old), Words(" to ".into()), Code(new)]
            }
            Self::Narrowed { what, old: Some(old), new } => {
                vec![constraint(what, "changed from "), Code(old), Words(" to ".into()), Code(new)]
            }
            Self::Narrowed { what, old: None, new } => vec![constraint(what, "limited to "), Code(new)],
            Self::Widened { what, old: Some(old), new: Some(new) } => {
                vec![constraint(what, "widened from "), Code(old), Words(" to ".into()), Code(new)]
            }
            Self::Widened { what, old: Some(old), new: None } => {
                vec![constraint(what, "no longer limited to "), Code(old)]
            }
            Self::Widened { what, old: None, new } => {
                vec![constraint(what, "extended by "), Code(new.as_deref().unwrap_or_default())]
            }
        }
    }
}

/// A part of a change as text.
enum Part<'a> {
    Words(Cow<'static, str>),
    Code(&'a str),
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.parts().iter().try_for_each(|part| match part {
            Part::Words(words) => f.write_str(words),
            Part::Code(code) => write!(f, "`{code}`"),
        })
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
        for part in self.change.parts() {
            match part {
                Part::Words(words) => out.push_str(&words),
                Part::Code(code) => code_into(&mut out, code),
            }
        }
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
    if before.signature != after.signature && before.is_hidden {
        reasons.push(reason(before.weights.changed, name, Change::Replaced));
    } else if before.signature != after.signature {
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
    constraints(name, before, after, reasons);
}

/// Compares the constraints of an item.
fn constraints(name: &str, before: &Item, after: &Item, reasons: &mut Vec<Reason>) {
    let of = |item: &Item, what: &str| item.constraints.iter().find(|one| one.what() == what).cloned();
    for new in &after.constraints {
        let what = new.what();
        let old = of(before, what);
        let effect = match &old {
            Some(old) => Constraint::effect(old, new),
            None => new.effect_alone(&before.constraints),
        };
        let is_list = matches!(new, Constraint::Values(_));
        let text = |constraint: &Option<Constraint>| constraint.as_ref().map(ToString::to_string);
        let only = |one: &Constraint, other: &Constraint| Constraint::only_in(one, other).unwrap_or_default();
        let (level, change) = match (effect, &old) {
            (Effect::Same, _) => continue,
            (Effect::Widened, Some(old)) if is_list => {
                (before.weights.added, Change::Widened { what, old: None, new: Some(only(new, old)) })
            }
            (Effect::Widened, _) => {
                (Level::Patch, Change::Widened { what, old: text(&old), new: Some(new.to_string()) })
            }
            (Effect::Narrowed, Some(old)) if is_list => {
                let new = format!("all but {}", only(old, new));
                (before.weights.newly_required, Change::Narrowed { what, old: None, new })
            }
            (Effect::Narrowed, _) => {
                (before.weights.newly_required, Change::Narrowed { what, old: text(&old), new: new.to_string() })
            }
            (Effect::Unclear, _) => (Level::Patch, Change::Narrowed { what, old: text(&old), new: new.to_string() }),
        };
        reasons.push(reason(level, name, change));
    }
    for old in &before.constraints {
        let what = old.what();
        // Where a pattern took the place of a length, its own change says so.
        if of(after, what).is_none() && old.effect_alone(&after.constraints) != Effect::Same {
            reasons.push(reason(Level::Patch, name, Change::Widened { what, old: Some(old.to_string()), new: None }));
        }
    }
}
