//! Paths, and the measured programs of this workspace.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context as _;

/// The workspace.
#[derive(Debug)]
pub struct Workspace {
    /// Its folder.
    pub root: PathBuf,
    /// The corpora's folder, which may not be there.
    pub corpus: PathBuf,
    /// A scratch folder for measurements.
    pub scratch: PathBuf,
    /// A copy of this program that runs as a server or a driver. Cargo may replace the original while it runs, since criterion's
    /// benchmarks are built with other features.
    pub ourselves: PathBuf,
}

impl Workspace {
    /// The workspace of the current directory.
    pub fn find(corpus: Option<PathBuf>) -> anyhow::Result<Self> {
        let here = std::env::current_dir()?;
        let root = here.ancestors().find(|folder| folder.join("model/services.toml").is_file());
        let root = root.context("no folder with model/services.toml at or above the current one")?.to_path_buf();
        let scratch = root.join("target/bench");
        std::fs::create_dir_all(&scratch)?;
        let ourselves = scratch.join("ourselves");
        let _ = std::fs::remove_file(&ourselves);
        let original = std::env::current_exe().context("this program's own path")?;
        std::fs::copy(original, &ourselves).with_context(|| format!("cannot write {}", ourselves.display()))?;
        Ok(Self { corpus: corpus.unwrap_or_else(|| root.join("../shared/conformance")), scratch, ourselves, root })
    }

    /// Builds a program of this workspace and says where it is; `None` if there is no such package.
    pub fn program(&self, package: &str, binary: &str, profile: &str) -> anyhow::Result<Option<PathBuf>> {
        if !self.has(package)? {
            return Ok(None);
        }
        self.cargo(&["build", "--quiet", "--profile", profile, "--package", package])?;
        let folder = if profile == "dev" { "debug" } else { profile };
        Ok(Some(self.target().join(folder).join(binary)))
    }

    fn has(&self, package: &str) -> anyhow::Result<bool> {
        let output = Command::new("cargo")
            .args(["metadata", "--no-deps", "--format-version", "1"])
            .current_dir(&self.root)
            .output()
            .context("cannot start cargo")?;
        let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)?;
        let packages = metadata["packages"].as_array().map(Vec::as_slice).unwrap_or_default();
        Ok(packages.iter().any(|found| found["name"] == package))
    }

    /// Cargo's target folder.
    pub fn target(&self) -> PathBuf {
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| self.root.join("target"), PathBuf::from)
    }

    /// Runs cargo in the workspace.
    pub fn cargo(&self, arguments: &[&str]) -> anyhow::Result<()> {
        self.cargo_at(&self.root, arguments)
    }

    /// Runs cargo in a folder.
    pub fn cargo_at(&self, folder: &Path, arguments: &[&str]) -> anyhow::Result<()> {
        let status = Command::new("cargo").args(arguments).current_dir(folder).status()?;
        anyhow::ensure!(status.success(), "cargo {} failed: {status}", arguments.join(" "));
        Ok(())
    }
}
