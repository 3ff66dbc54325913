//! A comparison for programs.

use serde_json::{Value, json};
use whitesmith_rust::verdict::{Change, Reason, Verdict};

use super::Comparison;

/// Renders everything as one JSON object, over several lines.
pub fn render(comparison: &Comparison) -> serde_json::Result<String> {
    let events: Vec<Value> = comparison
        .changes
        .iter()
        .map(|change| {
            let event = &change.event;
            let mut entry = json!({
                "severity": event.severity.name(),
                "id": event.id,
                "shape": event.shape.as_ref().map(|shape| shape.as_str()),
                "message": event.message,
            });
            if let (Some(entry), Some((file, line, column))) = (entry.as_object_mut(), comparison.place(change)) {
                entry.insert("filename".to_owned(), file.into());
                entry.insert("line".to_owned(), line.into());
                entry.insert("column".to_owned(), column.into());
            }
            entry
        })
        .collect();
    let verdicts = comparison.verdicts.as_ref().map(|verdicts| {
        json!({
            "level": comparison.level(verdicts).name(),
            "rust": verdict(&verdicts.rust),
            "commandLine": verdict(&verdicts.command_line),
            "behaviour": verdict(&verdicts.behaviour),
            "wire": verdict(&verdicts.wire),
        })
    });
    let whole = json!({
        "breaking": comparison.is_breaking(),
        "operations": comparison.operations,
        "events": events,
        "verdict": verdicts,
    });
    serde_json::to_string_pretty(&whole).map(|text| text + "\n")
}

fn verdict(verdict: &Verdict) -> Value {
    let reasons: Vec<Value> = verdict.reasons.iter().map(reason).collect();
    json!({"level": verdict.level.name(), "reasons": reasons})
}

fn reason(reason: &Reason) -> Value {
    let kind = match &reason.change {
        Change::Removed => "removed",
        Change::Signature { .. } | Change::Replaced => "changed",
        Change::NewlyRequired => "newlyRequired",
        Change::NoLongerRequired => "noLongerRequired",
        Change::Added { .. } => "added",
        Change::Deprecated => "deprecated",
        Change::Narrowed { .. } => "narrowed",
        Change::Widened { .. } => "widened",
    };
    json!({"level": reason.level.name(), "item": reason.item, "change": kind, "text": reason.to_string()})
}
