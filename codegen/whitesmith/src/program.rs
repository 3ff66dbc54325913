//! The program that runs a command.

use std::path::Path;

use crate::sources::Sources;
use crate::workspace;

/// The program that runs a command.
#[derive(Clone, Copy, Debug)]
pub struct Program {
    /// The program's name in hints.
    pub name: &'static str,
    /// The files that it carries, sorted by path; none if it works in a checkout that has them.
    pub files: Option<&'static [(&'static str, &'static str)]>,
}

impl Program {
    /// The project's own files, for generated workspaces. `root` is the checkout where the program carries none.
    pub(crate) fn sources(&self, root: &Path) -> Sources {
        self.files.map_or_else(|| Sources::Checkout(root.to_path_buf()), Sources::Packed)
    }

    /// The project's own files; those of the checkout around the current directory where the program carries none.
    pub(crate) fn sources_or_checkout(&self) -> anyhow::Result<Sources> {
        match self.files {
            Some(files) => Ok(Sources::Packed(files)),
            None => Ok(Sources::Checkout(workspace::root()?)),
        }
    }
}
