//! The whole way at once: a model and a wish in, crates out.

use std::collections::BTreeSet;

use crate::behaviour::{self, BehaviourError};
use crate::emit::docs::aws_cli::TextsError;
use crate::emit::{self, File, FormatError};
use crate::model::{Model, ShapeId};
use crate::plan::endpoint::{EndpointPlan, EndpointRulesError};
use crate::plan::{Plan, ProtocolPlan, Request, SelectionError};
use crate::source::Span;

/// A face of the service that can be generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are those of the option")]
pub enum Face {
    Types,
    Client,
    Cli,
    Docs,
    Mock,
    Tests,
}

impl Face {
    /// Every face, in order.
    pub const ALL: [Self; 6] = [Self::Types, Self::Client, Self::Cli, Self::Docs, Self::Mock, Self::Tests];

    /// What is generated unless something else is asked for.
    pub const DEFAULT: [Self; 5] = [Self::Types, Self::Client, Self::Cli, Self::Docs, Self::Mock];

    /// The name in options and in `services.toml`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Types => "types",
            Self::Client => "client",
            Self::Cli => "cli",
            Self::Docs => "docs",
            Self::Mock => "mock",
            Self::Tests => "tests",
        }
    }

    /// The face of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|face| face.name() == name)
    }

    /// Whether it needs a wire protocol.
    fn is_wired(self) -> bool {
        matches!(self, Self::Client | Self::Cli | Self::Mock | Self::Tests)
    }
}

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
    /// The service speaks no protocol for which any of the faces can be generated.
    #[error(
        "nothing that was asked for ({faces}) can be generated for {service}: it speaks {protocols}; clients, command \
         lines and mocks are generated for aws.protocols#awsJson1_0, aws.protocols#awsJson1_1; types and docs for \
         every service (--emit types,docs)"
    )]
    NothingToGenerate {
        /// The service.
        service: String,
        /// The faces that were asked for.
        faces: String,
        /// The protocol traits of the service.
        protocols: String,
    },
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
    let mut warnings = Vec::new();
    let faces = possible_faces(&plan, &settings.faces, &mut warnings)?;
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
        let pages = emit::docs::files(model, &plan.service.id, &operations, &plan.name, &settings.cli_texts)?;
        add_files(&mut crates, &command_line, pages);
    }
    if faces.contains(&Face::Mock) {
        match plan.service.protocol {
            Some(ProtocolPlan::AwsJson1_0 | ProtocolPlan::AwsJson1_1) => {
                crates.push(Crate { name: format!("{}-mock", plan.name), files: emit::mock(&context)? });
            }
            _ => warnings.push(format!("{}: mock left out: there is one for AWS JSON 1.0 and 1.1", plan.service.id)),
        }
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

fn is_crate_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

/// What can be generated of what was asked for; a warning for each thing that cannot.
fn possible_faces(
    plan: &Plan,
    wanted: &BTreeSet<Face>,
    warnings: &mut Vec<String>,
) -> Result<BTreeSet<Face>, GenerateError> {
    let names = |faces: &BTreeSet<Face>| faces.iter().map(|face| face.name()).collect::<Vec<_>>().join(",");
    let protocols = match plan.service.protocol_traits.as_slice() {
        [] => "no protocol that its model names".to_owned(),
        names => names.join(", "),
    };
    let (wired, other): (BTreeSet<Face>, BTreeSet<Face>) = wanted.iter().partition(|face| face.is_wired());
    if wired.is_empty() {
        return Ok(other);
    }
    let streaming: Vec<_> = plan.operations.iter().filter(|operation| operation.event_stream).collect();
    let speaks = plan.service.protocol.is_some();
    if !speaks || (streaming.len() == plan.operations.len() && !streaming.is_empty()) {
        if other.is_empty() {
            return Err(GenerateError::NothingToGenerate {
                service: plan.service.id.to_string(),
                faces: names(&wired),
                protocols,
            });
        }
        let faces = names(&wired);
        warnings.push(format!("{}: {faces} left out: the service speaks {protocols}", plan.service.id));
        return Ok(other);
    }
    for operation in streaming {
        let faces = names(&wired);
        warnings.push(format!("{}: {faces} left out: the operation has a stream of events", operation.id));
    }
    Ok(wanted.clone())
}
