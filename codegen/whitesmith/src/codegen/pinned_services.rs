//! Generating what `model/services.toml` says.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Instant;

use whitesmith_rust::Generated;

use super::Arguments;
use super::check::{report_check, report_edits, summarise};
use super::timings::{Timings, timed};
use crate::changes::Changes;
use crate::files::Files;
use crate::pinned::{self, CHANGE_LOG, GENERATED};
use crate::record::{RECORD, Record};
use crate::services::{self, Pin, Services};
use crate::standalone::{self, Runtime};
use crate::transaction::{LockedFolder, Transaction};
use crate::{Outcome, Program, inputs, parallel, workspace};

/// Generates the pinned services, or checks that they are generated.
pub fn generate_pinned(program: &Program, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let root = workspace::root()?;
    // A check writes nothing, and so waits for nobody.
    let locked = if arguments.check { None } else { Some(LockedFolder::open(&root)?) };
    let mut timings = Timings::default();
    let services = services::read(&root)?;
    let pins: Vec<(&String, &Pin)> = services.services.iter().collect();
    let results =
        parallel::map(&pins, |(name, _)| (*name).clone(), |(name, pin)| generate_pin(&root, &services, name, pin));
    let mut files = Files::new();
    let mut plans = BTreeMap::new();
    for ((name, _), result) in pins.iter().zip(results) {
        let (generated, took) = result?;
        timings.add(&took);
        for warning in &generated.warnings {
            eprintln!("warning: {warning}");
        }
        pinned::collect(generated.crates, &mut files);
        plans.insert((*name).clone(), generated.plan);
    }
    pinned::collect_programs(&services, &plans, &mut files)?;
    let start = Instant::now();
    let regeneration = Regeneration::find(program, &root, &services, files)?;
    let prefix = format!("{GENERATED}/");
    let outcome = match locked {
        None => report_check(&prefix, &regeneration.changes, &format!("{} codegen", program.name)),
        Some(locked) => {
            let outcome = report_edits(&prefix, &regeneration.changes, arguments.force);
            summarise(GENERATED, regeneration.files.len(), &regeneration.changes, arguments.force)?;
            locked.commit(regeneration.into_transaction(arguments.force))?;
            if pins.is_empty() {
                eprintln!("note: model/services.toml pins no service; `{} add MODEL` does", program.name);
            }
            outcome
        }
    };
    timings.write = start.elapsed();
    if arguments.timings {
        timings.print()?;
    }
    Ok(outcome)
}

fn generate_pin(root: &Path, services: &Services, name: &str, pin: &Pin) -> anyhow::Result<(Generated, Timings)> {
    let mut timings = Timings::default();
    let bytes = pinned::model_bytes(root, pin)?;
    let model = timed(&mut timings.load, || pinned::load(root, pin, bytes))?;
    let settings = pinned::settings(root, services, name, pin)?;
    let place = format!("model/{}", pin.model);
    let generated = timed(&mut timings.generate, || inputs::generate_from(&model, &settings, &place))?;
    Ok((generated, timings))
}

/// Changes of the folder of the pinned services.
pub struct Regeneration {
    /// The files that are generated.
    pub files: Files,
    /// The changes.
    pub changes: Changes,
    record: Record,
}

impl Regeneration {
    /// Compares the folder with the files that were generated for all pins.
    pub fn find(program: &Program, root: &Path, services: &Services, mut files: Files) -> anyhow::Result<Self> {
        let folder = root.join(GENERATED);
        let runtime = services.runtime()?;
        if !matches!(runtime, Runtime::Path(_)) {
            standalone::complete(&program.sources(root), &runtime, standalone::Manifests::new(), &mut files)?;
        }
        let record = Record::read(&folder)?;
        let mut owned: BTreeSet<String> =
            record.paths().filter_map(|path| path.split_once('/')).map(|(top, _)| top.to_owned()).collect();
        owned.insert(String::new());
        let mut changes = Changes::find(&folder, &files, &record, &owned)?;
        if !record.is_there() {
            changes.adopt_unrecorded(&folder, &files)?;
        }
        changes.refuse_foreign(&folder)?;
        Ok(Self { files, changes, record })
    }

    /// The change of the workspace.
    pub fn into_transaction(self, force: bool) -> Transaction {
        let (mut change, record) = self.changes.into_transaction(self.files, &self.record, force);
        // A crate that goes takes its change log along, which `update` wrote.
        let gone: Vec<String> = change
            .removals
            .iter()
            .filter_map(|path| path.strip_suffix("/Cargo.toml"))
            .map(|top| format!("{top}/{CHANGE_LOG}"))
            .collect();
        change.removals.extend(gone);
        change.writes.insert(RECORD.to_owned(), record.render().into_bytes().into());
        let mut transaction = Transaction::default();
        transaction.extend_below(GENERATED, change);
        transaction
    }
}
