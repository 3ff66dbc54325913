//! Content of a service's reference pages: commands, their options and output, and the shapes that describe those.

use std::sync::{Arc, LazyLock};

use whitesmith_smithy::model::ErrorFault;

use crate::naming_cli::OptionName;
use crate::{Documentation, Json, ModelText};

/// The pages of a service.
#[derive(Debug, Clone, PartialEq)]
pub struct ServicePages {
    /// The command of the service: what follows `aws`.
    pub name: String,
    /// The version of the API.
    pub version: ModelText,
    /// The service's title.
    pub title: ModelText,
    /// The service's documentation.
    pub documentation: Documentation,
    /// Whether AWS publishes the service's API: the AWS CLI then refers to its pages.
    pub is_aws: bool,
    /// A page for each operation, sorted by command.
    pub commands: Vec<CommandPage>,
    /// The names that the service's page lists, `help` and `wait` among them, sorted.
    pub listed: Vec<String>,
    /// The waiters, sorted by name.
    pub waiters: Vec<WaiterPage>,
    /// Every shape that the pages mention.
    pub shapes: Vec<ShapePage>,
}

/// The page of an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct CommandPage {
    /// The name of the command.
    pub command: String,
    /// The name of the operation.
    pub operation: String,
    /// The operation's documentation.
    pub documentation: Documentation,
    /// The options, in the order of the input's members.
    pub options: Vec<OptionPage>,
    /// The input structure, if the operation has one.
    pub input: Option<ShapeIndex>,
    /// The output structure, if the operation has one.
    pub output: Option<ShapeIndex>,
    /// Whether the output is a file's content: its name is then an argument.
    pub has_output_file: bool,
    /// Present if the command prints events: the path to them in the output.
    pub events: Option<String>,
    /// Present if the command fetches pages: its options then lack those for single pages.
    pub pagination: Option<PaginationPage>,
    /// Whether documents occur in the input or the output.
    pub uses_documents: bool,
    /// Present if the operation is deprecated: the reason, which may be empty.
    pub deprecated: Option<ModelText>,
    /// The errors that the operation may return, the service's common ones included, sorted by name.
    pub errors: Vec<ErrorPage>,
    /// Examples that the model gives.
    pub examples: Vec<Example>,
}

/// How a command fetches pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaginationPage {
    /// Which member of the input limits the size of a page.
    pub page_size: Option<usize>,
    /// The paths to the items in a result.
    pub items: Vec<String>,
}

/// The page of a waiter.
#[derive(Debug, Clone, PartialEq)]
pub struct WaiterPage {
    /// The name that follows `wait`.
    pub name: String,
    /// Which of [`ServicePages::commands`] it polls.
    pub command: usize,
    /// What it waits for.
    pub documentation: Documentation,
    /// Seconds between attempts.
    pub delay: u32,
}

/// An option of a command.
#[derive(Debug, Clone, PartialEq)]
pub struct OptionPage {
    /// Its name on the command line.
    pub name: OptionName,
    /// Which member of the input it sets.
    pub member: usize,
    /// Whether the command requires it.
    pub is_required: bool,
}

/// An error that an operation may return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorPage {
    /// The name of its shape.
    pub name: String,
    /// The meaning.
    pub documentation: Documentation,
    /// The side at fault.
    pub fault: Option<ErrorFault>,
    /// Whether the same call may succeed later.
    pub is_retryable: bool,
    /// Whether it is a throttling error.
    pub is_throttling: bool,
    /// Its HTTP status, if the model gives one.
    pub status: Option<u16>,
}

/// An example of an operation's use.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// The title.
    pub title: ModelText,
    /// More about it.
    pub documentation: Documentation,
    /// The input, as JSON.
    pub input: Option<Json>,
    /// The output, as JSON.
    pub output: Option<Json>,
}

/// Which of [`ServicePages::shapes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShapeIndex(pub usize);

/// A shape, as pages describe it.
#[derive(Debug, Clone, PartialEq)]
pub struct ShapePage {
    /// Its name.
    pub name: String,
    /// The kind.
    pub kind: ShapeKind,
    /// Its documentation.
    pub documentation: Documentation,
    /// Limits on its values.
    pub limits: Limits,
    /// The values of an enum.
    pub values: Vec<ModelText>,
    /// The members: of a list its element, of a map its key and value.
    pub members: Vec<MemberPage>,
}

/// The kind of a shape, in the AWS CLI's terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShapeKind {
    /// A structure.
    Structure,
    /// A structure of which one member at a time is set.
    Union,
    /// A list.
    List,
    /// A map.
    Map,
    /// A JSON value of any kind.
    Document,
    /// A simple value; the name of its type.
    Scalar(&'static str),
    /// Bytes that are read from a file and written to one.
    StreamingBlob,
}

/// A member, as pages describe it.
#[derive(Debug, Clone, PartialEq)]
pub struct MemberPage {
    /// Its name in the model.
    pub name: String,
    /// Its name on the wire, if the model gives another.
    pub wire_name: Option<ModelText>,
    /// The shape of its values.
    pub shape: ShapeIndex,
    /// Its documentation, else that of its shape.
    pub documentation: Documentation,
    /// Limits on its values, in place of those of its shape.
    pub limits: Limits,
    /// Whether the structure requires it.
    pub is_required: bool,
    /// Whether the value is JSON in a header.
    pub is_json: bool,
    /// Present if the member is deprecated: the reason, which may be empty.
    pub deprecated: Option<ModelText>,
}

/// Limits on values, each as text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Limits {
    /// The least length or value.
    pub min: Option<ModelText>,
    /// The greatest length or value.
    pub max: Option<ModelText>,
    /// The regular expression that values match.
    pub pattern: Option<ModelText>,
}

impl Limits {
    /// The limits that are there, with the names that the AWS CLI gives them.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, &ModelText)> {
        [("min", &self.min), ("max", &self.max), ("pattern", &self.pattern)]
            .into_iter()
            .filter_map(|(name, value)| value.as_ref().map(|value| (name, value)))
    }

    /// These limits where there are any, else the others.
    pub fn or(&self, others: &Self) -> Self {
        Self {
            min: self.min.clone().or_else(|| others.min.clone()),
            max: self.max.clone().or_else(|| others.max.clone()),
            pattern: self.pattern.clone().or_else(|| others.pattern.clone()),
        }
    }
}

impl ShapeKind {
    /// The type that shapes of the kind have in botocore's models.
    pub fn type_name(self) -> &'static str {
        match self {
            Self::Structure | Self::Union | Self::Document => "structure",
            Self::List => "list",
            Self::Map => "map",
            Self::Scalar(name) => name,
            Self::StreamingBlob => "blob",
        }
    }

    /// Whether values are simple: what the AWS CLI takes as one word.
    pub fn is_scalar(self) -> bool {
        matches!(self, Self::Scalar(_) | Self::StreamingBlob)
    }
}

impl ServicePages {
    /// A shape of the pages.
    pub fn shape(&self, index: ShapeIndex) -> &ShapePage {
        // Indices are made by the planner only, one for each shape that it keeps.
        static NOTHING: LazyLock<ShapePage> = LazyLock::new(|| ShapePage {
            name: String::new(),
            kind: ShapeKind::Structure,
            documentation: Documentation::default(),
            limits: Limits::default(),
            values: Vec::new(),
            members: Vec::new(),
        });
        self.shapes.get(index.0).unwrap_or(&NOTHING)
    }

    /// Returns the total size of the pages' texts and names in bytes, each counted once.
    pub fn text_len(&self) -> usize {
        let shape = |shape: &ShapePage| {
            let members = shape.members.iter().map(|member| {
                let is_own = !Arc::ptr_eq(&member.documentation.nodes, &self.target(member).documentation.nodes);
                member.name.len() + if is_own { member.documentation.text_len() } else { 0 }
            });
            shape.name.len() + shape.documentation.text_len() + members.sum::<usize>()
        };
        let commands = self.commands.iter().map(|command| command.command.len() + command.documentation.text_len());
        self.shapes.iter().map(shape).chain(commands).sum()
    }

    /// Every documentation of the pages.
    pub(crate) fn documentations(&self) -> impl Iterator<Item = &Documentation> {
        let commands = self.commands.iter().flat_map(|command| {
            let errors = command.errors.iter().map(|error| &error.documentation);
            let examples = command.examples.iter().map(|example| &example.documentation);
            std::iter::once(&command.documentation).chain(errors).chain(examples)
        });
        let shapes = self.shapes.iter().flat_map(|shape| {
            let members = shape.members.iter().map(|member| &member.documentation);
            std::iter::once(&shape.documentation).chain(members)
        });
        std::iter::once(&self.documentation).chain(commands).chain(shapes)
    }

    /// Every documentation of the pages, to be replaced.
    pub(crate) fn documentations_mut(&mut self) -> impl Iterator<Item = &mut Documentation> {
        let commands = self.commands.iter_mut().flat_map(|command| {
            let errors = command.errors.iter_mut().map(|error| &mut error.documentation);
            let examples = command.examples.iter_mut().map(|example| &mut example.documentation);
            std::iter::once(&mut command.documentation).chain(errors).chain(examples)
        });
        let shapes = self.shapes.iter_mut().flat_map(|shape| {
            let members = shape.members.iter_mut().map(|member| &mut member.documentation);
            std::iter::once(&mut shape.documentation).chain(members)
        });
        std::iter::once(&mut self.documentation).chain(commands).chain(shapes)
    }

    /// The shape of a member's values.
    pub fn target(&self, member: &MemberPage) -> &ShapePage {
        self.shape(member.shape)
    }

    /// The limits on a member's values.
    pub fn limits(&self, member: &MemberPage) -> Limits {
        member.limits.or(&self.target(member).limits)
    }

    /// Returns the type label in parentheses after a member's name.
    pub fn type_label(&self, member: &MemberPage) -> &'static str {
        match self.target(member).kind {
            _ if member.is_json => "JSON",
            ShapeKind::Document => "document",
            ShapeKind::StreamingBlob => "streaming blob",
            ShapeKind::Union => "tagged union structure",
            kind => kind.type_name(),
        }
    }

    /// Whether values of a shape are documents, or lists or maps of nothing else.
    pub fn is_document_container(&self, shape: &ShapePage) -> bool {
        let mut shape = shape;
        // A list of itself has no documents.
        for _ in 0..self.shapes.len() {
            shape = match (shape.kind, shape.members.last()) {
                (ShapeKind::Document, _) => return true,
                (ShapeKind::List | ShapeKind::Map, Some(member)) => self.target(member),
                _ => return false,
            };
        }
        false
    }
}
