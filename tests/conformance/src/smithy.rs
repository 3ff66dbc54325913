//! Models of the Smithy project's own tests: whether they are refused, for what reason, and every event about them.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Context as _;
use serde::Deserialize;
use whitesmith_smithy::model::{Event, Severity};
use whitesmith_smithy::{load, validate};

use crate::suite::{Context, Tally};

/// The minimum of each measure.
const VERDICTS: f64 = 0.98;
const FIRST_ERRORS: f64 = 0.9;
const PRECISION: f64 = 0.8;
const RECALL: f64 = 0.8;

/// A model and the reference's verdict.
#[derive(Deserialize)]
struct Judged {
    file: String,
    expected: String,
    event_id: Option<String>,
}

/// A model and the reference's events.
#[derive(Deserialize)]
struct Validated {
    file: String,
    expected: String,
    events: Vec<ExpectedEvent>,
}

#[derive(Deserialize)]
struct ExpectedEvent {
    severity: String,
    id: String,
    shape: Option<String>,
}

/// Runs the suite. Each case is a measure over all models; models that differ are printed.
pub fn run(context: &Context<'_>) -> anyhow::Result<Tally> {
    let folder = context.corpus.join("smithy-json-suite");
    let mut tally = Tally::default();
    judge(&folder, &mut tally)?;
    compare_events(&folder, &mut tally)?;
    Ok(tally)
}

#[allow(clippy::cast_precision_loss, reason = "counts of test cases")]
fn measure(tally: &mut Tally, name: &str, found: usize, all: usize, demanded: f64) {
    let share = found as f64 / all.max(1) as f64;
    println!("smithy: {name}: {found} of {all}, {:.1} % ({:.0} % demanded)", share * 100.0, demanded * 100.0);
    if share >= demanded {
        tally.passed += 1;
    } else {
        tally.failed += 1;
    }
}

fn read<T: serde::de::DeserializeOwned>(path: &Path) -> anyhow::Result<T> {
    let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
    serde_json::from_slice(&bytes).with_context(|| path.display().to_string())
}

/// The events about a model; none if it is not even JSON.
fn events(folder: &Path, file: &str) -> anyhow::Result<Vec<Event>> {
    let path = folder.join(file);
    let bytes = std::fs::read(&path).with_context(|| path.display().to_string())?;
    let (model, events) = load::assemble(&[(file, &bytes)])?;
    Ok(validate::validate(&model, events))
}

fn judge(folder: &Path, tally: &mut Tally) -> anyhow::Result<()> {
    let cases: Vec<Judged> = read(&folder.join("index.json"))?;
    let (mut verdicts, mut refused, mut first_errors) = (0, 0, 0);
    for case in &cases {
        let events = events(folder, &case.file)?;
        let ours = if validate::is_invalid(&events) { "error" } else { "ok" };
        let first = events.iter().find(|event| event.severity == Severity::Error).map(|event| event.id.as_str());
        if ours == case.expected {
            verdicts += 1;
        } else {
            println!(
                "smithy: {}: expected {}, found {ours} ({})",
                case.file,
                case.expected,
                first.unwrap_or("no error")
            );
        }
        if case.expected == "error" {
            refused += 1;
            if first == case.event_id.as_deref() {
                first_errors += 1;
            } else {
                let expected = case.event_id.as_deref().unwrap_or("");
                println!("smithy: {}: first error {}, expected {expected}", case.file, first.unwrap_or("none"));
            }
        }
    }
    measure(tally, "verdicts", verdicts, cases.len(), VERDICTS);
    measure(tally, "reason of the first error", first_errors, refused, FIRST_ERRORS);
    Ok(())
}

type Key = (String, String, String);

fn compare_events(folder: &Path, tally: &mut Tally) -> anyhow::Result<()> {
    let cases: Vec<Validated> = read(&folder.join("validators-index.json"))?;
    let (mut expected, mut found, mut common, mut verdicts) = (0, 0, 0, 0);
    for case in &cases {
        let events = events(folder, &case.file)?;
        // A DANGER is a failure here, too.
        let refused = events.iter().any(|event| event.severity.is_failure());
        verdicts += usize::from((case.expected == "error") == refused);
        let theirs: BTreeSet<Key> = case
            .events
            .iter()
            .map(|event| (event.severity.clone(), event.id.clone(), event.shape.clone().unwrap_or_default()))
            .collect();
        let ours: BTreeSet<Key> = events
            .iter()
            .filter(|event| event.severity != Severity::Suppressed)
            .map(|event| {
                let shape = event.shape.as_ref().map(ToString::to_string).unwrap_or_default();
                (event.severity.name().to_owned(), event.id.clone(), shape)
            })
            .collect();
        expected += theirs.len();
        found += ours.len();
        common += theirs.intersection(&ours).count();
        for (severity, id, shape) in theirs.difference(&ours) {
            println!("smithy: {}: missing {severity} {id} {shape}", case.file);
        }
        for (severity, id, shape) in ours.difference(&theirs) {
            println!("smithy: {}: not expected {severity} {id} {shape}", case.file);
        }
    }
    measure(tally, "verdicts on models with events", verdicts, cases.len(), VERDICTS);
    measure(tally, "precision of events", common, found, PRECISION);
    measure(tally, "recall of events", common, expected, RECALL);
    Ok(())
}
