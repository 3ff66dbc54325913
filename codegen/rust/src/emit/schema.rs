//! The module of static schemas.

use proc_macro2::TokenStream;
use quote::quote;

use super::rust::{float, ident, literal};
use super::wire;
use crate::plan::endpoint::{BindingPlan, InputStep};
use crate::plan::{
    DefaultPlan, EnumValuePlan, ErrorTraitPlan, MemberPlan, OperationPlan, Plan, ProtocolId, ShapePlan, TraitsPlan,
};
use whitesmith_schema::ProtocolStyle;
use whitesmith_smithy::model::{ErrorFault, ShapeId, ShapeType};

/// Writes the module. The service and its operations are part of it if there is a protocol to call them by.
pub(super) fn module(plan: &Plan) -> TokenStream {
    let shapes = plan.shapes.iter().map(|shape| shape_static(plan, shape));
    let service = plan.service.protocol.map(|protocol| service_statics(plan, protocol));
    quote! {
        //! The model as static data for serialization, validation, the command line and the mock.

        use whitesmith_schema::*;

        #service
        #(#shapes)*
    }
}

/// The path of a shape's static in this module, or in the runtime for a shape of the prelude.
pub(super) fn reference(plan: &Plan, id: &ShapeId) -> TokenStream {
    match plan.shape(id) {
        Some(shape) => {
            let constant = ident(&shape.constant);
            quote!(#constant)
        }
        None => {
            let constant = ident(&heck::AsShoutySnakeCase(id.name()).to_string());
            quote!(prelude::#constant)
        }
    }
}

fn shape_static(plan: &Plan, shape: &ShapePlan) -> TokenStream {
    let constant = ident(&shape.constant);
    let id = shape.id.as_str();
    let members = shape.members.iter().map(|member| member_value(plan, shape, member));
    let values = shape.values.iter().map(enum_value);
    let made = match shape.shape_type {
        ShapeType::String => quote!(Schema::string(#id)),
        ShapeType::Enum => quote!(Schema::string_enum(#id, &[#(#values),*])),
        ShapeType::IntEnum => quote!(Schema::int_enum(#id, &[#(#values),*])),
        ShapeType::List => quote!(Schema::list(#id, &[#(#members),*])),
        ShapeType::Map => quote!(Schema::map(#id, &[#(#members),*])),
        ShapeType::Structure => quote!(Schema::structure(#id, &[#(#members),*])),
        ShapeType::Union => quote!(Schema::union(#id, &[#(#members),*])),
        simple => {
            let variant = ident(&heck::AsUpperCamelCase(simple.name()).to_string());
            quote!(Schema::simple(#id, ShapeType::#variant))
        }
    };
    let traits = trait_calls(&shape.traits);
    let error = shape.error.as_ref().map(|error| error_call(error, plan.service.protocol));
    quote! {
        pub static #constant: Schema = #made #traits #error;
    }
}

fn member_value(plan: &Plan, shape: &ShapePlan, member: &MemberPlan) -> TokenStream {
    let name = &member.name;
    let target = reference(plan, &member.target);
    let required = member.required.then(|| quote!(.with_required()));
    let token = member.idempotency_token.then(|| quote!(.with_idempotency_token()));
    let host_label = member.host_label.then(|| quote!(.with_host_label()));
    let traits = trait_calls(&member.traits);
    let default = member.default.as_ref().and_then(default_value).map(|value| quote!(.with_default(#value)));
    // Elements, keys and values have no documentation that their list or map does not have.
    let described = matches!(shape.shape_type, ShapeType::Structure | ShapeType::Union) && !member.summary.is_empty();
    let summary = described.then(|| {
        let summary = literal(&member.summary);
        quote!(.with_doc(#summary))
    });
    quote!(Member::new(#name, &#target) #required #token #host_label #traits #default #summary)
}

fn enum_value(value: &EnumValuePlan) -> TokenStream {
    let name = &value.name;
    let made = match (&value.text, value.number) {
        (Some(text), _) => {
            let text = literal(text);
            quote!(EnumValue::string(#name, #text))
        }
        (None, number) => {
            let number = proc_macro2::Literal::i32_unsuffixed(number.unwrap_or_default());
            quote!(EnumValue::integer(#name, #number))
        }
    };
    let summary = (!value.summary.is_empty()).then(|| {
        let summary = literal(&value.summary);
        quote!(.with_doc(#summary))
    });
    let internal = value.internal.then(|| quote!(.with_internal()));
    quote!(#made #internal #summary)
}

fn trait_calls(traits: &TraitsPlan) -> TokenStream {
    let mut calls = TokenStream::new();
    if let Some((min, max)) = traits.length {
        let bound = |bound: Option<u64>| match bound {
            Some(bound) => {
                let bound = proc_macro2::Literal::u64_unsuffixed(bound);
                quote!(Some(#bound))
            }
            None => quote!(None),
        };
        let (min, max) = (bound(min), bound(max));
        calls.extend(quote!(.with_length(#min, #max)));
    }
    if let Some((min, max)) = &traits.range {
        let bound = |bound: &Option<String>| match bound {
            Some(bound) => quote!(Some(#bound)),
            None => quote!(None),
        };
        let (min, max) = (bound(min), bound(max));
        calls.extend(quote!(.with_range(#min, #max)));
    }
    if let Some(pattern) = traits.pattern.as_ref().map(literal) {
        calls.extend(quote!(.with_pattern(#pattern)));
    }
    if let Some(format) = traits.timestamp_format.as_deref().and_then(timestamp_format) {
        calls.extend(quote!(.with_timestamp_format(#format)));
    }
    calls.extend(traits.wire.as_ref().map(wire::wire_call));
    let flags = [
        (traits.unique_items, quote!(.with_unique_items())),
        (traits.sparse, quote!(.with_sparse())),
        (traits.sensitive, quote!(.with_sensitive())),
        (traits.streaming, quote!(.with_streaming())),
    ];
    calls.extend(flags.into_iter().filter(|(set, _)| *set).map(|(_, call)| call));
    calls
}

fn timestamp_format(name: &str) -> Option<TokenStream> {
    match name {
        "date-time" => Some(quote!(TimestampFormat::DateTime)),
        "http-date" => Some(quote!(TimestampFormat::HttpDate)),
        "epoch-seconds" => Some(quote!(TimestampFormat::EpochSeconds)),
        _ => None,
    }
}

/// The constant for a default; `None` for a value that schema constants cannot hold.
fn default_value(default: &DefaultPlan) -> Option<TokenStream> {
    Some(match default {
        DefaultPlan::Boolean(value) => quote!(DefaultValue::Boolean(#value)),
        DefaultPlan::Integer(value) => {
            let value = proc_macro2::Literal::i64_unsuffixed(*value);
            quote!(DefaultValue::Integer(#value))
        }
        DefaultPlan::Float(value) | DefaultPlan::EpochSeconds(value) => {
            let value = float(*value);
            quote!(DefaultValue::Float(#value))
        }
        DefaultPlan::Big(text) | DefaultPlan::String(text) | DefaultPlan::Timestamp(text) => {
            quote!(DefaultValue::String(#text))
        }
        DefaultPlan::Blob(bytes) => {
            use base64::Engine as _;
            let text = base64::engine::general_purpose::STANDARD.encode(bytes);
            quote!(DefaultValue::String(#text))
        }
        DefaultPlan::EmptyList => quote!(DefaultValue::EmptyList),
        DefaultPlan::EmptyMap => quote!(DefaultValue::EmptyMap),
        DefaultPlan::Document(value) => return default_value(value),
    })
}

fn error_call(error: &ErrorTraitPlan, protocol: Option<ProtocolId>) -> TokenStream {
    let fault = match error.fault {
        ErrorFault::Client => quote!(client),
        ErrorFault::Server => quote!(server),
    };
    let query_status = error.query_status.filter(|_| protocol == Some(ProtocolId::AwsQuery));
    let status = proc_macro2::Literal::u16_unsuffixed(query_status.unwrap_or_else(|| error.status()));
    let retryable = error.retryable.map(|throttling| match throttling {
        true => quote!(.with_throttling()),
        false => quote!(.with_retryable()),
    });
    let query_code = error.query_code.as_ref().map(literal).map(|code| quote!(.with_query_code(#code)));
    quote!(.with_error(ErrorTrait::#fault(#status)#retryable #query_code))
}

fn service_statics(plan: &Plan, protocol: ProtocolId) -> TokenStream {
    let service = &plan.service;
    let callable: Vec<&OperationPlan> = plan.callable().collect();
    let operations = callable.iter().map(|operation| operation_static(plan, protocol, operation));
    let references = callable.iter().map(|operation| ident(&operation.constant));
    let (id, name, version) = (service.id.as_str(), service.id.name(), literal(&service.version));
    let traits = wire::service_call(&service.wire);
    let variant = ident(&format!("{protocol:?}"));
    let (sdk_id, prefix, signing_name) =
        (literal(&service.sdk_id), literal(&service.endpoint_prefix), literal(&service.signing_name));
    let names = (!service.sdk_id.is_empty() || !service.signing_name.is_empty())
        .then(|| quote!(.with_aws_names(#sdk_id, #prefix, #signing_name)));
    let query_compatible = service.query_compatible.then(|| quote!(.with_query_compatible()));
    quote! {
        pub static SERVICE: Service = Service::new(#id, #name, #version, ProtocolId::#variant, &[#(&#references),*])
            #names #query_compatible #traits;
        #(#operations)*
    }
}

fn operation_static(plan: &Plan, protocol: ProtocolId, operation: &OperationPlan) -> TokenStream {
    let constant = ident(&operation.constant);
    let (id, name) = (operation.id.as_str(), operation.id.name());
    let input = reference(plan, &operation.input);
    let output = reference(plan, &operation.output);
    let errors = operation.errors.iter().map(|error| reference(plan, &error.id));
    let errors = (!operation.errors.is_empty()).then(|| quote!(.with_errors(&[#(&#errors),*])));
    let no_input = is_unit(&operation.input).then(|| quote!(.without_input()));
    let no_output = is_unit(&operation.output).then(|| quote!(.without_output()));
    let auth = wire::auth_call(&operation.auth);
    let bound = protocol.facts().style == ProtocolStyle::HttpBinding;
    let traits = wire::operation_call(&operation.traits, bound);
    let host_prefix = operation.host_prefix.as_ref().map(literal).map(|prefix| quote!(.with_host_prefix(#prefix)));
    let compression = operation.compression.then(|| quote!(.with_compression()));
    let endpoint = endpoint_parameters(operation);
    let summary = (!operation.summary.is_empty()).then(|| {
        let summary = literal(&operation.summary);
        quote!(.with_doc(#summary))
    });
    quote! {
        pub static #constant: Operation = Operation::new(#id, #name, &#input, &#output)
            #no_input #no_output #errors #auth #host_prefix #compression #endpoint #traits #summary;
    }
}

/// Whether a shape is the input or output of an operation that has none.
fn is_unit(id: &ShapeId) -> bool {
    id.as_str() == "smithy.api#Unit"
}

fn endpoint_parameters(operation: &OperationPlan) -> Option<TokenStream> {
    let parameters = operation.endpoint_parameters.iter().map(|(name, binding)| {
        let binding = match binding {
            BindingPlan::Text(text) => quote!(Text(#text)),
            BindingPlan::Boolean(value) => quote!(Boolean(#value)),
            BindingPlan::TextArray(items) => quote!(TextArray(&[#(#items),*])),
            BindingPlan::Input(steps) => {
                let steps = steps.iter().map(|step| match step {
                    InputStep::Member(name) => quote!(InputStep::Member(#name)),
                    InputStep::Elements => quote!(InputStep::Elements),
                    InputStep::Keys => quote!(InputStep::Keys),
                });
                quote!(Input(&[#(#steps),*]))
            }
        };
        quote!((#name, EndpointBinding::#binding))
    });
    (!operation.endpoint_parameters.is_empty()).then(|| quote!(.with_endpoint_parameters(&[#(#parameters),*])))
}
