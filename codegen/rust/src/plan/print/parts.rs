//! Parts that lines have in common.

use std::fmt::{self, Formatter};

use whitesmith_docs::ModelText;

/// Writes a name if it applies.
pub(super) fn flag(f: &mut Formatter<'_>, set: bool, name: &str) -> fmt::Result {
    if set { write!(f, ", {name}") } else { Ok(()) }
}

/// Ends a line with a summary.
pub(super) fn summary(f: &mut Formatter<'_>, summary: &ModelText) -> fmt::Result {
    let summary = summary.unescaped();
    if summary.is_empty() { f.write_str("\n") } else { writeln!(f, " // {summary}") }
}
