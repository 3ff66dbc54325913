//! Prepares everything that an update writes before anything is written.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use anyhow::Context as _;
use whitesmith_rust::Generated;
use whitesmith_rust::verdict::{Audience, Level, Verdicts, explain_step, insert_entry, next_version, render_entry};
use whitesmith_smithy::model::{Event, Model, Severity};
use whitesmith_smithy::validate;

use super::services_file::{self, NewPin};
use crate::Program;
use crate::codegen::Regeneration;
use crate::diff::{Comparison, Input, Limits};
use crate::files::{self, Files};
use crate::inputs;
use crate::lock_file;
use crate::pinned::{self, CHANGE_LOG, GENERATED};
use crate::services::{self, Pin, Services};
use crate::transaction::Transaction;

/// An update that can be made.
pub struct Preparation {
    /// The update of each pin.
    pub updates: Vec<Update>,
    /// The files to write.
    pub transaction: Transaction,
    /// Whether generated crates depend on other crates than before.
    pub dependencies_changed: bool,
}

/// The update of one pin.
pub struct Update {
    /// The name of its crates.
    pub name: String,
    /// The change.
    pub comparison: Comparison,
    /// The version of the crates so far.
    pub old_version: String,
    /// The next one.
    pub new_version: String,
    /// How the step between them reads, where the numbers alone would mislead.
    pub explanation: Option<&'static str>,
    origin: String,
    pin: Pin,
}

/// Why a readable model is rejected, for people.
type Refusal = String;

/// Prepares an update; `None` if the file is pinned already.
pub fn prepare(
    program: &Program,
    root: &Path,
    file: &Path,
    origin: Option<&str>,
    force: bool,
) -> anyhow::Result<Result<Option<Preparation>, Refusal>> {
    let services = services::read(root)?;
    let input = Input::read(file)?;
    let new_bytes = inputs::pinnable(&input.files)?;
    let sha256 = inputs::hash(&new_bytes);
    let (model, events) = input.load()?;
    if let Some(refusal) = refusal(&input, &model, events) {
        return Ok(Err(refusal));
    }
    let pins = pins_of(root, file, &input, &model, &services)?;
    // Each update edits a model of its own.
    let mut loaded = Some(model);
    let mut updates = Vec::new();
    for (name, pin) in pins {
        if !is_pinned_file(root, file, pin) {
            // What is there must be what is pinned, even if nothing else is to be done.
            pinned::model_bytes(root, pin)?;
        }
        if pin.sha256 != sha256 {
            let model = loaded.take().map_or_else(|| input.load_valid(), Ok)?;
            updates.push(update(root, file, (&input, model), name, pin, &sha256, origin)?);
        }
    }
    if updates.is_empty() {
        return Ok(Ok(None));
    }
    let transaction = transaction(program, root, &new_bytes, &services, &updates, force)?.without_unchanged(root)?;
    let dependencies_changed = dependencies_change(root, &transaction);
    Ok(Ok(Some(Preparation { updates, transaction, dependencies_changed })))
}

/// Whether a manifest that will be written has other lines than the one that it replaces, versions and comments aside.
fn dependencies_change(root: &Path, transaction: &Transaction) -> bool {
    let lines = |text: &str| -> Vec<String> {
        let counts = |line: &&str| !line.starts_with('#') && !line.starts_with("version = ");
        text.lines().filter(counts).map(str::to_owned).collect()
    };
    let manifests = transaction.writes.iter().filter(|(path, _)| path.ends_with("/Cargo.toml"));
    let differs = |path: &str, new: &[u8]| {
        let old = std::fs::read_to_string(root.join(path)).unwrap_or_default();
        lines(&old) != lines(&String::from_utf8_lossy(new))
    };
    manifests.into_iter().any(|(path, new)| differs(path, new))
        || transaction.removals.iter().any(|path| path.ends_with("/Cargo.toml"))
}

/// Renders the events that make a model invalid.
fn refusal(input: &Input, model: &Model, events: Vec<Event>) -> Option<Refusal> {
    let events = validate::validate(model, events);
    if !validate::is_invalid(&events) {
        return None;
    }
    let errors = events.iter().filter(|event| event.severity == Severity::Error);
    let mut text: String = errors.map(|event| event.render(model.sources()) + "\n\n").collect();
    text.push_str(&format!("error: {} is not a valid model, and nothing was changed", input.name));
    Some(text)
}

/// The pins that the file is a new version for.
fn pins_of<'s>(
    root: &Path,
    file: &Path,
    input: &Input,
    model: &Model,
    services: &'s Services,
) -> anyhow::Result<Vec<(&'s str, &'s Pin)>> {
    let offered: Vec<String> = model.services().map(|shape| shape.id.to_string()).collect();
    let mut found = Vec::new();
    let mut wanted = Vec::new();
    for (name, pin) in &services.services {
        let service = match &pin.service {
            Some(service) => service.clone(),
            // What the file to be replaced holds; a file that was changed holds what it may.
            None if is_pinned_file(root, file, pin) => offered.first().cloned().unwrap_or_default(),
            None => only_service(root, pin)?,
        };
        if offered.contains(&service) {
            found.push((name.as_str(), pin));
        }
        wanted.push(format!("{service} ({name})"));
    }
    anyhow::ensure!(
        !found.is_empty(),
        "{} holds {}, but model/services.toml pins {}; `add` pins a further service",
        input.name,
        if offered.is_empty() { "no service".to_owned() } else { offered.join(", ") },
        wanted.join(", "),
    );
    Ok(found)
}

fn only_service(root: &Path, pin: &Pin) -> anyhow::Result<String> {
    let model = inputs::load(&[(format!("model/{}", pin.model), pinned::model_bytes(root, pin)?)])?;
    Ok(model.services().next().map(|shape| shape.id.to_string()).unwrap_or_default())
}

fn is_pinned_file(root: &Path, file: &Path, pin: &Pin) -> bool {
    let same = |one: &Path, other: &Path| Some(one.canonicalize().ok()? == other.canonicalize().ok()?);
    same(file, &root.join("model").join(&pin.model)).unwrap_or(false)
}

/// Reads the model that is pinned now. If the pinned file itself was edited, the last commit may still have the original.
fn old_bytes(root: &Path, file: &Path, pin: &Pin) -> anyhow::Result<Vec<u8>> {
    if !is_pinned_file(root, file, pin) {
        return pinned::model_bytes(root, pin);
    }
    let committed =
        Command::new("git").arg("-C").arg(root).args(["show", &format!("HEAD:./model/{}", pin.model)]).output();
    let committed = committed.ok().filter(|output| output.status.success()).map(|output| output.stdout);
    committed.filter(|bytes| inputs::hash(bytes) == pin.sha256).with_context(|| {
        format!(
            "model/{model} was edited, and the last commit does not have the pinned version to compare with; restore the \
             pinned file, and pass the new version to `update` as another file",
            model = pin.model
        )
    })
}

fn update(
    root: &Path,
    file: &Path,
    (input, model): (&Input, Model),
    name: &str,
    pin: &Pin,
    sha256: &str,
    origin: Option<&str>,
) -> anyhow::Result<Update> {
    let old = format!("model/{} (pinned)", pin.model);
    let old = Input { files: vec![(old.clone(), old_bytes(root, file, pin)?)], name: old };
    let limits = Limits { pin_of: &|_| Some(pin), prepare: &|model| pinned::lay_over(root, pin, model) };
    let comparison = Comparison::of([&old, input], [old.load_valid()?, model], &limits)?;
    let verdicts = comparison.verdicts.as_ref().context("the two versions have no service in common")?;
    // Every generated manifest names its model's hash, so that there is a new version in any case.
    let level = comparison.level(verdicts).max(Level::Patch);
    let version =
        next_version(&pin.version, level).with_context(|| format!("model/services.toml: [services.{name}]"))?;
    let origin = match (origin, &comparison.service) {
        (Some(origin), _) => origin.to_owned(),
        (None, Some(service)) => inputs::origin_of(&[file.to_path_buf()], &comparison.new, service),
        (None, None) => String::new(),
    };
    let mut new_pin = pin.clone();
    new_pin.sha256 = sha256.to_owned();
    new_pin.version = version.clone();
    Ok(Update {
        name: name.to_owned(),
        comparison,
        old_version: pin.version.clone(),
        new_version: version,
        explanation: explain_step(&pin.version, level),
        origin,
        pin: new_pin,
    })
}

fn transaction(
    program: &Program,
    root: &Path,
    new_bytes: &[u8],
    services: &Services,
    updates: &[Update],
    force: bool,
) -> anyhow::Result<Transaction> {
    let mut transaction = Transaction::default();
    let mut files = Files::new();
    let (mut versions, mut plans) = (BTreeMap::new(), BTreeMap::new());
    for (name, pin) in &services.services {
        let update = updates.iter().find(|update| update.name == *name);
        let pin = update.map_or(pin, |update| &update.pin);
        let generated = match update {
            Some(update) => {
                let settings = pinned::settings(root, services, name, pin)?;
                pinned::generate_with(&update.comparison.new, &settings, name)?
            }
            None => pinned::generate_pin(root, services, name, pin)?,
        };
        if let Some(update) = update {
            for (path, log) in change_logs(root, &generated, update)? {
                transaction.writes.insert(path, files::bytes(log));
            }
            versions.extend(generated.crates.iter().map(|one| (one.name.clone(), pin.version.clone())));
            transaction.writes.insert(format!("model/{}", pin.model), new_bytes.to_vec().into());
        }
        pinned::collect(generated.crates, &mut files);
        plans.insert(name.clone(), generated.plan);
    }
    pinned::collect_programs(services, &plans, &mut files)?;
    let regeneration = Regeneration::find(program, root, services, files)?;
    for path in regeneration.changes.edited.iter().chain(&regeneration.changes.edited_stray).filter(|_| !force) {
        eprintln!("warning: {GENERATED}/{path} was edited, and is kept; --force overwrites it");
    }
    let regeneration = regeneration.into_transaction(force);
    transaction.writes.extend(regeneration.writes);
    transaction.removals.extend(regeneration.removals);
    let new_pins: Vec<NewPin<'_>> = updates.iter().map(Update::new_pin).collect();
    let text = services_file::edit(&inputs::read_text(&services::path(root))?, &new_pins)?;
    transaction.writes.insert("model/services.toml".to_owned(), text.into_bytes().into());
    if root.join("Cargo.lock").exists() {
        let text = lock_file::edit(&inputs::read_text(&root.join("Cargo.lock"))?, &versions)?;
        transaction.writes.insert("Cargo.lock".to_owned(), text.into_bytes().into());
    }
    Ok(transaction)
}

impl Update {
    fn new_pin(&self) -> NewPin<'_> {
        NewPin { name: &self.name, sha256: &self.pin.sha256, origin: &self.origin, version: &self.new_version }
    }
}

/// The change log of every generated crate with an entry for the update.
fn change_logs(root: &Path, generated: &Generated, update: &Update) -> anyhow::Result<Files> {
    let verdicts: &Verdicts = update.comparison.verdicts.as_ref().context("there is nothing to tell")?;
    let source = format!("Model: {} (SHA-256 {}).", update.origin, update.pin.sha256);
    let plan = &generated.plan;
    let mut logs = Files::new();
    pinned::keep_change_logs(root, generated, &mut logs)?;
    for one in &generated.crates {
        let audience = match one.name.strip_prefix(plan.name.as_str()) {
            Some("-cli") => Audience::CommandLine,
            Some("-mock") => Audience::Mock,
            _ => Audience::Library,
        };
        let path = format!("{}/{CHANGE_LOG}", one.name);
        let entry = render_entry(&update.new_version, &source, verdicts, audience);
        let log = insert_entry(logs.get(&path).map(|log| &**log), &entry);
        logs.insert(path, log.into());
    }
    Ok(logs.into_iter().map(|(path, log)| (format!("{GENERATED}/{path}"), log)).collect())
}
