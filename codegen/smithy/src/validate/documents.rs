//! `NoInlineDocumentSupport`: protocols that have no documents serve no service that has them.

use super::context::{Context, Report, ticked};
use crate::model::ShapeType;
use crate::source::Node;

pub(super) fn check(context: &Context<'_>, report: &mut Report) {
    let protocols: Vec<&str> = context
        .model()
        .shapes()
        .filter(|shape| {
            let definition = shape.traits.get("smithy.api#protocolDefinition");
            let without = definition.and_then(|definition| definition.get("noInlineDocumentSupport"));
            without.and_then(Node::as_bool) == Some(true)
        })
        .map(|shape| shape.id.as_str())
        .collect();
    for service in context.own(ShapeType::Service) {
        for protocol in protocols.iter().filter(|protocol| service.traits.has(protocol)) {
            let closure = context.model().closure(&service.id, None);
            let is_document = |id: &&crate::model::ShapeId| {
                context.model().shape(id).is_some_and(|shape| shape.shape_type == ShapeType::Document)
            };
            let documents: Vec<_> = closure.iter().filter(is_document).collect();
            if !documents.is_empty() {
                let message =
                    format!("The protocol `{protocol}` has no documents, but the service has {}", ticked(documents));
                report.error("NoInlineDocumentSupport", service, message);
            }
        }
    }
}
