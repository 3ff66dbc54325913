//! `AuthTrait`, `ServiceAuthDefinitions`, `HttpApiKeyAuthTrait`, `CorsTrait`: authentication schemes of services.

use super::context::{Applied, Context, Report, ticked};
use crate::model::relations::Item;
use crate::model::{Severity, Shape, ShapeType};
use crate::source::Node;

/// The authentication schemes that are applied to a service.
fn schemes<'m>(context: &Context<'m>, service: &'m Shape) -> Vec<&'m str> {
    let is_scheme =
        |id: &&str| context.model().shape_named(id).is_some_and(|shape| shape.traits.has("smithy.api#authDefinition"));
    service.traits.iter().map(|(id, _)| id.as_str()).filter(is_scheme).collect()
}

/// `auth` names schemes that the service has.
pub(super) fn check_auth(context: &Context<'_>, report: &mut Report) {
    for service in context.own(ShapeType::Service) {
        let schemes = schemes(context, service);
        for shape in std::iter::once(service).chain(context.operations_of(service)) {
            let Some(auth) = shape.traits.get("smithy.api#auth") else { continue };
            let absolute = |id: &str| if id.contains('#') { id.to_owned() } else { format!("smithy.api#{id}") };
            let unknown: Vec<String> =
                auth.strings().map(absolute).filter(|id| !schemes.contains(&id.as_str())).collect();
            if !unknown.is_empty() {
                let message = format!("The service `{}` does not have the schemes {}", service.id, ticked(unknown));
                report.add_at(Severity::Danger, "AuthTrait", shape, auth.span, message);
            }
        }
    }
}

/// Of several schemes, `auth` says which comes first.
pub(super) fn check_priorities(context: &Context<'_>, report: &mut Report) {
    for service in context.own(ShapeType::Service).filter(|service| !service.traits.has("smithy.api#auth")) {
        let schemes = schemes(context, service);
        if schemes.len() > 1 {
            let message = format!(
                "The service has several authentication schemes, and no `auth` to order them: {}",
                ticked(schemes)
            );
            report.add(Severity::Warning, "ServiceAuthDefinitions", service, message);
        }
    }
}

/// Only a header can have a scheme before the key.
pub(super) fn check_api_keys(context: &Context<'_>, report: &mut Report) {
    for (service, value) in context.shapes_with("smithy.api#httpApiKeyAuth") {
        let place = value.get("in").and_then(Node::as_str);
        if value.get("scheme").is_some() && place != Some("header") {
            let applied = Applied { item: Item::Shape(service), value };
            report.trait_error("HttpApiKeyAuthTrait", applied, "A `scheme` needs the key to be in the `header`");
        }
    }
}

pub(super) fn check_cors(context: &Context<'_>, report: &mut Report) {
    for applied in context.with_trait("smithy.api#cors") {
        let origins = applied.value.get("origins").and_then(Node::as_object);
        if applied.value.get("origin").is_some() && origins.is_some_and(|origins| !origins.is_empty()) {
            report.trait_error("CorsTrait", applied, "Only one of `origin` and `origins` can be given");
        }
    }
}
