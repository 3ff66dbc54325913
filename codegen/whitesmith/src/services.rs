//! `model/services.toml`: what the workspace generates.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::Deserialize;
use whitesmith_docs::aws_cli::Family;
use whitesmith_rust::Artifact;
use whitesmith_rust::plan::Request;

use crate::inputs;
use crate::standalone::Runtime;

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Services {
    /// The command that regenerates everything, for the headers of generated files.
    command: Option<String>,
    /// The source of the runtime crates, as in the option --runtime of `codegen`.
    runtime: Option<String>,
    /// The pinned services by the names of their crates.
    #[serde(default)]
    pub services: BTreeMap<String, Pin>,
    /// Programs for the command lines of several services, by name.
    #[serde(default)]
    pub programs: BTreeMap<String, ProgramPin>,
}

/// A program for the command lines of several services.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProgramPin {
    /// The pinned services, by the names of their crates.
    pub services: Vec<String>,
    /// The version of the generated crate.
    pub version: String,
}

/// One pinned service.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pin {
    /// The model file, in the folder of `services.toml`.
    pub model: String,
    /// The SHA-256 of the model file, in hexadecimal.
    pub sha256: String,
    /// The origin of the model, in words.
    pub origin: String,
    /// The service's shape id.
    pub service: Option<String>,
    /// The protocol, by its trait's name; the preferred one of the service when there is none.
    pub protocol: Option<String>,
    /// The operations, by name or shape id; all of the service's when there are none.
    #[serde(default)]
    pub operations: Vec<String>,
    /// The artifacts to emit.
    #[serde(default = "default_emit")]
    pub emit: Vec<String>,
    /// The mock's behaviour file, in the folder of `services.toml`.
    pub behaviour: Option<String>,
    /// The version of the generated crates.
    pub version: String,
    /// Our own changes to the model: files of `apply` statements in the folder of `services.toml`, applied in this order.
    #[serde(default)]
    pub overlays: Vec<String>,
    /// Older layouts of the command line's pages to write: `v1`, `v2.22`.
    #[serde(default)]
    pub layouts: Vec<String>,
    /// Operations to leave out, by name or shape id.
    #[serde(default)]
    pub leave_out: Vec<String>,
    /// Other names for shapes and the types made of them, by shape id or name.
    #[serde(default)]
    pub rename: BTreeMap<String, String>,
}

impl Pin {
    /// Returns the request for crates of that name.
    pub fn request(&self, name: &str) -> Request {
        Request {
            service: self.service.clone(),
            protocol: self.protocol.clone(),
            operations: self.operations.clone(),
            name: Some(name.to_owned()),
            leave_out: self.leave_out.clone(),
            rename: self.rename.clone(),
        }
    }
}

impl Pin {
    /// The older layouts of the command line's pages.
    pub fn layouts(&self) -> anyhow::Result<BTreeSet<Family>> {
        let family = |name: &String| {
            Family::from_name(name)
                .with_context(|| format!("unknown layout `{name}`: expected `v1`, `v2.22` or `v2.36`"))
        };
        self.layouts.iter().map(family).collect()
    }

    /// Rejects values that Cargo or the generator would reject later.
    fn check(&self, name: &str) -> anyhow::Result<()> {
        if let Some(reason) = whitesmith_rust::unusable_crate_name(name) {
            anyhow::bail!("invalid crate name `{name}`: {reason}");
        }
        check_version(&self.version)?;
        anyhow::ensure!(!self.emit.is_empty(), "`emit` is empty; leave the service out to generate nothing for it");
        self.layouts()?;
        artifacts(self.emit.iter().map(String::as_str)).map(|_| ())
    }
}

impl Services {
    /// The command that regenerates everything.
    pub fn command(&self) -> &str {
        self.command.as_deref().unwrap_or("whitesmith codegen")
    }

    /// Returns the source of the runtime crates: a checkout has them beside the generated crates.
    ///
    /// # Errors
    /// Fails if the value is not a source.
    pub fn runtime(&self) -> anyhow::Result<Runtime> {
        let runtime = self.runtime.as_deref().unwrap_or("path=../runtime");
        runtime.parse().map_err(|error| anyhow::anyhow!("model/services.toml: {error}"))
    }

    /// Returns the pin with this shape id as its `service`.
    pub fn pin_of(&self, service: &str) -> Option<&Pin> {
        self.services.values().find(|pin| pin.service.as_deref() == Some(service))
    }
}

fn check_version(version: &str) -> anyhow::Result<()> {
    semver::Version::parse(version).map_err(|error| anyhow::anyhow!("invalid version `{version}`: {error}"))?;
    Ok(())
}

fn default_emit() -> Vec<String> {
    Artifact::DEFAULT.iter().map(|artifact| artifact.name().to_owned()).collect()
}

/// The path of the file in a workspace.
pub fn path(root: &Path) -> PathBuf {
    root.join("model/services.toml")
}

/// Reads the file.
pub fn read(root: &Path) -> anyhow::Result<Services> {
    parse(&inputs::read_text(&path(root))?)
}

/// Parses the file's text.
pub fn parse(text: &str) -> anyhow::Result<Services> {
    let services: Services = toml::from_str(text).context("invalid model/services.toml")?;
    services.runtime()?;
    for (name, program) in &services.programs {
        check_version(&program.version).with_context(|| format!("model/services.toml: [programs.{name}]"))?;
    }
    for (name, pin) in &services.services {
        pin.check(name).with_context(|| format!("model/services.toml: [services.{name}]"))?;
    }
    Ok(services)
}

/// The artifacts of a list of names.
pub fn artifacts<'a>(names: impl IntoIterator<Item = &'a str>) -> anyhow::Result<BTreeSet<Artifact>> {
    let artifact = |name: &str| {
        Artifact::from_name(name).with_context(|| {
            let known: Vec<_> = Artifact::ALL.iter().map(|artifact| artifact.name()).collect();
            format!("unknown artifact `{name}`: expected one of {}", known.join(", "))
        })
    };
    names.into_iter().map(artifact).collect()
}
