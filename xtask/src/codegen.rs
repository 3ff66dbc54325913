//! `cargo xtask codegen`: from models to crates.

use std::collections::BTreeSet;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use sha2::{Digest as _, Sha256};
use whitesmith_rust::{Face, Generated, Settings, generate, plan};
use whitesmith_smithy::model::{Model, Severity};
use whitesmith_smithy::source::{Level, render};
use whitesmith_smithy::{load, validate};

use crate::file_list::FileList;
use crate::services::{self, Pin};
use crate::tree::{self, Difference, Files};
use crate::{Answer, model_files, parallel, pinned, standalone, workspace};

/// Generate crates: those of model/services.toml, or with --model those of other models.
#[derive(clap::Args, Debug, Default)]
pub struct Arguments {
    /// Write nothing; exit with 1 if anything in generated/ differs from what would be written.
    #[arg(long)]
    check: bool,
    /// Print how long each stage took.
    #[arg(long)]
    timings: bool,
    /// A model to generate from instead of model/services.toml: a Smithy JSON AST, a folder of them, or an archive with a
    /// manifest; several are merged.
    #[arg(long, value_name = "FILE", requires = "out", conflicts_with = "check")]
    model: Vec<PathBuf>,
    /// The service, by shape id or name; not needed when the model has only one.
    #[arg(long, value_name = "SHAPE_ID", requires = "model")]
    service: Option<String>,
    /// An operation, by name or shape id; all of the service's when none is given.
    #[arg(long, value_name = "NAME", requires = "model")]
    operation: Vec<String>,
    /// What to generate, with commas: types, client, cli, docs, mock, tests. Everything but tests unless said.
    #[arg(long, value_name = "FACES", value_delimiter = ',', requires = "model")]
    emit: Vec<String>,
    /// The folder to generate into; it becomes a workspace.
    #[arg(long, value_name = "DIR", requires = "model")]
    out: Option<PathBuf>,
    /// The name of the crates, instead of the one that follows from the service.
    #[arg(long, value_name = "NAME", requires = "model")]
    name: Option<String>,
    /// Fixed texts for the command line's pages, for the layout that the file names; may be given several times.
    #[arg(long, value_name = "FILE", requires = "model")]
    cli_texts: Vec<PathBuf>,
}

impl Arguments {
    /// The command that makes the same files again, wherever the models and the folder are.
    fn again(&self) -> String {
        let mut words = vec!["cargo xtask codegen".to_owned()];
        let mut option = |name: &str, value: &str| words.push(format!("--{name} {value}"));
        let mut models: Vec<_> = self.model.iter().filter_map(|path| path.file_name()).collect();
        models.sort();
        models.iter().for_each(|name| option("model", &name.to_string_lossy()));
        self.service.iter().for_each(|service| option("service", service));
        self.operation.iter().for_each(|operation| option("operation", operation));
        if !self.emit.is_empty() {
            option("emit", &self.emit.join(","));
        }
        self.name.iter().for_each(|name| option("name", name));
        let texts = self.cli_texts.iter().filter_map(|path| path.file_name());
        texts.for_each(|name| option("cli-texts", &name.to_string_lossy()));
        option("out", "…");
        words.join(" ")
    }
}

/// The folder of generated crates in the workspace.
pub const GENERATED: &str = "generated";

/// Runs the command.
pub fn run(arguments: &Arguments) -> anyhow::Result<Answer> {
    let root = workspace::root()?;
    match &arguments.out {
        Some(out) => elsewhere(&root, out, arguments),
        None => of_services(&root, arguments),
    }
}

/// How long the stages took.
#[derive(Default)]
struct Timings {
    load: Duration,
    generate: Duration,
    write: Duration,
}

impl Timings {
    fn add(&mut self, other: &Self) {
        self.load += other.load;
        self.generate += other.generate;
        self.write += other.write;
    }

    fn print(&self) -> std::io::Result<()> {
        for (stage, time) in
            [("load", self.load), ("plan, emit, format", self.generate), ("compare, write", self.write)]
        {
            crate::print(&format!("{stage:>18}  {:>8.2} ms\n", time.as_secs_f64() * 1e3))?;
        }
        Ok(())
    }
}

/// Generates; a complaint about a place in the model shows it.
fn generate_placed(model: &Model, settings: &Settings) -> anyhow::Result<Generated> {
    generate(model, settings).map_err(|error| match error.span() {
        Some(span) => {
            let title = error.to_string();
            anyhow::anyhow!("the model cannot be used\n{}", render(model.sources(), Level::Error, None, &title, span))
        }
        None => error.into(),
    })
}

fn timed<T>(total: &mut Duration, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    *total += start.elapsed();
    result
}

/// Generates what `services.toml` says.
fn of_services(root: &Path, arguments: &Arguments) -> anyhow::Result<Answer> {
    let mut timings = Timings::default();
    let mut files = Files::new();
    let pins: Vec<(String, Pin)> = services::read(root)?.services.into_iter().collect();
    let results = parallel::map(&pins, |(name, _)| name.clone(), |(name, pin)| generate_pinned(root, name, pin));
    for result in results {
        let (generated, took) = result?;
        timings.add(&took);
        for warning in &generated.warnings {
            eprintln!("warning: {warning}");
        }
        pinned::collect(&generated, &mut files);
        pinned::keep_change_logs(root, &generated, &mut files)?;
    }
    let folder = root.join(GENERATED);
    let owned = BTreeSet::from([String::new()]);
    let start = Instant::now();
    let difference = tree::compare(&folder, &files, &owned)?;
    let answer = if arguments.check {
        report_difference(&difference)
    } else {
        tree::mend(&folder, &files, &difference)?;
        summarise(GENERATED, &files, &difference)?;
        Answer::Yes
    };
    timings.write = start.elapsed();
    if arguments.timings {
        timings.print()?;
    }
    Ok(answer)
}

fn generate_pinned(root: &Path, name: &str, pin: &Pin) -> anyhow::Result<(Generated, Timings)> {
    let mut timings = Timings::default();
    let bytes = pinned::model_bytes(root, pin)?;
    let model = timed(&mut timings.load, || pinned::load(root, pin, bytes))?;
    let settings = pinned::settings(root, name, pin)?;
    let generated = timed(&mut timings.generate, || generate_placed(&model, &settings))
        .with_context(|| format!("model/{}", pin.model))?;
    Ok((generated, timings))
}

/// Generates from other models into a folder of its own.
fn elsewhere(root: &Path, out: &Path, arguments: &Arguments) -> anyhow::Result<Answer> {
    let mut timings = Timings::default();
    let mut inputs = Vec::new();
    for path in &arguments.model {
        inputs.extend(model_files::read(path)?);
    }
    inputs.sort();
    inputs.dedup();
    let hash = hash_of_all(&inputs);
    let mut names: Vec<_> =
        arguments.model.iter().filter_map(|path| path.file_name()).map(|name| name.to_string_lossy()).collect();
    names.sort();
    let names = names.join(", ");
    let model = timed(&mut timings.load, || load(&inputs)).with_context(|| names.clone())?;
    let faces = match arguments.emit.as_slice() {
        [] => Face::DEFAULT.into(),
        names => services::faces(names.iter().map(String::as_str))?,
    };
    let settings = Settings {
        request: plan::Request {
            service: arguments.service.clone(),
            operations: arguments.operation.clone(),
            name: arguments.name.clone(),
            ..plan::Request::default()
        },
        faces,
        header: header(&names, &hash, &arguments.again()),
        version: "0.1.0".to_owned(),
        runtime: "../runtime".to_owned(),
        behaviour: None,
        cli_texts: arguments
            .cli_texts
            .iter()
            .map(|path| Ok((path.display().to_string(), read_text(path)?)))
            .collect::<anyhow::Result<_>>()?,
    };
    let generated =
        timed(&mut timings.generate, || generate_placed(&model, &settings)).with_context(|| names.clone())?;
    for warning in &generated.warnings {
        eprintln!("warning: {warning}");
    }
    let start = Instant::now();
    let mut files = Files::new();
    pinned::collect(&generated, &mut files);
    let owned: BTreeSet<String> = generated.crates.iter().map(|generated| generated.name.clone()).collect();
    standalone::complete(root, &mut files)?;
    let list = FileList::read(out)?;
    let stray = list.stray(out, &owned, &files);
    list.add_to(&mut files, &stray);
    let difference = Difference { stray, ..tree::compare(out, &files, &BTreeSet::new())? };
    list.refuse_strangers(out, &difference)?;
    tree::mend(out, &files, &difference)?;
    timings.write = start.elapsed();
    summarise(&out.display().to_string(), &files, &difference)?;
    if arguments.timings {
        timings.print()?;
    }
    Ok(Answer::Yes)
}

/// Reads a file of text.
pub fn read_text(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}

/// Loads a model; its errors, rendered with their places, are the error.
pub fn load(inputs: &[(String, Vec<u8>)]) -> anyhow::Result<Model> {
    let inputs: Vec<(&str, &[u8])> = inputs.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let (model, mut events) =
        load::load(&inputs).map_err(|error| anyhow::anyhow!("the model cannot be used\n{error}"))?;
    if !validate::is_invalid(&events) {
        events.extend(validate::check_shapes(&model));
    }
    let fatal: Vec<_> = events.iter().filter(|event| event.severity == Severity::Error).collect();
    if let Some(first) = fatal.first() {
        for event in fatal.iter().skip(1) {
            eprintln!("{}\n", event.render(model.sources()));
        }
        anyhow::bail!("the model cannot be used\n{}", first.render(model.sources()));
    }
    Ok(model)
}

/// The lines at the top of every generated file.
pub fn header(model: &str, hash: &str, command: &str) -> String {
    format!("Generated from {model} (SHA-256 {hash}).\nNot to be edited: run `{command}` to make it again.")
}

/// SHA-256 in hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// SHA-256 of one model file, or of the hashes of several, wherever they are.
fn hash_of_all(inputs: &[model_files::ModelFile]) -> String {
    if let [(_, bytes)] = inputs {
        return hash(bytes);
    }
    let mut hashes: Vec<_> = inputs.iter().map(|(_, bytes)| hash(bytes)).collect();
    hashes.sort();
    hash(hashes.concat().as_bytes())
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn report_difference(difference: &Difference) -> Answer {
    if difference.is_empty() {
        return Answer::Yes;
    }
    for (what, paths) in
        [("missing", &difference.missing), ("out of date", &difference.changed), ("stray", &difference.stray)]
    {
        for path in paths {
            eprintln!("{GENERATED}/{path}: {what}");
        }
    }
    eprintln!("error: generated files are not what the model gives; mend them with `cargo xtask codegen`");
    Answer::No
}

/// On a terminal, a line on what was written.
fn summarise(folder: &str, files: &Files, difference: &Difference) -> std::io::Result<()> {
    if !std::io::stdout().is_terminal() {
        return Ok(());
    }
    let written = difference.missing.len() + difference.changed.len();
    let (all, removed) = (files.len(), difference.stray.len());
    crate::print(&format!("{folder}: {written} of {all} files written, {removed} removed\n"))
}
