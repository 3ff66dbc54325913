//! `UnreferencedShape`: shapes that nothing leads to.

use super::configuration::{ConfiguredValidator, Problem, selector};
use super::context::{Context, Report};
use crate::model::relations::Item;
use crate::model::{Severity, Shape, connected};
use crate::select::Selector;
use crate::source::Node;

/// The validator with the selector of the roots.
pub(super) struct Unreferenced {
    roots: Selector,
}

impl Unreferenced {
    pub(super) fn create(configuration: &Node) -> Result<Box<dyn ConfiguredValidator>, Problem> {
        for entry in configuration.as_object().into_iter().flatten() {
            if &*entry.key != "rootShapeSelector" {
                return Err((entry.key_span, format!("there is no property `{}`", entry.key)));
            }
        }
        let roots = match selector(configuration, "rootShapeSelector")? {
            Some(roots) => roots,
            None => Selector::parse("service").map_err(|error| (configuration.span, error.to_string()))?,
        };
        Ok(Box::new(Self { roots }))
    }
}

impl ConfiguredValidator for Unreferenced {
    fn check(&self, context: &Context<'_>, report: &mut Report) {
        let Ok(roots) = context.select(&self.roots) else { return };
        let defines = |shape: &&Shape| shape.traits.is_trait_definition() || shape.traits.has("smithy.api#metadata");
        let definitions = context.model().shapes().filter(defines).filter_map(|shape| context.index(&shape.id));
        let connected = connected(context.relations, roots.iter().copied().chain(definitions));
        for (at, item) in context.own_items() {
            if matches!(item, Item::Shape(_)) && !connected.contains(&at) {
                let message = format!("Nothing selected by `{}` leads to this shape", self.roots.text());
                report.add(Severity::Note, "UnreferencedShape", item, message);
            }
        }
    }
}
