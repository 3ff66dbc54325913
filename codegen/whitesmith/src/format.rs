//! `format`: the formatter for .smithy files.

use std::path::PathBuf;

use anyhow::Context as _;
use whitesmith_smithy::format;

use crate::{Outcome, model_files};

/// Arguments of the command.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Files of Smithy IDL, and folders of them. The formatted text of one file goes to standard output.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Write nothing; name the files that are not formatted, and exit with 1 if there are any.
    #[arg(long, conflicts_with = "write")]
    check: bool,
    /// Rewrite the files in place.
    #[arg(long)]
    write: bool,
}

/// Formats the files, or checks that they are formatted.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let mut outcome = Outcome::Success;
    let files = model_files::idl_files(&arguments.files)?;
    let prints = !arguments.check && !arguments.write;
    anyhow::ensure!(!prints || files.len() == 1, "{} files: expected --write or --check", files.len());
    for path in files {
        let name = path.display().to_string();
        let bytes = model_files::read_file(&path)?;
        let text = match format::format(&name, &bytes) {
            Ok(text) => text,
            Err(error) => {
                eprintln!("{error}");
                outcome = Outcome::CheckFailed;
                continue;
            }
        };
        if prints {
            crate::outcome::print(&text)?;
        } else if text.as_bytes() != bytes && arguments.check {
            eprintln!("{name}: not formatted");
            outcome = Outcome::CheckFailed;
        } else if text.as_bytes() != bytes {
            std::fs::write(&path, text).with_context(|| format!("cannot write {name}"))?;
        }
    }
    Ok(outcome)
}
