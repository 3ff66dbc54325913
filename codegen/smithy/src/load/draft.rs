//! The model while it is being put together: plain data that the passes of [`super`] work on.

use std::collections::BTreeMap;

use foldhash::{HashMap, HashSet};

use super::metadata::Metadata;
use crate::model::{AppliedTrait, Event, Introduced, Severity, Shape, ShapeId};
use crate::source::{Sources, Span};
use crate::syntax::{Application, Definition, Definitions, Mention};

/// Everything read so far.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) definitions: BTreeMap<ShapeId, Definition>,
    pub(super) applications: Vec<Application>,
    pub(super) mentions: Vec<Mention>,
    pub(super) metadata: Metadata,
    pub(super) events: Vec<Event>,
    /// Set while the files that come with the tool are merged.
    pub(super) in_prelude: bool,
    /// Traits and shapes that come with the tool, the prelude aside: a model may bring its own version of them.
    replaceable: HashSet<ShapeId>,
    /// Those of them that the model has brought.
    pub(super) replaced: HashSet<ShapeId>,
    /// Further definitions of shapes that say something else than the first one, whose place is there too.
    pub(super) conflicts: Vec<(Span, Definition)>,
    /// Traits for members that only mixins will bring.
    pub(super) pending: HashMap<ShapeId, Vec<AppliedTrait>>,
    /// Members whose target has to come from a mixin.
    pub(super) elided: HashSet<ShapeId>,
    /// The shapes after their mixins.
    pub(super) shapes: BTreeMap<ShapeId, Shape>,
    /// What shapes with mixins state themselves.
    pub(super) introduced: HashMap<ShapeId, Introduced>,
}

impl Draft {
    pub(super) fn error(&mut self, shape: Option<&ShapeId>, span: Span, message: impl Into<String>) {
        self.events.push(Event::error("Model", shape.cloned(), span, message));
    }

    /// Takes up what the file at a position says.
    pub(super) fn merge(&mut self, position: usize, file: Definitions, sources: &Sources) {
        self.events.extend(file.events);
        for entry in file.metadata {
            self.events.extend(self.metadata.add(position, entry));
        }
        self.applications.extend(file.applications);
        self.mentions.extend(file.mentions);
        for definition in file.shapes {
            self.define(definition, sources);
        }
    }

    /// Adds a shape. A second definition must say the same as the first.
    fn define(&mut self, definition: Definition, sources: &Sources) {
        let id = definition.shape.id.clone();
        if !definition.version.has_type(definition.type_name) && !self.in_prelude {
            let event = definition.version.type_event(definition.type_name, &id, definition.shape.span);
            self.events.push(event);
        }
        if self.in_prelude && !id.is_prelude() {
            self.replaceable.insert(id.clone());
        } else if self.replaceable.remove(&id) {
            self.definitions.remove(&id);
            self.replaced.insert(id.clone());
        }
        let known = self.definitions.get(&id);
        // A copy of the prelude changes nothing about it.
        if id.is_prelude() && known.is_some() && !self.in_prelude {
            return;
        }
        match known {
            None if id.is_prelude() && !self.in_prelude => {
                let message = format!("`{id}` is in the namespace of the prelude, where a model cannot define shapes");
                self.error(Some(&id), definition.shape.span, message);
            }
            Some(first) if !is_same(first, &definition) => {
                let first = first.shape.span;
                self.conflicts.push((first, definition));
            }
            Some(first) => {
                let first = first.shape.span;
                let places = places(sources, first, definition.shape.span);
                let message = format!("Ignoring duplicate but equivalent shape definition: {id} defined{places}");
                let event = Event::error("Model.IgnoredDuplicateDefinition", Some(id), first, message);
                self.events.push(event.at(Severity::Note));
            }
            None => {
                self.definitions.insert(id, definition);
            }
        }
    }
}

impl Draft {
    /// Reports conflicting definitions. A definition whose mixins do not exist is dropped later, so it conflicts with nothing.
    pub(super) fn report_conflicts(&mut self, sources: &Sources) {
        for (first, definition) in std::mem::take(&mut self.conflicts) {
            let shape = definition.shape;
            let missing = shape.mixins.iter().find(|mixin| !self.definitions.contains_key(&mixin.target));
            match missing {
                Some(mixin) => {
                    let message = format!("Cannot apply mixin to {}: {} not found", shape.id, mixin.target);
                    self.error(Some(&shape.id), shape.span, message);
                }
                None => {
                    let places = places(sources, first, shape.span);
                    let message = format!("Conflicting shape definition for `{}` found{places}", shape.id);
                    self.error(Some(&shape.id), first, message);
                }
            }
        }
    }
}

/// Where both of two definitions are.
fn places(sources: &Sources, first: Span, second: Span) -> String {
    match (sources.place(first), sources.place(second)) {
        (Some(first), Some(second)) => format!(" at `{first}` and `{second}`"),
        _ => String::new(),
    }
}

/// Compares everything but places and traits: traits are merged apart.
fn is_same(a: &Definition, b: &Definition) -> bool {
    let members = |shape: &Shape| {
        shape.members.iter().map(|member| (member.name.clone(), member.target.clone())).collect::<Vec<_>>()
    };
    a.type_name == b.type_name
        && a.shape.mixins == b.shape.mixins
        && a.shape.details == b.shape.details
        && members(&a.shape) == members(&b.shape)
}
