//! What a service's reference pages say: commands, their options and output, and the shapes that describe those.

use std::collections::BTreeMap;

use crate::model::{ErrorFault, Member, Model, Shape, ShapeId, ShapeType, Traits};
use crate::plan::naming_cli::{self, OptionName};
use crate::plan::options;
use crate::source::{Node, NodeValue, Number};

use super::{Documentation, parse};

/// The pages of a service.
#[derive(Debug, Clone)]
pub struct ServicePages {
    /// The command of the service: what follows `aws`.
    pub name: String,
    /// The version of the API.
    pub version: String,
    /// The service's title, or else its shape's name.
    pub title: String,
    /// What the service is for.
    pub documentation: Documentation,
    /// Whether AWS publishes the service's API: the AWS CLI then refers to its pages.
    pub is_aws: bool,
    /// A page for each operation, sorted by command.
    pub commands: Vec<CommandPage>,
    /// Every shape that the pages mention.
    pub shapes: Vec<ShapePage>,
}

/// The page of an operation.
#[derive(Debug, Clone)]
pub struct CommandPage {
    /// The name of the command.
    pub command: String,
    /// The name of the operation.
    pub operation: String,
    /// What the operation does.
    pub documentation: Documentation,
    /// The options, in the order of the input's members.
    pub options: Vec<OptionPage>,
    /// The input structure, if the operation has one.
    pub input: Option<ShapeIndex>,
    /// The output structure, if the operation has one.
    pub output: Option<ShapeIndex>,
    /// Whether the output is a file's content: its name is then an argument.
    pub has_output_file: bool,
    /// Whether documents occur in the input or the output.
    pub uses_documents: bool,
    /// Why the operation should not be used any more, if so.
    pub deprecated: Option<String>,
    /// The errors that the operation may return, the service's common ones included, sorted by name.
    pub errors: Vec<ErrorPage>,
    /// Examples that the model gives.
    pub examples: Vec<Example>,
}

/// An option of a command.
#[derive(Debug, Clone)]
pub struct OptionPage {
    /// Its name on the command line.
    pub name: OptionName,
    /// Which member of the input it sets.
    pub member: usize,
    /// Whether the command cannot do without it.
    pub is_required: bool,
}

/// An error that an operation may return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorPage {
    /// The name of its shape.
    pub name: String,
    /// What it means.
    pub documentation: Documentation,
    /// Whose fault it is.
    pub fault: Option<ErrorFault>,
    /// Whether trying again may help.
    pub is_retryable: bool,
    /// Whether it comes of too many requests.
    pub is_throttling: bool,
    /// Its HTTP status, if the model gives one.
    pub status: Option<i64>,
}

/// An example of an operation's use.
#[derive(Debug, Clone)]
pub struct Example {
    /// What it shows.
    pub title: String,
    /// More about it.
    pub documentation: Documentation,
    /// The input, as JSON.
    pub input: Option<Node>,
    /// The output, as JSON.
    pub output: Option<Node>,
}

/// Which of [`ServicePages::shapes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShapeIndex(usize);

/// A shape, as pages describe it.
#[derive(Debug, Clone)]
pub struct ShapePage {
    /// Its name.
    pub name: String,
    /// What it consists of.
    pub kind: ShapeKind,
    /// What it is for.
    pub documentation: Documentation,
    /// Limits on its values.
    pub limits: Limits,
    /// The values of an enum.
    pub values: Vec<String>,
    /// The members: of a list its element, of a map its key and value.
    pub members: Vec<MemberPage>,
}

/// What a shape consists of, in the AWS CLI's terms.
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
#[derive(Debug, Clone)]
pub struct MemberPage {
    /// Its name in the model.
    pub name: String,
    /// Its name on the wire, if the model gives another.
    pub wire_name: Option<String>,
    /// The shape of its values.
    pub shape: ShapeIndex,
    /// What it is for, if that is not what its shape is for.
    pub documentation: Option<Documentation>,
    /// Limits on its values, in place of those of its shape.
    pub limits: Limits,
    /// Whether the structure is not valid without it.
    pub is_required: bool,
    /// Whether the value is JSON in a header.
    pub is_json: bool,
    /// Why it should not be used any more, if so.
    pub deprecated: Option<String>,
}

/// Limits on values, each as text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Limits {
    /// The least length or value.
    pub min: Option<String>,
    /// The greatest length or value.
    pub max: Option<String>,
    /// The regular expression that values match.
    pub pattern: Option<String>,
}

impl Limits {
    /// The limits that are there, with the names that the AWS CLI gives them.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, &str)> {
        [("min", &self.min), ("max", &self.max), ("pattern", &self.pattern)]
            .into_iter()
            .filter_map(|(name, value)| value.as_deref().map(|value| (name, value)))
    }

    fn of(traits: &Traits) -> Self {
        let mut limits = Self { pattern: traits.pattern().map(str::to_owned), ..Self::default() };
        if let Some(length) = traits.length() {
            limits.min = length.min.map(|min| min.to_string());
            limits.max = length.max.map(|max| max.to_string());
        } else if let Some(range) = traits.range() {
            limits.min = range.min.and_then(number_text);
            limits.max = range.max.and_then(number_text);
        }
        limits
    }

    /// These limits where there are any, else the others.
    fn or(&self, others: &Self) -> Self {
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
    /// Plans the pages of some operations of a service; `name` is the service's command.
    pub fn new(model: &Model, service: &ShapeId, operations: &[ShapeId], name: &str) -> Self {
        let service_shape = model.shape(service);
        let mut planner = Planner { model, service: service_shape, shapes: Vec::new(), indices: BTreeMap::new() };
        let common_errors =
            service_shape.and_then(Shape::as_service).map(|service| service.errors.as_slice()).unwrap_or_default();
        let mut commands: Vec<CommandPage> = operations
            .iter()
            .filter_map(|operation| {
                let shape = model.shape(operation)?;
                let mut errors: Vec<&ShapeId> = shape
                    .as_operation()?
                    .errors
                    .iter()
                    .chain(common_errors)
                    .map(|reference| &reference.target)
                    .collect();
                errors.sort();
                errors.dedup();
                planner.command(shape, &errors)
            })
            .collect();
        commands.sort_by(|one, other| one.command.cmp(&other.command));
        let traits = service_shape.map(|shape| &shape.traits);
        Self {
            name: name.to_owned(),
            version: service_shape
                .and_then(Shape::as_service)
                .map(|service| service.version.to_string())
                .unwrap_or_default(),
            title: traits.and_then(Traits::title).map_or_else(
                || service.name().to_owned(),
                |title| title.split_whitespace().collect::<Vec<_>>().join(" "),
            ),
            documentation: traits.map(documentation_of).unwrap_or_default(),
            is_aws: traits.is_some_and(|traits| traits.has("aws.api#service")),
            commands,
            shapes: planner.shapes,
        }
    }

    /// A shape of the pages.
    pub fn shape(&self, index: ShapeIndex) -> &ShapePage {
        // Indices are made by the planner only, one for each shape that it keeps.
        static NOTHING: ShapePage = ShapePage {
            name: String::new(),
            kind: ShapeKind::Structure,
            documentation: Documentation { nodes: Vec::new(), over_closed: false },
            limits: Limits { min: None, max: None, pattern: None },
            values: Vec::new(),
            members: Vec::new(),
        };
        self.shapes.get(index.0).unwrap_or(&NOTHING)
    }

    /// The shape of a member's values.
    pub fn target(&self, member: &MemberPage) -> &ShapePage {
        self.shape(member.shape)
    }

    /// What a member is for.
    pub fn documentation<'a>(&'a self, member: &'a MemberPage) -> &'a Documentation {
        member.documentation.as_ref().unwrap_or(&self.target(member).documentation)
    }

    /// The limits on a member's values.
    pub fn limits(&self, member: &MemberPage) -> Limits {
        member.limits.or(&self.target(member).limits)
    }

    /// What a member's values are called in parentheses after its name.
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

struct Planner<'m> {
    model: &'m Model,
    service: Option<&'m Shape>,
    shapes: Vec<ShapePage>,
    indices: BTreeMap<&'m ShapeId, ShapeIndex>,
}

impl<'m> Planner<'m> {
    fn command(&mut self, shape: &'m Shape, errors: &[&ShapeId]) -> Option<CommandPage> {
        let operation = shape.as_operation()?;
        let input = self.structure(&operation.input.target);
        let output = self.structure(&operation.output.target);
        let token = |member: &Member| member.traits.is_idempotency_token();
        let options =
            self.model.shape(&operation.input.target).filter(|_| input.is_some()).map_or_else(Vec::new, |input| {
                input
                    .members
                    .iter()
                    .enumerate()
                    .zip(options::of_operation(self.model, self.service, shape))
                    .map(|((index, member), option)| OptionPage {
                        name: option.name,
                        member: index,
                        is_required: member.traits.is_required() && !token(member),
                    })
                    .collect()
            });
        let has_output_file = self.model.shape(&operation.output.target).is_some_and(|output| {
            output.members.iter().any(|member| {
                member.traits.has("smithy.api#httpPayload")
                    && self.model.target(member).is_some_and(|target| target.shape_type == ShapeType::Blob)
            })
        });
        let uses_documents = [input, output].into_iter().flatten().any(|index| self.reaches_document(index));
        Some(CommandPage {
            command: naming_cli::command_name(shape.id.name()),
            operation: shape.id.name().to_owned(),
            documentation: documentation_of(&shape.traits),
            options,
            input,
            output,
            has_output_file,
            uses_documents,
            deprecated: deprecation(&shape.traits),
            errors: errors.iter().filter_map(|error| self.error(error)).collect(),
            examples: examples(&shape.traits),
        })
    }

    /// The input or output structure of an operation, unless it is `Unit`.
    fn structure(&mut self, id: &ShapeId) -> Option<ShapeIndex> {
        let shape = self.model.shape(id).filter(|shape| !shape.id.is_prelude())?;
        Some(self.shape(shape))
    }

    fn error(&self, id: &ShapeId) -> Option<ErrorPage> {
        let traits = &self.model.shape(id)?.traits;
        Some(ErrorPage {
            name: id.name().to_owned(),
            documentation: documentation_of(traits),
            fault: traits.error(),
            is_retryable: traits.retryable().is_some(),
            is_throttling: traits.retryable() == Some(true),
            status: traits.http_error(),
        })
    }

    /// The index of a shape and, at its first mention, its page and those of all that it reaches.
    fn shape(&mut self, shape: &'m Shape) -> ShapeIndex {
        if let Some(index) = self.indices.get(&shape.id) {
            return *index;
        }
        // Members are filled in afterwards, shape by shape, so that recursion in the model is none here.
        let mut pending = Vec::new();
        let first = self.reserve(shape, &mut pending);
        while let Some((index, shape)) = pending.pop() {
            let members = if shape.shape_type.is_aggregate() { shape.members.as_slice() } else { &[] };
            let members = members
                .iter()
                .filter_map(|member| {
                    let target = self.model.target(member)?;
                    let target_index = self.reserve(target, &mut pending);
                    Some(member_page(member, target, target_index))
                })
                .collect();
            if let Some(page) = self.shapes.get_mut(index.0) {
                page.members = members;
            }
        }
        first
    }

    fn reserve(&mut self, shape: &'m Shape, pending: &mut Vec<(ShapeIndex, &'m Shape)>) -> ShapeIndex {
        if let Some(index) = self.indices.get(&shape.id) {
            return *index;
        }
        let index = ShapeIndex(self.shapes.len());
        self.indices.insert(&shape.id, index);
        pending.push((index, shape));
        self.shapes.push(ShapePage {
            name: shape.id.name().to_owned(),
            kind: kind_of(shape),
            documentation: documentation_of(&shape.traits),
            limits: Limits::of(&shape.traits),
            values: if shape.shape_type == ShapeType::Enum {
                shape.enum_values().filter_map(|(_, value)| value.as_str().map(str::to_owned)).collect()
            } else {
                Vec::new()
            },
            members: Vec::new(),
        });
        index
    }

    fn reaches_document(&self, from: ShapeIndex) -> bool {
        let mut seen = vec![false; self.shapes.len()];
        let mut pending = vec![from];
        while let Some(index) = pending.pop() {
            let (Some(seen), Some(shape)) = (seen.get_mut(index.0), self.shapes.get(index.0)) else { continue };
            if std::mem::replace(seen, true) {
                continue;
            }
            if shape.kind == ShapeKind::Document {
                return true;
            }
            // Keys are strings.
            let from = usize::from(shape.kind == ShapeKind::Map);
            pending.extend(shape.members.iter().skip(from).map(|member| member.shape));
        }
        false
    }
}

fn member_page(member: &Member, target: &Shape, shape: ShapeIndex) -> MemberPage {
    let media_type = member.traits.media_type().or_else(|| target.traits.media_type());
    MemberPage {
        name: member.name.to_string(),
        wire_name: member.traits.xml_name().map(str::to_owned),
        shape,
        documentation: member.traits.documentation().map(parse),
        limits: Limits::of(&member.traits),
        is_required: member.traits.is_required(),
        is_json: target.shape_type == ShapeType::String
            && member.traits.has("smithy.api#httpHeader")
            && media_type == Some("application/json"),
        deprecated: deprecation(&member.traits),
    }
}

fn kind_of(shape: &Shape) -> ShapeKind {
    let streaming = shape.traits.is_streaming();
    match shape.shape_type {
        ShapeType::Union if !streaming => ShapeKind::Union,
        ShapeType::List => ShapeKind::List,
        ShapeType::Map => ShapeKind::Map,
        ShapeType::Document => ShapeKind::Document,
        ShapeType::Blob if streaming => ShapeKind::StreamingBlob,
        ShapeType::Blob => ShapeKind::Scalar("blob"),
        ShapeType::Boolean => ShapeKind::Scalar("boolean"),
        ShapeType::String | ShapeType::Enum => ShapeKind::Scalar("string"),
        ShapeType::Byte | ShapeType::Short | ShapeType::Integer | ShapeType::IntEnum => ShapeKind::Scalar("integer"),
        ShapeType::Long | ShapeType::BigInteger => ShapeKind::Scalar("long"),
        ShapeType::Float => ShapeKind::Scalar("float"),
        ShapeType::Double | ShapeType::BigDecimal => ShapeKind::Scalar("double"),
        ShapeType::Timestamp => ShapeKind::Scalar("timestamp"),
        _ => ShapeKind::Structure,
    }
}

fn documentation_of(traits: &Traits) -> Documentation {
    traits.documentation().map(parse).unwrap_or_default()
}

fn deprecation(traits: &Traits) -> Option<String> {
    traits.deprecated().map(|deprecated| deprecated.message.unwrap_or_default().to_owned())
}

fn examples(traits: &Traits) -> Vec<Example> {
    let examples = traits.get("smithy.api#examples").and_then(Node::as_array).unwrap_or_default();
    examples
        .iter()
        .map(|example| Example {
            title: example.get("title").and_then(Node::as_str).unwrap_or_default().to_owned(),
            documentation: example.get("documentation").and_then(Node::as_str).map(parse).unwrap_or_default(),
            input: example.get("input").cloned(),
            output: example.get("output").cloned(),
        })
        .collect()
}

/// A number as Python prints it, which the AWS CLI's pages show.
fn number_text(node: &Node) -> Option<String> {
    match &node.value {
        NodeValue::Number(Number::Integer(value)) => Some(value.to_string()),
        NodeValue::Number(Number::Float(value)) => Some(format!("{value:?}")),
        NodeValue::Number(Number::Big(text)) => Some(text.to_string()),
        _ => None,
    }
}
