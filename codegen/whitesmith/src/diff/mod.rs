//! `cargo xtask diff`: what a new version of a model changes, and for whom.

mod comparison;
mod json;
mod markdown;
mod text;

use std::path::PathBuf;

pub use comparison::{Comparison, Input, Limits};
pub use text::render as render_text;

use crate::{Outcome, services, workspace};

/// Arguments of the command.
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// The old version: a file, a folder, or an archive with a Smithy manifest.
    old: PathBuf,
    /// The new version, likewise.
    new: PathBuf,
    /// Compare everything, not only what the operations need that model/services.toml names for the service.
    #[arg(long)]
    all: bool,
    /// Show every change of the model, as the events of `smithy diff`, and every reason.
    #[arg(long)]
    events: bool,
    /// The output format; `markdown` suits a pull request.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Format {
    Text,
    Markdown,
    Json,
}

/// Runs the command. The check fails if the new version breaks something.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let inputs = [Input::read(&arguments.old)?, Input::read(&arguments.new)?];
    let [old, new] = &inputs;
    let models = [old.load_valid()?, new.load_valid()?];
    // Outside of a workspace there is nothing pinned.
    let pinned = workspace::root().ok().map(|root| services::read(&root)).transpose()?;
    let pins = if arguments.all { None } else { pinned.as_ref() };
    let limits = Limits { pin_of: &|service| pins?.pin_of(service.as_str()), prepare: &|_| Ok(()) };
    let comparison = Comparison::of([old, new], models, &limits)?;
    let printed = match arguments.format {
        Format::Text => text::render(&comparison, arguments.events),
        Format::Markdown => markdown::render(&comparison),
        Format::Json => json::render(&comparison)?,
    };
    crate::outcome::print(&printed)?;
    let outcome = if comparison.is_breaking() { Outcome::CheckFailed } else { Outcome::Success };
    // The process ends here, and has no use for freeing two models node by node.
    std::mem::forget(comparison);
    Ok(outcome)
}
