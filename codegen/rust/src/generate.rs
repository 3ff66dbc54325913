//! The whole pipeline: a model and a request in, crates out.

use std::collections::BTreeSet;

use crate::artifact::{self, Artifact};
use crate::behaviour::{self, BehaviourError};
use crate::emit::{self, File, FormatError};
use crate::plan::endpoint::EndpointRulesError;
use crate::plan::{Plan, Request, SelectionError, unusable_crate_name};
use whitesmith_docs::aws_cli::{Family, TextsError};
use whitesmith_docs::{PageSettings, parallel};
use whitesmith_smithy::model::Model;
use whitesmith_smithy::source::Span;

/// Settings of a generation.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Service, operations and name.
    pub request: Request,
    /// The artifacts.
    pub artifacts: BTreeSet<Artifact>,
    /// The lines at the top of each file, without comment marks: `@generated`, the origin and the command that regenerates
    /// the file.
    pub header: String,
    /// The SHA-256 of the model in hexadecimal, which the manifests say.
    pub model_hash: Option<String>,
    /// The version of the generated crates.
    pub version: String,
    /// The folder of the runtime crates, relative to the folder of a generated crate.
    pub runtime: String,
    /// The mock's behaviour beyond the model: name and contents of a behaviour file.
    pub behaviour: Option<(String, String)>,
    /// Files of fixed texts for the command line's pages: name and contents.
    pub cli_texts: Vec<(String, String)>,
    /// Whether the command line is a part of a program for several services, and no program of its own.
    pub is_part: bool,
    /// Older layouts of the command line's pages to write.
    pub layouts: BTreeSet<Family>,
}

/// A generated crate, or the documentation of one that was not requested.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crate {
    /// The name of its folder.
    pub name: String,
    /// Its files, sorted by path.
    pub files: Vec<File>,
}

/// The result of a generation.
#[derive(Clone, Debug)]
pub struct Generated {
    /// The plan.
    pub plan: Plan,
    /// The crates.
    pub crates: Vec<Crate>,
    /// Artifacts and operations that were left out, with the reason.
    pub warnings: Vec<String>,
}

/// Why nothing was generated.
#[derive(Debug, thiserror::Error)]
pub enum GenerateError {
    /// The request does not fit the model.
    #[error(transparent)]
    Selection(#[from] SelectionError),
    /// The service supports none of the requested artifacts.
    #[error("nothing to generate:\n  {}\n`--emit types,docs` works for every service", .0.join("\n  "))]
    NothingToGenerate(Vec<String>),
    /// The service's endpoint rules cannot be compiled.
    #[error(transparent)]
    EndpointRules(#[from] EndpointRulesError),
    /// A file of fixed texts for the command line's pages is invalid.
    #[error(transparent)]
    CliTexts(#[from] TextsError),
    /// The behaviour file is invalid.
    #[error(transparent)]
    Behaviour(#[from] BehaviourError),
    /// Two command lines of a program for several services have the same name.
    #[error("two services are named `{0}`")]
    SameName(String),
    /// A defect of the generator.
    #[error(transparent)]
    Format(#[from] FormatError),
}

impl GenerateError {
    /// The place in the model, if the error has one.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        match self {
            Self::EndpointRules(error) => Some(error.span),
            _ => None,
        }
    }
}

/// A part of a crate: the name of the crate, and the function that writes the files.
type Part<'a> = (String, Box<dyn Fn() -> Result<Vec<File>, GenerateError> + Sync + 'a>);

/// Generates the crates of one service.
///
/// # Errors
/// The service or an operation does not exist, none of the artifacts is supported, or an input file is invalid.
pub fn generate(model: &Model, settings: &Settings) -> Result<Generated, GenerateError> {
    let plan = Plan::new(model, &settings.request)?;
    if let Some((file, text)) = &settings.behaviour {
        behaviour::check(&plan, file, text)?;
    }
    let (artifacts, warnings) = artifact::supported(&plan, &settings.artifacts);
    if artifacts.is_empty() && !warnings.is_empty() {
        return Err(GenerateError::NothingToGenerate(warnings));
    }
    let has_client = [Artifact::Client, Artifact::Cli, Artifact::Tests].iter().any(|one| artifacts.contains(one));
    if has_client && let Err(error) = &plan.endpoint {
        return Err(error.clone().into());
    }
    let context = emit::Context {
        plan: &plan,
        header: &settings.header,
        model_hash: settings.model_hash.as_deref(),
        version: &settings.version,
        runtime: &settings.runtime,
        protocol: plan.service.protocol.filter(|_| has_client),
        with_tests: artifacts.contains(&Artifact::Tests),
        with_program: !settings.is_part,
        behaviour: settings.behaviour.as_ref().map(|(_, text)| text.as_str()),
    };
    let command_line = format!("{}-cli", plan.name);
    let mut parts: Vec<Part<'_>> = Vec::new();
    // The command line and the mock depend on the crate of types.
    if artifacts.iter().any(|artifact| *artifact != Artifact::Docs) {
        parts.push((plan.name.clone(), Box::new(|| Ok(emit::library(&context)?))));
    }
    if artifacts.contains(&Artifact::Cli) {
        parts.push((command_line.clone(), Box::new(|| Ok(emit::command(&context)?))));
    }
    // The command line embeds its pages.
    if artifacts.contains(&Artifact::Docs) || artifacts.contains(&Artifact::Cli) {
        let pages = PageSettings { texts: settings.cli_texts.clone(), layouts: settings.layouts.clone() };
        let plan = &plan;
        parts.push((command_line, Box::new(move || Ok(whitesmith_docs::files(&plan.pages, &pages)?))));
    }
    if artifacts.contains(&Artifact::Mock) {
        parts.push((format!("{}-mock", plan.name), Box::new(|| Ok(emit::mock(&context)?))));
    }
    let mut crates = Vec::new();
    for ((name, _), files) in parts.iter().zip(parallel::map(&parts, |(_, write)| write())) {
        add_files(&mut crates, name, files?);
    }
    drop(parts);
    for generated in &mut crates {
        generated.files.sort_by(|one, other| one.path.cmp(&other.path));
    }
    Ok(Generated { plan, crates, warnings })
}

/// Generates the program for the command lines of several services, from the plans of their crates.
///
/// # Errors
/// The name is unusable, or two services have the same name.
pub fn combine(name: &str, plans: &[&Plan], settings: &Settings) -> Result<Crate, GenerateError> {
    if let Some(why) = unusable_crate_name(name) {
        return Err(SelectionError::UnusableName { name: name.to_owned(), why }.into());
    }
    let mut services: Vec<(String, String)> =
        plans.iter().map(|plan| (plan.name.clone(), plan.command.clone())).collect();
    services.sort_by(|one, other| one.1.cmp(&other.1));
    let mut names: Vec<&str> = services.iter().map(|(_, command)| command.as_str()).collect();
    names.extend(services.iter().filter(|(library, _)| library == name).flat_map(|_| [name; 2]));
    if let Some(twice) = names.iter().zip(names.iter().skip(1)).find_map(|(one, other)| (one == other).then_some(one)) {
        return Err(GenerateError::SameName((*twice).to_owned()));
    }
    let Settings { version, header, runtime, .. } = settings;
    let program = emit::CombinedProgram { name, version, header, runtime, services: &services };
    let mut files = program.files()?;
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(Crate { name: format!("{name}-cli"), files })
}

/// Adds files to the crate of a name, which is created by its first files.
fn add_files(crates: &mut Vec<Crate>, name: &str, files: Vec<File>) {
    match crates.iter_mut().find(|existing| existing.name == name) {
        Some(existing) => existing.files.extend(files),
        None => crates.push(Crate { name: name.to_owned(), files }),
    }
}
