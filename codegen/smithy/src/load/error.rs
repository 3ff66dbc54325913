//! Errors of loading.

use crate::source::{Level, ParseError, SourceError, Sources, render};

/// Why files could not be read at all. What is wrong with a readable model are [`Event`](crate::model::Event)s.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// A file cannot be registered with the sources.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// A file is not JSON.
    #[error("{rendered}")]
    Json {
        /// What is wrong and where.
        error: ParseError,
        /// The same with the place and the line, for people.
        rendered: String,
    },
}

impl LoadError {
    pub(super) fn json(error: ParseError, sources: &Sources) -> Self {
        let rendered = render(sources, Level::Error, Some("Json"), &error.to_string(), error.span);
        Self::Json { error, rendered }
    }
}
