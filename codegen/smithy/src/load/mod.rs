//! From files to a [`Model`]: reading the JSON AST, merging files, applying traits, flattening mixins, upgrading 1.0.

mod ast;
mod completeness;
mod conflict;
mod draft;
mod enum_strings;
mod members;
mod metadata;
mod mixins;
mod overlay;
mod prelude;
mod properties;
mod references;
mod trait_values;
mod upgrade;
mod version;

use crate::model::{Event, Model};
use crate::source::{ParseError, SourceError, Sources, parse};
pub use overlay::{OverlayError, overlay};

/// Why files could not be read at all. What is wrong with a readable model are [`Event`]s.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// A file cannot be taken up.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// A file is not JSON.
    #[error("{rendered}")]
    Json {
        /// What is wrong and where.
        #[source]
        error: ParseError,
        /// The same with the place and the line, for people.
        rendered: String,
    },
}

/// Loads a model for code generation: [`assemble`], then strings with the `enum` trait of 1.0 become `enum` shapes where
/// every value has a name.
///
/// Severity [`Error`](crate::model::Severity::Error) among the events means that the model must not be used.
///
/// # Errors
/// When a file is not UTF-8 or not JSON.
pub fn load(files: &[(&str, &[u8])]) -> Result<(Model, Vec<Event>), LoadError> {
    let (mut model, events) = assemble(files)?;
    name_enum_values(&mut model);
    Ok((model, events))
}

/// Makes `enum` shapes of strings with the `enum` trait of 1.0 where every value has a name: what [`load`] does on top of
/// [`assemble`].
pub fn name_enum_values(model: &mut Model) {
    enum_strings::upgrade(model);
}

/// Loads a model as it is written, as validation and comparison want it. The order of the files does not matter.
///
/// # Errors
/// When a file is not UTF-8 or not JSON.
pub fn assemble(files: &[(&str, &[u8])]) -> Result<(Model, Vec<Event>), LoadError> {
    let mut files = files.to_vec();
    files.sort_unstable();
    files.dedup();
    let mut sources = Sources::new();
    let mut draft = draft::Draft::default();
    prelude::read(&mut sources, &mut draft)?;
    for (name, bytes) in files {
        let file = sources.add(name, bytes)?;
        let node = parse(file, sources.text(file)).map_err(|error| LoadError::json(error, &sources))?;
        ast::read(node, &mut draft);
    }
    Ok(draft.finish(sources))
}

impl LoadError {
    fn json(error: ParseError, sources: &Sources) -> Self {
        let rendered =
            crate::source::render(sources, crate::source::Level::Error, Some("Json"), &error.to_string(), error.span);
        Self::Json { error, rendered }
    }
}
