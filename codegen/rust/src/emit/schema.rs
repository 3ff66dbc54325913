//! The static schemas.

use super::layout::{Layout, print};
use super::rust::float;
use super::wire::{self, with_flag};
use crate::plan::endpoint::{BindingPlan, InputStep};
use crate::plan::{
    DefaultPlan, EnumValuePlan, ErrorTraitPlan, MemberPlan, OperationPlan, Plan, ProtocolId, ShapePlan, TraitsPlan,
};
use whitesmith_docs::ModelText;
use whitesmith_schema::ProtocolStyle;
use whitesmith_smithy::model::{ErrorFault, ShapeId, ShapeType};

/// The documentation of the module.
pub(super) const DOCS: &str = "The model as static data for serialization, validation, the command line and the mock.";

/// A static of the module.
pub(super) struct Static<'p> {
    /// Its name.
    pub name: &'p str,
    /// Its definition.
    pub text: String,
}

impl<'p> Static<'p> {
    fn new(name: &'p str, of: &str, value: &Layout<'_>) -> Self {
        let mut text = format!("pub static {name}: {of} = ");
        print(&mut text, value, ";");
        Self { name, text }
    }
}

/// The statics of the module. The service and its operations are among them if there is a protocol to call them by.
pub(super) fn statics(plan: &Plan) -> Vec<Static<'_>> {
    let mut statics = Vec::with_capacity(plan.shapes.len() + plan.operations.len() + 2);
    if let Some(protocol) = plan.service.protocol {
        statics.extend([service(plan, protocol), closure(plan)]);
        statics.extend(plan.callable().map(|operation| self::operation(plan, protocol, operation)));
    }
    statics.extend(plan.shapes.iter().map(|shape| self::shape(plan, shape)));
    statics
}

/// The path of a shape's static in this module, or in the runtime for a shape of the prelude.
fn reference<'p>(plan: &'p Plan, id: &ShapeId) -> Layout<'p> {
    match plan.shape(id) {
        Some(shape) => Layout::text(format!("&{}", shape.constant)),
        None => Layout::text(format!("&prelude::{}", heck::AsShoutySnakeCase(id.name()))),
    }
}

/// The text of a model as a string literal.
fn literal(text: &ModelText) -> Layout<'static> {
    Layout::string(text.unescaped())
}

/// Documents a schema, member, value or operation.
fn with_doc<'p>(layout: Layout<'p>, summary: &ModelText) -> Layout<'p> {
    if summary.is_empty() { layout } else { layout.with("with_doc", [literal(summary)]) }
}

fn shape<'p>(plan: &'p Plan, shape: &'p ShapePlan) -> Static<'p> {
    let id = || Layout::string(shape.id.as_str());
    let members = || Layout::slice(shape.members.iter().map(|one| member(plan, shape, one)));
    let values = || Layout::slice(shape.values.iter().map(enum_value));
    let made = match shape.shape_type {
        ShapeType::String => Layout::call("Schema::string", [id()]),
        ShapeType::Enum => Layout::call("Schema::string_enum", [id(), values()]),
        ShapeType::IntEnum => Layout::call("Schema::int_enum", [id(), values()]),
        ShapeType::List => Layout::call("Schema::list", [id(), members()]),
        ShapeType::Map => Layout::call("Schema::map", [id(), members()]),
        ShapeType::Structure => Layout::call("Schema::structure", [id(), members()]),
        ShapeType::Union => Layout::call("Schema::union", [id(), members()]),
        simple => {
            let variant = format!("ShapeType::{}", heck::AsUpperCamelCase(simple.name()));
            Layout::call("Schema::simple", [id(), Layout::text(variant)])
        }
    };
    let mut made = with_traits(made, &shape.traits);
    if let Some(error) = &shape.error {
        made = made.with("with_error", [Layout::reference(self::error(error, plan.service.protocol))]);
    }
    Static::new(&shape.constant, "Schema", &made)
}

fn member<'p>(plan: &'p Plan, shape: &ShapePlan, member: &'p MemberPlan) -> Layout<'p> {
    let mut made = Layout::call("Member::new", [Layout::string(&member.name), reference(plan, &member.target)]);
    made = with_flag(made, "with_required", member.required);
    made = with_flag(made, "with_idempotency_token", member.idempotency_token);
    made = with_flag(made, "with_host_label", member.host_label);
    made = with_traits(made, &member.traits);
    if let Some(value) = member.default.as_ref().and_then(default_value) {
        made = made.with("with_default", [Layout::reference(value)]);
    }
    // Elements, keys and values have no documentation that their list or map does not have.
    match shape.shape_type {
        ShapeType::Structure | ShapeType::Union => with_doc(made, &member.summary),
        _ => made,
    }
}

fn enum_value(value: &EnumValuePlan) -> Layout<'_> {
    let name = Layout::string(&value.name);
    let made = match (&value.text, value.number) {
        (Some(text), _) => Layout::call("EnumValue::string", [name, literal(text)]),
        (None, number) => {
            Layout::call("EnumValue::integer", [name, Layout::text(number.unwrap_or_default().to_string())])
        }
    };
    with_doc(with_flag(made, "with_internal", value.internal), &value.summary)
}

fn with_traits<'p>(mut made: Layout<'p>, traits: &'p TraitsPlan) -> Layout<'p> {
    if let Some(constraints) = constraints(traits) {
        made = made.with("with_constraints", [Layout::reference(constraints)]);
    }
    if let Some(format) = traits.timestamp_format.as_deref().and_then(timestamp_format) {
        made = made.with("with_timestamp_format", [Layout::text(format)]);
    }
    if let Some(wire) = &traits.wire {
        made = wire::with_wire(made, wire);
    }
    made = with_flag(made, "with_unique_items", traits.unique_items);
    made = with_flag(made, "with_sparse", traits.sparse);
    made = with_flag(made, "with_sensitive", traits.sensitive);
    with_flag(made, "with_streaming", traits.streaming)
}

/// The traits that limit a value, if there is one.
fn constraints(traits: &TraitsPlan) -> Option<Layout<'_>> {
    let TraitsPlan { length, range, pattern, .. } = traits;
    if length.is_none() && range.is_none() && pattern.is_none() {
        return None;
    }
    let mut made = Layout::call("Constraints::new", []);
    if let Some((min, max)) = *length {
        let bound = |bound: Option<u64>| match bound {
            Some(bound) => Layout::text(format!("Some({bound})")),
            None => Layout::text("None"),
        };
        made = made.with("with_length", [bound(min), bound(max)]);
    }
    if let Some((min, max)) = range {
        made = made.with("with_range", [Layout::option(min.as_deref()), Layout::option(max.as_deref())]);
    }
    if let Some(pattern) = pattern {
        made = made.with("with_pattern", [literal(pattern)]);
    }
    Some(made)
}

fn timestamp_format(name: &str) -> Option<&'static str> {
    match name {
        "date-time" => Some("TimestampFormat::DateTime"),
        "http-date" => Some("TimestampFormat::HttpDate"),
        "epoch-seconds" => Some("TimestampFormat::EpochSeconds"),
        _ => None,
    }
}

/// The constant for a default; `None` for a value that schema constants cannot hold.
fn default_value(default: &DefaultPlan) -> Option<Layout<'static>> {
    let value = |variant: &'static str, value: Layout<'static>| Layout::call(variant, [value]);
    Some(match default {
        DefaultPlan::Boolean(flag) => value("DefaultValue::Boolean", Layout::text(flag.to_string())),
        DefaultPlan::Integer(number) => value("DefaultValue::Integer", Layout::text(number.to_string())),
        DefaultPlan::Float(number) | DefaultPlan::EpochSeconds(number) => {
            value("DefaultValue::Float", Layout::text(float(*number).to_string()))
        }
        DefaultPlan::Big(text) | DefaultPlan::String(text) | DefaultPlan::Timestamp(text) => {
            value("DefaultValue::String", Layout::string(text))
        }
        DefaultPlan::Blob(bytes) => {
            value("DefaultValue::String", Layout::string(&base64_simd::STANDARD.encode_to_string(bytes)))
        }
        DefaultPlan::EmptyList => Layout::text("DefaultValue::EmptyList"),
        DefaultPlan::EmptyMap => Layout::text("DefaultValue::EmptyMap"),
        DefaultPlan::Document(value) => return default_value(value),
    })
}

fn error(error: &ErrorTraitPlan, protocol: Option<ProtocolId>) -> Layout<'static> {
    let fault = match error.fault {
        ErrorFault::Client => "ErrorTrait::client",
        ErrorFault::Server => "ErrorTrait::server",
    };
    let query_status = error.query_status.filter(|_| protocol == Some(ProtocolId::AwsQuery));
    let status = query_status.unwrap_or_else(|| error.status());
    let mut made = Layout::call(fault, [Layout::text(status.to_string())]);
    made = match error.retryable {
        Some(true) => made.with("with_throttling", []),
        Some(false) => made.with("with_retryable", []),
        None => made,
    };
    match &error.query_code {
        Some(code) => made.with("with_query_code", [literal(code)]),
        None => made,
    }
}

fn service(plan: &Plan, protocol: ProtocolId) -> Static<'_> {
    let service = &plan.service;
    let mut made = Layout::call(
        "Service::new",
        [
            Layout::string(service.id.as_str()),
            Layout::string(service.id.name()),
            literal(&service.version),
            Layout::text(format!("ProtocolId::{protocol:?}")),
        ],
    );
    if !service.sdk_id.is_empty() || !service.signing_name.is_empty() {
        let names = [&service.sdk_id, &service.endpoint_prefix, &service.signing_name];
        made = made.with("with_aws_names", names.map(literal));
    }
    made = with_flag(made, "with_query_compatible", service.query_compatible);
    Static::new("SERVICE", "Service", &wire::with_service_traits(made, &service.wire))
}

fn closure(plan: &Plan) -> Static<'_> {
    let operations = plan.callable().map(|operation| Layout::text(format!("&{}", operation.constant)));
    let made = Layout::call("Closure::new", [Layout::text("&SERVICE".to_owned()), Layout::slice(operations)]);
    Static::new("CLOSURE", "Closure", &made)
}

fn operation<'p>(plan: &'p Plan, protocol: ProtocolId, operation: &'p OperationPlan) -> Static<'p> {
    let mut made = Layout::call(
        "Operation::new",
        [
            Layout::string(operation.id.as_str()),
            Layout::string(operation.id.name()),
            reference(plan, &operation.input),
            reference(plan, &operation.output),
        ],
    );
    made = with_flag(made, "without_input", is_unit(&operation.input));
    made = with_flag(made, "without_output", is_unit(&operation.output));
    if !operation.errors.is_empty() {
        let errors = operation.errors.iter().map(|error| reference(plan, &error.id));
        made = made.with("with_errors", [Layout::slice(errors)]);
    }
    made = wire::with_auth(made, &operation.auth);
    if let Some(prefix) = &operation.host_prefix {
        made = made.with("with_host_prefix", [literal(prefix)]);
    }
    made = with_flag(made, "with_compression", operation.compression);
    if !operation.endpoint_parameters.is_empty() {
        let parameters = operation
            .endpoint_parameters
            .iter()
            .map(|(name, binding)| Layout::tuple([Layout::string(name), endpoint_binding(binding)]));
        made = made.with("with_endpoint_parameters", [Layout::slice(parameters)]);
    }
    let bound = protocol.facts().style == ProtocolStyle::HttpBinding;
    made = wire::with_operation_traits(made, &operation.traits, bound);
    Static::new(&operation.constant, "Operation", &with_doc(made, &operation.summary))
}

/// Whether a shape is the input or output of an operation that has none.
fn is_unit(id: &ShapeId) -> bool {
    id.as_str() == "smithy.api#Unit"
}

fn endpoint_binding(binding: &BindingPlan) -> Layout<'_> {
    let (variant, value): (&str, _) = match binding {
        BindingPlan::Text(text) => ("Text", Layout::string(text)),
        BindingPlan::Boolean(value) => ("Boolean", Layout::text(value.to_string())),
        BindingPlan::TextArray(items) => ("TextArray", Layout::slice(items.iter().map(|text| Layout::string(text)))),
        BindingPlan::Input(steps) => {
            let steps = steps.iter().map(|step| match step {
                InputStep::Member(name) => Layout::call("InputStep::Member", [Layout::string(name)]),
                InputStep::Elements => Layout::text("InputStep::Elements"),
                InputStep::Keys => Layout::text("InputStep::Keys"),
            });
            ("Input", Layout::slice(steps))
        }
    };
    Layout::call(format!("EndpointBinding::{variant}"), [value])
}
