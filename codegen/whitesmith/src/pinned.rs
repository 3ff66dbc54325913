//! What `model/services.toml` pins: the model, our own changes to it, and what is generated.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context as _;
use whitesmith_rust::plan::Plan;
use whitesmith_rust::{Crate, Generated, Settings};
use whitesmith_smithy::model::{Model, Severity};
use whitesmith_smithy::{load, validate};

use crate::files::Files;
use crate::inputs;
use crate::services::{self, Pin, Services};

/// The folder of generated crates in the workspace.
pub const GENERATED: &str = "generated";

/// The file in each generated crate that is not generated: `whitesmith update` adds to it.
pub const CHANGE_LOG: &str = "CHANGELOG.md";

/// Reads the pinned model.
///
/// # Errors
/// Fails if it is not the one that was pinned.
pub fn model_bytes(root: &Path, pin: &Pin) -> anyhow::Result<Vec<u8>> {
    let path = root.join("model").join(&pin.model);
    let bytes = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let hash = inputs::hash(&bytes);
    anyhow::ensure!(
        hash == pin.sha256,
        "model/{model} has the SHA-256 {hash}, but model/services.toml pins {}; pin the change with the \
         command `update model/{model}`, or undo it with `git checkout -- model/{model}`",
        pin.sha256,
        model = pin.model,
    );
    Ok(bytes)
}

/// Loads a model as it is generated from: with the overlays of the pin.
pub fn load(root: &Path, pin: &Pin, bytes: Vec<u8>) -> anyhow::Result<Model> {
    let mut model = inputs::load(&[(format!("model/{}", pin.model), bytes)])?;
    lay_over(root, pin, &mut model)?;
    Ok(model)
}

/// Lays the overlays of a pin over a model. What they make invalid is the error.
pub fn lay_over(root: &Path, pin: &Pin, model: &mut Model) -> anyhow::Result<()> {
    for overlay in &pin.overlays {
        let name = format!("model/{overlay}");
        let path = root.join(&name);
        let bytes = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        load::overlay(model, &name, &bytes).with_context(|| format!("the overlay {name} does not apply"))?;
    }
    if !pin.overlays.is_empty() {
        let events = validate::validate(model, Vec::new());
        if let Some(event) = events.iter().find(|event| event.severity == Severity::Error) {
            anyhow::bail!("an overlay makes the model invalid\n{}", event.render(model.sources()));
        }
    }
    Ok(())
}

/// Returns the settings of a pin.
pub fn settings(root: &Path, services: &Services, name: &str, pin: &Pin) -> anyhow::Result<Settings> {
    Ok(Settings {
        request: pin.request(name),
        artifacts: services::artifacts(pin.emit.iter().map(String::as_str))?,
        header: inputs::header(&pin.model, services.command()),
        model_hash: Some(pin.sha256.clone()),
        is_part: false,
        version: pin.version.clone(),
        runtime: services.runtime()?.folder(),
        behaviour: pin
            .behaviour
            .as_deref()
            .map(|file| anyhow::Ok((format!("model/{file}"), inputs::read_text(&root.join("model").join(file))?)))
            .transpose()?,
        cli_texts: Vec::new(),
        layouts: pin.layouts()?,
    })
}

/// Generates the crates of a pin.
///
/// # Errors
/// Fails if the model is not the pinned one, is invalid, or lacks what the pin asks for.
pub fn generate_pin(root: &Path, services: &Services, name: &str, pin: &Pin) -> anyhow::Result<Generated> {
    generate_with(&load(root, pin, model_bytes(root, pin)?)?, &settings(root, services, name, pin)?, name)
}

/// Generates the crates of a pin from its model, loaded with its overlays.
///
/// # Errors
/// Fails if the model lacks what the pin asks for.
pub fn generate_with(model: &Model, settings: &Settings, name: &str) -> anyhow::Result<Generated> {
    inputs::generate_from(model, settings, &format!("model/services.toml: [services.{name}]"))
}

/// Adds the crates of the programs for several services. `plans` are those of the pins by their names.
///
/// # Errors
/// When a program names a service that is not pinned or has no command line.
pub fn collect_programs(services: &Services, plans: &BTreeMap<String, Plan>, files: &mut Files) -> anyhow::Result<()> {
    for (name, program) in &services.programs {
        let plan = |service: &String| {
            let is_command_line =
                services.services.get(service).is_some_and(|pin| pin.emit.iter().any(|one| one == "cli"));
            let plan = plans.get(service).filter(|_| is_command_line);
            plan.with_context(|| format!("model/services.toml: [programs.{name}]: `{service}` has no command line"))
        };
        let chosen: Vec<&Plan> = program.services.iter().map(plan).collect::<anyhow::Result<_>>()?;
        let settings = Settings {
            header: inputs::header("services.toml", services.command()),
            version: program.version.clone(),
            runtime: services.runtime()?.folder(),
            ..Settings::default()
        };
        collect(vec![whitesmith_rust::combine(name, &chosen, &settings)?], files);
    }
    Ok(())
}

/// Adds the files of generated crates, with their paths in the folder of all of them.
pub fn collect(crates: Vec<Crate>, files: &mut Files) {
    for one in crates {
        files.extend(one.files.into_iter().map(|file| (format!("{}/{}", one.name, file.path), file.contents.into())));
    }
}

/// Adds the change logs of generated crates as they are.
pub fn keep_change_logs(root: &Path, generated: &Generated, files: &mut Files) -> anyhow::Result<()> {
    for one in &generated.crates {
        let path = format!("{}/{CHANGE_LOG}", one.name);
        match std::fs::read_to_string(root.join(GENERATED).join(&path)) {
            Ok(text) => {
                files.insert(path, text.into());
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(error).with_context(|| format!("cannot read {GENERATED}/{path}")),
        }
    }
    Ok(())
}
