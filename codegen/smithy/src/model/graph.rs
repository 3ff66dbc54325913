//! The model: all shapes, by ID.

use std::collections::{BTreeMap, BTreeSet};

use foldhash::{HashMap, HashSet};

use super::{Introduced, Member, Shape, ShapeId, ShapeType, Traits};
use crate::source::{Node, Sources};

/// A model: the shapes of every loaded file and of the prelude, with mixins and `apply` statements applied.
#[derive(Debug)]
pub struct Model {
    pub(super) sources: Sources,
    /// Sorted by ID.
    pub(super) shapes: Vec<Shape>,
    pub(super) index: HashMap<ShapeId, usize>,
    pub(super) metadata: BTreeMap<Box<str>, Node>,
    /// The lists that a file of 1.0 calls sets.
    sets: BTreeSet<ShapeId>,
    pub(super) introduced: HashMap<ShapeId, Introduced>,
    /// The shapes that come with the tool, but that the files of the model define too.
    replaced: HashSet<ShapeId>,
}

impl Model {
    pub(crate) fn new(
        sources: Sources,
        shapes: BTreeMap<ShapeId, Shape>,
        metadata: BTreeMap<Box<str>, Node>,
        sets: BTreeSet<ShapeId>,
        introduced: HashMap<ShapeId, Introduced>,
        replaced: HashSet<ShapeId>,
    ) -> Self {
        let shapes: Vec<Shape> = shapes.into_values().collect();
        let index = shapes.iter().enumerate().map(|(at, shape)| (shape.id.clone(), at)).collect();
        Self { sources, shapes, index, metadata, sets, introduced, replaced }
    }

    /// Changes shapes in place; their IDs stay.
    pub(crate) fn edit_shapes(&mut self, edit: impl FnMut(&mut Shape)) {
        self.shapes.iter_mut().for_each(edit);
    }

    /// The files, to take up another one.
    pub(crate) fn sources_mut(&mut self) -> &mut Sources {
        &mut self.sources
    }

    /// The traits of a shape or member by its ID, to change them.
    pub(crate) fn traits_mut(&mut self, id: &ShapeId) -> Option<&mut Traits> {
        let container = id.as_str().split_once('$').map_or(id.as_str(), |(container, _)| container);
        let shape = self.index.get(container).and_then(|at| self.shapes.get_mut(*at))?;
        match id.member() {
            Some(name) => {
                shape.members.iter_mut().find(|member| &*member.name == name).map(|member| &mut member.traits)
            }
            None => Some(&mut shape.traits),
        }
    }

    /// The files that the model was read from.
    #[must_use]
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// The metadata of all files.
    #[must_use]
    pub fn metadata(&self) -> &BTreeMap<Box<str>, Node> {
        &self.metadata
    }

    /// The lists that a file of 1.0 calls sets.
    #[must_use]
    pub fn sets(&self) -> &BTreeSet<ShapeId> {
        &self.sets
    }

    /// What a shape with mixins states itself; `None` for a shape without mixins.
    #[must_use]
    pub fn introduced(&self, id: &ShapeId) -> Option<&Introduced> {
        self.introduced.get(id)
    }

    /// The shape of an ID; for the ID of a member see [`Model::member`].
    #[must_use]
    pub fn shape(&self, id: &ShapeId) -> Option<&Shape> {
        self.shape_named(id.as_str())
    }

    /// The shape of an ID's text.
    #[must_use]
    pub fn shape_named(&self, id: &str) -> Option<&Shape> {
        self.index.get(id).and_then(|at| self.shapes.get(*at))
    }

    /// The member of an ID `namespace#Shape$member`, and the shape that has it.
    #[must_use]
    pub fn member(&self, id: &ShapeId) -> Option<(&Shape, &Member)> {
        let (container, name) = id.as_str().split_once('$')?;
        let shape = self.shape_named(container)?;
        shape.member(name).map(|member| (shape, member))
    }

    /// Every shape, the prelude's included, sorted by ID.
    pub fn shapes(&self) -> impl ExactSizeIterator<Item = &Shape> {
        self.shapes.iter()
    }

    /// Every shape that is not of the prelude, nor of the trait packages that are always there, sorted by ID.
    pub fn own_shapes(&self) -> impl Iterator<Item = &Shape> {
        self.shapes.iter().filter(|shape| !self.is_built_in(shape))
    }

    /// Whether a shape comes with the tool: the prelude, and the traits of AWS and of the Smithy project.
    #[must_use]
    pub fn is_built_in(&self, shape: &Shape) -> bool {
        self.sources.is_built_in(shape.span.file)
    }

    /// Whether a shape is one that comes with the tool, or the model's own version of it.
    #[must_use]
    pub fn is_well_known(&self, shape: &Shape) -> bool {
        self.is_built_in(shape) || self.replaced.contains(&shape.id)
    }

    /// The services, sorted by ID. Mixins of services are none.
    pub fn services(&self) -> impl Iterator<Item = &Shape> {
        self.shapes.iter().filter(|shape| shape.shape_type == ShapeType::Service && !shape.traits.is_mixin())
    }

    /// The shape that a member's values have.
    #[must_use]
    pub fn target(&self, member: &Member) -> Option<&Shape> {
        self.shape(&member.target)
    }

    /// A trait of a member, or else of its target: for traits that a member may override.
    #[must_use]
    pub fn effective_trait<'a>(&'a self, member: &'a Member, id: &str) -> Option<&'a Node> {
        member.traits.get(id).or_else(|| self.target(member)?.traits.get(id))
    }

    /// The traits of a shape or member by its ID.
    #[must_use]
    pub fn traits_of(&self, id: &ShapeId) -> Option<&Traits> {
        match id.member() {
            Some(_) => self.member(id).map(|(_, member)| &member.traits),
            None => self.shape(id).map(|shape| &shape.traits),
        }
    }
}
