//! The formatter for the Smithy IDL, which writes what the reference implementation's does (1.73.0, `smithy format`).

mod brackets;
mod comments;
mod layout;
mod parse;
mod print;
mod tree;
mod uses;

use crate::model::Severity;
use crate::source::{Level, SourceError, Sources, render};
use crate::syntax::{Ids, Names, read_idl};

/// The width that lines are laid out to.
const WIDTH: usize = 120;

/// Why a file is not formatted.
#[derive(Debug, thiserror::Error)]
pub enum FormatError {
    /// The file cannot be registered with the sources.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The file has syntax errors.
    #[error("{rendered}")]
    Syntax {
        /// The first error with its place and line.
        rendered: String,
    },
}

/// Formats a file of Smithy IDL: indentation, spaces and line breaks, the order of `use` statements, which of them are
/// kept, and the form of comments. Formatting what comes out changes nothing.
///
/// # Errors
/// When the file is not UTF-8 or has syntax errors.
///
/// ```
/// let text = whitesmith_smithy::format::format("a.smithy", b"$version:\"2\"\nnamespace a.b\nstring   S\n")?;
/// assert_eq!(text, "$version: \"2\"\n\nnamespace a.b\n\nstring S\n");
/// # Ok::<(), whitesmith_smithy::format::FormatError>(())
/// ```
pub fn format(name: &str, bytes: &[u8]) -> Result<String, FormatError> {
    let mut sources = Sources::new();
    let file = sources.add(name, bytes)?;
    let text = sources.text(file);
    let definitions = read_idl(file, text, &Names::default(), &mut Ids::default());
    if let Some(error) = definitions.events.iter().find(|event| event.severity == Severity::Error) {
        return Err(FormatError::Syntax { rendered: error.render(&sources) });
    }
    let Ok(mut tree) = parse::parse(text) else {
        let rendered = render(&sources, Level::Error, Some("Model"), "unsupported syntax", crate::source::Span::NONE);
        return Err(FormatError::Syntax { rendered });
    };
    uses::sort(&mut tree);
    comments::relocate(&mut tree);
    comments::demote(&mut tree);
    uses::remove_unused(&mut tree);
    Ok(print::Printer::new(WIDTH).file(&tree))
}
