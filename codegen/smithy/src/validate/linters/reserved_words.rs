//! `ReservedWords`: names that a project does not want.

use super::words::{Terms, name, place};
use crate::model::Severity;
use crate::select::Selector;
use crate::source::Node;
use crate::validate::configuration::{ConfiguredValidator, Problem, objects, selector, text, texts};
use crate::validate::context::{Context, Report};

struct ReservedWords {
    reserved: Vec<Reserved>,
}

struct Reserved {
    words: Vec<Wildcard>,
    terms: Terms,
    /// The shapes that it is about; all without it.
    selector: Option<Selector>,
    reason: String,
}

/// A word in lower case, and what may stand around it.
struct Wildcard {
    word: String,
    any_before: bool,
    any_after: bool,
}

pub(super) fn create(configuration: &Node) -> Result<Box<dyn ConfiguredValidator>, Problem> {
    let reserved = objects(configuration, "reserved")?.into_iter().map(Reserved::read).collect::<Result<_, _>>()?;
    Ok(Box::new(ReservedWords { reserved }))
}

impl Reserved {
    fn read(entry: &Node) -> Result<Self, Problem> {
        let span = place(entry, "words");
        let words = texts(entry, "words")?;
        let words = words.iter().map(|word| Wildcard::read(word).map_err(|problem| (span, problem)));
        let terms = texts(entry, "terms")?;
        Ok(Self {
            words: words.collect::<Result<_, _>>()?,
            terms: Terms::new(terms.iter().map(String::as_str), place(entry, "terms"))?,
            selector: selector(entry, "selector")?,
            reason: text(entry, "reason")?.unwrap_or_default().to_owned(),
        })
    }

    fn has(&self, name: &str) -> bool {
        let lower = name.to_lowercase();
        self.words.iter().any(|word| word.matches(&lower)) || self.terms.find(name).is_some()
    }
}

impl Wildcard {
    fn read(pattern: &str) -> Result<Self, String> {
        let lower = pattern.to_lowercase();
        let (any_before, rest) = match lower.strip_prefix('*') {
            Some(rest) => (true, rest),
            None => (false, &*lower),
        };
        let (any_after, word) = match rest.strip_suffix('*') {
            Some(word) => (true, word),
            None => (false, rest),
        };
        if word.is_empty() || word.contains('*') {
            return Err(format!("invalid word `{pattern}`: expected letters with at most a `*` at either end"));
        }
        Ok(Self { word: word.to_owned(), any_before, any_after })
    }

    fn matches(&self, name: &str) -> bool {
        match (self.any_before, self.any_after) {
            (true, true) => name.contains(&self.word),
            (true, false) => name.ends_with(&self.word),
            (false, true) => name.starts_with(&self.word),
            (false, false) => name == self.word,
        }
    }
}

impl ConfiguredValidator for ReservedWords {
    fn check(&self, context: &Context<'_>, report: &mut Report) {
        for reserved in &self.reserved {
            let selected = reserved.selector.as_ref().map(|selector| context.select(selector));
            for (at, item) in context.own_items() {
                let is_selected = match &selected {
                    None => true,
                    Some(selected) => selected.as_ref().is_ok_and(|items| items.contains(&at)),
                };
                if is_selected && reserved.has(name(item)) {
                    let message = format!("the word `{}` is reserved. {}", name(item), reserved.reason);
                    report.add(Severity::Danger, "ReservedWords", item, message.trim_end());
                }
            }
        }
    }
}
