//! A comparison for terminals.

use std::fmt::Write as _;

use whitesmith_rust::verdict::{Verdict, Verdicts};

use super::Comparison;

/// Renders everything, the changes of the model first.
pub fn render(comparison: &Comparison) -> String {
    let mut out = String::new();
    for change in &comparison.changes {
        let event = &change.event;
        let shape = event.shape.as_ref().map(|shape| format!(" {shape}")).unwrap_or_default();
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{:<10} {}{shape}", event.severity.name(), event.id);
        for line in event.message.trim().lines() {
            let _ = writeln!(out, "{}", format!("           {}", cut(&printable(line))).trim_end());
        }
        if let Some((file, line, column)) = comparison.place(change) {
            let _ = writeln!(out, "           at {file}:{line}:{column}");
        }
    }
    if comparison.changes.is_empty() {
        out.push_str("The model did not change.\n");
    }
    if let Some(verdicts) = &comparison.verdicts {
        write_verdicts(&mut out, verdicts);
    }
    out
}

fn write_verdicts(out: &mut String, verdicts: &Verdicts) {
    for (face, verdict) in faces(verdicts) {
        let _ = writeln!(out, "\n{face}: {}", verdict.level);
        for reason in &verdict.reasons {
            let _ = writeln!(out, "  {:<5} {}", reason.level, printable(&reason.to_string()));
        }
    }
    let _ = writeln!(out, "\nNext version of the generated crates: {}", verdicts.level());
}

/// The faces and what they are called.
pub fn faces(verdicts: &Verdicts) -> [(&'static str, &Verdict); 3] {
    [("Rust API", &verdicts.rust), ("Command line", &verdicts.command_line), ("Wire", &verdicts.wire)]
}

/// The longest line of a message that is shown, in characters: documentation can be pages on one line.
const LONGEST: usize = 400;

fn cut(line: &str) -> String {
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or(line)),
        None => line.to_owned(),
    }
}

/// Text of a model without what could steer a terminal.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}
