//! Locations and names of operations and members in the messages of the service's protocol.

use crate::plan::{
    EventBindingPlan, HttpBindingPlan, MemberPlan, OperationPlan, PathSegmentPlan, Plan, ProtocolId, ShapePlan,
    WirePlan, XmlNamespacePlan,
};
use whitesmith_docs::ModelText;
use whitesmith_schema::{Format, ProtocolStyle};
use whitesmith_smithy::model::{ShapeId, ShapeType};

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

    /// Whether documents are XML, where a member may have another name than in the model.
    pub(super) fn is_xml(self) -> bool {
        self.protocol.is_some_and(|protocol| protocol.facts().format == Format::Xml)
    }

    /// How responses identify an error: the code that query protocols give it, and the status of bound messages. Other
    /// protocols name its shape.
    pub(super) fn error(self, error: &ShapePlan) -> String {
        let of_error = error.error.as_ref();
        if self.is_bound() {
            return of_error.map(|error| format!("status {}", error.status())).unwrap_or_default();
        }
        let is_query = self.protocol.is_some_and(|protocol| protocol.facts().style == ProtocolStyle::Query);
        if !is_query && !self.plan.service.query_compatible {
            return String::new();
        }
        let code = of_error.and_then(|error| error.query_code.as_ref());
        format!("code {}", code.map_or(error.id.name(), |code| code.unescaped()))
    }

    /// The root element of an operation's requests; `None` if they have no document. Readers of responses ignore it.
    pub(super) fn root(self, operation: &OperationPlan) -> Option<String> {
        if !self.is_bound() || !self.is_xml() {
            return None;
        }
        let input = self.plan.shape(&operation.input)?;
        let payload = input.members.iter().find(|member| member.http_binding() == Some(&HttpBindingPlan::Payload));
        let (member, shape) = match payload {
            Some(member) => (member.traits.wire.as_ref(), self.plan.shape(&member.target)?),
            None if input.members.iter().any(|member| member.http_binding().is_none()) => (None, input),
            None => return None,
        };
        if !matches!(shape.shape_type, ShapeType::Structure | ShapeType::Union) {
            return None;
        }
        let wires = || [member, shape.traits.wire.as_ref()].into_iter().flatten();
        let name = wires().find_map(|wire| wire.xml_name.as_deref()).unwrap_or(shape.id.name());
        let mut text = format!("element {}", name.trim());
        if let Some(namespace) = wires().find_map(|wire| wire.xml_namespace.as_ref()) {
            namespace_into(&mut text, namespace);
        }
        Some(text)
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
        if operation.traits.unwrapped_xml_output {
            text.push_str(", output not wrapped");
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
            Some(HttpBindingPlan::Header(name)) => {
                let encoded = self.media_type(member).map_or("", |_| " in base64");
                format!(" in the header {}{encoded}", name.to_ascii_lowercase())
            }
            Some(HttpBindingPlan::PrefixHeaders(prefix)) => {
                format!(" in headers {}*", prefix.to_ascii_lowercase())
            }
            Some(HttpBindingPlan::Payload) => {
                let media_type = self.media_type(member);
                media_type.map_or(" as the body".to_owned(), |media_type| format!(" as the body of type {media_type}"))
            }
            Some(HttpBindingPlan::ResponseCode) => " in the status".to_owned(),
        };
        if member.host_label {
            text.push_str(" and in the host");
        }
        text
    }

    /// `mediaType` of a member, else of its target.
    fn media_type(self, member: &MemberPlan) -> Option<&str> {
        member.media_type.as_ref().map(ModelText::unescaped)
    }

    /// The names and forms that the protocol's documents have for a member; empty for the model's own name.
    pub(super) fn names(self, member: &'p MemberPlan) -> String {
        let Some(protocol) = self.protocol else { return String::new() };
        let mut text = String::new();
        let facts = protocol.facts();
        let wire = member.traits.wire.as_ref();
        match facts.format {
            Format::Json if facts.style == ProtocolStyle::HttpBinding => {
                if let Some(name) = wire.and_then(|wire| wire.json_name.as_ref()) {
                    name_into(&mut text, "JSON name", name);
                }
            }
            Format::Xml => {
                if let Some(wire) = wire {
                    xml_into(&mut text, wire, protocol);
                }
                let target = self.plan.shape(&member.target);
                let of_target = target.and_then(|shape| shape.traits.wire.as_ref()?.xml_namespace.as_ref());
                if let Some(namespace) = of_target.filter(|_| wire.is_none_or(|wire| wire.xml_namespace.is_none())) {
                    namespace_into(&mut text, namespace);
                }
            }
            _ => {}
        }
        self.elements_into(&mut text, "", &member.target, &mut Vec::new());
        match wire.and_then(|wire| wire.event) {
            Some(EventBindingPlan::Header) => text.push_str(", event header"),
            Some(EventBindingPlan::Payload) => text.push_str(", event payload"),
            None => {}
        }
        text
    }

    /// Adds the names and forms of a collection's elements, keys and values.
    fn elements_into(self, text: &mut String, path: &str, id: &'p ShapeId, entered: &mut Vec<&'p ShapeId>) {
        let Some(shape) = self.plan.shape(id).filter(|shape| shape.is_collection()) else { return };
        if entered.contains(&id) {
            return;
        }
        entered.push(id);
        for inner in &shape.members {
            let path = format!("{path}{}", inner.name);
            if let Some(wire) = inner.traits.wire.as_ref().filter(|_| self.is_xml()) {
                if let Some(name) = &wire.xml_name {
                    name_into(text, &path, name);
                }
                if let Some(namespace) = &wire.xml_namespace {
                    text.extend([", ", &path]);
                    namespace_into(text, namespace);
                }
            }
            if let Some(format) = self.timestamp_format(inner) {
                name_into(text, &format!("{path} as"), format);
            }
            self.elements_into(text, &format!("{path}."), &inner.target, entered);
        }
        entered.pop();
    }

    /// `timestampFormat` of a member, else of its target.
    pub(super) fn timestamp_format(self, member: &'p MemberPlan) -> Option<&'p str> {
        let of_target = || self.plan.shape(&member.target)?.traits.timestamp_format.as_deref();
        member.traits.timestamp_format.as_deref().or_else(of_target)
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
