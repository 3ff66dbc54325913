//! `ast`: models as one JSON AST.

use std::path::PathBuf;

use whitesmith_smithy::load;
use whitesmith_smithy::model::Severity;
use whitesmith_smithy::write;

use crate::projects::ProjectOptions;
use crate::{Outcome, projects};

/// Arguments of the command.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Models, which are merged: .smithy and .json files, folders, archives with META-INF/smithy/manifest, smithy-build.json,
    /// or `-` for Smithy IDL or a JSON AST on standard input.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    project: ProjectOptions,
}

/// Prints the merged model; errors of loading go to standard error and fail the check.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let inputs = projects::read(&arguments.files, &arguments.project)?;
    let files: Vec<(&str, &[u8])> =
        inputs.files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let (mut model, events) = load::assemble(&files)?;
    let errors: Vec<_> = events.iter().filter(|event| event.severity == Severity::Error).collect();
    if errors.is_empty() {
        inputs.project(&mut model)?;
        crate::outcome::print(&write::pretty(&write::ast(&model)))?;
        return Ok(Outcome::Success);
    }
    for error in errors {
        eprintln!("{}\n", error.render(model.sources()));
    }
    Ok(Outcome::CheckFailed)
}
