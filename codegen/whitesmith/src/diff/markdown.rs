//! A comparison for pull requests.

use std::fmt::Write as _;

use whitesmith_docs::markdown_blocks::code_into;
use whitesmith_rust::verdict::{Level, Verdict};
use whitesmith_smithy::diff::Change;

use super::Comparison;
use super::text::titled;

/// Maximum number of reasons and changes shown of each kind: hosts truncate longer comments.
const MOST_SHOWN: usize = 200;

/// Renders the verdicts as a table, their reasons, and the changes of the model in a collapsed section.
pub fn render(comparison: &Comparison) -> String {
    let mut out = String::from("## Model update: ");
    let [old, new] = &comparison.names;
    code_into(&mut out, old);
    out.push_str(" to ");
    code_into(&mut out, new);
    out.push_str("\n\n");
    if !comparison.operations.is_empty() {
        out.push_str("Limited to what is generated: ");
        for (at, operation) in comparison.operations.iter().enumerate() {
            out.push_str(if at == 0 { "" } else { ", " });
            code_into(&mut out, operation);
        }
        out.push_str(".\n\n");
    }
    if let Some(verdicts) = &comparison.verdicts {
        out.push_str("| | verdict |\n| --- | --- |\n");
        for (title, verdict) in titled(verdicts) {
            // Writing to a string cannot fail.
            let _ = writeln!(out, "| {title} | {} |", emphasised(verdict.level));
        }
        let _ = writeln!(out, "| next version | {} |\n", emphasised(comparison.level(verdicts)));
        for (title, verdict) in titled(verdicts) {
            write_reasons(&mut out, title, verdict);
        }
    }
    write_changes(&mut out, comparison);
    out
}

fn emphasised(level: Level) -> String {
    if level == Level::Major { format!("**{level}**") } else { level.to_string() }
}

fn write_reasons(out: &mut String, title: &str, verdict: &Verdict) {
    if verdict.reasons.is_empty() {
        return;
    }
    let _ = writeln!(out, "### {title}\n");
    for reason in verdict.reasons.iter().take(MOST_SHOWN) {
        let _ = writeln!(out, "- {}: {}", emphasised(reason.level), reason.markdown());
    }
    write_rest(out, verdict.reasons.len());
    out.push('\n');
}

fn write_changes(out: &mut String, comparison: &Comparison) {
    let changes = &comparison.changes;
    if changes.is_empty() {
        let _ = writeln!(out, "{}", comparison.unlisted());
        return;
    }
    let breaking = changes.iter().filter(|change| change.is_breaking()).count();
    let _ = writeln!(
        out,
        "<details>\n<summary>Changes of the model: {}, of which may break: {breaking}</summary>\n",
        changes.len()
    );
    let mut sorted: Vec<&Change> = changes.iter().collect();
    sorted.sort_by_key(|change| std::cmp::Reverse(change.event.severity));
    for change in sorted.into_iter().take(MOST_SHOWN) {
        write_change(out, change);
    }
    write_rest(out, changes.len());
    out.push_str("\n</details>\n");
}

fn write_change(out: &mut String, change: &Change) {
    let event = &change.event;
    let _ = write!(out, "- {} ", event.severity.name());
    code_into(out, &event.id);
    if let Some(shape) = &event.shape {
        out.push(' ');
        code_into(out, shape.as_str());
    }
    out.push_str("<br>");
    // The whole message is code: it quotes the model, and nothing of it may become markup.
    code_into(out, &event.message);
    out.push('\n');
}

fn write_rest(out: &mut String, count: usize) {
    if count > MOST_SHOWN {
        let _ = writeln!(out, "- … and {} more; `--format text` shows all", count - MOST_SHOWN);
    }
}
