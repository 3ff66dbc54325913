//! `add`: pins another service.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::Context as _;
use toml_edit::{Array, DocumentMut, Item, Table, value};
use whitesmith_rust::plan::{Planner, Request};
use whitesmith_smithy::model::ShapeId;

use crate::codegen::Regeneration;
use crate::files::Files;
use crate::projects::ProjectOptions;
use crate::services;
use crate::transaction::LockedFolder;
use crate::{Outcome, Program, inputs, lock_file, pinned, projects, workspace};

/// Arguments of the command.
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// The model: a file, a folder, an archive with a Smithy manifest, smithy-build.json, or `-`; several are merged.
    #[arg(required = true, value_name = "MODEL")]
    models: Vec<PathBuf>,
    #[command(flatten)]
    project: ProjectOptions,
    /// The service, by shape ID or name; not needed when the model has only one.
    #[arg(long, value_name = "SHAPE_ID")]
    service: Option<String>,
    /// An operation, by name or shape ID; all of the service's when none is given.
    #[arg(long, value_name = "NAME")]
    operation: Vec<String>,
    /// What to generate, separated by commas: types, client, cli, docs, mock, tests. Default: everything but tests.
    #[arg(long, value_name = "ARTIFACTS", value_delimiter = ',')]
    emit: Vec<String>,
    /// The name of the crates, instead of the one derived from the service.
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// The first version of the generated crates.
    #[arg(long, default_value = "0.1.0")]
    version: String,
    /// The origin of the model, in words. Default: the service's title and version, and the file's name.
    #[arg(long, value_name = "TEXT")]
    origin: Option<String>,
}

/// Runs the command.
pub fn run(program: &Program, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let root = workspace::root()?;
    let locked = LockedFolder::open(&root)?;
    let models = projects::read(&arguments.models, &arguments.project)?;
    let model = models.load()?;
    let bytes = models.pinnable()?;
    let request = Request {
        service: arguments.service.clone(),
        operations: arguments.operation.clone(),
        name: arguments.name.clone(),
        ..Request::default()
    };
    let planner = Planner::new(&model, &request)?;
    let (name, service) = (planner.name().to_owned(), planner.service_id().clone());
    let origin = match &arguments.origin {
        Some(origin) => origin.clone(),
        None => inputs::origin_of(&arguments.models, &model, &service),
    };
    let text = inputs::read_text(&services::path(&root))?;
    let text = with_pin(&text, &name, &table(arguments, (&name, &service), &bytes, &origin))?;
    let services = services::parse(&text)?;
    let file = format!("model/{name}.json");
    anyhow::ensure!(!root.join(&file).exists(), "{file} exists already; choose another name with --name");

    let (mut generated, mut plans) = (Files::new(), BTreeMap::new());
    for (other, pin) in &services.services {
        let result = if *other == name {
            let result = pinned::generate_with(&model, &pinned::settings(&root, &services, other, pin)?, other)?;
            result.warnings.iter().for_each(|warning| eprintln!("warning: {warning}"));
            result
        } else {
            pinned::generate_pin(&root, &services, other, pin)?
        };
        pinned::collect(result.crates, &mut generated);
        plans.insert(other.clone(), result.plan);
    }
    pinned::collect_programs(&services, &plans, &mut generated)?;
    let mut transaction = Regeneration::find(program, &root, &services, generated)?.into_transaction(false);
    transaction.writes.insert(file.clone(), bytes.into());
    transaction.writes.insert("model/services.toml".to_owned(), text.into_bytes().into());
    locked.commit(transaction)?;
    if root.join("Cargo.lock").exists() {
        lock_file::refresh(&root);
    }
    crate::outcome::print(&format!("Pinned {service} as {file} and generated {name}.\n"))?;
    Ok(Outcome::Success)
}

/// The pin's table.
fn table(arguments: &Arguments, (name, service): (&str, &ShapeId), bytes: &[u8], origin: &str) -> Table {
    let list = |names: &[String]| {
        let mut array: Array = names.iter().collect();
        if names.len() > 1 {
            array.iter_mut().for_each(|entry| entry.decor_mut().set_prefix("\n    "));
            array.set_trailing("\n");
            array.set_trailing_comma(true);
        }
        value(array)
    };
    let mut table = Table::new();
    table.insert("model", value(format!("{name}.json")));
    table.insert("sha256", value(inputs::hash(bytes)));
    table.insert("origin", value(origin));
    table.insert("service", value(service.to_string()));
    if !arguments.operation.is_empty() {
        let mut operations = arguments.operation.clone();
        operations.sort();
        table.insert("operations", list(&operations));
    }
    if !arguments.emit.is_empty() {
        table.insert("emit", value(arguments.emit.iter().collect::<Array>()));
    }
    table.insert("version", value(&arguments.version));
    table
}

/// The text of `services.toml` with another pin at its end.
fn with_pin(text: &str, name: &str, pin: &Table) -> anyhow::Result<String> {
    let mut document: DocumentMut = text.parse().context("invalid model/services.toml")?;
    let services = document.entry("services").or_insert_with(|| {
        let mut table = Table::new();
        table.set_implicit(true);
        Item::Table(table)
    });
    let services = services.as_table_mut().context("invalid model/services.toml: `services` is not a table")?;
    anyhow::ensure!(
        !services.contains_key(name),
        "model/services.toml has [services.{name}] already; take a new version of its model with `update`, or choose \
         another name with --name"
    );
    let mut pin = pin.clone();
    pin.decor_mut().set_prefix("\n");
    services.insert(name, Item::Table(pin));
    Ok(document.to_string())
}
