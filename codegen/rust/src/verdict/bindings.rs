//! Locations and names of operations and members in the messages of the service's protocol.

use crate::plan::{
    EventBindingPlan, HttpBindingPlan, MemberPlan, OperationPlan, PathSegmentPlan, Plan, ProtocolId, ShapePlan,
    WirePlan, XmlNamespacePlan,
};
use whitesmith_schema::{Format, ProtocolStyle};

/// The model's binding traits as a plan's protocol reads them.
#[derive(Clone, Copy)]
pub(super) struct Bindings<'p> {
    plan: &'p Plan,
    protocol: Option<ProtocolId>,
}

impl<'p> Bindings<'p> {
    pub(super) fn new(plan: &'p Plan) -> Self {
        Self { plan, protocol: plan.service.protocol }
    }

    /// Whether the model says where each member stands.
    pub(super) fn is_bound(self) -> bool {
        self.protocol.is_some_and(|protocol| protocol.facts().style == ProtocolStyle::HttpBinding)
    }

    /// What all documents of the service share; `None` for a format without such things.
    pub(super) fn documents(self) -> Option<String> {
        self.protocol.filter(|protocol| protocol.facts().format == Format::Xml)?;
        let wire = &self.plan.service.wire;
        let mut text = "XML".to_owned();
        if let Some(namespace) = &wire.xml_namespace {
            namespace_into(&mut text, namespace);
        }
        if wire.no_error_wrapping {
            text.push_str(", errors not wrapped");
        }
        Some(text)
    }

    /// The code by which responses of query protocols name an error; empty for other protocols, which name its shape.
    pub(super) fn error_code(self, error: &ShapePlan) -> String {
        let is_query = self.protocol.is_some_and(|protocol| protocol.facts().style == ProtocolStyle::Query);
        if !is_query && !self.plan.service.query_compatible {
            return String::new();
        }
        let code = error.error.as_ref().and_then(|error| error.query_code.as_ref());
        format!("code {}", code.map_or(error.id.name(), |code| code.unescaped()))
    }

    /// How an operation's requests are routed.
    pub(super) fn operation(self, operation: &OperationPlan) -> String {
        let mut text = String::new();
        if let Some(http) = operation.traits.http.as_ref().filter(|_| self.is_bound()) {
            text.push_str(&http.method);
            text.push(' ');
            for segment in &http.path {
                match segment {
                    PathSegmentPlan::Literal(literal) => text.extend(["/", literal]),
                    PathSegmentPlan::Label(label) => text.extend(["/{", label, "}"]),
                    PathSegmentPlan::Greedy(label) => text.extend(["/{", label, "+}"]),
                }
            }
            if http.path.is_empty() {
                text.push('/');
            }
            for (index, (name, value)) in http.query.iter().enumerate() {
                text.extend([if index == 0 { "?" } else { "&" }, name, "=", value]);
            }
            text.push_str(&format!(" → {}", http.code));
        }
        if let Some(prefix) = &operation.host_prefix {
            let separator = if text.is_empty() { "" } else { ", " };
            text.extend([separator, "host prefix ", prefix.unescaped()]);
        }
        text
    }

    /// Returns the location of a member of an input, output or error; empty for the body.
    pub(super) fn location(self, member: &MemberPlan) -> String {
        let mut text = match member.http_binding().filter(|_| self.is_bound()) {
            None => String::new(),
            Some(HttpBindingPlan::Label) => " in the path".to_owned(),
            Some(HttpBindingPlan::Query(name)) => format!(" in the query parameter {name}"),
            Some(HttpBindingPlan::QueryParams) => " in the query".to_owned(),
            Some(HttpBindingPlan::Header(name)) => format!(" in the header {}", name.to_ascii_lowercase()),
            Some(HttpBindingPlan::PrefixHeaders(prefix)) => {
                format!(" in headers {}*", prefix.to_ascii_lowercase())
            }
            Some(HttpBindingPlan::Payload) => {
                let of_target = self.plan.shape(&member.target).and_then(|shape| shape.traits.wire.as_ref());
                let media_types = [member.traits.wire.as_ref(), of_target].into_iter().flatten();
                let media_type = media_types.filter_map(|wire| wire.media_type.as_deref()).next();
                media_type.map_or(" as the body".to_owned(), |media_type| format!(" as the body of type {media_type}"))
            }
            Some(HttpBindingPlan::ResponseCode) => " in the status".to_owned(),
        };
        if member.host_label {
            text.push_str(" and in the host");
        }
        text
    }

    /// The names and forms that the protocol's documents have for a member; empty for the model's own name.
    pub(super) fn names(self, member: &MemberPlan) -> String {
        let Some(protocol) = self.protocol else { return String::new() };
        let mut text = String::new();
        let facts = protocol.facts();
        match facts.format {
            Format::Json if facts.style == ProtocolStyle::HttpBinding => {
                if let Some(name) = member.traits.wire.as_ref().and_then(|wire| wire.json_name.as_ref()) {
                    name_into(&mut text, "JSON name", name);
                }
            }
            Format::Xml => {
                if let Some(wire) = &member.traits.wire {
                    xml_into(&mut text, wire, protocol);
                }
                // Elements, keys and values are elements of their own.
                let target = self.plan.shape(&member.target).filter(|shape| shape.is_collection());
                for inner in target.into_iter().flat_map(|shape| &shape.members) {
                    if let Some(name) = inner.traits.wire.as_ref().and_then(|wire| wire.xml_name.as_ref()) {
                        name_into(&mut text, &inner.name, name);
                    }
                }
            }
            _ => {}
        }
        match member.traits.wire.as_ref().and_then(|wire| wire.event) {
            Some(EventBindingPlan::Header) => text.push_str(", event header"),
            Some(EventBindingPlan::Payload) => text.push_str(", event payload"),
            None => {}
        }
        text
    }
}

fn xml_into(text: &mut String, wire: &WirePlan, protocol: ProtocolId) {
    if let Some(name) = &wire.xml_name {
        name_into(text, "XML name", name);
    }
    if let Some(name) = wire.ec2_query_name.as_ref().filter(|_| protocol == ProtocolId::Ec2Query) {
        name_into(text, "EC2 name", name);
    }
    if let Some(namespace) = &wire.xml_namespace {
        namespace_into(text, namespace);
    }
    for (set, form) in [(wire.xml_attribute, "attribute"), (wire.xml_flattened, "flattened")] {
        if set {
            text.extend([", ", form]);
        }
    }
}

fn namespace_into(text: &mut String, (uri, prefix): &XmlNamespacePlan) {
    name_into(text, "namespace", &format!("{} {uri}", prefix.as_deref().unwrap_or_default()));
}

fn name_into(text: &mut String, what: &str, name: &str) {
    text.extend([", ", what, " ", name.trim()]);
}
