//! `SingleOperationBinding`, `SingleResourceBinding`: a service binds each operation and resource once.

use std::collections::{BTreeMap, BTreeSet};

use super::context::{Context, Report, ticked};
use crate::model::{Reference, Shape, ShapeId, ShapeType};

pub(super) fn check_operations(context: &Context<'_>, report: &mut Report) {
    check(context, report, "SingleOperationBinding", |shape| {
        let service = shape.as_service().map(|service| service.operations.iter());
        let resource = shape.as_resource().map(|resource| resource.all_operations());
        service.into_iter().flatten().chain(resource.into_iter().flatten()).collect()
    });
}

pub(super) fn check_resources(context: &Context<'_>, report: &mut Report) {
    check(context, report, "SingleResourceBinding", |shape| {
        let service = shape.as_service().map(|service| service.resources.iter());
        let resource = shape.as_resource().map(|resource| resource.resources.iter());
        service.into_iter().flatten().chain(resource.into_iter().flatten()).collect()
    });
}

fn check<'m>(context: &Context<'m>, report: &mut Report, id: &str, binds: impl Fn(&'m Shape) -> Vec<&'m Reference>) {
    for service in context.own(ShapeType::Service) {
        let mut binders: BTreeMap<&ShapeId, BTreeSet<&ShapeId>> = BTreeMap::new();
        for binder in std::iter::once(service).chain(context.resources_of(service)) {
            for bound in binds(binder) {
                binders.entry(&bound.target).or_default().insert(&binder.id);
            }
        }
        for (bound, binders) in binders.into_iter().filter(|(_, binders)| binders.len() > 1) {
            let Some(bound) = context.model().shape(bound) else { continue };
            let message =
                format!("Within the service `{}` this is bound more than once, by {}", service.id, ticked(binders));
            report.error(id, bound, message);
        }
    }
}
