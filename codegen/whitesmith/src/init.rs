//! `init`: makes a folder a project whose services are pinned.

use std::path::PathBuf;

use crate::transaction::{LockedFolder, Transaction};
use crate::{Outcome, Program};

/// Arguments of the command.
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// The folder, which is created if need be.
    #[arg(default_value = ".")]
    folder: PathBuf,
}

const SERVICES: &str = r#"# What `whitesmith codegen` generates: one table for each service. `whitesmith add MODEL` adds one.

# Where generated crates take the runtime crates from: "vendored" (copies in generated/), "registry" (crates.io),
# "git=URL#REVISION" or "path=DIR".
runtime = "vendored"
"#;

/// Runs the command.
pub fn run(program: &Program, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let folder = &arguments.folder;
    let path = folder.join("model/services.toml");
    anyhow::ensure!(!path.exists(), "{} exists already", path.display());
    let mut transaction = Transaction::default();
    transaction.writes.insert("model/services.toml".to_owned(), SERVICES.as_bytes().into());
    LockedFolder::open(folder)?.commit(transaction)?;
    crate::outcome::print(&format!("Created {}. Pin a service with `{} add MODEL`.\n", path.display(), program.name))?;
    Ok(Outcome::Success)
}
