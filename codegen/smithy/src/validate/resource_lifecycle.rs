//! `ResourceLifecycle`: lifecycle operations are readonly or idempotent as their kind is.

use super::context::{Context, Report};
use crate::model::ShapeType;

/// Lifecycle operations with whether they are readonly, and whether they must be idempotent.
const KINDS: [(&str, bool, bool); 6] = [
    ("put", false, true),
    ("create", false, false),
    ("read", true, false),
    ("update", false, false),
    ("delete", false, true),
    ("list", true, false),
];

pub(super) fn check(context: &Context<'_>, report: &mut Report) {
    for shape in context.own(ShapeType::Resource) {
        let lifecycle = shape.as_resource().into_iter().flat_map(|resource| resource.lifecycle());
        for (name, operation) in lifecycle {
            let kind = KINDS.iter().find(|(known, ..)| *known == name);
            let operation = context.model().shape(&operation.target);
            let (Some((_, is_readonly, is_idempotent)), Some(operation)) = (kind, operation) else { continue };
            let mut error = |must: &str| {
                report.error("ResourceLifecycle", shape, format!("The `{name}` operation, `{}`, {must}", operation.id));
            };
            match (is_readonly, operation.traits.has("smithy.api#readonly")) {
                (true, false) => error("must be readonly"),
                (false, true) => error("must not be readonly"),
                _ => {}
            }
            if *is_idempotent && !operation.traits.has("smithy.api#idempotent") {
                error("must be idempotent");
            }
        }
    }
}
