//! Streams in the signatures of clients' methods.

use crate::plan::{OperationPlan, Plan, StreamPlan};
use whitesmith_smithy::model::ShapeId;

/// How a method takes and returns the streams of its operation.
pub(super) struct Streams {
    /// The parameter behind the input.
    pub parameter: Option<String>,
    /// The argument behind the input.
    pub argument: Option<String>,
    /// What a success has beside the output.
    pub beside: Option<String>,
    /// The method of the runtime's client.
    pub call: &'static str,
    /// Its type arguments.
    pub types: Vec<String>,
    /// What is done to the result.
    pub mapped: Option<&'static str>,
}

impl Streams {
    pub fn of(plan: &Plan, operation: &OperationPlan) -> Self {
        if operation.has_events() {
            return Self::of_events(plan, operation);
        }
        let sends = operation.input_stream.is_some();
        let receives = operation.output_stream.is_some();
        Self {
            parameter: sends.then(|| "body: impl Into<RequestBody>".to_owned()),
            argument: match (sends, receives) {
                (true, _) => Some("Some(body.into())".to_owned()),
                (false, true) => Some("None".to_owned()),
                (false, false) => None,
            },
            beside: receives.then(|| "Body".to_owned()),
            call: if sends || receives { "call_streaming" } else { "call" },
            types: vec!["Protocol".to_owned(), operation.type_name.clone()],
            mapped: (sends && !receives).then_some(".map(|(output, _)| output)"),
        }
    }

    fn of_events(plan: &Plan, operation: &OperationPlan) -> Self {
        let union = |id: Option<&ShapeId>| id.and_then(|id| plan.shape(id)).map(|union| union.type_name.as_str());
        let (sent, received) = (union(operation.input_events()), union(operation.output_events()));
        let (call, unions) = match (sent, received) {
            (_, None) => ("send_events", 1),
            (None, Some(_)) => ("receive_events", 1),
            (Some(_), Some(_)) => ("exchange_events", 2),
        };
        // What is generic over the events is compiled for each stream, and knows the protocol itself.
        let protocol = plan.service.protocol.map_or("Protocol", |protocol| protocol.facts().type_name);
        let mut types = vec![protocol.to_owned(), operation.type_name.clone()];
        types.extend(std::iter::repeat_n("_".to_owned(), unions));
        Self {
            parameter: sent.map(|union| format!("events: EventInput<types::{union}>")),
            argument: sent.map(|_| "events".to_owned()),
            beside: received.map(|union| format!("EventReceiver<types::{union}>")),
            call,
            types,
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
