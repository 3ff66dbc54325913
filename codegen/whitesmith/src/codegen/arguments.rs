//! The options of `codegen`.

use std::path::PathBuf;

use crate::standalone::Runtime;

/// Arguments of the command.
#[derive(clap::Args, Debug, Default)]
pub struct Arguments {
    /// Write nothing; exit with 1 if anything differs from what would be written.
    #[arg(long)]
    pub check: bool,
    /// Print how long each stage took.
    #[arg(long)]
    pub timings: bool,
    /// Overwrite generated files that were edited, instead of reporting and keeping them.
    #[arg(long, conflicts_with = "check")]
    pub force: bool,
    #[command(flatten)]
    pub project: crate::projects::ProjectOptions,
    /// A model to generate from instead of model/services.toml: a file, a folder, an archive with a Smithy manifest, or
    /// `-` for Smithy IDL or a JSON AST on standard input; several are merged.
    #[arg(long, value_name = "FILE", requires = "out")]
    pub model: Vec<PathBuf>,
    /// The service, by shape ID or name; not needed when the model has only one.
    #[arg(long, value_name = "SHAPE_ID", requires = "model")]
    pub service: Option<String>,
    /// The protocol, by its trait's name, such as awsJson1_1; the preferred one of the service when none is given.
    #[arg(long, value_name = "PROTOCOL", requires = "model")]
    pub protocol: Option<String>,
    /// An operation, by name or shape ID; all of the service's when none is given.
    #[arg(long, value_name = "NAME", requires = "model")]
    pub operation: Vec<String>,
    /// What to generate, separated by commas: types, client, cli, docs, mock, tests. Default: everything but tests.
    #[arg(long, value_name = "ARTIFACTS", value_delimiter = ',', requires = "model")]
    pub emit: Vec<String>,
    /// The folder to generate into; it becomes a workspace.
    #[arg(long, value_name = "DIR", requires = "model")]
    pub out: Option<PathBuf>,
    /// The name of the crates, instead of the one derived from the service.
    #[arg(long, value_name = "NAME", requires = "model")]
    pub name: Option<String>,
    /// One program, named by --name, for the command lines of several services: each --model is one of its own.
    #[arg(long, requires = "model", requires = "name", conflicts_with_all = ["service", "operation"])]
    pub combine: bool,
    /// Fixed texts for the command line's pages, in the layout that the file names; may be repeated.
    #[arg(long, value_name = "FILE", requires = "model")]
    pub cli_texts: Vec<PathBuf>,
    /// Where the crates take the runtime crates from: vendored (copies), registry (crates.io), git=URL[#REVISION] or
    /// path=DIR.
    #[arg(long, value_name = "SOURCE", requires = "model")]
    pub runtime: Option<Runtime>,
}

impl Arguments {
    /// The command that generates the same files, wherever the models and the folder are.
    pub fn reproduce_command(&self) -> String {
        let mut words = vec!["whitesmith codegen".to_owned()];
        let mut option = |name: &str, value: &str| words.push(format!("--{name} {value}"));
        let mut models: Vec<_> = self.model.iter().filter_map(|path| path.file_name()).collect();
        models.sort();
        models.iter().for_each(|name| option("model", &name.to_string_lossy()));
        self.project.projection.iter().for_each(|projection| option("projection", projection));
        self.service.iter().for_each(|service| option("service", service));
        self.protocol.iter().for_each(|protocol| option("protocol", protocol));
        self.operation.iter().for_each(|operation| option("operation", operation));
        if !self.emit.is_empty() {
            option("emit", &self.emit.join(","));
        }
        self.name.iter().for_each(|name| option("name", name));
        if self.combine {
            words.push("--combine".to_owned());
        }
        let mut option = |name: &str, value: &str| words.push(format!("--{name} {value}"));
        let texts = self.cli_texts.iter().filter_map(|path| path.file_name());
        texts.for_each(|name| option("cli-texts", &name.to_string_lossy()));
        option("out", "…");
        words.join(" ")
    }
}
