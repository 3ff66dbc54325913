//! A comparison for terminals.

use std::fmt::Write as _;

use whitesmith_rust::verdict::{Verdict, Verdicts};

use super::Comparison;

/// Maximum number of reasons shown for each verdict, so that all fit on a screen.
const MOST_REASONS: usize = 8;

/// Renders the verdicts, and the changes of the model as a line; with `events`, every reason and every change.
pub fn render(comparison: &Comparison, events: bool) -> String {
    let mut out = String::new();
    if let Some(verdicts) = &comparison.verdicts {
        let most = if events { usize::MAX } else { MOST_REASONS };
        for (title, verdict) in titled(verdicts) {
            write_verdict(&mut out, title, verdict, most);
        }
        // Writing to a string cannot fail.
        let _ = writeln!(out, "Next version of the generated crates: {}\n", comparison.level(verdicts));
    }
    write_summary(&mut out, comparison, events);
    for change in comparison.changes.iter().filter(|_| events) {
        let event = &change.event;
        let shape = event.shape.as_ref().map(|shape| format!(" {shape}")).unwrap_or_default();
        let _ = writeln!(out, "{:<10} {}{shape}", event.severity.name(), event.id);
        for line in event.message.trim().lines() {
            let _ = writeln!(out, "{}", format!("           {}", cut(&printable(line))).trim_end());
        }
        if let Some((file, line, column)) = comparison.place(change) {
            let _ = writeln!(out, "           at {file}:{line}:{column}");
        }
    }
    out
}

/// The reasons of a verdict, the weightiest first.
fn write_verdict(out: &mut String, title: &str, verdict: &Verdict, most: usize) {
    let _ = writeln!(out, "{title}: {}", verdict.level);
    for reason in verdict.reasons.iter().take(most) {
        let text = printable(&reason.to_string());
        let text = if most == MOST_REASONS { cut(&text) } else { text };
        let _ = writeln!(out, "  {:<5} {text}", reason.level);
    }
    if verdict.reasons.len() > most {
        let _ = writeln!(out, "  … and {} more", verdict.reasons.len() - most);
    }
    out.push('\n');
}

fn write_summary(out: &mut String, comparison: &Comparison, events: bool) {
    let changes = &comparison.changes;
    if changes.is_empty() {
        let _ = writeln!(out, "{}", comparison.unlisted());
        return;
    }
    let breaking = changes.iter().filter(|change| change.is_breaking()).count();
    let hint = if events { "" } else { "; --events shows them" };
    let _ = writeln!(out, "Changes of the model: {}, of which {breaking} may break{hint}", changes.len());
}

/// The verdicts by their titles.
pub fn titled(verdicts: &Verdicts) -> [(&'static str, &Verdict); 4] {
    [
        ("Rust API", &verdicts.rust),
        ("Command line", &verdicts.command_line),
        ("Behaviour", &verdicts.behaviour),
        ("Wire", &verdicts.wire),
    ]
}

/// The longest line of a message that is shown, in characters: a line of documentation can be pages long.
const LONGEST: usize = 200;

fn cut(line: &str) -> String {
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or(line)),
        None => line.to_owned(),
    }
}

/// Text of a model without terminal control sequences.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}
