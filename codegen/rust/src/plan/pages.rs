//! Plans the reference pages of a service.

use std::collections::BTreeMap;

use whitesmith_docs::{
    CommandPage, Documentation, ErrorPage, Example, Limits, MemberPage, OptionPage, ServicePages, ShapeIndex,
    ShapeKind, ShapePage, parse,
};
use whitesmith_smithy::model::{Member, Model, Shape, ShapeId, ShapeType, Traits};
use whitesmith_smithy::source::{Node, NodeValue, Number};

use super::options;
use whitesmith_docs::naming_cli;

/// Plans the pages of some operations of a service; `name` is the service's command.
pub fn service_pages(model: &Model, service: &ShapeId, operations: &[ShapeId], name: &str) -> ServicePages {
    let service_shape = model.shape(service);
    let mut planner = Planner { model, service: service_shape, shapes: Vec::new(), indices: BTreeMap::new() };
    let common_errors =
        service_shape.and_then(Shape::as_service).map(|service| service.errors.as_slice()).unwrap_or_default();
    let mut commands: Vec<CommandPage> = operations
        .iter()
        .filter_map(|operation| {
            let shape = model.shape(operation)?;
            let mut errors: Vec<&ShapeId> =
                shape.as_operation()?.errors.iter().chain(common_errors).map(|reference| &reference.target).collect();
            errors.sort();
            errors.dedup();
            planner.command(shape, &errors)
        })
        .collect();
    commands.sort_by(|one, other| one.command.cmp(&other.command));
    let traits = service_shape.map(|shape| &shape.traits);
    ServicePages {
        name: name.to_owned(),
        version: service_shape
            .and_then(Shape::as_service)
            .map(|service| service.version.to_string())
            .unwrap_or_default(),
        title: traits
            .and_then(Traits::title)
            .map_or_else(|| service.name().to_owned(), |title| title.split_whitespace().collect::<Vec<_>>().join(" ")),
        documentation: traits.map(documentation_of).unwrap_or_default(),
        is_aws: traits.is_some_and(|traits| traits.has("aws.api#service")),
        commands,
        shapes: planner.shapes,
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
            limits: limits_of(&shape.traits),
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
        limits: limits_of(&member.traits),
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

fn limits_of(traits: &Traits) -> Limits {
    let mut limits = Limits { pattern: traits.pattern().map(str::to_owned), ..Limits::default() };
    if let Some(length) = traits.length() {
        limits.min = length.min.map(|min| min.to_string());
        limits.max = length.max.map(|max| max.to_string());
    } else if let Some(range) = traits.range() {
        limits.min = range.min.and_then(number_text);
        limits.max = range.max.and_then(number_text);
    }
    limits
}
