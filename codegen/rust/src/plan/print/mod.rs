//! Plans as text, for people and for snapshots: what each thing of the model is called in Rust, and what was decided of it.

mod endpoint;
mod parts;
mod usage;

use std::fmt::{self, Display, Formatter};

use whitesmith_docs::ModelText;
use whitesmith_smithy::model::ErrorFault;

use parts::{flag, summary};

use super::{
    AuthSchemePlan, EnumValuePlan, MemberPlan, OperationPlan, Placement, Plan, Presence, ServicePlan, ShapePlan,
    StreamPlan, TraitsPlan,
};

/// A line for each service, operation, shape, member, enum value, rule, page, example and test case, in the plan's order.
impl Display for Plan {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "crate {}", self.name)?;
        service(f, &self.service)?;
        for one in &self.operations {
            operation(f, one)?;
        }
        self.shapes.iter().try_for_each(|one| shape(f, one))?;
        match &self.endpoint {
            Ok(rules) => rules.iter().try_for_each(|rules| write!(f, "\nendpoint\n{rules}"))?,
            Err(error) => writeln!(f, "\nendpoint: {error}")?,
        }
        usage::pages(f, &self.pages)?;
        self.examples.iter().try_for_each(|one| usage::example(f, one))?;
        self.cases.protocol.iter().try_for_each(|one| usage::protocol_case(f, one))?;
        self.cases.endpoint.iter().try_for_each(|one| usage::endpoint_case(f, one))
    }
}

fn service(f: &mut Formatter<'_>, service: &ServicePlan) -> fmt::Result {
    let (version, title) = (service.version.unescaped(), service.title.unescaped());
    write!(f, "service {} {version:?} {title:?}", service.id)?;
    match service.protocol {
        Some(protocol) => write!(f, " speaks {protocol:?}")?,
        None => write!(f, " speaks no protocol of ours but {}", service.protocol_traits.join(", "))?,
    }
    flag(f, service.query_compatible, "query compatible")?;
    f.write_str("\n")
}

fn operation(f: &mut Formatter<'_>, operation: &OperationPlan) -> fmt::Result {
    let OperationPlan { id, constant, type_name, method, input_type, output_type, error_type, .. } = operation;
    write!(f, "\noperation {id} → {type_name}, {constant}, {method}({input_type}) → {output_type} or {error_type}")?;
    let errors: Vec<&str> = operation.errors.iter().map(|error| error.variant.as_str()).collect();
    write!(f, " of [{}], command {}", errors.join(", "), operation.command)?;
    for flag in operation.options.iter().flat_map(|option| option.name.flags()) {
        write!(f, " {flag}")?;
    }
    if let Some(paging) = operation.paging.as_ref().filter(|paging| paging.is_listed) {
        write!(f, ", pages of {:?} by {:?}", paging.results, paging.input_tokens)?;
    }
    match operation.auth.as_slice() {
        [AuthSchemePlan::SigV4] => {}
        [] | [AuthSchemePlan::None] => f.write_str(", anonymous")?,
        schemes => write!(f, ", auth {schemes:?}")?,
    }
    if let Some(http) = &operation.traits.http {
        write!(f, ", {} {:?} {:?} {}", http.method, http.path, http.query, http.code)?;
    }
    if let Some(prefix) = &operation.host_prefix {
        write!(f, ", host prefix {:?}", prefix.unescaped())?;
    }
    flag(f, operation.compression, "compressed")?;
    for (stream, side) in [(&operation.input_stream, "input"), (&operation.output_stream, "output")] {
        match stream {
            Some(StreamPlan::Blob) => write!(f, ", {side} streams bytes")?,
            Some(StreamPlan::Events(union)) => write!(f, ", {side} streams events of {union}")?,
            None => {}
        }
    }
    flag(f, !operation.callable, "not callable")?;
    flag(f, operation.deprecated.is_some(), "deprecated")?;
    summary(f, &operation.summary)
}

fn shape(f: &mut Formatter<'_>, shape: &ShapePlan) -> fmt::Result {
    write!(f, "\n{} {} → {}", shape.shape_type.name(), shape.id, shape.constant)?;
    match shape.placement {
        Placement::Nowhere => {}
        Placement::Types => write!(f, ", types::{}", shape.type_name)?,
        Placement::Errors => write!(f, ", errors::{}", shape.type_name)?,
    }
    traits(f, &shape.traits)?;
    if let Some(error) = &shape.error {
        let fault = match error.fault {
            ErrorFault::Client => "client",
            ErrorFault::Server => "server",
        };
        write!(f, ", {fault} error {}", error.status())?;
        match error.retryable {
            Some(true) => f.write_str(", retryable as throttling")?,
            Some(false) => f.write_str(", retryable")?,
            None => {}
        }
    }
    flag(f, shape.deprecated.is_some(), "deprecated")?;
    f.write_str("\n")?;
    shape.members.iter().try_for_each(|one| member(f, one))?;
    shape.values.iter().try_for_each(|one| value(f, one))
}

fn member(f: &mut Formatter<'_>, member: &MemberPlan) -> fmt::Result {
    write!(f, "    {}: {} → ", member.name, member.target)?;
    match &member.presence {
        Presence::Required => write!(f, "{}: {}", member.field, member.rust_type.text())?,
        Presence::Optional => write!(f, "{}: Option<{}>", member.field, member.rust_type.text())?,
        Presence::Beside => write!(f, "{} beside the others", member.field)?,
        Presence::Default(default) => write!(f, "{}: {} = {default:?}", member.field, member.rust_type.text())?,
    }
    if !member.variant.is_empty() {
        write!(f, ", variant {}", member.variant)?;
    }
    flag(f, member.required, "required")?;
    flag(f, member.idempotency_token, "idempotency token")?;
    flag(f, member.host_label, "host label")?;
    flag(f, member.deprecated.is_some(), "deprecated")?;
    if let (Some(default), false) = (&member.default, matches!(member.presence, Presence::Default(_))) {
        write!(f, ", default {default:?}")?;
    }
    traits(f, &member.traits)?;
    summary(f, &member.summary)
}

fn value(f: &mut Formatter<'_>, value: &EnumValuePlan) -> fmt::Result {
    write!(f, "    {}", value.name)?;
    match (&value.text, value.number) {
        (Some(text), _) => write!(f, " = {:?}", text.unescaped())?,
        (None, Some(number)) => write!(f, " = {number}")?,
        (None, None) => {}
    }
    write!(f, " → {}", value.variant)?;
    flag(f, value.deprecated.is_some(), "deprecated")?;
    summary(f, &value.summary)
}

fn traits(f: &mut Formatter<'_>, traits: &TraitsPlan) -> fmt::Result {
    let open = |bound: Option<String>| bound.unwrap_or_default();
    if let Some((min, max)) = traits.length {
        write!(f, ", length {}..{}", open(min.map(|n| n.to_string())), open(max.map(|n| n.to_string())))?;
    }
    if let Some((min, max)) = &traits.range {
        write!(f, ", range {}..{}", open(min.clone()), open(max.clone()))?;
    }
    for (name, text) in [
        ("pattern", traits.pattern.as_ref().map(ModelText::unescaped)),
        ("timestamp format", traits.timestamp_format.as_deref()),
        ("media type", traits.wire.as_ref().and_then(|wire| wire.media_type.as_deref())),
    ] {
        if let Some(text) = text {
            write!(f, ", {name} {text:?}")?;
        }
    }
    flag(f, traits.unique_items, "unique items")?;
    flag(f, traits.sparse, "sparse")?;
    flag(f, traits.sensitive, "sensitive")?;
    flag(f, traits.streaming, "streaming")
}
