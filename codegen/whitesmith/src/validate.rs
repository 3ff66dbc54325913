//! `validate`: the events of models, with their places.

use std::fmt::Write as _;
use std::path::PathBuf;

use serde::Serialize;
use whitesmith_smithy::model::{self, Event, Model, Severity};
use whitesmith_smithy::{load, validate};

use crate::projects::ProjectOptions;
use crate::{Outcome, projects};

/// Arguments of the command.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Models, which are merged: .smithy and .json files, folders, archives with META-INF/smithy/manifest, or `-` for
    /// Smithy IDL or a JSON AST on standard input.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The output format.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    project: ProjectOptions,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Format {
    Text,
    Json,
}

/// Runs the command. The check fails if the model is invalid.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let inputs = projects::read(&arguments.files, &arguments.project)?;
    let files: Vec<(&str, &[u8])> =
        inputs.files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let (mut model, events) = load::assemble(&files)?;
    inputs.project(&mut model)?;
    let events = validate::validate(&model, events);
    match arguments.format {
        Format::Text => crate::outcome::print(&text(&model, &events))?,
        Format::Json => crate::outcome::print(&json(&model, &events)?)?,
    }
    // The process ends: giving its memory back piece by piece would only take time.
    std::mem::forget(model);
    Ok(if fails(&events) { Outcome::CheckFailed } else { Outcome::Success })
}

/// Whether the model needs attention: an error, or a danger that is not suppressed.
fn fails(events: &[Event]) -> bool {
    events.iter().any(|event| event.severity.is_failure())
}

const SEVERITIES: [Severity; 5] =
    [Severity::Error, Severity::Danger, Severity::Warning, Severity::Note, Severity::Suppressed];

fn count(events: &[Event], severity: Severity) -> usize {
    events.iter().filter(|event| event.severity == severity).count()
}

/// Every event that is not suppressed with its place and line, and a summary.
fn text(model: &Model, events: &[Event]) -> String {
    let mut text = String::new();
    for event in events.iter().filter(|event| event.severity != Severity::Suppressed) {
        let _ = writeln!(text, "{}\n", event.render(model.sources()));
    }
    let counts: Vec<String> = SEVERITIES
        .iter()
        .map(|severity| (severity, count(events, *severity)))
        .filter(|(_, count)| *count > 0)
        .map(|(severity, count)| format!("{count} {}", severity.name()))
        .collect();
    let verdict = if fails(events) { "invalid" } else { "valid" };
    let counts = if counts.is_empty() { "no events".to_owned() } else { counts.join(", ") };
    let _ = writeln!(text, "the model is {verdict}: {} shapes, {counts}", model.own_shapes().count());
    text
}

#[derive(Serialize)]
struct Report<'a> {
    valid: bool,
    shapes: usize,
    events: Vec<PlacedEvent<'a>>,
}

#[derive(Serialize)]
struct PlacedEvent<'a> {
    severity: &'a str,
    id: &'a str,
    shape: Option<&'a str>,
    message: &'a str,
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
}

fn json(model: &Model, events: &[Event]) -> anyhow::Result<String> {
    let report = Report {
        valid: !fails(events),
        shapes: model.own_shapes().count(),
        events: events.iter().map(|event| placed(model, event)).collect(),
    };
    Ok(serde_json::to_string_pretty(&report)? + "\n")
}

fn placed<'a>(model: &'a Model, event: &'a Event) -> PlacedEvent<'a> {
    let place = model.sources().place(event.span);
    PlacedEvent {
        severity: event.severity.name(),
        id: &event.id,
        shape: event.shape.as_ref().map(model::ShapeId::as_str),
        message: &event.message,
        file: place.as_ref().map(|place| place.file),
        line: place.as_ref().map(|place| place.line),
        column: place.as_ref().map(|place| place.column),
    }
}
