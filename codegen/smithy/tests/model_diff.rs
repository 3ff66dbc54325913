//! The differences of two models: fixtures for every kind of change, and the reference implementation's events.

use std::path::{Path, PathBuf};

use whitesmith_smithy::diff::{Change, Side, diff};
use whitesmith_smithy::load::assemble;
use whitesmith_smithy::model::Model;

fn load(path: &Path) -> Model {
    let bytes = std::fs::read(path).unwrap();
    let name = path.file_name().unwrap().to_str().unwrap();
    assemble(&[(name, &bytes)]).unwrap().0
}

fn corpus(folder: &str) -> PathBuf {
    let root = std::env::var_os("WHITESMITH_CORPUS")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/conformance"), PathBuf::from);
    let found = root.join(folder);
    assert!(found.is_dir(), "no corpus at {}", found.display());
    found
}

/// Each folder of `model_diff` holds two models and the events to expect, one a line: severity, ID, shape.
#[test]
fn fixtures() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/model_diff");
    let mut cases: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(!cases.is_empty());
    let mut wrong = Vec::new();
    for case in &cases {
        let changes = diff(&load(&case.join("old.json")), &load(&case.join("new.json")));
        let mut found: Vec<String> = changes
            .iter()
            .map(|Change { event, .. }| {
                let shape = event.shape.as_ref().map_or("-", |shape| shape.as_str());
                format!("{} {} {shape}", event.severity.name(), event.id)
            })
            .collect();
        let text = std::fs::read_to_string(case.join("events.txt")).unwrap();
        let mut expected: Vec<&str> = text.lines().collect();
        found.sort_unstable();
        expected.sort_unstable();
        if found != expected {
            wrong.push(format!("{}:\n  found    {found:?}\n  expected {expected:?}", case.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
#[ignore = "needs the corpora"]
fn events_are_those_of_the_reference() {
    let folder = corpus("model-diff");
    for (old, new) in [("older", "current"), ("current", "older"), ("current", "edited")] {
        let old_model = load(&folder.join(format!("{old}.json")));
        let new_model = load(&folder.join(format!("{new}.json")));
        let events = std::fs::read(folder.join(format!("events-{old}-to-{new}.json"))).unwrap();
        let events: serde_json::Value = serde_json::from_slice(&events).unwrap();
        let text = |event: &serde_json::Value, key: &str| event[key].as_str().unwrap_or_default().to_owned();
        let mut expected: Vec<_> = events
            .as_array()
            .unwrap()
            .iter()
            .map(|event| {
                let fields = ["severity", "id", "shape", "message", "filename"].map(|key| text(event, key));
                (fields, usize::try_from(event["line"].as_u64().unwrap()).unwrap())
            })
            .collect();
        let mut found: Vec<_> = diff(&old_model, &new_model)
            .into_iter()
            .map(|change| {
                let event = change.event;
                let shape = event.shape.map(|shape| shape.to_string()).unwrap_or_default();
                let model = if change.side == Side::Old { &old_model } else { &new_model };
                let place = model.sources().place(event.span).unwrap();
                let fields = [event.severity.name().to_owned(), event.id, shape, event.message, place.file.to_owned()];
                (fields, place.line)
            })
            .collect();
        expected.sort();
        found.sort();
        assert_eq!(found, expected, "{old} to {new}");
        assert!(!found.is_empty());
    }
}
