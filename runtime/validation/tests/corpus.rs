//! Every pattern of the models in the corpora compiles.

use std::path::PathBuf;

use serde_json::Value;
use whitesmith_validation::Pattern;

fn patterns(node: &Value, found: &mut Vec<String>) {
    match node {
        Value::Object(entries) => {
            for (key, value) in entries {
                match value {
                    Value::String(pattern) if key == "smithy.api#pattern" => found.push(pattern.clone()),
                    _ => patterns(value, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| patterns(item, found)),
        _ => {}
    }
}

#[test]
#[ignore = "needs the corpora"]
fn patterns_of_real_models_compile() {
    let corpus = std::env::var_os("WHITESMITH_CORPUS").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/conformance")),
        PathBuf::from,
    );
    let models = std::fs::read_dir(corpus.join("aws-models"));
    let models = models.unwrap_or_else(|error| panic!("no corpus of models at {}: {error}", corpus.display()));
    let mut found = Vec::new();
    for model in models {
        let path = model.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "json") {
            patterns(&serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap(), &mut found);
        }
    }
    found.sort();
    found.dedup();
    assert!(found.len() > 400, "only {} patterns", found.len());
    let broken: Vec<_> = found.iter().filter_map(|pattern| Pattern::compile(pattern).err()).collect();
    assert!(broken.is_empty(), "{broken:#?}");
}
