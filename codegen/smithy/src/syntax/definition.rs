//! What one file says.

use super::Version;
use crate::model::{Event, Reference, Severity, Shape, ShapeId, nearest_names};
use crate::source::{Entry, Node, Span};

/// Everything that one file says.
#[derive(Debug)]
pub(crate) struct Definitions {
    pub(crate) version: Version,
    /// The namespace that relative names of an IDL file are in.
    pub(crate) namespace: Option<Box<str>>,
    pub(crate) metadata: Vec<Entry>,
    pub(crate) shapes: Vec<Definition>,
    pub(crate) applications: Vec<Application>,
    pub(crate) mentions: Vec<Mention>,
    /// What is wrong with the file.
    pub(crate) events: Vec<Event>,
}

impl Definitions {
    pub(crate) fn new(version: Version) -> Self {
        Self {
            version,
            namespace: None,
            metadata: Vec::new(),
            shapes: Vec::new(),
            applications: Vec::new(),
            mentions: Vec::new(),
            events: Vec::new(),
        }
    }
}

/// A shape of a file, before traits and mixins.
#[derive(Debug)]
pub(crate) struct Definition {
    pub(crate) shape: Shape,
    pub(crate) version: Version,
    /// The type as the file names it: `set` is not kept otherwise.
    pub(crate) type_name: &'static str,
    /// The resource of a structure, from which elided targets come.
    pub(crate) resource: Option<Reference>,
    /// The positions of members whose target is elided: the resource or a mixin has it.
    pub(crate) elided: Vec<usize>,
}

impl Definition {
    pub(crate) fn new(shape: Shape, version: Version, keyword: super::ShapeKeyword) -> Self {
        Self { shape, version, type_name: keyword.name, resource: None, elided: Vec::new() }
    }
}

/// A trait of a file, to be applied once all shapes are known.
#[derive(Debug)]
pub(crate) struct Application {
    pub(crate) target: ShapeId,
    pub(crate) id: ShapeId,
    pub(crate) id_span: Span,
    pub(crate) value: Node,
    /// Whether no value was given. Which one is meant depends on the trait's type.
    pub(crate) is_annotation: bool,
    /// Whether an `apply` statement says so.
    pub(crate) is_statement: bool,
    /// Whether the value is assigned to a member with `=`; it takes the place of a trait that was given otherwise.
    pub(crate) is_assigned: bool,
    /// Whether the file says that it is of the prelude's namespace.
    pub(crate) is_prelude: bool,
    pub(crate) version: Version,
}

/// Words that have to be the ID of a shape.
#[derive(Debug)]
pub(crate) struct Mention {
    pub(crate) kind: MentionKind,
    pub(crate) id: ShapeId,
    pub(crate) span: Span,
}

/// Where a mention stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MentionKind {
    /// In a `use` statement.
    Use,
    /// In a value, without quotes.
    Value,
}

/// The warning about properties that mean nothing; `None` if there are none.
pub(crate) fn additional_properties(
    shape: Option<&ShapeId>,
    possible: &[&str],
    mut additional: Vec<(Box<str>, Span)>,
) -> Option<Event> {
    let (_, span) = additional.first()?;
    let span = *span;
    additional.sort_unstable();
    let list = |keys: &mut dyn Iterator<Item = &str>| keys.map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
    let near = additional.first().and_then(|(key, _)| nearest_names(key, possible.iter().copied()).into_iter().next());
    let hint = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    let message = format!(
        "Expected an object with possible properties of {}, but found additional properties: {}{hint}",
        list(&mut possible.iter().copied()),
        list(&mut additional.iter().map(|(key, _)| &**key)),
    );
    Some(Event::error("Model", shape.cloned(), span, message).at(Severity::Warning))
}
