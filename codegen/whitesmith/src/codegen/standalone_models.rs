//! Generating from other models into a folder of its own.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::slice;
use std::time::Instant;

use anyhow::Context as _;
use whitesmith_rust::{Artifact, Crate, Generated, Settings, plan};
use whitesmith_smithy::model::Model;

use super::Arguments;
use super::check::{report_check, report_edits, summarise};
use super::timings::{Timings, timed};
use crate::changes::Changes;
use crate::files::Files;
use crate::pinned::{self, GENERATED};
use crate::record::{RECORD, Record};
use crate::standalone::{self, RUNTIME_FOLDER};
use crate::transaction::{self, LockedFolder};
use crate::{Outcome, Program, inputs, parallel, projects, services, workspace};

/// Generates from models into a folder, or checks that they were.
pub fn generate_standalone(program: &Program, out: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    refuse_pinned_folder(out)?;
    let mut timings = Timings::default();
    let crates = if arguments.combine { combined(arguments, &mut timings)? } else { of_one(arguments, &mut timings)? };
    let start = Instant::now();
    let mut files = Files::new();
    let ours: BTreeSet<String> = crates.iter().map(|one| one.name.clone()).collect();
    pinned::collect(crates, &mut files);
    anyhow::ensure!(
        !ours.contains(RUNTIME_FOLDER),
        "invalid name `{RUNTIME_FOLDER}`: it is the folder of the runtime crates; choose another with --name"
    );
    let locked = if arguments.check { None } else { Some(LockedFolder::open(out)?) };
    if let Some(locked) = locked.as_ref().filter(|locked| locked.was_repaired()) {
        eprintln!("note: finished an interrupted change of {}", locked.path().display());
    }
    anyhow::ensure!(
        locked.is_some() || !transaction::is_interrupted(out),
        "a change of {} was interrupted; the same command without --check finishes it",
        out.display()
    );
    let record = Record::read(out)?;
    let others = standalone::other_manifests(out, &record, &ours)?;
    let runtime = arguments.runtime.clone().unwrap_or_default();
    let sources = program.sources_or_checkout()?;
    standalone::complete(&sources, &runtime, others, &mut files)?;
    let mut owned = ours;
    owned.extend([RUNTIME_FOLDER.to_owned(), String::new()]);
    let changes = Changes::find(out, &files, &record, &owned)?;
    let prefix = format!("{}/", out.display());
    let outcome = match locked {
        None => report_check(&prefix, &changes, &arguments.reproduce_command()),
        Some(locked) => {
            changes.refuse_foreign(out)?;
            let outcome = report_edits(&prefix, &changes, arguments.force);
            summarise(&out.display().to_string(), files.len(), &changes, arguments.force)?;
            let (mut change, record) = changes.into_transaction(files, &record, arguments.force);
            change.writes.insert(RECORD.to_owned(), record.render().into_bytes().into());
            locked.commit(change)?;
            outcome
        }
    };
    timings.write = start.elapsed();
    if arguments.timings {
        timings.print()?;
    }
    Ok(outcome)
}

/// The folder of the pinned services has another layout, and a record of its own.
fn refuse_pinned_folder(out: &Path) -> anyhow::Result<()> {
    let Ok(root) = workspace::root() else { return Ok(()) };
    let same =
        out.canonicalize().ok().zip(root.join(GENERATED).canonicalize().ok()).is_some_and(|(one, other)| one == other);
    let named = std::path::absolute(out).is_ok_and(|out| out == root.join(GENERATED));
    anyhow::ensure!(
        !same && !named,
        "{} holds the services of model/services.toml; generate into another folder, or add the service there",
        out.display()
    );
    Ok(())
}

/// The crates of the service of all models together.
fn of_one(arguments: &Arguments, timings: &mut Timings) -> anyhow::Result<Vec<Crate>> {
    let (model, generated, took) = generate(arguments, &arguments.model)?;
    timings.add(&took);
    // The process ends soon, and has no use for freeing a model and its plan node by node.
    std::mem::forget((model, generated.plan));
    Ok(generated.crates)
}

/// The crates of each model's service, and the program for all of them.
fn combined(arguments: &Arguments, timings: &mut Timings) -> anyhow::Result<Vec<Crate>> {
    let name = arguments.name.as_deref().context("`--name <NAME>` is required with `--combine`")?;
    let results = parallel::map(
        &arguments.model,
        |path| names(slice::from_ref(path)),
        |path| generate(arguments, slice::from_ref(path)).map(|(_, generated, took)| (generated, took)),
    );
    let (mut crates, mut plans) = (Vec::new(), Vec::new());
    for result in results {
        let (generated, took) = result?;
        timings.add(&took);
        crates.extend(generated.crates);
        plans.push(generated.plan);
    }
    let settings = settings(arguments, &names(&arguments.model), None)?;
    crates.push(whitesmith_rust::combine(name, &plans.iter().collect::<Vec<_>>(), &settings)?);
    Ok(crates)
}

fn generate(arguments: &Arguments, paths: &[PathBuf]) -> anyhow::Result<(Model, Generated, Timings)> {
    let mut timings = Timings::default();
    let read = projects::read(paths, &arguments.project)?;
    let models = &read.files;
    let names = names(paths);
    let model = timed(&mut timings.load, || read.load())?;
    let settings = settings(arguments, &names, Some(inputs::hash_of_all(models)))?;
    let generated = timed(&mut timings.generate, || inputs::generate_from(&model, &settings, &names))?;
    for warning in &generated.warnings {
        eprintln!("warning: {warning}");
    }
    Ok((model, generated, timings))
}

/// The models' names for headers and messages, which say nothing about where they are.
fn names(paths: &[PathBuf]) -> String {
    let names = paths.iter().filter_map(|path| path.file_name());
    let mut names: Vec<_> = names.map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    names.join(", ")
}

fn settings(arguments: &Arguments, names: &str, model_hash: Option<String>) -> anyhow::Result<Settings> {
    let artifacts = match arguments.emit.as_slice() {
        [] if arguments.combine => [Artifact::Cli].into(),
        [] => Artifact::DEFAULT.into(),
        names => services::artifacts(names.iter().map(String::as_str))?,
    };
    let runtime = arguments.runtime.clone().unwrap_or_default();
    Ok(Settings {
        request: plan::Request {
            service: arguments.service.clone(),
            protocol: arguments.protocol.clone(),
            operations: arguments.operation.clone(),
            name: arguments.name.clone().filter(|_| !arguments.combine),
            ..plan::Request::default()
        },
        artifacts,
        header: inputs::header(names, &arguments.reproduce_command()),
        model_hash,
        is_part: arguments.combine,
        version: "0.1.0".to_owned(),
        runtime: runtime.folder(),
        behaviour: None,
        cli_texts: arguments
            .cli_texts
            .iter()
            .map(|path| Ok((path.display().to_string(), inputs::read_text(path)?)))
            .collect::<anyhow::Result<_>>()?,
        layouts: BTreeSet::new(),
    })
}
