//! The selector language (Smithy 2.0, "Selectors"): it says which shapes a trait may be applied to, and what the
//! validators of a model's metadata are about.

mod attribute;
mod backwards;
mod compare;
mod evaluate;
mod parse;
mod syntax;

use std::collections::BTreeSet;

pub use attribute::{Attribute, Variables};
pub use parse::{SelectorError, parse_path};

use crate::model::relations::{ItemIndex, Relations};
use syntax::Steps;

/// A parsed selector.
#[derive(Clone, Debug)]
pub struct Selector {
    text: String,
    steps: Steps,
    /// The arguments of `:root`, by their number.
    roots: Vec<Steps>,
}

/// A selector whose evaluation was stopped, because it would not have ended in reasonable time.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the selector `{0}` takes too many steps on this model")]
pub struct TooManySteps(pub String);

impl Selector {
    /// Parses a selector.
    ///
    /// # Errors
    /// When the text is not a selector, or is longer or deeper than any that makes sense.
    pub fn parse(text: &str) -> Result<Self, SelectorError> {
        let (steps, roots) = parse::parse(text)?;
        Ok(Self { text: text.to_owned(), steps, roots })
    }

    /// The selector as it was written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The items that are selected from a model.
    ///
    /// # Errors
    /// When it takes too long.
    pub fn select(&self, relations: &Relations<'_>) -> Result<BTreeSet<ItemIndex>, TooManySteps> {
        let mut found = BTreeSet::new();
        self.each_match(relations, |item, _| {
            found.insert(item);
        })?;
        Ok(found)
    }

    /// The items that are selected from one item on.
    ///
    /// # Errors
    /// When it takes too long.
    pub fn select_from(
        &self,
        relations: &Relations<'_>,
        start: ItemIndex,
    ) -> Result<BTreeSet<ItemIndex>, TooManySteps> {
        let mut found = BTreeSet::new();
        let finished = evaluate::run_from(relations, &self.steps, &self.roots, start..start + 1, &mut |item, _| {
            found.insert(item);
        });
        if finished { Ok(found) } else { Err(TooManySteps(self.text.clone())) }
    }

    /// Whether one item is selected: mostly found without evaluating the selector for the whole model.
    ///
    /// # Errors
    /// When it takes too long.
    pub fn selects(&self, relations: &Relations<'_>, item: ItemIndex) -> Result<bool, TooManySteps> {
        match self.selects_locally(relations, item) {
            Some(selects) => Ok(selects),
            None => self.select(relations).map(|selected| selected.contains(&item)),
        }
    }

    /// Whether an item is selected; `None` where only the whole selection says so.
    pub(crate) fn selects_locally(&self, relations: &Relations<'_>, item: ItemIndex) -> Option<bool> {
        let is_reversible = backwards::is_reversible(&self.steps);
        if is_reversible { backwards::lead_to(&mut evaluate::Context::new(relations), &self.steps, item) } else { None }
    }

    /// Calls back for each match with the variables as they are bound there; an item can match more than once.
    ///
    /// # Errors
    /// When it takes too long.
    pub fn each_match(
        &self,
        relations: &Relations<'_>,
        mut found: impl FnMut(ItemIndex, &Variables),
    ) -> Result<(), TooManySteps> {
        let finished = evaluate::run(relations, &self.steps, &self.roots, &mut found);
        if finished { Ok(()) } else { Err(TooManySteps(self.text.clone())) }
    }
}
