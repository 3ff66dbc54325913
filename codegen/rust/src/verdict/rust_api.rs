//! The public API of the crate of types and client: every item that users can name, with what they can rely on.

use super::listing::{Item, Listing, Weights};
use crate::plan::{
    Argument, Construction, MemberPlan, OperationPlan, Placement, Plan, Presence, RustType, ShapePlan, StreamPlan,
};
use whitesmith_smithy::model::{ShapeId, ShapeType};

/// Lists the public API that a plan's crate has. Structures and enums are non-exhaustive, so that new fields and variants
/// are additions.
#[must_use]
pub fn public_api(plan: &Plan) -> Listing {
    let mut api = Api { listing: Listing::default() };
    for shape in &plan.shapes {
        let module = match shape.placement {
            Placement::Types => "types",
            Placement::Errors => "errors",
            Placement::Nowhere => continue,
        };
        let path = format!("{module}::{}", shape.type_name);
        match shape.shape_type {
            ShapeType::Union => api.union(&path, shape),
            ShapeType::Enum | ShapeType::IntEnum => api.enumeration(&path, shape),
            _ => api.structure(&path, &shape.builder, shape.deprecated.is_some(), Some(shape)),
        }
    }
    for operation in &plan.operations {
        api.operation(plan, operation);
    }
    api.listing
}

struct Api {
    listing: Listing,
}

impl Api {
    fn add(&mut self, path: impl Into<String>, item: Item) {
        self.listing.add(path, item);
    }

    /// A structure with its fields, constructor and setters. `smithy.api#Unit` has no plan and no members.
    fn structure(&mut self, path: &str, builder: &str, deprecated: bool, shape: Option<&ShapePlan>) {
        let members = shape.map(|shape| shape.members.as_slice()).unwrap_or_default();
        self.add(path, strict("struct").deprecated(deprecated));
        for member in shape.into_iter().flat_map(ShapePlan::fields) {
            self.member(path, member);
        }
        match Construction::of(members) {
            Construction::New(required) => {
                let arguments: Vec<String> = required
                    .iter()
                    .map(|member| format!("{}: {}", member.field, argument(&member.rust_type)))
                    .collect();
                let signature = format!("fn({}) -> Self", arguments.join(", "));
                self.add(format!("{path}::new()"), strict(signature).owned_by(path));
                if arguments.is_empty() {
                    self.add(format!("impl Default for {path}"), strict("").owned_by(path));
                }
            }
            Construction::Builder(required) => self.builder(path, builder, &required),
        }
        if shape.is_some_and(|shape| shape.error.is_some()) {
            self.add(format!("impl std::error::Error for {path}"), strict("").owned_by(path));
        }
    }

    fn builder(&mut self, path: &str, builder: &str, required: &[&MemberPlan]) {
        let (module, name) = path.rsplit_once("::").unwrap_or_default();
        let builder_path = format!("{module}::{builder}");
        self.add(format!("{path}::builder()"), strict(format!("fn() -> {builder}")).owned_by(path));
        self.add(&builder_path, strict("struct").owned_by(path));
        self.add(format!("impl Default for {builder_path}"), strict("").owned_by(&builder_path));
        for member in required {
            let setter = strict(format!("fn(self, {}) -> Self", argument(&member.rust_type)));
            self.add(format!("{builder_path}::{}()", member.field), setter.owned_by(&builder_path));
        }
        let build = strict(format!("fn(self) -> Result<{name}, MissingMember>"));
        self.add(format!("{builder_path}::build()"), build.owned_by(&builder_path));
    }

    fn member(&mut self, path: &str, member: &MemberPlan) {
        let field = format!("{path}::{}", member.field);
        let of = member.rust_type.text();
        let signature = if member.presence == Presence::Optional { format!("Option<{of}>") } else { of };
        self.add(&field, strict(signature).deprecated(member.deprecated.is_some()).owned_by(path));
        if member.presence != Presence::Required {
            let setter = strict(format!("fn(self, {}) -> Self", argument(&member.rust_type)));
            self.add(format!("{field}()"), setter.owned_by(field));
        }
    }

    fn union(&mut self, path: &str, shape: &ShapePlan) {
        self.add(path, strict("enum").deprecated(shape.deprecated.is_some()));
        for member in shape.variants() {
            let variant = strict(member.rust_type.text()).deprecated(member.deprecated.is_some());
            self.add(format!("{path}::{}", member.variant), variant.owned_by(path));
        }
        self.add(format!("{path}::Unknown"), strict("").owned_by(path));
        if shape.is_event_union() {
            let error = format!("types::{}", shape.event_error);
            self.add(format!("impl EventUnion for {path}"), strict(&shape.event_error).owned_by(path));
            self.errors(&error, shape.event_errors());
        }
    }

    /// An enum of errors.
    fn errors<'a>(&mut self, path: &str, errors: impl Iterator<Item = &'a str>) {
        self.add(path, strict("enum"));
        for error in errors {
            let variant = format!("{path}::{error}");
            self.add(format!("impl From<errors::{error}> for {path}"), strict("").owned_by(&variant));
            self.add(variant, strict(error).owned_by(path));
        }
    }

    fn enumeration(&mut self, path: &str, shape: &ShapePlan) {
        // The two kinds of enum have different methods, and only one of them is `Copy`.
        let (signature, unknown) = match shape.shape_type {
            ShapeType::IntEnum => ("enum of numbers", "i32"),
            _ => ("enum of texts", "UnknownValue"),
        };
        self.add(format!("{path}::Unknown"), strict(unknown).owned_by(path));
        self.add(path, strict(signature).deprecated(shape.deprecated.is_some()));
        for value in shape.distinct_values() {
            let variant = strict("").deprecated(value.deprecated.is_some());
            self.add(format!("{path}::{}", value.variant), variant.owned_by(path));
        }
    }

    fn operation(&mut self, plan: &Plan, operation: &OperationPlan) {
        let OperationPlan { type_name, input_type, output_type, error_type, input_builder, output_builder, .. } =
            operation;
        let marker = format!("operations::{type_name}");
        self.add(&marker, strict("struct").deprecated(operation.deprecated.is_some()));
        self.structure(&format!("operations::{input_type}"), input_builder, false, plan.shape(&operation.input));
        self.structure(&format!("operations::{output_type}"), output_builder, false, plan.shape(&operation.output));
        let output = format!("operations::{output_type}");
        self.add(format!("impl RequestId for {output}"), strict("").owned_by(&output));
        let errors = operation.errors.iter().map(|error| error.variant.as_str());
        self.errors(&format!("operations::{error_type}"), errors);
        if plan.service.protocol.is_some() && operation.callable {
            let item = strict(format!("{input_type}, {output_type}, {error_type}")).owned_by(&marker);
            self.add(format!("impl TypedOperation for {marker}"), item);
            let events = |id: Option<&ShapeId>| id.and_then(|id| plan.shape(id)).map(|union| union.type_name.as_str());
            let (sent, received) = (events(operation.input_events()), events(operation.output_events()));
            let blob = |stream: &Option<StreamPlan>| stream.is_some() && !operation.has_events();
            let argument = match sent {
                Some(union) => format!(", EventInput<{union}>"),
                None if blob(&operation.input_stream) => ", impl Into<RequestBody>".to_owned(),
                None => String::new(),
            };
            let output = match received {
                Some(union) => format!("({output_type}, EventReceiver<{union}>)"),
                None if blob(&operation.output_stream) => format!("({output_type}, Body)"),
                None => output_type.clone(),
            };
            let call = format!("fn(&self, &{input_type}{argument}) -> Result<{output}, Error<{error_type}>>");
            // The blocking client sends no events.
            let clients: &[&str] = if sent.is_some() { &["asynchronous"] } else { &["asynchronous", "blocking"] };
            for client in clients {
                self.add(format!("{client}::Client::{}()", operation.method), strict(&call).owned_by(&marker));
            }
        }
    }
}

fn strict(signature: impl Into<String>) -> Item {
    Item::new(signature, Weights::STRICT)
}

/// The type of an argument for a value.
fn argument(of: &RustType) -> String {
    match of.argument() {
        Argument::Into(of) => format!("impl Into<{}>", of.text()),
        Argument::Boxed(of) | Argument::Plain(of) => of.text(),
    }
}
