//! What is applied as a trait is one. These events come with loading: everything else about traits builds on them.

use super::context::{Context, Report};
use crate::model::{Event, Severity};

pub(super) fn check(context: &Context<'_>, report: &mut Report) {
    for id in context.applied_traits() {
        let definition = context.model().shape_named(id);
        match definition {
            None => {
                for applied in context.with_trait(id) {
                    let message = format!(
                        "Unable to resolve trait `{id}`. If this is a custom trait, then it must be defined before it can be used in a model."
                    );
                    report.add_at(Severity::Error, "Model.UnresolvedTrait", applied.item, applied.value.span, message);
                }
            }
            Some(shape) if !shape.traits.is_trait_definition() => {
                let message = format!("`{id}` is applied as a trait, but does not have the `trait` trait");
                report.push(Event::error("Model", Some(shape.id.clone()), shape.span, message));
            }
            Some(_) => {}
        }
    }
}
