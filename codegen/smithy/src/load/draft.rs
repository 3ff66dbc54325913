//! The model while it is being put together.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::version::Version;
use super::{completeness, conflict, metadata::Metadata, mixins, trait_values, upgrade};
use crate::model::{AppliedTrait, Event, Model, Severity, Shape, ShapeId};
use crate::source::{Node, Sources, Span};

/// A shape of a file, before mixins.
#[derive(Debug)]
pub(super) struct Definition {
    pub(super) shape: Shape,
    pub(super) version: Version,
    /// The type as the file names it: `set` is not kept otherwise.
    pub(super) type_name: &'static str,
}

/// A trait of a file, to be applied once all shapes are known.
#[derive(Debug)]
pub(super) struct Application {
    pub(super) target: ShapeId,
    pub(super) id: ShapeId,
    pub(super) id_span: Span,
    pub(super) value: Node,
    pub(super) version: Version,
    /// The namespace of the statement that applies it.
    pub(super) from_prelude: bool,
}

/// Everything read so far.
#[derive(Debug, Default)]
pub(super) struct Draft {
    ids: HashSet<ShapeId>,
    pub(super) definitions: BTreeMap<ShapeId, Definition>,
    pub(super) applications: Vec<Application>,
    pub(super) metadata: Metadata,
    pub(super) events: Vec<Event>,
    /// Set while the files that come with the tool are read.
    pub(super) in_prelude: bool,
    /// Traits and shapes that come with the tool, the prelude aside: a model may bring its own version of them.
    replaceable: HashSet<ShapeId>,
}

/// Traits for members that only mixins will bring.
pub(super) type Introduced = HashMap<ShapeId, Vec<AppliedTrait>>;

impl Draft {
    /// The shape ID of a text; equal texts share their memory.
    pub(super) fn id(&mut self, text: &str) -> Option<ShapeId> {
        if let Some(known) = self.ids.get(text) {
            return Some(known.clone());
        }
        let id = ShapeId::parse(text).ok()?;
        self.ids.insert(id.clone());
        Some(id)
    }

    /// The shape ID of a text; an event says if it is none.
    pub(super) fn expect_id(&mut self, text: &str, owner: Option<&ShapeId>, span: Span) -> Option<ShapeId> {
        let id = self.id(text);
        if id.is_none() {
            let message = format!("Invalid shape ID: {text}");
            self.error(owner, span, message);
        }
        id
    }

    pub(super) fn error(&mut self, shape: Option<&ShapeId>, span: Span, message: impl Into<String>) {
        self.events.push(Event::error("Model", shape.cloned(), span, message));
    }

    /// Adds a shape. A second definition must say the same as the first.
    pub(super) fn define(&mut self, definition: Definition) {
        let id = definition.shape.id.clone();
        if !definition.version.has_type(definition.type_name) && !self.in_prelude {
            let event = definition.version.type_event(definition.type_name, &id, definition.shape.span);
            self.events.push(event);
        }
        if self.in_prelude && !id.is_prelude() {
            self.replaceable.insert(id.clone());
        } else if self.replaceable.remove(&id) {
            self.definitions.remove(&id);
        }
        match self.definitions.get(&id) {
            None if id.is_prelude() && !self.in_prelude => {
                let message = format!("`{id}` is in the namespace of the prelude, where a model cannot define shapes");
                self.error(Some(&id), definition.shape.span, message);
            }
            Some(first) if !conflict::same(first, &definition) => {
                let span = definition.shape.span;
                self.error(
                    Some(&id),
                    span,
                    format!("Conflicting shape definition for `{id}`: it is defined twice, differently"),
                );
            }
            Some(_) => {
                let message = format!("`{id}` is defined twice, in the same way");
                let event = Event::error("Model.IgnoredDuplicateDefinition", Some(id), definition.shape.span, message);
                self.events.push(event.at(Severity::Note));
            }
            None => {
                self.definitions.insert(id, definition);
            }
        }
    }

    /// Puts everything together.
    pub(super) fn finish(mut self, sources: Sources) -> (Model, Vec<Event>) {
        let introduced = trait_values::apply(&mut self, &sources);
        upgrade::root_defaults(&mut self);
        let versions: HashMap<ShapeId, Version> =
            self.definitions.iter().map(|(id, definition)| (id.clone(), definition.version)).collect();
        let is_set = |(_, definition): &(&ShapeId, &Definition)| definition.type_name == "set";
        let sets = self.definitions.iter().filter(is_set).map(|(id, _)| id.clone()).collect();
        let mut shapes = mixins::flatten(&mut self, introduced);
        completeness::check(&mut shapes, &mut self.events);
        upgrade::members(&mut shapes, &versions);
        let metadata = self.metadata.into_values();
        (Model::new(sources, shapes, metadata, sets), self.events)
    }
}
