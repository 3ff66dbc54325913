//! Operations.

use foldhash::HashMap;

use super::aws_cli;
use super::endpoint::{BindingPlan, bindings};
use super::members::{deprecation, documented};
use super::names::{self, Scope};
use super::options::{self, OptionPlan};
use super::paging::PagingPlan;
use super::streams::StreamPlan;
use super::wire::{self, AuthSchemePlan, OperationTraitsPlan};
use whitesmith_docs::naming_cli::command_name;
use whitesmith_docs::{Documentation, ModelText};
use whitesmith_schema::ProtocolStyle;
use whitesmith_smithy::model::{Model, Shape, ShapeId};

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
    /// The command's options, in the order of the input's members.
    pub options: Vec<OptionPlan>,
    /// How the command fetches pages, if it does; without results, it does not although its trait says so.
    pub paging: Option<PagingPlan>,
    /// The input structure.
    pub input: ShapeId,
    /// The name of the input's Rust type.
    pub input_type: String,
    /// The name of the input's builder; see [`Construction`](super::Construction).
    pub input_builder: String,
    /// The output structure.
    pub output: ShapeId,
    /// The name of the output's Rust type.
    pub output_type: String,
    /// The name of the output's builder.
    pub output_builder: String,
    /// The name of the error enum.
    pub error_type: String,
    /// Errors, those of the service included, sorted by shape id.
    pub errors: Vec<ErrorPlan>,
    /// Authentication schemes, in order of preference.
    pub auth: Vec<AuthSchemePlan>,
    /// `endpoint`'s host prefix.
    pub host_prefix: Option<ModelText>,
    /// Traits that many operations do without.
    pub traits: OperationTraitsPlan,
    /// Whether request compression offers gzip.
    pub compression: bool,
    /// Endpoint parameters of this operation, by name.
    pub endpoint_parameters: Vec<(String, BindingPlan)>,
    /// The stream of the input.
    pub input_stream: Option<StreamPlan>,
    /// The stream of the output.
    pub output_stream: Option<StreamPlan>,
    /// Whether generated clients and mocks can call the operation; otherwise it has types alone.
    pub callable: bool,
    /// Its documentation.
    pub documentation: Documentation,
    /// The first sentence of the documentation.
    pub summary: ModelText,
    /// Present if the operation is deprecated: the model's message, which may be empty.
    pub deprecated: Option<ModelText>,
}

impl OperationPlan {
    /// The union of the input's stream of events.
    #[must_use]
    pub fn input_events(&self) -> Option<&ShapeId> {
        self.input_stream.as_ref().and_then(StreamPlan::events)
    }

    /// The union of the output's stream of events.
    #[must_use]
    pub fn output_events(&self) -> Option<&ShapeId> {
        self.output_stream.as_ref().and_then(StreamPlan::events)
    }

    /// Whether input or output has a stream of events.
    #[must_use]
    pub fn has_events(&self) -> bool {
        self.input_events().is_some() || self.output_events().is_some()
    }

    /// Whether signatures of requests cover a body of bytes that is streamed, so that it is hashed before it is sent.
    #[must_use]
    pub fn hashes_stream(&self) -> bool {
        let is_signed = self.auth.iter().any(|scheme| matches!(scheme, AuthSchemePlan::SigV4 | AuthSchemePlan::SigV4A));
        self.callable && is_signed && !self.traits.unsigned_payload && self.input_stream == Some(StreamPlan::Blob)
    }

    /// Whether the command has an option of this name, with its dashes.
    #[must_use]
    pub fn has_flag(&self, flag: &str) -> bool {
        self.options
            .iter()
            .any(|option| option.name.flags().any(|name| name == flag) || option.former.as_deref() == Some(flag))
    }
}

/// Names beside which the operations' types are imported.
const TAKEN_TYPES: &[&str] = &[
    "Body",
    "Client",
    "Config",
    "Error",
    "EventInput",
    "EventReceiver",
    "EventSender",
    "HttpTransport",
    "Protocol",
    "RequestBody",
    "Transport",
    "TransportError",
];

/// A method that every client has beyond those that every type has, and the module that holds those of the operations.
const TAKEN_METHODS: &[&str] = &["operations", "with_transport"];

/// The Rust names of one operation.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct OperationNames {
    constant: String,
    method: String,
    marker: String,
    input: String,
    output: String,
    error: String,
    input_builder: String,
    output_builder: String,
}

/// Names all operations of a service, so that a name is the same whichever are chosen.
pub(super) fn name_all(all: &[ShapeId], constants: &mut Scope) -> HashMap<ShapeId, OperationNames> {
    let mut types = Scope::with(TAKEN_TYPES);
    let mut methods = Scope::with(TAKEN_METHODS);
    // Operations go before the types made of them, so that `GetInput` beside `Get` keeps its name.
    let markers: Vec<String> = all.iter().map(|id| types.take(names::type_name(names::pascal(id.name())))).collect();
    let name = |(id, marker): (&ShapeId, String)| {
        let names = OperationNames {
            constant: constants.take(names::constant(id.name())),
            method: methods.take(names::field(names::snake(id.name()))),
            input: types.take(format!("{marker}Input")),
            output: types.take(format!("{marker}Output")),
            error: types.take(format!("{marker}Error")),
            input_builder: types.take(format!("{marker}InputBuilder")),
            output_builder: types.take(format!("{marker}OutputBuilder")),
            marker,
        };
        (id.clone(), names)
    };
    all.iter().zip(markers).map(name).collect()
}

/// Plans one operation. `style` is that of the service's protocol.
pub(super) fn plan(
    model: &Model,
    service: &Shape,
    shape: &Shape,
    names: OperationNames,
    style: Option<ProtocolStyle>,
) -> Option<OperationPlan> {
    let operation = shape.as_operation()?;
    let (documentation, summary) = documented(shape.traits.documentation());
    let input = operation.input.target.clone();
    let output = operation.output.target.clone();
    let (input_stream, output_stream) = (StreamPlan::of(model, &input, style), StreamPlan::of(model, &output, style));
    let endpoint = shape.traits.get("smithy.api#endpoint");
    let compression = shape.traits.get("smithy.api#requestCompression");
    let options = options::of_operation(model, Some(service), shape);
    let traits = OperationTraitsPlan::of(model, service, shape);
    Some(OperationPlan {
        id: shape.id.clone(),
        constant: names.constant,
        method: names.method,
        command: command_name(shape.id.name()),
        paging: PagingPlan::of(model, service, shape, &options, traits.pagination.as_ref()),
        options,
        input_type: names.input,
        output_type: names.output,
        error_type: names.error,
        input_builder: names.input_builder,
        output_builder: names.output_builder,
        type_name: names.marker,
        errors: errors(model, service, shape),
        auth: auth(service, shape),
        traits,
        host_prefix: endpoint.and_then(|endpoint| endpoint.get("hostPrefix")?.as_str()).map(ModelText::from),
        compression: compression
            .and_then(|compression| compression.get("encodings"))
            .is_some_and(|encodings| encodings.strings().any(|encoding| encoding == "gzip")),
        endpoint_parameters: bindings::of_operation(model, shape),
        // Forms have no place for events.
        callable: style != Some(ProtocolStyle::Query)
            || ![&input_stream, &output_stream].into_iter().flatten().any(|stream| stream.events().is_some()),
        input_stream,
        output_stream,
        input,
        output,
        documentation,
        summary,
        deprecated: deprecation(&shape.traits),
    })
}

/// The authentication schemes, with the facts that no model has.
fn auth(service: &Shape, operation: &Shape) -> Vec<AuthSchemePlan> {
    let mut schemes = wire::auth(service, operation);
    let sdk_id = service.traits.get("aws.api#service").and_then(|service| service.get("sdkId")?.as_str());
    let is_unsigned =
        aws_cli::lists(aws_cli::UNSIGNED_COMMANDS, sdk_id.unwrap_or_default(), &command_name(operation.id.name()));
    if is_unsigned && !schemes.contains(&AuthSchemePlan::None) {
        schemes.push(AuthSchemePlan::None);
    }
    schemes
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
