//! `NoninclusiveTerms`: words that exclude people, in names, namespaces and the values of traits.

use std::collections::{BTreeMap, BTreeSet};

use super::words::name;
use crate::model::{Event, Severity, Shape};
use crate::source::{Node, NodeValue, Span};
use crate::validate::configuration::{ConfiguredValidator, Problem, flag, text_lists};
use crate::validate::context::{Applied, Context, Report, ticked, trait_name};

const ID: &str = "NoninclusiveTerms";

/// Terms, with what to say instead.
const TERMS: [(&str, &[&str]); 4] = [
    ("master", &["primary", "parent", "main"]),
    ("slave", &["secondary", "replica", "clone", "child"]),
    ("blacklist", &["denyList"]),
    ("whitelist", &["allowList"]),
];

struct NoninclusiveTerms {
    /// In lower case.
    terms: BTreeMap<String, Vec<String>>,
}

pub(super) fn create(configuration: &Node) -> Result<Box<dyn ConfiguredValidator>, Problem> {
    let own = text_lists(configuration, "terms")?;
    let mut terms = BTreeMap::new();
    if !flag(configuration, "excludeDefaults")? {
        let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        terms.extend(TERMS.iter().map(|(term, instead)| ((*term).to_owned(), owned(instead))));
    } else if own.is_empty() {
        return Err((configuration.span, "`excludeDefaults` needs `terms`".to_owned()));
    }
    terms.extend(own.into_iter().map(|(term, instead)| (term.to_lowercase(), instead)));
    Ok(Box::new(NoninclusiveTerms { terms }))
}

impl ConfiguredValidator for NoninclusiveTerms {
    fn check(&self, context: &Context<'_>, report: &mut Report) {
        let namespaces: BTreeSet<&str> = context.model().own_shapes().map(|shape| shape.id.namespace()).collect();
        for namespace in namespaces {
            for (term, message) in self.find(namespace) {
                report.push(Event {
                    severity: Severity::Warning,
                    id: format!("{ID}.Namespace.{namespace}.{term}"),
                    shape: None,
                    message: format!("the namespace `{namespace}` has {message}"),
                    span: Span::NONE,
                });
            }
        }
        for (_, item) in context.own_items() {
            for (term, message) in self.find(name(item)) {
                let message = format!("the name has {message}");
                report.add(Severity::Warning, format!("{ID}.Shape.{term}"), item, message);
            }
            for (id, value) in item.traits().iter().filter(|(id, _)| *id != "smithy.api#references") {
                if let Some(definition) = context.model().shape(id) {
                    let applied = Applied { item, value };
                    let mut search = Search { terms: self, context, report, applied, id: id.as_str() };
                    search.value(value, Some(definition), &mut Vec::new());
                }
            }
        }
    }
}

impl NoninclusiveTerms {
    /// The terms of a text in lower case, each with words about it.
    fn find(&self, text: &str) -> Vec<(&str, String)> {
        let lower = text.to_lowercase();
        let found = self.terms.iter().filter(|(term, _)| lower.contains(term.as_str()));
        found
            .map(|(term, instead)| match instead.as_slice() {
                [] => (term.as_str(), format!("the non-inclusive term `{term}`")),
                _ => (term.as_str(), format!("the non-inclusive term `{term}`; consider {}", ticked(instead))),
            })
            .collect()
    }
}

/// A search through the value of a trait.
struct Search<'s, 'm> {
    terms: &'s NoninclusiveTerms,
    context: &'s Context<'m>,
    report: &'s mut Report,
    applied: Applied<'m>,
    id: &'s str,
}

impl<'m> Search<'_, 'm> {
    fn text(&mut self, text: &str, path: &[String]) {
        for (term, message) in self.terms.find(text) {
            let mut id = format!("{ID}.Trait.{term}.{}", trait_name(self.id));
            if !path.is_empty() {
                id = format!("{id}.{}", path.join("/"));
            }
            let message = format!("the value of `{}` has {message}", trait_name(self.id));
            self.report.add_at(Severity::Warning, id, self.applied.item, self.applied.value.span, message);
        }
    }

    /// Keys count where the shape has no member of their name: they are the model's own words.
    fn value(&mut self, value: &Node, shape: Option<&'m Shape>, path: &mut Vec<String>) {
        match &value.value {
            NodeValue::String(text) => self.text(text, path),
            NodeValue::Array(elements) => {
                for (at, element) in elements.iter().enumerate() {
                    path.push(at.to_string());
                    self.value(element, None, path);
                    path.pop();
                }
            }
            NodeValue::Object(object) => {
                for entry in object {
                    path.push(entry.key.to_string());
                    let member = shape.and_then(|shape| shape.member(&entry.key));
                    let target = member.and_then(|member| self.context.model().target(member));
                    if target.is_none() {
                        path.push("key".to_owned());
                        self.text(&entry.key, path);
                        path.pop();
                    }
                    self.value(&entry.value, target, path);
                    path.pop();
                }
            }
            _ => {}
        }
    }
}
