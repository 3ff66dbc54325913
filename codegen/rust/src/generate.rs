//! The whole way at once: a model and a wish in, crates out.

use std::collections::BTreeSet;

use crate::behaviour::{self, BehaviourError};
use crate::emit::{self, File, FormatError};
use crate::faces::{self, Face};
use crate::plan::endpoint::{EndpointPlan, EndpointRulesError};
use crate::plan::pages::service_pages;
use crate::plan::{Plan, Request, SelectionError};
use whitesmith_docs::aws_cli::TextsError;
use whitesmith_smithy::model::{Model, ShapeId};
use whitesmith_smithy::source::Span;

/// What to generate, and what the files say of themselves.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Service, operations and name.
    pub request: Request,
    /// The faces.
    pub faces: BTreeSet<Face>,
    /// The lines at the top of each file: where it comes from, and the command that makes it again.
    pub header: String,
    /// The version of the generated crates.
    pub version: String,
    /// The folder of the runtime crates as seen from a generated crate's folder.
    pub runtime: String,
    /// What the mock does beyond the model: the name and contents of a behaviour file.
    pub behaviour: Option<(String, String)>,
    /// Files of fixed texts for the command line's pages: name and contents.
    pub cli_texts: Vec<(String, String)>,
}

/// A generated crate, or the documentation of one that was not asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crate {
    /// The name of its folder.
    pub name: String,
    /// Its files, sorted by path.
    pub files: Vec<File>,
}

/// What came out.
#[derive(Clone, Debug)]
pub struct Generated {
    /// What was planned.
    pub plan: Plan,
    /// The crates, sorted by name.
    pub crates: Vec<Crate>,
    /// What was asked for and could not be generated, and why.
    pub warnings: Vec<String>,
}

/// Nothing could be generated.
#[derive(Debug, thiserror::Error)]
pub enum GenerateError {
    /// The model has not what was asked for.
    #[error(transparent)]
    Selection(#[from] SelectionError),
    /// None of the faces that were asked for can be generated.
    #[error(
        "nothing that was asked for can be generated:\n  {}\ntypes and docs can be, of every service (--emit types,docs)",
        .0.join("\n  ")
    )]
    NothingToGenerate(Vec<String>),
    /// The name of the crates is none that Cargo takes, or would be a path.
    #[error("`{0}` is no name for a crate: a letter, then letters, digits, hyphens and underscores")]
    Name(String),
    /// The service's endpoint rules cannot be compiled.
    #[error(transparent)]
    EndpointRules(#[from] EndpointRulesError),
    /// A file of fixed texts for the pages of the command line is not one.
    #[error(transparent)]
    CliTexts(#[from] TextsError),
    /// The behaviour file speaks of what is not in the model.
    #[error(transparent)]
    Behaviour(#[from] BehaviourError),
    /// A fault of the generator.
    #[error(transparent)]
    Format(#[from] FormatError),
}

impl GenerateError {
    /// The place in the model, where there is one.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        match self {
            Self::EndpointRules(error) => Some(error.span),
            _ => None,
        }
    }
}

/// Generates crates for one service.
///
/// # Errors
/// When the service or an operation does not exist, or nothing that was asked for can be generated.
pub fn generate(model: &Model, settings: &Settings) -> Result<Generated, GenerateError> {
    let plan = Plan::new(model, &settings.request)?;
    if !is_crate_name(&plan.name) {
        return Err(GenerateError::Name(plan.name));
    }
    if let Some((file, text)) = &settings.behaviour {
        behaviour::check(model, &plan, file, text)?;
    }
    let (faces, warnings) = faces::possible(&plan, &settings.faces);
    if faces.is_empty() && !warnings.is_empty() {
        return Err(GenerateError::NothingToGenerate(warnings));
    }
    let client = [Face::Client, Face::Cli, Face::Tests].iter().any(|face| faces.contains(face));
    let endpoint = if client { EndpointPlan::of_service(model, &plan.service.id)? } else { None };
    let context = emit::Context {
        model,
        plan: &plan,
        endpoint: endpoint.as_ref(),
        header: &settings.header,
        version: &settings.version,
        runtime: &settings.runtime,
        client,
        tests: faces.contains(&Face::Tests),
        behaviour: settings.behaviour.as_ref().map(|(_, text)| text.as_str()),
        cli_texts: &settings.cli_texts,
    };
    let mut crates = Vec::new();
    // The command line and the mock are made of the types: they bring the crate along.
    if faces.iter().any(|face| *face != Face::Docs) {
        crates.push(Crate { name: plan.name.clone(), files: emit::library(&context)? });
    }
    let command_line = format!("{}-cli", plan.name);
    if faces.contains(&Face::Cli) {
        add_files(&mut crates, &command_line, emit::command(&context)?);
    }
    // The command line has its pages built in.
    if faces.contains(&Face::Docs) || faces.contains(&Face::Cli) {
        let operations: Vec<ShapeId> = plan.operations.iter().map(|operation| operation.id.clone()).collect();
        let pages = whitesmith_docs::files(
            &service_pages(model, &plan.service.id, &operations, &plan.name),
            &settings.cli_texts,
        )?;
        add_files(&mut crates, &command_line, pages);
    }
    if faces.contains(&Face::Mock) {
        crates.push(Crate { name: format!("{}-mock", plan.name), files: emit::mock(&context)? });
    }
    for generated in &mut crates {
        generated.files.sort_by(|one, other| one.path.cmp(&other.path));
    }
    Ok(Generated { crates, warnings, plan })
}

/// Adds files to a crate, which begins with them if there is none of the name yet.
fn add_files(crates: &mut Vec<Crate>, name: &str, files: Vec<File>) {
    match crates.iter_mut().find(|existing| existing.name == name) {
        Some(existing) => existing.files.extend(files),
        None => crates.push(Crate { name: name.to_owned(), files }),
    }
}

/// Whether crates can have this name: a letter, then letters, digits, hyphens and underscores.
#[must_use]
pub fn is_crate_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}
