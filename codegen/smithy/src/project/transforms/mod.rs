//! The transforms of projections (Smithy 2.0, "smithy-build.json", transforms), as the reference (1.73.0) has them.

mod arguments;
mod closures;
mod deprecation;
mod names;
mod shapes;
mod suppressions;
mod tags;
mod traits;
mod types;
mod unused;

use super::error::TransformError;
use crate::model::{Model, nearest_names};
use crate::source::Node;
use arguments::Arguments;

/// Changes a model; the error says what is wrong with the arguments.
type Transform = fn(&mut Model, &Arguments<'_>) -> Result<(), String>;

/// Every transform by its name. The project itself resolves `apply`.
const TRANSFORMS: [(&str, Transform); 28] = [
    ("apply", |_, _| Ok(())),
    ("changeStringEnumsToEnumShapes", types::change_string_enums),
    ("changeTypes", types::change),
    ("excludeMetadata", |model, arguments| filter_metadata(model, arguments, false)),
    ("excludeShapesBySelector", |model, arguments| shapes::by_selector(model, arguments, false)),
    ("excludeShapesByTag", |model, arguments| shapes::by_tag(model, arguments, false)),
    ("excludeShapesByTrait", shapes::exclude_by_trait),
    ("excludeTags", |model, arguments| tags::filter(model, arguments, false)),
    ("excludeTraits", |model, arguments| traits::by_name(model, arguments, false)),
    ("excludeTraitsByTag", |model, arguments| traits::by_tag(model, arguments, false)),
    ("filterSuppressions", suppressions::filter),
    ("flattenAndRemoveMixins", |model, _| {
        model.flatten_mixins();
        Ok(())
    }),
    ("flattenClosureNamespaces", names::flatten_closure),
    ("flattenNamespaces", names::flatten),
    ("includeClosures", shapes::by_closure),
    ("includeMetadata", |model, arguments| filter_metadata(model, arguments, true)),
    ("includeNamespaces", shapes::by_namespace),
    ("includeServices", shapes::by_service),
    ("includeShapesBySelector", |model, arguments| shapes::by_selector(model, arguments, true)),
    ("includeShapesByTag", |model, arguments| shapes::by_tag(model, arguments, true)),
    ("includeTags", |model, arguments| tags::filter(model, arguments, true)),
    ("includeTraits", |model, arguments| traits::by_name(model, arguments, true)),
    ("includeTraitsByTag", |model, arguments| traits::by_tag(model, arguments, true)),
    ("makeIdempotencyTokensClientOptional", traits::make_tokens_optional),
    ("removeDeprecatedShapes", shapes::remove_deprecated),
    ("removeTraitDefinitions", unused::remove_trait_definitions),
    ("removeUnusedShapes", unused::remove_shapes),
    ("renameShapes", names::rename),
];

/// Applies one transform.
pub(super) fn apply(name: &str, arguments: &Node, model: &mut Model) -> Result<(), TransformError> {
    let Some((_, transform)) = TRANSFORMS.iter().find(|(known, _)| *known == name) else {
        let near = nearest_names(name, TRANSFORMS.iter().map(|(known, _)| *known));
        let hint = near.first().map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        return Err(TransformError::Unknown { name: name.to_owned(), hint });
    };
    transform(model, &Arguments::new(arguments))
        .map_err(|problem| TransformError::Arguments { name: name.to_owned(), problem })
}

fn filter_metadata(model: &mut Model, arguments: &Arguments<'_>, includes: bool) -> Result<(), String> {
    let keys = arguments.list("keys")?;
    model.metadata_mut().retain(|key, _| keys.contains(&**key) == includes);
    Ok(())
}
