//! What every rule has at hand.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt;
use std::rc::Rc;

use fancy_regex::{Expr, ParseError, Regex};
use foldhash::HashMap;

use crate::model::relations::{Item, ItemIndex, Relations};
use crate::model::{Event, Model, Operation, Severity, Shape, ShapeId, ShapeType, nearest_names};
use crate::select::{Selector, TooManySteps};
use crate::source::{Node, Span};

/// How many shapes of the same name are proposed.
const MOST_NAMESAKES: usize = 3;

type Selection = Result<Rc<BTreeSet<ItemIndex>>, TooManySteps>;

/// A model with its relations and an index of its traits.
pub(super) struct Context<'m> {
    pub(super) relations: &'m Relations<'m>,
    /// The items, those that come with the tool left out, that a trait is applied to.
    applied: HashMap<&'m str, Vec<ItemIndex>>,
    selectors: RefCell<HashMap<String, Option<Rc<Selector>>>>,
    selections: RefCell<HashMap<String, Selection>>,
    patterns: RefCell<HashMap<String, Option<Regex>>>,
    /// The values of enums that were asked for.
    enums: RefCell<HashMap<ShapeId, Rc<BTreeSet<EnumValue>>>>,
    nearest: RefCell<HashMap<ShapeId, Vec<ShapeId>>>,
}

/// An item with a trait, and the trait's value.
#[derive(Clone, Copy)]
pub(super) struct Applied<'m> {
    pub(super) item: Item<'m>,
    pub(super) value: &'m Node,
}

impl<'m> Context<'m> {
    pub(super) fn new(relations: &'m Relations<'m>) -> Self {
        let mut applied: HashMap<&str, Vec<ItemIndex>> = HashMap::default();
        for (at, item) in relations.items().enumerate() {
            if relations.model().is_built_in(item.container()) {
                continue;
            }
            for (id, _) in item.traits().iter() {
                applied.entry(id.as_str()).or_default().push(at);
            }
        }
        Self {
            relations,
            applied,
            selectors: RefCell::default(),
            selections: RefCell::default(),
            patterns: RefCell::default(),
            enums: RefCell::default(),
            nearest: RefCell::default(),
        }
    }

    pub(super) fn model(&self) -> &'m Model {
        self.relations.model()
    }

    /// The items that do not come with the tool.
    pub(super) fn own_items(&self) -> impl Iterator<Item = (ItemIndex, Item<'m>)> + '_ {
        let model = self.model();
        self.relations.items().enumerate().filter(move |(_, item)| !model.is_built_in(item.container()))
    }

    /// The shapes of a type that do not come with the tool.
    pub(super) fn own(&self, shape_type: ShapeType) -> impl Iterator<Item = &'m Shape> + '_ {
        self.model().own_shapes().filter(move |shape| shape.shape_type == shape_type)
    }

    /// The members of structures and unions that do not come with the tool.
    pub(super) fn own_members(&self) -> impl Iterator<Item = Item<'m>> + '_ {
        self.own_items().map(|(_, item)| item).filter(|item| matches!(item, Item::Member(..)))
    }

    /// The own items with a trait.
    pub(super) fn with_trait(&self, id: &str) -> Vec<Applied<'m>> {
        let items = self.applied.get(id).into_iter().flatten();
        items
            .filter_map(|at| self.relations.item(*at))
            .filter_map(|item| item.traits().get(id).map(|value| Applied { item, value }))
            .collect()
    }

    /// The own shapes with a trait, members left out.
    pub(super) fn shapes_with(&self, id: &str) -> impl Iterator<Item = (&'m Shape, &'m Node)> {
        self.with_trait(id)
            .into_iter()
            .filter_map(|applied| applied.item.as_shape().map(|shape| (shape, applied.value)))
    }

    /// The IDs of all traits that are applied to own items, sorted.
    pub(super) fn applied_traits(&self) -> Vec<&'m str> {
        let mut ids: Vec<&str> = self.applied.keys().copied().collect();
        ids.sort_unstable();
        ids
    }

    /// The shapes that define traits, with the definition; also those that come with the tool.
    pub(super) fn trait_definitions(&self) -> impl Iterator<Item = (&'m Shape, &'m Node)> {
        let definition = |shape: &'m Shape| shape.traits.get("smithy.api#trait").map(|definition| (shape, definition));
        self.model().shapes().filter_map(definition)
    }

    /// The shapes that define traits with validators of their own; also those that come with the tool.
    pub(super) fn trait_validators(&self) -> impl Iterator<Item = (&'m Shape, &'m Node)> {
        self.trait_definitions().filter_map(|(shape, _)| {
            shape.traits.get("smithy.api#traitValidators").map(|validators| (shape, validators))
        })
    }

    /// The operations of a service, through resources too.
    pub(super) fn operations_of(&self, service: &Shape) -> impl Iterator<Item = &'m Shape> {
        let model = self.model();
        model.operations_of(&service.id).into_iter().filter_map(move |id| model.shape(&id))
    }

    /// The resources of a service, at any depth, sorted by ID.
    pub(super) fn resources_of(&self, service: &Shape) -> Vec<&'m Shape> {
        let model = self.model();
        model.resources_of(&service.id).iter().filter_map(|id| model.shape(id)).collect()
    }

    /// The operation's input structure; that of `Unit` if there is none.
    pub(super) fn input(&self, operation: &Operation) -> Option<&'m Shape> {
        self.model().shape(&operation.input.target)
    }

    /// The operation's output structure; that of `Unit` if there is none.
    pub(super) fn output(&self, operation: &Operation) -> Option<&'m Shape> {
        self.model().shape(&operation.output.target)
    }

    /// What an item relates to or from, by its ID.
    pub(super) fn index(&self, id: &ShapeId) -> Option<ItemIndex> {
        self.relations.find(id.as_str())
    }

    /// The shapes with a name most like that of one that does not exist: of its namespace, else of the prelude, else those
    /// of any namespace with the same name. They are searched once for each ID, since what is misspelled or left out tends to be mentioned often.
    pub(super) fn nearest_shapes(&self, id: &ShapeId) -> Vec<ShapeId> {
        if let Some(known) = self.nearest.borrow().get(id) {
            return known.clone();
        }
        let near: Vec<ShapeId> = self.find_nearest_shapes(id).into_iter().cloned().collect();
        self.nearest.borrow_mut().insert(id.clone(), near.clone());
        near
    }

    fn find_nearest_shapes(&self, id: &ShapeId) -> Vec<&'m ShapeId> {
        let candidates = |namespace: &str| {
            let shapes = self.model().shapes().map(|shape| &shape.id);
            shapes.filter(|other| other.namespace() == namespace).collect::<Vec<_>>()
        };
        [id.namespace(), "smithy.api"]
            .into_iter()
            .map(|namespace| {
                let shapes = candidates(namespace);
                let near = nearest_names(id.name(), shapes.iter().map(|shape| shape.name()));
                near.into_iter().filter_map(|name| shapes.iter().find(|shape| shape.name() == name).copied()).collect()
            })
            .find(|near: &Vec<&ShapeId>| !near.is_empty())
            .unwrap_or_else(|| {
                let ids = self.model().shapes().map(|shape| &shape.id);
                ids.filter(|other| other.name() == id.name()).take(MOST_NAMESAKES).collect()
            })
    }

    /// The selector of a text, parsed once; `None` if it does not parse, which is reported where it is stated.
    pub(super) fn selector(&self, text: &str) -> Option<Rc<Selector>> {
        if let Some(known) = self.selectors.borrow().get(text) {
            return known.clone();
        }
        let selector = Selector::parse(text).ok().map(Rc::new);
        self.selectors.borrow_mut().insert(text.to_owned(), selector.clone());
        selector
    }

    /// Whether a selector selects an item.
    pub(super) fn selects(&self, selector: &Selector, item: ItemIndex) -> Result<bool, TooManySteps> {
        match selector.selects_locally(self.relations, item) {
            Some(selects) => Ok(selects),
            None => self.select(selector).map(|selected| selected.contains(&item)),
        }
    }

    /// What a selector selects; each selector is evaluated once.
    pub(super) fn select(&self, selector: &Selector) -> Selection {
        if let Some(known) = self.selections.borrow().get(selector.text()) {
            return known.clone();
        }
        let selection = selector.select(self.relations).map(Rc::new);
        self.selections.borrow_mut().insert(selector.text().to_owned(), selection.clone());
        selection
    }
}

impl Context<'_> {
    /// Whether a pattern matches anywhere in a text; `None` if the pattern cannot be used, or takes too long.
    pub(super) fn matches_pattern(&self, pattern: &str, text: &str) -> Option<bool> {
        let mut patterns = self.patterns.borrow_mut();
        if !patterns.contains_key(pattern) {
            patterns.insert(pattern.to_owned(), Regex::new(pattern).ok());
        }
        patterns.get(pattern)?.as_ref().and_then(|regex| regex.is_match(text).ok())
    }

    /// Returns the values of an enum, an intEnum, or a string with the trait `enum`; `None` for other shapes.
    pub(super) fn enum_values(&self, shape: &Shape) -> Option<Rc<BTreeSet<EnumValue>>> {
        let definitions = match shape.shape_type {
            ShapeType::Enum | ShapeType::IntEnum => None,
            ShapeType::String => Some(shape.traits.get("smithy.api#enum")?),
            _ => return None,
        };
        let mut enums = self.enums.borrow_mut();
        if let Some(known) = enums.get(&shape.id) {
            return Some(Rc::clone(known));
        }
        let values: BTreeSet<EnumValue> = match definitions {
            Some(definitions) => {
                let definitions = definitions.as_array().unwrap_or_default().iter();
                definitions.filter_map(|definition| EnumValue::of(definition.get("value")?)).collect()
            }
            None => shape.enum_values().filter_map(|(_, value)| EnumValue::of(value)).collect(),
        };
        let values = Rc::new(values);
        enums.insert(shape.id.clone(), Rc::clone(&values));
        Some(values)
    }
}

/// A value of an enum.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum EnumValue {
    Text(String),
    Number(i64),
}

impl EnumValue {
    fn of(value: &Node) -> Option<Self> {
        let text = value.as_str().map(|text| Self::Text(text.to_owned()));
        text.or_else(|| value.as_i64().map(Self::Number))
    }
}

impl fmt::Display for EnumValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => text.fmt(f),
            Self::Number(number) => number.fmt(f),
        }
    }
}

/// What is wrong with a pattern, if it is malformed in every dialect of regular expressions. The pattern is only parsed:
/// compiling it costs a hundred times as much, and most patterns are never matched.
pub(super) fn pattern_problem(pattern: &str) -> Option<String> {
    match Expr::parse_tree(pattern) {
        Err(fancy_regex::Error::ParseError(at, kind)) if is_malformed(&kind) => Some(format!("{kind}, at byte {at}")),
        _ => None,
    }
}

fn is_malformed(kind: &ParseError) -> bool {
    matches!(
        kind,
        ParseError::GeneralParseError(_)
            | ParseError::UnclosedOpenParen
            | ParseError::InvalidRepeat
            | ParseError::InvalidClass
            | ParseError::TargetNotRepeatable
            | ParseError::TrailingBackslash
    )
}

impl<'m> From<&'m Shape> for Item<'m> {
    fn from(shape: &'m Shape) -> Self {
        Self::Shape(shape)
    }
}

/// The events of a validation.
pub(super) struct Report {
    events: Vec<Event>,
}

impl Report {
    pub(super) fn new(events: Vec<Event>) -> Self {
        Self { events }
    }

    pub(super) fn push(&mut self, event: Event) {
        self.events.push(event);
    }

    /// An event about an item, at the item's name.
    pub(super) fn add<'m>(
        &mut self,
        severity: Severity,
        id: impl Into<String>,
        item: impl Into<Item<'m>>,
        message: impl Into<String>,
    ) {
        let item = item.into();
        self.add_at(severity, id, item, item.span(), message);
    }

    /// An event about an item, at some other place.
    pub(super) fn add_at<'m>(
        &mut self,
        severity: Severity,
        id: impl Into<String>,
        item: impl Into<Item<'m>>,
        span: Span,
        message: impl Into<String>,
    ) {
        let shape = Some(item.into().id().clone());
        self.events.push(Event { severity, id: id.into(), shape, message: message.into(), span });
    }

    /// An error about an item.
    pub(super) fn error<'m>(&mut self, id: impl Into<String>, item: impl Into<Item<'m>>, message: impl Into<String>) {
        self.add(Severity::Error, id, item, message);
    }

    /// An error about a trait of an item, at the trait's value.
    pub(super) fn trait_error(&mut self, id: impl Into<String>, applied: Applied<'_>, message: impl Into<String>) {
        self.add_at(Severity::Error, id, applied.item, applied.value.span, message);
    }

    pub(super) fn has_errors(&self) -> bool {
        self.events.iter().any(|event| event.severity == Severity::Error)
    }

    pub(super) fn into_events(self) -> Vec<Event> {
        self.events
    }
}

/// A trait's name in messages: without the namespace of the prelude.
pub(super) fn trait_name(id: &str) -> &str {
    id.strip_prefix("smithy.api#").unwrap_or(id)
}

/// The most names that a message lists.
const MOST_NAMES: usize = 20;

/// Names in back ticks with commas between them; of very many only the first.
pub(super) fn ticked<T: std::fmt::Display>(names: impl IntoIterator<Item = T>) -> String {
    let mut names = names.into_iter();
    let first: Vec<T> = names.by_ref().take(MOST_NAMES).collect();
    let count = first.len() + names.count();
    ticked_of(first, count)
}

/// The same without a look at those that are not listed.
pub(super) fn ticked_of<T: std::fmt::Display>(names: impl IntoIterator<Item = T>, count: usize) -> String {
    let mut shown: Vec<String> = names.into_iter().take(MOST_NAMES).map(|name| format!("`{name}`")).collect();
    if let Some(more) = count.checked_sub(shown.len()).filter(|more| *more > 0) {
        shown.push(format!("and {more} more"));
    }
    shown.join(", ")
}
