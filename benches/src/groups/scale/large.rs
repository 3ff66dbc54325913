//! What the measurements have in common.

use std::path::{Path, PathBuf};

use super::super::context::Context;
use crate::process::Program;

/// The largest model of the corpora.
pub(super) const EC2: &str = "aws-models-converted/ec2.json";

/// Our program, and the model of EC2.
pub(super) struct Large<'a> {
    pub context: Context<'a>,
    /// Our program.
    pub whitesmith: PathBuf,
    /// EC2's model.
    pub ec2: PathBuf,
    /// The folders.
    pub folders: tempfile::TempDir,
}

impl Large<'_> {
    /// Generates everything of a model into a folder.
    pub fn generate(&self, model: &Path, out: &Path) -> Program {
        Program::new(&self.whitesmith).args(["codegen", "--model"]).args([model]).args(["--out"]).args([out])
    }

    /// A new folder, which stays until everything is measured: for a while after files are deleted, ext4 is slow to create
    /// others.
    pub fn folder(&self, name: &str) -> anyhow::Result<PathBuf> {
        let folder = self.folders.path().join(name);
        std::fs::create_dir(&folder)?;
        Ok(folder)
    }
}
