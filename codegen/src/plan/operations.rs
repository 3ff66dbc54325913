//! Operations.

use super::documentation::Documentation;
use super::members::documented;
use super::names::{self, Scope};
use super::naming_cli::command_name;
use crate::model::{Model, Shape, ShapeId};
use crate::source::Node;

/// How requests are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthPlan {
    /// Signature Version 4.
    SigV4,
    /// Signed where there are credentials.
    Optional,
    /// Not signed.
    None,
}

/// An error that an operation may return.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorPlan {
    /// The structure.
    pub id: ShapeId,
    /// The variant of the operation's error enum, which is also the structure's type name.
    pub variant: String,
}

/// An operation.
#[derive(Clone, Debug, PartialEq)]
pub struct OperationPlan {
    /// The shape id.
    pub id: ShapeId,
    /// The name of its static description.
    pub constant: String,
    /// The name of the type that stands for it.
    pub type_name: String,
    /// The name of its module and of the client's method.
    pub method: String,
    /// The command's name on the command line.
    pub command: String,
    /// The input structure.
    pub input: ShapeId,
    /// The name of the input's Rust type.
    pub input_type: String,
    /// The output structure.
    pub output: ShapeId,
    /// The name of the output's Rust type.
    pub output_type: String,
    /// The name of the error enum.
    pub error_type: String,
    /// Errors, those of the service included, sorted by shape id.
    pub errors: Vec<ErrorPlan>,
    /// How requests are signed.
    pub auth: AuthPlan,
    /// `endpoint`'s host prefix.
    pub host_prefix: Option<String>,
    /// Whether request compression offers gzip.
    pub compression: bool,
    /// Whether input or output has a stream of events: such an operation has types and no method.
    pub event_stream: bool,
    /// Its documentation.
    pub documentation: Documentation,
    /// First sentence of it.
    pub summary: String,
    /// `deprecated`, with its message.
    pub deprecated: Option<String>,
}

/// Names of all operations of a service, the same whichever are chosen.
pub(super) fn plan_all(
    model: &Model,
    service: &Shape,
    operations: &[ShapeId],
    constants: &mut Scope,
) -> Vec<OperationPlan> {
    let mut types = Scope::default();
    let mut methods = Scope::with(&["new", "config", "clone"]);
    let shapes: Vec<&Shape> = operations.iter().filter_map(|id| model.shape(id)).collect();
    // Operations go before the types made of them, so that `GetInput` beside `Get` keeps its name.
    let type_names: Vec<String> =
        shapes.iter().map(|shape| types.take(names::type_name(names::pascal(shape.id.name())))).collect();
    let mut plans = Vec::with_capacity(shapes.len());
    for (shape, type_name) in shapes.iter().zip(type_names) {
        let Some(operation) = shape.as_operation() else { continue };
        let (documentation, summary) = documented(shape.traits.documentation());
        let input = operation.input.target.clone();
        let output = operation.output.target.clone();
        plans.push(OperationPlan {
            id: shape.id.clone(),
            constant: constants.take(names::constant(shape.id.name())),
            method: names::field(methods.take(names::snake(shape.id.name()))),
            command: command_name(shape.id.name()),
            input_type: types.take(format!("{type_name}Input")),
            output_type: types.take(format!("{type_name}Output")),
            error_type: types.take(format!("{type_name}Error")),
            type_name,
            errors: errors(model, service, shape),
            auth: auth(service, shape),
            host_prefix: shape
                .traits
                .get("smithy.api#endpoint")
                .and_then(|endpoint| endpoint.get("hostPrefix"))
                .and_then(Node::as_str)
                .map(str::to_owned),
            compression: shape
                .traits
                .get("smithy.api#requestCompression")
                .and_then(|compression| compression.get("encodings"))
                .is_some_and(|encodings| encodings.strings().any(|encoding| encoding == "gzip")),
            event_stream: has_event_stream(model, &input) || has_event_stream(model, &output),
            input,
            output,
            documentation,
            summary,
            deprecated: shape
                .traits
                .deprecated()
                .map(|deprecated| deprecated.message.unwrap_or("deprecated by its service").to_owned()),
        });
    }
    plans
}

/// The operation's own errors and the service's; the variants are filled in when the structures have names.
fn errors(model: &Model, service: &Shape, operation: &Shape) -> Vec<ErrorPlan> {
    let own = operation.as_operation().map(|operation| operation.errors.as_slice()).unwrap_or_default();
    let common = service.as_service().map(|service| service.errors.as_slice()).unwrap_or_default();
    let mut ids: Vec<ShapeId> = own.iter().chain(common).map(|error| error.target.clone()).collect();
    ids.retain(|id| model.shape(id).is_some());
    ids.sort();
    ids.dedup();
    ids.into_iter().map(|id| ErrorPlan { id, variant: String::new() }).collect()
}

fn auth(service: &Shape, operation: &Shape) -> AuthPlan {
    let schemes = operation.traits.get("smithy.api#auth").or_else(|| service.traits.get("smithy.api#auth"));
    let signed = match schemes {
        Some(schemes) => schemes.strings().any(|scheme| scheme.starts_with("aws.auth#sigv4")),
        None => service.traits.has("aws.auth#sigv4"),
    };
    match (signed, operation.traits.has("smithy.api#optionalAuth")) {
        (false, _) => AuthPlan::None,
        (true, true) => AuthPlan::Optional,
        (true, false) => AuthPlan::SigV4,
    }
}

fn has_event_stream(model: &Model, id: &ShapeId) -> bool {
    let members = model.shape(id).map(|shape| shape.members.as_slice()).unwrap_or_default();
    members.iter().any(|member| {
        model
            .target(member)
            .is_some_and(|target| target.shape_type == crate::model::ShapeType::Union && target.traits.is_streaming())
    })
}
