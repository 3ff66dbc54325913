//! Streams in the signatures of clients' methods.

use proc_macro2::TokenStream;
use quote::quote;

use super::rust::ident;
use crate::plan::{OperationPlan, Plan, StreamPlan};
use whitesmith_smithy::model::ShapeId;

/// How a method takes and returns the streams of its operation.
pub(super) struct Streams {
    /// The parameters behind the input.
    pub parameters: TokenStream,
    /// The arguments behind the input.
    pub arguments: TokenStream,
    /// The type of a success.
    pub output: TokenStream,
    /// The method of the runtime's client, with its type arguments.
    pub call: TokenStream,
    /// What is done to the result.
    pub mapped: Option<TokenStream>,
}

impl Streams {
    pub fn of(plan: &Plan, operation: &OperationPlan) -> Self {
        let (marker, output) = (ident(&operation.type_name), ident(&operation.output_type));
        if operation.has_events() {
            return Self::of_events(plan, operation);
        }
        let sends = operation.input_stream.is_some();
        let receives = operation.output_stream.is_some();
        let call = if sends || receives { ident("call_streaming") } else { ident("call") };
        Self {
            parameters: if sends { quote!(, body: impl Into<RequestBody>) } else { quote!() },
            arguments: match (sends, receives) {
                (true, _) => quote!(, Some(body.into())),
                (false, true) => quote!(, None),
                (false, false) => quote!(),
            },
            output: if receives { quote!((#output, Body)) } else { quote!(#output) },
            call: quote!(#call::<Protocol, #marker>),
            mapped: (sends && !receives).then(|| quote!(.map(|(output, _)| output))),
        }
    }

    fn of_events(plan: &Plan, operation: &OperationPlan) -> Self {
        let (marker, output) = (ident(&operation.type_name), ident(&operation.output_type));
        let union = |id: Option<&ShapeId>| id.and_then(|id| plan.shape(id)).map(|union| ident(&union.type_name));
        let (sent, received) = (union(operation.input_events()), union(operation.output_events()));
        let (call, unions) = match (&sent, &received) {
            (_, None) => ("send_events", quote!(_)),
            (None, Some(_)) => ("receive_events", quote!(_)),
            (Some(_), Some(_)) => ("exchange_events", quote!(_, _)),
        };
        let call = ident(call);
        Self {
            parameters: sent.as_ref().map(|union| quote!(, events: EventInput<types::#union>)).unwrap_or_default(),
            arguments: if sent.is_some() { quote!(, events) } else { quote!() },
            output: match received {
                Some(union) => quote!((#output, EventReceiver<types::#union>)),
                None => quote!(#output),
            },
            call: quote!(#call::<Protocol, #marker, #unions>),
            mapped: None,
        }
    }
}

/// The types of the runtime that the methods of a client name, sorted, those of every client among them.
pub(super) fn runtime_types(operations: &[&OperationPlan]) -> Vec<&'static str> {
    let any = |is: &dyn Fn(&OperationPlan) -> bool| operations.iter().any(|operation| is(operation));
    let has_blob = |stream: &Option<StreamPlan>| *stream == Some(StreamPlan::Blob);
    let names = [
        ("Body", any(&|operation| !operation.has_events() && has_blob(&operation.output_stream))),
        ("EventInput", any(&|operation| operation.input_events().is_some())),
        ("EventReceiver", any(&|operation| operation.output_events().is_some())),
        ("EventSender", any(&|operation| operation.input_events().is_some())),
        ("HttpTransport", true),
        ("RequestBody", any(&|operation| !operation.has_events() && has_blob(&operation.input_stream))),
        ("Transport", true),
    ];
    names.into_iter().filter(|(_, is_used)| *is_used).map(|(name, _)| name).collect()
}

/// The statements of an example that calls a method of the blocking client.
pub(super) fn example_call(operation: &OperationPlan) -> String {
    let method = &operation.method;
    let sends = operation.input_stream == Some(StreamPlan::Blob) && !operation.has_events();
    let body = if sends { ", \"bytes\"" } else { "" };
    match &operation.output_stream {
        Some(StreamPlan::Events(_)) => format!(
            "let (output, events) = client.{method}(&input)?;\nprintln!(\"{{output:?}}\");\n\
             for event in events {{\n    println!(\"{{:?}}\", event?);\n}}\n"
        ),
        Some(StreamPlan::Blob) => format!(
            "let (output, mut body) = client.{method}(&input{body})?;\nprintln!(\"{{output:?}}\");\n\
             std::io::copy(&mut body, &mut std::io::stdout())?;\n"
        ),
        None => format!("let output = client.{method}(&input{body})?;\nprintln!(\"{{output:?}}\");\n"),
    }
}
