//! What is applied as a trait is one. These events come with loading: everything else about traits builds on them.

use super::context::{Context, Report, trait_name};
use crate::model::{Event, Severity, ShapeId};

pub(super) fn check(context: &Context<'_>, report: &mut Report) {
    for id in context.applied_traits() {
        let definition = context.model().shape_named(id);
        match definition {
            None => {
                let near = ShapeId::parse(id).map(|id| context.nearest_shapes(&id)).unwrap_or_default();
                let hint = near
                    .first()
                    .map_or_else(String::new, |near| format!(" Did you mean `{}`?", trait_name(near.as_str())));
                for applied in context.with_trait(id) {
                    let message = format!(
                        "Unable to resolve trait `{id}`. If this is a custom trait, then it must be defined before it can be used in a model.{hint}"
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
