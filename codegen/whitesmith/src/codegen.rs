//! `cargo xtask codegen`: from models to crates.

use std::collections::BTreeSet;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use whitesmith_rust::{Face, Generated, Settings, generate, plan};
use whitesmith_smithy::model::Model;
use whitesmith_smithy::source::{Level, render};

use crate::file_list::FileList;
use crate::pinned::GENERATED;
use crate::services::{self, Pin};
use crate::tree::{self, Difference, Files};
use crate::{Outcome, inputs, model_files, parallel, pinned, standalone, workspace};

/// Arguments of the command.
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
    fn reproduce_command(&self) -> String {
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

/// Runs the command.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let root = workspace::root()?;
    match &arguments.out {
        Some(out) => generate_standalone(&root, out, arguments),
        None => generate_pinned(&root, arguments),
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
            anyhow::anyhow!("invalid model\n{}", render(model.sources(), Level::Error, None, &title, span))
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
fn generate_pinned(root: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let mut timings = Timings::default();
    let mut files = Files::new();
    let pins: Vec<(String, Pin)> = services::read(root)?.services.into_iter().collect();
    let results = parallel::map(&pins, |(name, _)| name.clone(), |(name, pin)| generate_pin(root, name, pin));
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
    let outcome = if arguments.check {
        report_difference(&difference)
    } else {
        tree::apply(&folder, &files, &difference)?;
        summarise(GENERATED, &files, &difference)?;
        Outcome::Success
    };
    timings.write = start.elapsed();
    if arguments.timings {
        timings.print()?;
    }
    Ok(outcome)
}

fn generate_pin(root: &Path, name: &str, pin: &Pin) -> anyhow::Result<(Generated, Timings)> {
    let mut timings = Timings::default();
    let bytes = pinned::model_bytes(root, pin)?;
    let model = timed(&mut timings.load, || pinned::load(root, pin, bytes))?;
    let settings = pinned::settings(root, name, pin)?;
    let generated = timed(&mut timings.generate, || generate_placed(&model, &settings))
        .with_context(|| format!("model/{}", pin.model))?;
    Ok((generated, timings))
}

/// Generates from other models into a folder of its own.
fn generate_standalone(root: &Path, out: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let mut timings = Timings::default();
    let mut models = Vec::new();
    for path in &arguments.model {
        models.extend(model_files::read(path)?);
    }
    models.sort();
    models.dedup();
    let hash = inputs::hash_of_all(&models);
    let mut names: Vec<_> =
        arguments.model.iter().filter_map(|path| path.file_name()).map(|name| name.to_string_lossy()).collect();
    names.sort();
    let names = names.join(", ");
    let model = timed(&mut timings.load, || inputs::load(&models)).with_context(|| names.clone())?;
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
        header: inputs::header(&names, &hash, &arguments.reproduce_command()),
        version: "0.1.0".to_owned(),
        runtime: "../runtime".to_owned(),
        behaviour: None,
        cli_texts: arguments
            .cli_texts
            .iter()
            .map(|path| Ok((path.display().to_string(), inputs::read_text(path)?)))
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
    tree::apply(out, &files, &difference)?;
    timings.write = start.elapsed();
    summarise(&out.display().to_string(), &files, &difference)?;
    if arguments.timings {
        timings.print()?;
    }
    Ok(Outcome::Success)
}

fn report_difference(difference: &Difference) -> Outcome {
    if difference.is_empty() {
        return Outcome::Success;
    }
    for (what, paths) in
        [("missing", &difference.missing), ("out of date", &difference.changed), ("stray", &difference.stray)]
    {
        for path in paths {
            eprintln!("{GENERATED}/{path}: {what}");
        }
    }
    eprintln!("error: generated files are not what the model gives; mend them with `cargo xtask codegen`");
    Outcome::CheckFailed
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
