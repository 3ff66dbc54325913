//! What was added, removed and changed between two models: the one walk that every evaluator looks at.

use std::cmp::Ordering;

use super::change::Change;
use crate::model::{Member, Model, Shape, ShapeId, ShapeType, Traits};
use crate::source::{Node, Span};

/// A shape, or a member, which Smithy counts as a shape too.
#[derive(Clone, Copy)]
pub(super) enum Subject<'a> {
    Shape(&'a Shape),
    /// A member and the shape that holds it.
    Member(&'a Member, &'a Shape),
}

impl<'a> Subject<'a> {
    pub(super) fn id(self) -> &'a ShapeId {
        match self {
            Self::Shape(shape) => &shape.id,
            Self::Member(member, _) => &member.id,
        }
    }

    pub(super) fn traits(self) -> &'a Traits {
        match self {
            Self::Shape(shape) => &shape.traits,
            Self::Member(member, _) => &member.traits,
        }
    }

    pub(super) fn span(self) -> Span {
        match self {
            Self::Shape(shape) => shape.span,
            Self::Member(member, _) => member.span,
        }
    }

    /// The type as the specification writes it; `member` for a member.
    pub(super) fn type_name(self) -> &'static str {
        match self {
            Self::Shape(shape) => shape.shape_type.name(),
            Self::Member(..) => "member",
        }
    }

    pub(super) fn as_shape(self) -> Option<&'a Shape> {
        match self {
            Self::Shape(shape) => Some(shape),
            Self::Member(..) => None,
        }
    }

    pub(super) fn as_member(self) -> Option<&'a Member> {
        match self {
            Self::Shape(_) => None,
            Self::Member(member, _) => Some(member),
        }
    }
}

/// The same shape or member in both models.
#[derive(Clone, Copy)]
pub(super) struct Pair<'a> {
    pub(super) old: Subject<'a>,
    pub(super) new: Subject<'a>,
}

/// A trait that one side has and the other has not, or that has another value there.
#[derive(Clone, Copy)]
pub(super) enum TraitChange<'a> {
    Added(&'a Node),
    Removed(&'a Node),
    Updated(&'a Node, &'a Node),
}

impl<'a> TraitChange<'a> {
    pub(super) fn before(self) -> Option<&'a Node> {
        match self {
            Self::Removed(old) | Self::Updated(old, _) => Some(old),
            Self::Added(_) => None,
        }
    }

    pub(super) fn after(self) -> Option<&'a Node> {
        match self {
            Self::Added(new) | Self::Updated(_, new) => Some(new),
            Self::Removed(_) => None,
        }
    }
}

impl<'a> Pair<'a> {
    /// Both sides as shapes of one type.
    pub(super) fn shapes_of(self, wanted: ShapeType) -> Option<(&'a Shape, &'a Shape)> {
        let (old, new) = self.shapes()?;
        (old.shape_type == wanted && new.shape_type == wanted).then_some((old, new))
    }

    /// Both sides as shapes.
    pub(super) fn shapes(self) -> Option<(&'a Shape, &'a Shape)> {
        Some((self.old.as_shape()?, self.new.as_shape()?))
    }

    /// Both sides as members.
    pub(super) fn members(self) -> Option<(&'a Member, &'a Member)> {
        Some((self.old.as_member()?, self.new.as_member()?))
    }

    pub(super) fn trait_added(self, id: &str) -> bool {
        !self.old.traits().has(id) && self.new.traits().has(id)
    }

    pub(super) fn trait_removed(self, id: &str) -> bool {
        self.old.traits().has(id) && !self.new.traits().has(id)
    }

    pub(super) fn trait_in_both(self, id: &str) -> bool {
        self.old.traits().has(id) && self.new.traits().has(id)
    }

    /// The traits that differ, by ID.
    ///
    /// A string with the `enum` trait that became an `enum` shape, or the other way round, has kept its values: the
    /// trait itself counts as neither removed nor added.
    pub(super) fn trait_changes(self) -> Vec<(&'a ShapeId, TraitChange<'a>)> {
        let mut changes = Vec::new();
        let mut old = self.old.traits().iter().peekable();
        let mut new = self.new.traits().iter().peekable();
        loop {
            let order = match (old.peek(), new.peek()) {
                (None, None) => break,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some((left, _)), Some((right, _))) => left.cmp(right),
            };
            match order {
                Ordering::Less => {
                    if let Some((id, value)) = old.next()
                        && !(id == "smithy.api#enum" && is_enum_shape(self.new))
                    {
                        changes.push((id, TraitChange::Removed(value)));
                    }
                }
                Ordering::Greater => {
                    if let Some((id, value)) = new.next()
                        && !(id == "smithy.api#enum" && is_enum_shape(self.old))
                    {
                        changes.push((id, TraitChange::Added(value)));
                    }
                }
                Ordering::Equal => {
                    if let (Some((_, left)), Some((id, right))) = (old.next(), new.next())
                        && left != right
                    {
                        changes.push((id, TraitChange::Updated(left, right)));
                    }
                }
            }
        }
        changes
    }
}

fn is_enum_shape(subject: Subject<'_>) -> bool {
    subject.as_shape().is_some_and(|shape| shape.shape_type == ShapeType::Enum)
}

/// The differences of two models, each list ordered by shape ID, a shape before its members.
pub(super) struct Differences<'a> {
    pub(super) old: &'a Model,
    pub(super) new: &'a Model,
    pub(super) added: Vec<Subject<'a>>,
    pub(super) removed: Vec<Subject<'a>>,
    pub(super) changed: Vec<Pair<'a>>,
    /// 0 for a comparison of models; more when the targets of a member are compared as if they were one shape.
    pub(super) depth: usize,
    /// Runs every evaluator, for one that compares further shapes.
    pub(super) evaluate: Evaluate,
}

pub(super) type Evaluate = fn(&Differences<'_>) -> Vec<Change>;

impl<'a> Differences<'a> {
    /// Compares all shapes of two models.
    pub(super) fn detect(old: &'a Model, new: &'a Model, evaluate: Evaluate) -> Self {
        let mut found = Self::none(old, new, evaluate);
        for shape in old.own_shapes() {
            match new.shape(&shape.id) {
                Some(same) => found.compare(shape, same),
                None => add_with_members(&mut found.removed, shape),
            }
        }
        for shape in new.own_shapes() {
            if old.shape(&shape.id).is_none() {
                add_with_members(&mut found.added, shape);
            }
        }
        found
    }

    /// The definition of a trait, and the model that has it: the new one, or the old one where the new one names nothing of
    /// a package that comes with the tool.
    pub(super) fn definition(&self, id: &ShapeId) -> Option<(&'a Model, &'a Shape)> {
        let new = self.new.shape(id).map(|shape| (self.new, shape));
        new.or_else(|| self.old.shape(id).filter(|shape| self.old.is_built_in(shape)).map(|shape| (self.old, shape)))
    }

    /// Two models of which nothing was compared yet.
    pub(super) fn none(old: &'a Model, new: &'a Model, evaluate: Evaluate) -> Self {
        Self { old, new, added: Vec::new(), removed: Vec::new(), changed: Vec::new(), depth: 0, evaluate }
    }

    fn compare(&mut self, old: &'a Shape, new: &'a Shape) {
        let members_differ = self.compare_members(old, new);
        let differs = members_differ
            || old.shape_type != new.shape_type
            || old.traits != new.traits
            || old.details != new.details;
        if differs {
            self.changed.push(Pair { old: Subject::Shape(old), new: Subject::Shape(new) });
        }
    }

    /// Whether members were added, removed, changed or put into another order.
    fn compare_members(&mut self, old: &'a Shape, new: &'a Shape) -> bool {
        let mut differs = old.members.len() != new.members.len();
        for (at, member) in old.members.iter().enumerate() {
            let before = Subject::Member(member, old);
            // Most members stay where they are; only the others are searched for.
            let in_place = new.members.get(at).filter(|same| same.name == member.name);
            differs |= in_place.is_none();
            match in_place.or_else(|| new.member(&member.name)) {
                Some(same) if member.target == same.target && member.traits == same.traits => {}
                Some(same) => {
                    differs = true;
                    self.changed.push(Pair { old: before, new: Subject::Member(same, new) });
                }
                None => self.removed.push(before),
            }
        }
        for member in &new.members {
            if old.member(&member.name).is_none() {
                differs = true;
                self.added.push(Subject::Member(member, new));
            }
        }
        differs
    }
}

fn add_with_members<'a>(list: &mut Vec<Subject<'a>>, shape: &'a Shape) {
    list.push(Subject::Shape(shape));
    list.extend(shape.members.iter().map(|member| Subject::Member(member, shape)));
}
