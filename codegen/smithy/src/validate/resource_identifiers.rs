//! `ResourceIdentifier`: children have the identifiers of their parents, and no identifier is a property.

use super::context::{Context, Report, ticked};
use crate::model::ShapeType;

const ID: &str = "ResourceIdentifier";

pub(super) fn check(context: &Context<'_>, report: &mut Report) {
    for shape in context.own(ShapeType::Resource) {
        let Some(resource) = shape.as_resource() else { continue };
        for (name, _) in &resource.identifiers {
            if resource.properties.iter().any(|(property, _)| property.eq_ignore_ascii_case(name)) {
                report.error(ID, shape, format!("`{name}` is an identifier and a property"));
            }
        }
        for child in resource.resources.iter().filter_map(|child| context.model().shape(&child.target)) {
            let Some(of_child) = child.as_resource().map(|child| &child.identifiers) else { continue };
            let mut missing = Vec::new();
            let mut different = Vec::new();
            for (name, target) in &resource.identifiers {
                match of_child.iter().find(|(own, _)| own == name) {
                    None => missing.push(name),
                    Some((_, own)) if own != target => different.push(format!("{name}: {}", target.target)),
                    Some(_) => {}
                }
            }
            if !missing.is_empty() {
                let message = format!("As a child of `{}` it must have the identifiers {}", shape.id, ticked(missing));
                report.error(ID, child, message);
            }
            if !different.is_empty() {
                let message = format!(
                    "Identifiers are not of the shapes that they have in the parent `{}`: {}",
                    shape.id,
                    ticked(different)
                );
                report.error(ID, child, message);
            }
        }
    }
}
