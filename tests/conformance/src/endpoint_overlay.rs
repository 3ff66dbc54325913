//! Endpoint rules of published models for the suites' models of the same services, which have none.

use std::path::Path;

use anyhow::Context as _;
use serde_json::{Map, Value, json};

/// Returns a model that applies the traits of `smithy.rules` in `published` to shapes of `model`.
pub fn overlay(model: &[u8], published: &Path) -> anyhow::Result<Vec<u8>> {
    let name = || published.display().to_string();
    let published: Value = serde_json::from_slice(&std::fs::read(published).with_context(name)?).with_context(name)?;
    let model: Value = serde_json::from_slice(model)?;
    let (shapes, published) = (&model["shapes"], &published["shapes"]);
    let mut statements = Map::new();
    for (id, shape) in shapes.as_object().into_iter().flatten() {
        let mut apply = |id: &str, traits: &Value| {
            let traits: Map<String, Value> = traits
                .as_object()
                .into_iter()
                .flatten()
                .filter(|(id, _)| id.starts_with("smithy.rules#") && *id != "smithy.rules#endpointTests")
                .map(|(id, value)| (id.clone(), value.clone()))
                .collect();
            if !traits.is_empty() {
                statements.insert(id.to_owned(), json!({ "type": "apply", "traits": traits }));
            }
        };
        apply(id, &published[id]["traits"]);
        for member in shape["members"].as_object().into_iter().flatten().map(|(name, _)| name) {
            apply(&format!("{id}${member}"), &published[id]["members"][member]["traits"]);
        }
    }
    Ok(serde_json::to_vec(&json!({ "smithy": "2.0", "shapes": statements }))?)
}
