//! `TraitValue`: the value of a trait is a value of the shape that defines the trait.

use super::context::{Context, Report, trait_name};
use super::node_findings::Mode;
use super::node_values;

pub(super) fn check(context: &Context<'_>, report: &mut Report) {
    for id in context.applied_traits() {
        let Some(shape) = context.model().shape_named(id).filter(|shape| shape.traits.is_trait_definition()) else {
            continue;
        };
        for applied in context.with_trait(id) {
            for finding in node_values::check(context, shape, applied.value, Mode::default()) {
                let place = if finding.path.is_empty() { String::new() } else { format!(", at {}", finding.path) };
                let message = format!("Trait `{}`{place}: {}", trait_name(id), finding.message);
                let event_id = format!("TraitValue{}", finding.id_suffix);
                report.add_at(finding.severity, event_id, applied.item, finding.span, message);
            }
        }
    }
}
