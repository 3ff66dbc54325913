//! `ResourceCycle`: no resource is inside itself.

use std::collections::HashSet;

use super::context::{Context, Report};
use crate::model::{Shape, ShapeType};

pub(super) fn check(context: &Context<'_>, report: &mut Report) {
    for resource in context.own(ShapeType::Resource) {
        if let Some(again) = first_repeated(context, resource) {
            let message = format!("The resource hierarchy below `{}` comes back to `{}`", resource.id, again.id);
            report.error("ResourceCycle", again, message);
        }
    }
}

/// The first resource that a walk downwards meets again on its own path.
fn first_repeated<'m>(context: &Context<'m>, start: &'m Shape) -> Option<&'m Shape> {
    let mut path = vec![(start, 0)];
    let mut on_path = HashSet::from([&start.id]);
    let mut done = HashSet::new();
    while let Some((shape, next)) = path.last_mut() {
        let children = shape.as_resource().map_or(&[][..], |resource| &resource.resources);
        let Some(child) = children.get(*next) else {
            on_path.remove(&shape.id);
            done.insert(&shape.id);
            path.pop();
            continue;
        };
        *next += 1;
        let Some(child) = context.model().shape(&child.target) else { continue };
        if on_path.contains(&child.id) {
            return Some(child);
        }
        if !done.contains(&child.id) {
            on_path.insert(&child.id);
            path.push((child, 0));
        }
    }
    None
}
