//! Selection: the smallest closure, code that is independent of the other operations and of the order of files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use whitesmith_rust::Generated;
use whitesmith_rust::plan::Plan;
use whitesmith_smithy::model::{Model, ShapeId};
use whitesmith_tests::fixtures;
use whitesmith_tests::large;

/// The fixtures and the large models.
fn fixture_models() -> Vec<(String, Vec<u8>)> {
    fixtures::all().into_iter().chain(large::all()).map(|fixture| (fixture.name, fixture.json)).collect()
}

/// Some models of the corpora: of both families of protocols, and of none.
fn corpus_models() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(option_env!("CORPORA").unwrap_or_default()).join("aws-models");
    ["kms-2014-11-01", "kinesis-2013-12-02", "qapps-2023-11-27"]
        .map(|name| (name.to_owned(), std::fs::read(folder.join(format!("{name}.json"))).unwrap()))
        .into()
}

fn generated(model: &Model, operations: &[String]) -> Generated {
    fixtures::generated("example", model, operations)
}

fn files(generated: &Generated) -> BTreeMap<&str, &str> {
    let files = generated.crates.iter().flat_map(|one| &one.files);
    files.map(|file| (file.path.as_str(), file.contents.as_str())).collect()
}

/// The items of a file: what begins at the margin after a blank line. Imports and the table of the service's operations
/// are about everything that is chosen.
fn items(text: &str) -> BTreeSet<String> {
    let mut items = vec![String::new()];
    let mut blank = false;
    for line in text.lines() {
        if blank && !line.starts_with(' ') {
            items.push(String::new());
        }
        blank = line.is_empty();
        if let Some(item) = items.last_mut() {
            item.push_str(line);
            item.push('\n');
        }
    }
    let about_all = |item: &str| item.starts_with("use ") || item.contains("pub static CLOSURE");
    items.into_iter().map(|item| item.trim().to_owned()).filter(|item| !about_all(item)).collect()
}

/// The items of a module: of its file and, where it is long, of the parts that the file re-exports.
fn module_items(files: &BTreeMap<&str, &str>, path: &str) -> BTreeSet<String> {
    let parts = format!("{}/", path.trim_end_matches(".rs"));
    files
        .iter()
        .filter(|(other, _)| **other == path || other.starts_with(&parts))
        .flat_map(|(_, text)| items(text))
        .collect()
}

/// The file that an operation's code is in.
fn module(generated: &Generated, id: &ShapeId) -> String {
    let operation = generated.plan.operations.iter().find(|operation| operation.id == *id).unwrap();
    format!("src/operations/{}.rs", operation.method.trim_start_matches("r#"))
}

#[test]
fn an_operation_alone_is_what_it_is_among_others() {
    check_operations_alone(fixture_models());
}

#[test]
#[cfg_attr(not(has_corpora), ignore = "needs the corpora")]
fn an_operation_of_a_real_model_alone_is_what_it_is_among_others() {
    check_operations_alone(corpus_models());
}

fn check_operations_alone(models: Vec<(String, Vec<u8>)>) {
    for (name, json) in models {
        let model = fixtures::load(&[("model.json", &json)]);
        let all = generated(&model, &[]);
        let all_files = files(&all);
        for operation in &all.plan.operations {
            let alone = generated(&model, &[operation.id.to_string()]);
            let file = module(&all, &operation.id);
            assert_eq!(module(&alone, &operation.id), file, "{name}");
            for (path, text) in files(&alone) {
                if path == file {
                    assert!(all_files[path] == text, "{name}: {path} differs when {} is alone", operation.id);
                } else if ["src/types.rs", "src/errors.rs", "src/schema.rs"].contains(&path) {
                    let among = module_items(&all_files, path);
                    let other: Vec<_> = items(text).into_iter().filter(|item| !among.contains(item)).collect();
                    assert!(other.is_empty(), "{name}: {path} for {} alone has\n{}", operation.id, other.join("\n\n"));
                }
            }
        }
    }
}

#[test]
fn nothing_is_generated_that_the_chosen_operations_do_not_need() {
    check_closures(fixture_models());
}

#[test]
#[cfg_attr(not(has_corpora), ignore = "needs the corpora")]
fn nothing_is_generated_of_real_models_that_the_chosen_operations_do_not_need() {
    check_closures(corpus_models());
}

fn check_closures(models: Vec<(String, Vec<u8>)>) {
    for (name, json) in models {
        let model = fixtures::load(&[("model.json", &json)]);
        let all = Plan::new(&model, &fixtures::settings("example", &[]).request).unwrap();
        let every: Vec<String> = all.operations.iter().map(|one| one.id.to_string()).collect();
        let choices = every.iter().map(std::slice::from_ref).chain(every.chunks(2)).chain([every.as_slice()]);
        for chosen in choices {
            let plan = Plan::new(&model, &fixtures::settings("example", chosen).request).unwrap();
            let mut waiting: Vec<&ShapeId> = Vec::new();
            for operation in &plan.operations {
                waiting.extend([&operation.input, &operation.output]);
                waiting.extend(operation.errors.iter().map(|error| &error.id));
            }
            let mut needed: BTreeSet<&ShapeId> = BTreeSet::new();
            while let Some(id) = waiting.pop() {
                if let Some(shape) = plan.shape(id).filter(|_| needed.insert(id)) {
                    waiting.extend(shape.members.iter().map(|member| &member.target));
                }
            }
            let planned: BTreeSet<&ShapeId> = plan.shapes.iter().map(|shape| &shape.id).collect();
            needed.retain(|id| planned.contains(id));
            assert_eq!(planned, needed, "{name}: {chosen:?}");
        }
    }
}

#[test]
fn the_order_of_files_changes_nothing() {
    for fixture in fixtures::all() {
        let whole: serde_json::Value = serde_json::from_slice(&fixture.json).unwrap();
        let mut parts = [serde_json::Map::new(), serde_json::Map::new(), serde_json::Map::new()];
        for (at, (id, shape)) in whole["shapes"].as_object().unwrap().iter().enumerate() {
            parts[at % 3].insert(id.clone(), shape.clone());
        }
        let parts = parts.map(|shapes| serde_json::json!({ "smithy": "2.0", "shapes": shapes }).to_string());
        let [a, b, c] = &parts;
        let texts = |order: [(&str, &String); 3]| {
            let model = fixtures::load(&order.map(|(name, text)| (name, text.as_bytes())));
            let generated = generated(&model, &[]);
            files(&generated).into_iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect::<Vec<_>>()
        };
        let first = texts([("a", a), ("b", b), ("c", c)]);
        assert!(first == texts([("c", c), ("b", b), ("a", a)]), "{}", fixture.name);
        assert!(first == texts([("b", b), ("c", c), ("a", a)]), "{}", fixture.name);
    }
}
