//! `SingleOperationBinding`, `SingleResourceBinding`: a service binds each operation and resource once.

use super::context::{Context, Report, ticked};
use crate::model::{Reference, Shape, ShapeId, ShapeType};

pub(super) fn check_operations(context: &Context<'_>, report: &mut Report) {
    for service in context.own(ShapeType::Service) {
        for operation in context.operations_of(service) {
            let binders = binders(context, service, &operation.id, |shape| {
                let service = shape.as_service().map(|service| service.operations.iter());
                let resource = shape.as_resource().map(|resource| resource.all_operations());
                service.into_iter().flatten().chain(resource.into_iter().flatten()).collect()
            });
            if binders.len() > 1 {
                report.error("SingleOperationBinding", operation, message(service, &binders));
            }
        }
    }
}

pub(super) fn check_resources(context: &Context<'_>, report: &mut Report) {
    for service in context.own(ShapeType::Service) {
        for resource in context.resources_of(service) {
            let binders = binders(context, service, &resource.id, |shape| {
                let service = shape.as_service().map(|service| service.resources.iter());
                let resource = shape.as_resource().map(|resource| resource.resources.iter());
                service.into_iter().flatten().chain(resource.into_iter().flatten()).collect()
            });
            if binders.len() > 1 {
                report.error("SingleResourceBinding", resource, message(service, &binders));
            }
        }
    }
}

fn binders<'m>(
    context: &Context<'m>,
    service: &'m Shape,
    bound: &ShapeId,
    binds: impl Fn(&'m Shape) -> Vec<&'m Reference>,
) -> Vec<&'m ShapeId> {
    std::iter::once(service)
        .chain(context.resources_of(service))
        .filter(|shape| binds(shape).iter().any(|reference| reference.target == *bound))
        .map(|shape| &shape.id)
        .collect()
}

fn message(service: &Shape, binders: &[&ShapeId]) -> String {
    format!("Within the service `{}` this is bound more than once, by {}", service.id, ticked(binders))
}
