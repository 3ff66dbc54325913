//! The events of model comparisons: each file `events-OLD-to-NEW.json` beside `OLD.json` and `NEW.json`.

use std::path::Path;

use anyhow::Context as _;
use serde_json::Value;
use whitesmith_smithy::model::Model;
use whitesmith_smithy::{diff, load};

use crate::suite::{Context, Tally};

/// Runs the suite. Each case is an event of the reference, or one of ours that the reference lacks.
pub fn run(context: &Context<'_>) -> anyhow::Result<Tally> {
    let folder = context.corpus.join("model-diff");
    let mut names: Vec<String> = Vec::new();
    for entry in std::fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
        names.extend(entry?.file_name().into_string());
    }
    names.sort();
    let mut tally = Tally::default();
    for name in &names {
        let pair = name.strip_prefix("events-").and_then(|name| name.strip_suffix(".json")?.split_once("-to-"));
        let Some((old, new)) = pair else { continue };
        let (old, new) = (load(&folder, old)?, load(&folder, new)?);
        let mut expected = events(&folder.join(name))?;
        for change in diff::diff(&old, &new) {
            let event = change.event;
            let shape = event.shape.map(|shape| shape.to_string()).unwrap_or_default();
            let found = [event.severity.name().to_owned(), event.id, shape, event.message];
            match expected.iter().position(|event| *event == found) {
                Some(at) => {
                    expected.swap_remove(at);
                    tally.passed += 1;
                }
                None => fail(&mut tally, name, "not expected", &found),
            }
        }
        for event in &expected {
            fail(&mut tally, name, "missing", event);
        }
    }
    Ok(tally)
}

fn fail(tally: &mut Tally, name: &str, what: &str, event: &[String; 4]) {
    tally.failed += 1;
    println!("diff: {name}: {what}: {}", event.join(" "));
}

fn load(folder: &Path, name: &str) -> anyhow::Result<Model> {
    let path = folder.join(format!("{name}.json"));
    let bytes = std::fs::read(&path).with_context(|| path.display().to_string())?;
    Ok(load::assemble(&[(name, &bytes)])?.0)
}

/// Severity, ID, shape and message of each event.
fn events(path: &Path) -> anyhow::Result<Vec<[String; 4]>> {
    let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
    let events: Vec<Value> = serde_json::from_slice(&bytes).with_context(|| path.display().to_string())?;
    let text = |event: &Value, key: &str| event.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    Ok(events.iter().map(|event| ["severity", "id", "shape", "message"].map(|key| text(event, key))).collect())
}
