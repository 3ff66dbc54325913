//! Two versions of a model, compared.

use std::path::Path;

use whitesmith_rust::plan::{Planner, Request, plan_changed};
use whitesmith_rust::verdict::{Level, Verdicts};
use whitesmith_smithy::diff::{Change, Scope, Side, diff};
use whitesmith_smithy::load;
use whitesmith_smithy::model::{Event, Model, ShapeId};

use crate::inputs;
use crate::model_files::ModelFile;
use crate::projects::{self, ProjectOptions};
use crate::services::Pin;

/// Crate name in plans that are only compared.
const NAME: &str = "compared";

/// A model as it was given.
#[derive(Clone)]
pub struct Input {
    /// Its path, for people.
    pub name: String,
    /// Its files.
    pub files: Vec<ModelFile>,
}

impl Input {
    /// Reads a file, a folder or an archive.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        Ok(Self {
            name: path.display().to_string(),
            files: projects::read(&[path.to_path_buf()], &ProjectOptions::default())?.files,
        })
    }

    /// Loads the model as it is written, with what is wrong with its files.
    pub fn load(&self) -> anyhow::Result<(Model, Vec<Event>)> {
        let files: Vec<(&str, &[u8])> =
            self.files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        Ok(load::assemble(&files)?)
    }

    /// Loads the model as it is written, and refuses it if anything is wrong with its files.
    pub fn load_valid(&self) -> anyhow::Result<Model> {
        let (model, events) = self.load()?;
        inputs::refuse_invalid(&model, &events)?;
        Ok(model)
    }
}

/// Limits of a comparison.
pub struct Limits<'l, 'p> {
    /// Returns the pin of a service.
    pub pin_of: &'l dyn Fn(&ShapeId) -> Option<&'p Pin>,
    /// Edits to either model before it is planned.
    pub prepare: &'l dyn Fn(&mut Model) -> anyhow::Result<()>,
}

/// The result of a comparison.
pub struct Comparison {
    /// The old model.
    pub old: Model,
    /// The new model.
    pub new: Model,
    /// The files' names, the old one first.
    pub names: [String; 2],
    /// The service that both models have, if there is one.
    pub service: Option<ShapeId>,
    /// The operations that the comparison is limited to; none when it is not limited.
    pub operations: Vec<String>,
    /// The changes, those of the operations only.
    pub changes: Vec<Change>,
    /// Whether the files are not the same, byte for byte.
    pub files_differ: bool,
    /// The verdicts; `None` unless both models have the same service.
    pub verdicts: Option<Verdicts>,
}

impl Comparison {
    /// Compares the models of two inputs, the old one first.
    pub fn of(inputs: [&Input; 2], models: [Model; 2], limits: &Limits<'_, '_>) -> anyhow::Result<Self> {
        let names = inputs.map(|input| input.name.clone());
        let [old_bytes, new_bytes] = inputs.map(|input| input.files.iter().map(|(_, bytes)| bytes));
        let files_differ = !old_bytes.eq(new_bytes);
        let [mut old, mut new] = models;
        let service = common_service(&old, &new);
        let pin = service.as_ref().and_then(limits.pin_of);
        let operations = pin.map(|pin| pin.operations.clone()).unwrap_or_default();
        let mut changes = diff(&old, &new);
        if let (Some(service), Some(_)) = (&service, pin) {
            let scope = Scope::of([&old, &new], service, &operations);
            changes.retain(|change| scope.contains(change));
        }
        let mut verdicts = None;
        if let Some(service) = &service {
            // The name is the same on both sides, and a service that names no crate can be compared all the same.
            let mut wish = pin.map(|pin| pin.request(NAME)).unwrap_or_default();
            wish.name = Some(NAME.to_owned());
            wish.service = Some(service.to_string());
            for model in [&mut old, &mut new] {
                load::name_enum_values(model);
                (limits.prepare)(model)?;
            }
            verdicts = Some(compare_plans([&old, &new], service, &wish)?);
        }
        Ok(Self { old, new, names, service, operations, changes, files_differ, verdicts })
    }

    /// The version step of the generated crates: every generated manifest names its model's hash, so that
    /// another file is another version.
    pub fn level(&self, verdicts: &Verdicts) -> Level {
        verdicts.level().max(if self.files_differ { Level::Patch } else { Level::None })
    }

    /// Returns the line for a comparison without changes.
    pub fn unlisted(&self) -> &'static str {
        if self.verdicts.as_ref().is_some_and(|verdicts| verdicts.texts_differ) {
            "Only documentation and descriptions changed."
        } else if self.files_differ {
            "Nothing that is compared changed."
        } else {
            "The model did not change."
        }
    }

    /// Whether users of the old model may break.
    pub fn is_breaking(&self) -> bool {
        self.changes.iter().any(Change::is_breaking) || self.verdicts.as_ref().is_some_and(Verdicts::is_breaking)
    }

    /// The place of a change: file, line, column.
    pub fn place(&self, change: &Change) -> Option<(String, usize, usize)> {
        let model = match change.side {
            Side::Old => &self.old,
            Side::New => &self.new,
        };
        let place = model.sources().place(change.event.span)?;
        Some((place.file.to_owned(), place.line, place.column))
    }
}

/// Compares what two versions of a service have of a request: what is missing in one of them is an addition or a removal.
fn compare_plans(models: [&Model; 2], service: &ShapeId, wish: &Request) -> anyhow::Result<Verdicts> {
    let [old, new] = models;
    let (old_request, new_request) = (available(old, service, wish), available(new, service, wish));
    let (mut old_plan, mut new_plan) =
        plan_changed(&Planner::new(old, &old_request)?, &Planner::new(new, &new_request)?);
    for (request, plan) in [(&old_request, &mut old_plan), (&new_request, &mut new_plan)] {
        // A request for no operation in particular is one for all.
        if request.operations.is_empty() && !wish.operations.is_empty() {
            plan.operations.clear();
            plan.shapes.clear();
        }
    }
    Ok(Verdicts::of(&old_plan, &new_plan))
}

/// The part of a request that a model has.
fn available(model: &Model, service: &ShapeId, wish: &Request) -> Request {
    let available = model.operations_of(service);
    let there = |name: &String| available.iter().any(|id| id.name() == name.as_str() || *id == name.as_str());
    let named = |name: &String| model.own_shapes().any(|shape| shape.id.name() == name || shape.id == name.as_str());
    let mut request = wish.clone();
    request.operations.retain(there);
    request.leave_out.retain(there);
    request.rename.retain(|name, _| named(name));
    request
}

/// The service that both models have, if there is exactly one.
fn common_service(old: &Model, new: &Model) -> Option<ShapeId> {
    let mut common = old
        .services()
        .map(|shape| &shape.id)
        .filter(|id| new.shape(id).is_some_and(|shape| shape.as_service().is_some()));
    match (common.next(), common.next()) {
        (Some(only), None) => Some(only.clone()),
        _ => None,
    }
}
