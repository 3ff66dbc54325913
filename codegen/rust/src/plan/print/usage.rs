//! Pages, examples and test cases as text.

use std::fmt::{self, Formatter};

use whitesmith_docs::{CommandPage, Json, ServicePages};

use super::super::endpoint::EndpointCasePlan;
use super::super::{CaseMessage, ExamplePlan, ProtocolCasePlan};
use super::parts::flag;

/// Writes a line for each page. What a page says of options and shapes is that of operations and shapes.
pub(super) fn pages(f: &mut Formatter<'_>, pages: &ServicePages) -> fmt::Result {
    f.write_str("\n")?;
    pages.commands.iter().try_for_each(|page| command(f, page))
}

fn command(f: &mut Formatter<'_>, page: &CommandPage) -> fmt::Result {
    let (required, optional): (Vec<_>, Vec<_>) = page.options.iter().partition(|option| option.is_required);
    write!(f, "page {} of {}:", page.command, page.operation)?;
    write!(f, " {} required and {} optional options", required.len(), optional.len())?;
    write!(f, ", {} errors, {} examples", page.errors.len(), page.examples.len())?;
    flag(f, page.has_output_file, "with an output file")?;
    flag(f, page.events.is_some(), "with events")?;
    flag(f, page.uses_documents, "with documents")?;
    flag(f, page.deprecated.is_some(), "deprecated")?;
    f.write_str("\n")
}

/// Writes an example with its values.
pub(super) fn example(f: &mut Formatter<'_>, example: &ExamplePlan) -> fmt::Result {
    write!(f, "\nexample of {} {:?}", example.operation.name(), example.title.unescaped())?;
    flag(f, example.fails, "fails")?;
    f.write_str("\n")?;
    value(f, "input", example.input.as_ref())?;
    value(f, "output", example.output.as_ref())
}

/// Writes a case of the protocol with the value that its message stands for.
pub(super) fn protocol_case(f: &mut Formatter<'_>, case: &ProtocolCasePlan) -> fmt::Result {
    write!(f, "\ncase {:?} of {}", case.id.unescaped(), case.operation.name())?;
    if let Some(error) = &case.error {
        write!(f, ", error {}", error.name())?;
    }
    match &case.message {
        CaseMessage::Request { method, uri, .. } => write!(f, ": {method} {uri:?}")?,
        CaseMessage::Malformed { method, uri, code, .. } => write!(f, ": {method} {uri:?}, refused with {code}")?,
        CaseMessage::Response { code } => write!(f, ": {code}")?,
        CaseMessage::Events { events, failure, .. } => {
            write!(f, ": {} events", events.len())?;
            flag(f, failure.is_some(), "fails")?;
        }
    }
    for side in &case.sides {
        write!(f, ", {side:?}")?;
    }
    f.write_str("\n")?;
    for (name, text) in &case.headers {
        writeln!(f, "    header {name}: {text:?}")?;
    }
    if let Some(body) = &case.body {
        writeln!(f, "    body {body:?}")?;
    }
    value(f, "value", case.params.as_ref())
}

/// Writes a case of the endpoint rules.
pub(super) fn endpoint_case(f: &mut Formatter<'_>, case: &EndpointCasePlan) -> fmt::Result {
    writeln!(f, "\nendpoint case {:?}", case.documentation.unescaped())?;
    for (parameter, value) in &case.parameters {
        writeln!(f, "    {} = {value:?}", parameter.name)?;
    }
    match &case.expected {
        Ok(endpoint) => {
            write!(f, "    endpoint {:?}", endpoint.url)?;
            for (name, values) in &endpoint.headers {
                write!(f, ", header {name} {values:?}")?;
            }
            for scheme in &endpoint.auth_schemes {
                write!(f, ", auth scheme {}", scheme.name)?;
            }
            for (name, value) in &endpoint.properties {
                write!(f, ", {name} {value}")?;
            }
            f.write_str("\n")
        }
        Err(message) => writeln!(f, "    error {message:?}"),
    }
}

fn value(f: &mut Formatter<'_>, what: &str, value: Option<&Json>) -> fmt::Result {
    value.map_or(Ok(()), |value| writeln!(f, "    {what} {value}"))
}
