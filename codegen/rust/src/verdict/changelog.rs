//! Entries of change logs.

use std::fmt::Write;

use super::{Level, Reason, Verdicts};
use whitesmith_docs::markdown_blocks::escape_into;

/// The readers of a change log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Users of the crate of types and client.
    Library,
    /// Users of the command line.
    CommandLine,
    /// Users of the mock server.
    Mock,
}

/// The headings of an entry, by level.
const SECTIONS: [(Level, &str); 3] = [(Level::Major, "Breaking"), (Level::Minor, "Added"), (Level::Patch, "Changed")];

/// The headings for changes of the messages between programs and the service, by level.
const WIRE_SECTIONS: [(Level, &str); 3] = [
    (Level::Major, "Breaking on the wire"),
    (Level::Minor, "Added on the wire"),
    (Level::Patch, "Changed on the wire"),
];

/// The headings of what programs do differently, by level.
const BEHAVIOUR_SECTIONS: [(Level, &str); 2] = [(Level::Minor, "Different behaviour"), (Level::Patch, "Examples")];

/// Renders the entry for a version. `source` says which model it was made from.
#[must_use]
pub fn render_entry(version: &str, source: &str, verdicts: &Verdicts, audience: Audience) -> String {
    let mut out = format!("## {version}\n\n");
    escape_into(&mut out, source);
    out.push('\n');
    let start = out.len();
    match audience {
        Audience::Library => sections(&mut out, &SECTIONS, &verdicts.rust.reasons),
        Audience::CommandLine => sections(&mut out, &SECTIONS, &verdicts.command_line.reasons),
        // The mock's API is made of the library's types.
        Audience::Mock => sections(&mut out, &SECTIONS[..1], &verdicts.rust.reasons),
    }
    sections(&mut out, &BEHAVIOUR_SECTIONS, &verdicts.behaviour.reasons);
    if audience != Audience::CommandLine {
        sections(&mut out, &WIRE_SECTIONS, &verdicts.wire.reasons);
    }
    if out.len() == start {
        out.push_str(match (verdicts.level(), verdicts.texts_differ) {
            (Level::None, _) | (_, false) => "\nNothing that is generated changed.\n",
            (Level::Patch, true) => "\nOnly documentation and descriptions changed.\n",
            _ => {
                "\nOnly documentation and descriptions changed here; the version is that of all crates of the service.\n"
            }
        });
    }
    out
}

fn sections(out: &mut String, headings: &[(Level, &str)], reasons: &[Reason]) {
    for (level, heading) in headings {
        let mut of_level = reasons.iter().filter(|reason| reason.level == *level).peekable();
        if of_level.peek().is_none() {
            continue;
        }
        // Writing to a string cannot fail.
        let _ = write!(out, "\n### {heading}\n\n");
        for reason in of_level {
            let _ = writeln!(out, "- {}", reason.markdown());
        }
    }
}

/// Inserts an entry above the older ones of a change log; `None` starts a new change log.
#[must_use]
pub fn insert_entry(log: Option<&str>, entry: &str) -> String {
    let log = log.unwrap_or("# Changelog\n\nOne entry for each version, the latest first.\n");
    let entries = if log.starts_with("## ") { Some(0) } else { log.find("\n## ").map(|at| at + 1) };
    match entries.and_then(|at| log.split_at_checked(at)) {
        Some((head, older)) => format!("{head}{entry}\n{older}"),
        None => format!("{}\n\n{entry}", log.trim_end()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_entry_stands_above_the_older_ones() {
        let first = insert_entry(None, "## 0.1.1\n\nFirst.\n");
        assert!(first.starts_with("# Changelog\n"), "{first}");
        let second = insert_entry(Some(&first), "## 0.2.0\n\nSecond.\n");
        assert!(second.ends_with("first.\n\n## 0.2.0\n\nSecond.\n\n## 0.1.1\n\nFirst.\n"), "{second}");
    }

    #[test]
    fn what_others_wrote_above_stays() {
        let log = "# Ours\n\nA word.\n\n## 1.0.0\n\nOld.\n";
        assert_eq!(insert_entry(Some(log), "## 1.1.0\n"), "# Ours\n\nA word.\n\n## 1.1.0\n\n## 1.0.0\n\nOld.\n");
    }
}
