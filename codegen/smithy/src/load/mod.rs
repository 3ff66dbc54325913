//! From files to a [`Model`]: reading, merging, applying traits, resolving elided targets, flattening mixins, upgrading 1.0.
//!
//! [`assemble`] runs the passes one after the other over one draft; they do not know each other.

mod completeness;
mod draft;
mod elision;
mod enum_strings;
mod error;
mod mentions;
mod metadata;
mod mixins;
mod overlay;
mod prelude;
mod trait_values;
mod upgrade;

use foldhash::HashSet;

use crate::model::{Event, Model, ShapeId};
use crate::source::{FileId, Sources, parse};
use crate::syntax::{Definitions, Ids, Names, read_ast, read_idl};
use draft::Draft;
pub(crate) use enum_strings::{EnumNames, strings_to_enum};
pub use error::LoadError;
pub use overlay::{OverlayError, overlay};

/// Loads a model for code generation: [`assemble`], then strings with the `enum` trait of 1.0 become `enum` shapes where
/// every value has a name.
///
/// Severity [`Error`](crate::model::Severity::Error) among the events means that the model must not be used.
///
/// # Errors
/// When a file is not UTF-8 or not JSON.
pub fn load(files: &[(&str, &[u8])]) -> Result<(Model, Vec<Event>), LoadError> {
    let (mut model, events) = assemble(files)?;
    name_enum_values(&mut model);
    Ok((model, events))
}

/// Makes `enum` shapes of strings with the `enum` trait of 1.0 where every value has a name: what [`load`] does on top of
/// [`assemble`].
pub fn name_enum_values(model: &mut Model) {
    model.edit_shapes(|shape| {
        strings_to_enum(shape, EnumNames::Lenient);
    });
}

/// Loads a model as it is written, as validation and comparison want it. The order of the files does not
/// matter, except that arrays of metadata are joined in it, as in the reference implementation.
///
/// A file whose name ends in `.smithy` is read as Smithy IDL, any other as a JSON AST. What is wrong with an IDL file is
/// among the events.
///
/// # Errors
/// When a file is not UTF-8 or not JSON.
pub fn assemble(files: &[(&str, &[u8])]) -> Result<(Model, Vec<Event>), LoadError> {
    let mut order: Vec<usize> = (0..files.len()).collect();
    order.sort_by_key(|at| files.get(*at));
    order.dedup_by_key(|at| files.get(*at));
    let mut sources = Sources::new();
    let sorted = order.iter().filter_map(|at| files.get(*at));
    let ids_of_files = sorted.map(|(name, bytes)| sources.add(name, bytes)).collect::<Result<Vec<_>, _>>()?;
    let mut ids = Ids::default();
    let mut draft = Draft::default();
    draft.in_prelude = true;
    for definitions in prelude::read(&ids_of_files, &mut sources, &mut ids)? {
        draft.merge(0, definitions, &sources);
    }
    trait_values::apply(&mut draft, &sources);
    draft.in_prelude = false;
    for (position, definitions) in order.into_iter().zip(read(&ids_of_files, &sources, &draft, &mut ids)?) {
        draft.merge(position, definitions, &sources);
    }

    draft.report_conflicts(&sources);
    mentions::check(&mut draft);
    trait_values::apply(&mut draft, &sources);
    upgrade::root_defaults(&mut draft);
    elision::resolve(&mut draft);
    completeness::check_plain(&mut draft);
    let versions = draft.definitions.iter().map(|(id, definition)| (id.clone(), definition.version)).collect();
    let sets = draft.definitions.iter().filter(|(_, definition)| definition.type_name == "set");
    let sets = sets.map(|(id, _)| id.clone()).collect();
    mixins::flatten(&mut draft);
    completeness::check(&mut draft.shapes, &mut draft.events);
    upgrade::enum_values(&mut draft.shapes);
    upgrade::members(&mut draft.shapes, &versions);
    let model = Model::new(sources, draft.shapes, draft.metadata.into_values(), sets, draft.introduced, draft.replaced);
    Ok((model, draft.events))
}

/// Reads files. Names of the IDL that are relative mean shapes of the prelude, unless their own namespace has such a
/// shape, in whichever file: then the files of that namespace are read again with that knowledge.
fn read(files: &[FileId], sources: &Sources, prelude: &Draft, ids: &mut Ids) -> Result<Vec<Definitions>, LoadError> {
    let mut names = Names::default();
    names.prelude.extend(prelude.definitions.keys().filter(|id| id.is_prelude()).map(ShapeId::name));
    let mut all = Vec::with_capacity(files.len());
    for file in files {
        all.push(read_one(*file, sources, &names, ids)?);
    }
    let hiding: HashSet<ShapeId> = all
        .iter()
        .flat_map(|definitions| &definitions.shapes)
        .map(|definition| &definition.shape.id)
        .filter(|id| !id.is_prelude() && names.prelude.contains(id.name()))
        .cloned()
        .collect();
    if !hiding.is_empty() {
        names.hiding = hiding;
        let namespaces: HashSet<&str> = names.hiding.iter().map(ShapeId::namespace).collect();
        for (file, definitions) in files.iter().zip(&mut all) {
            if definitions.namespace.as_deref().is_some_and(|namespace| namespaces.contains(namespace)) {
                *definitions = read_one(*file, sources, &names, ids)?;
            }
        }
    }
    Ok(all)
}

fn is_idl(sources: &Sources, file: FileId) -> bool {
    sources.name(file).is_some_and(|name| name.to_ascii_lowercase().ends_with(".smithy"))
}

fn read_one(file: FileId, sources: &Sources, names: &Names<'_>, ids: &mut Ids) -> Result<Definitions, LoadError> {
    let text = sources.text(file);
    if is_idl(sources, file) {
        return Ok(read_idl(file, text, names, ids));
    }
    let node = parse(file, text).map_err(|error| LoadError::json(error, sources))?;
    Ok(read_ast(node, ids))
}
