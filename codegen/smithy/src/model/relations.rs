//! How shapes and members of a model are connected.

use foldhash::{HashMap, HashSet};

use super::{Details, Member, Model, Operation, Resource, Shape, ShapeId, ShapeType, Traits};
use crate::source::Span;

/// A shape or a member: what selectors select and events are about.
#[derive(Clone, Copy, Debug)]
pub enum Item<'m> {
    /// A shape.
    Shape(&'m Shape),
    /// A member, with the shape that has it.
    Member(&'m Shape, &'m Member),
}

impl<'m> Item<'m> {
    /// The ID.
    #[must_use]
    pub fn id(self) -> &'m ShapeId {
        match self {
            Self::Shape(shape) => &shape.id,
            Self::Member(_, member) => &member.id,
        }
    }

    /// The applied traits.
    #[must_use]
    pub fn traits(self) -> &'m Traits {
        match self {
            Self::Shape(shape) => &shape.traits,
            Self::Member(_, member) => &member.traits,
        }
    }

    /// The place of the name.
    #[must_use]
    pub fn span(self) -> Span {
        match self {
            Self::Shape(shape) => shape.span,
            Self::Member(_, member) => member.span,
        }
    }

    /// The shape itself, or the one that has the member.
    #[must_use]
    pub fn container(self) -> &'m Shape {
        match self {
            Self::Shape(shape) | Self::Member(shape, _) => shape,
        }
    }

    /// The shape, if this is not a member.
    #[must_use]
    pub fn as_shape(self) -> Option<&'m Shape> {
        match self {
            Self::Shape(shape) => Some(shape),
            Self::Member(..) => None,
        }
    }

    /// The type's name; `member` for members.
    #[must_use]
    pub fn type_name(self) -> &'static str {
        match self {
            Self::Shape(shape) => shape.shape_type.name(),
            Self::Member(..) => "member",
        }
    }
}

/// How one shape relates to another (Smithy 2.0, "Selectors", "Relationships").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are those of the specification")]
pub enum Relation {
    Identifier,
    Property,
    Create,
    Put,
    Read,
    Update,
    Delete,
    List,
    Operation,
    CollectionOperation,
    Resource,
    Input,
    Output,
    Error,
    Member,
    /// From a member to the shape that its values have.
    Target,
    Mixin,
    /// From a shape to a shape that is applied to it as a trait. Only followed where it is asked for.
    Trait,
}

/// Every relation that selectors can name, with its name.
const LABELS: [(&str, Relation); 17] = [
    ("identifier", Relation::Identifier),
    ("property", Relation::Property),
    ("create", Relation::Create),
    ("put", Relation::Put),
    ("read", Relation::Read),
    ("update", Relation::Update),
    ("delete", Relation::Delete),
    ("list", Relation::List),
    ("operation", Relation::Operation),
    ("collectionOperation", Relation::CollectionOperation),
    ("resource", Relation::Resource),
    ("input", Relation::Input),
    ("output", Relation::Output),
    ("error", Relation::Error),
    ("member", Relation::Member),
    ("mixin", Relation::Mixin),
    ("trait", Relation::Trait),
];

impl Relation {
    /// The relation that selectors call by a name.
    #[must_use]
    pub fn from_label(label: &str) -> Option<Self> {
        LABELS.iter().find(|(name, _)| *name == label).map(|(_, relation)| *relation)
    }

    /// The name in selectors and messages.
    #[must_use]
    pub fn label(self) -> &'static str {
        LABELS.iter().find(|(_, relation)| *relation == self).map_or("target", |(name, _)| name)
    }

    /// Whether it binds an operation that works on one resource, not on the collection.
    #[must_use]
    pub fn is_instance_operation(self) -> bool {
        matches!(self, Self::Put | Self::Read | Self::Update | Self::Delete | Self::Operation)
    }
}

/// The number of an item in [`Relations`].
pub type ItemIndex = usize;

/// All items of a model and the relations between those that exist, in both directions.
#[derive(Debug)]
pub struct Relations<'m> {
    model: &'m Model,
    items: Vec<Item<'m>>,
    index: HashMap<&'m str, ItemIndex>,
    forward: Edges,
    reverse: Edges,
}

/// What leads from each item, one after the other.
#[derive(Debug)]
struct Edges {
    all: Vec<(Relation, ItemIndex)>,
    /// Where those of each item end.
    ends: Vec<usize>,
}

impl Edges {
    fn of(&self, at: ItemIndex) -> &[(Relation, ItemIndex)] {
        let start = at.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied());
        let range = start.zip(self.ends.get(at).copied());
        range.and_then(|(start, end)| self.all.get(start..end)).unwrap_or_default()
    }

    /// The same, from where they lead to.
    fn reversed(&self) -> Self {
        let mut ends = vec![0; self.ends.len()];
        for (_, to) in &self.all {
            if let Some(count) = ends.get_mut(*to) {
                *count += 1;
            }
        }
        let mut total = 0;
        for end in &mut ends {
            // The start for now: each edge that is put moves it, up to the end.
            total += std::mem::replace(end, total);
        }
        let mut all = vec![(Relation::Target, 0); self.all.len()];
        for from in 0..self.ends.len() {
            for (relation, to) in self.of(from) {
                if let Some(end) = ends.get_mut(*to) {
                    if let Some(edge) = all.get_mut(*end) {
                        *edge = (*relation, from);
                    }
                    *end += 1;
                }
            }
        }
        Self { all, ends }
    }
}

impl<'m> Relations<'m> {
    /// Finds the relations of a model.
    #[must_use]
    pub fn new(model: &'m Model) -> Self {
        let count = model.shapes().map(|shape| 1 + shape.members.len()).sum();
        let mut items = Vec::with_capacity(count);
        for shape in model.shapes() {
            items.push(Item::Shape(shape));
            items.extend(shape.members.iter().map(|member| Item::Member(shape, member)));
        }
        let index: HashMap<&str, ItemIndex> =
            items.iter().enumerate().map(|(at, item)| (item.id().as_str(), at)).collect();
        let mut forward = Edges { all: Vec::with_capacity(2 * count), ends: Vec::with_capacity(count) };
        for (at, item) in items.iter().enumerate() {
            // A shape's members are next to it.
            let mut member = at;
            mentions(*item, |relation, target| {
                let found = if relation == Relation::Member {
                    member += 1;
                    Some(member)
                } else {
                    index.get(target.as_str()).copied()
                };
                forward.all.extend(found.map(|target| (relation, target)));
            });
            forward.ends.push(forward.all.len());
        }
        let reverse = forward.reversed();
        Self { model, items, index, forward, reverse }
    }

    /// The model.
    #[must_use]
    pub fn model(&self) -> &'m Model {
        self.model
    }

    /// How many items there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are no items.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// All items, shapes by ID, each before its members.
    pub fn items(&self) -> impl ExactSizeIterator<Item = Item<'m>> {
        self.items.iter().copied()
    }

    /// The item of a number.
    #[must_use]
    pub fn item(&self, at: ItemIndex) -> Option<Item<'m>> {
        self.items.get(at).copied()
    }

    /// The number of an ID's item.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<ItemIndex> {
        self.index.get(id).copied()
    }

    /// What an item relates to, traits included.
    #[must_use]
    pub fn forward(&self, at: ItemIndex) -> &[(Relation, ItemIndex)] {
        self.forward.of(at)
    }

    /// What relates to an item, by traits included.
    #[must_use]
    pub fn reverse(&self, at: ItemIndex) -> &[(Relation, ItemIndex)] {
        self.reverse.of(at)
    }

    /// Everything that can be reached from an item, itself included, but not through traits; nearest first.
    #[must_use]
    pub fn reachable(&self, from: ItemIndex) -> Vec<ItemIndex> {
        self.reachable_from([from])
    }

    /// Everything that can be reached from any of several items.
    #[must_use]
    pub fn reachable_from(&self, from: impl IntoIterator<Item = ItemIndex>) -> Vec<ItemIndex> {
        let mut found: Vec<ItemIndex> = from.into_iter().collect();
        let mut seen: HashSet<ItemIndex> = found.iter().copied().collect();
        let mut next = 0;
        while let Some(at) = found.get(next).copied() {
            next += 1;
            for (relation, target) in self.forward(at) {
                if *relation != Relation::Trait && seen.insert(*target) {
                    found.push(*target);
                }
            }
        }
        found
    }
}

/// Calls back for every shape that an item mentions, whether it exists or not.
pub(crate) fn mentions<'m>(item: Item<'m>, mut found: impl FnMut(Relation, &'m ShapeId)) {
    match item {
        Item::Member(container, member) => {
            if !matches!(container.shape_type, ShapeType::Enum | ShapeType::IntEnum) {
                found(Relation::Target, &member.target);
            }
        }
        Item::Shape(shape) => {
            for mixin in &shape.mixins {
                found(Relation::Mixin, &mixin.target);
            }
            match &shape.details {
                Details::None => {}
                Details::Service(service) => {
                    service.operations.iter().for_each(|operation| found(Relation::Operation, &operation.target));
                    service.resources.iter().for_each(|resource| found(Relation::Resource, &resource.target));
                    service.errors.iter().for_each(|error| found(Relation::Error, &error.target));
                }
                Details::Resource(resource) => resource_mentions(resource, &mut found),
                Details::Operation(operation) => operation_mentions(operation, &mut found),
            }
            shape.members.iter().for_each(|member| found(Relation::Member, &member.id));
        }
    }
    item.traits().iter().for_each(|(id, _)| found(Relation::Trait, id));
}

fn resource_mentions<'m>(resource: &'m Resource, found: &mut impl FnMut(Relation, &'m ShapeId)) {
    resource.identifiers.iter().for_each(|(_, shape)| found(Relation::Identifier, &shape.target));
    resource.properties.iter().for_each(|(_, shape)| found(Relation::Property, &shape.target));
    resource.resources.iter().for_each(|child| found(Relation::Resource, &child.target));
    for (name, operation) in resource.lifecycle() {
        if let Some(relation) = Relation::from_label(name) {
            found(relation, &operation.target);
        }
    }
    resource.operations.iter().for_each(|operation| found(Relation::Operation, &operation.target));
    let collection = resource.collection_operations.iter();
    collection.for_each(|operation| found(Relation::CollectionOperation, &operation.target));
}

fn operation_mentions<'m>(operation: &'m Operation, found: &mut impl FnMut(Relation, &'m ShapeId)) {
    // A `Unit` says that there is nothing: no relation.
    if operation.input.target != "smithy.api#Unit" {
        found(Relation::Input, &operation.input.target);
    }
    if operation.output.target != "smithy.api#Unit" {
        found(Relation::Output, &operation.output.target);
    }
    operation.errors.iter().for_each(|error| found(Relation::Error, &error.target));
}
