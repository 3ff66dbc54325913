//! Shapes: one static schema each, and one Rust type for structures, unions and enums.

use std::cell::RefCell;
use std::collections::BTreeSet;

use foldhash::HashMap;

use super::members::{MemberPlan, Presence, deprecation, documented};
use super::names::{self, Scope};
use super::recursion::Cycles;
use super::streams::{is_event_stream, is_streaming_body};
use super::types::{RustType, TypeName, Types};
use super::{DefaultPlan, ErrorTraitPlan, TraitsPlan};
use whitesmith_docs::{Documentation, ModelText};
use whitesmith_smithy::model::{Member, Model, Shape, ShapeId, ShapeType};

/// The module of a shape's Rust type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// It has none: simple shapes, lists, maps, and structures that only an operation's side uses.
    Nowhere,
    /// In the module of types.
    Types,
    /// In the module of errors.
    Errors,
}

/// A value of an enum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnumValuePlan {
    /// The member's name in the model.
    pub name: String,
    /// The variant's name.
    pub variant: String,
    /// The text on the wire, of an enum.
    pub text: Option<ModelText>,
    /// The number on the wire, of an intEnum.
    pub number: Option<i32>,
    /// Its documentation.
    pub documentation: Documentation,
    /// The first sentence of the documentation.
    pub summary: ModelText,
    /// Present if the value is deprecated: the model's message, which may be empty.
    pub deprecated: Option<ModelText>,
    /// `internal`
    pub internal: bool,
}

/// A shape of the closure.
#[derive(Clone, Debug, PartialEq)]
pub struct ShapePlan {
    /// The shape id.
    pub id: ShapeId,
    /// The shape's type.
    pub shape_type: ShapeType,
    /// The name of its static schema.
    pub constant: String,
    /// The name of its Rust type; see `placement`.
    pub type_name: String,
    /// The name of the builder of its Rust type, if it has one; see [`Construction`](super::Construction).
    pub builder: String,
    /// The name of the enum of errors that end a stream of the union's events; empty for other shapes.
    pub event_error: String,
    /// The module of the Rust type.
    pub placement: Placement,
    /// Its documentation.
    pub documentation: Documentation,
    /// Its members; those of an enum are `values`.
    pub members: Vec<MemberPlan>,
    /// Its values, of an enum.
    pub values: Vec<EnumValuePlan>,
    /// Its own traits, for the schema.
    pub traits: TraitsPlan,
    /// The `error` trait.
    pub error: Option<ErrorTraitPlan>,
    /// Present if the shape is deprecated: the model's message, which may be empty.
    pub deprecated: Option<ModelText>,
}

impl ShapePlan {
    /// Whether values are lists or maps.
    #[must_use]
    pub fn is_collection(&self) -> bool {
        matches!(self.shape_type, ShapeType::List | ShapeType::Map)
    }

    /// Whether the shape is the events of a stream.
    #[must_use]
    pub fn is_event_union(&self) -> bool {
        self.shape_type == ShapeType::Union && self.traits.streaming
    }

    /// The members that are fields of the Rust type: all but streams of events.
    pub fn fields(&self) -> impl Iterator<Item = &MemberPlan> {
        self.members.iter().filter(|member| member.presence != Presence::Beside)
    }

    /// The members that are variants of the Rust type: all but the errors of events.
    pub fn variants(&self) -> impl Iterator<Item = &MemberPlan> {
        let is_event_union = self.is_event_union();
        self.members.iter().filter(move |member| !is_event_union || member.error_type().is_none())
    }

    /// The type names of the errors that end a stream of the union's events. A type that several members have stands for the
    /// first.
    pub fn event_errors(&self) -> impl Iterator<Item = &str> {
        let mut seen = BTreeSet::new();
        let is_event_union = self.is_event_union();
        let errors = self.members.iter().filter(move |_| is_event_union);
        errors.filter_map(|member| member.error_type()).filter(move |name| seen.insert(*name))
    }

    /// The values without those that repeat an earlier one's text or number: these get a variant each.
    pub fn distinct_values(&self) -> impl Iterator<Item = &EnumValuePlan> {
        let mut seen = BTreeSet::new();
        self.values.iter().filter(move |value| seen.insert((value.text.as_ref(), value.number)))
    }
}

/// Names of all data shapes of a service, the same whichever operations are chosen.
pub(super) struct ShapeNames {
    names: HashMap<ShapeId, ShapeName>,
}

impl ShapeNames {
    /// Names shapes in the order of their ids.
    pub fn of(shapes: &[&Shape], renamed: &dyn Fn(&ShapeId) -> Option<String>, constants: &mut Scope) -> Self {
        let rust_name = |shape: &Shape| renamed(&shape.id).unwrap_or_else(|| shape.id.name().to_owned());
        let builder_of = |type_name: &str| format!("{type_name}Builder");
        // A shape that a later version of the model adds must not take the name of a builder or of an error.
        let mut types = Scope::default();
        let event_error_of = |type_name: &str| format!("{type_name}Error");
        for shape in shapes.iter().filter(|shape| is_event_union(shape)) {
            types.take(event_error_of(&names::type_name(names::pascal(&rust_name(shape)))));
        }
        for shape in shapes.iter().filter(|shape| may_need_builder(shape)) {
            types.take(builder_of(&names::type_name(names::pascal(&rust_name(shape)))));
        }
        let mut names = HashMap::default();
        for shape in shapes {
            let name = rust_name(shape);
            let constant = constants.take(names::constant(&name));
            let preferred = names::type_name(names::pascal(&name));
            let type_name = if has_type(shape) { types.take(preferred.clone()) } else { String::new() };
            let builder = match type_name.as_str() {
                "" => String::new(),
                name if name == preferred => builder_of(name),
                name => types.take(builder_of(name)),
            };
            let event_error = match (is_event_union(shape), type_name == preferred) {
                (false, _) => String::new(),
                (true, true) => event_error_of(&type_name),
                (true, false) => types.take(event_error_of(&type_name)),
            };
            names.insert(shape.id.clone(), ShapeName { constant, type_name, builder, event_error });
        }
        Self { names }
    }

    /// The names of a shape.
    pub fn get(&self, id: &ShapeId) -> Option<&ShapeName> {
        self.names.get(id)
    }
}

/// The Rust names of one shape.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ShapeName {
    constant: String,
    type_name: String,
    builder: String,
    event_error: String,
}

/// Whether a shape is the events of a stream.
fn is_event_union(shape: &Shape) -> bool {
    shape.shape_type == ShapeType::Union && shape.traits.is_streaming()
}

/// Whether a structure has so many required members that its constructor may be a builder.
fn may_need_builder(shape: &Shape) -> bool {
    shape.shape_type == ShapeType::Structure
        && shape.members.iter().filter(|member| member.traits.is_required()).nth(1).is_some()
}

fn has_type(shape: &Shape) -> bool {
    matches!(shape.shape_type, ShapeType::Structure | ShapeType::Union | ShapeType::Enum | ShapeType::IntEnum)
        && !shape.id.is_prelude()
}

/// Plans shapes of a closure.
pub(super) struct Shapes<'a> {
    model: &'a Model,
    names: &'a ShapeNames,
    cycles: &'a Cycles,
    /// Documentation and summary of each text that was read: shapes and members share those of the same text.
    documented: RefCell<HashMap<&'a str, (Documentation, ModelText)>>,
}

impl<'a> Shapes<'a> {
    /// A planner of a model's shapes.
    pub fn new(model: &'a Model, names: &'a ShapeNames, cycles: &'a Cycles) -> Self {
        Self { model, names, cycles, documented: RefCell::default() }
    }

    fn documented(&self, html: Option<&'a str>) -> (Documentation, ModelText) {
        let Some(html) = html else { return <_>::default() };
        self.documented.borrow_mut().entry(html).or_insert_with(|| documented(Some(html))).clone()
    }

    fn type_name(&self, id: &ShapeId) -> Option<TypeName> {
        let shape = self.model.shape(id).filter(|shape| has_type(shape))?;
        let module = if shape.traits.error().is_some() { "errors" } else { "types" };
        let name = self.names.get(id).map(|names| names.type_name.clone()).filter(|name| !name.is_empty())?;
        Some(TypeName { module, name })
    }

    /// Plans one shape. `targeted` says whether a member has values of it, so that it needs a type of its own even if it
    /// is also an operation's input or output.
    pub fn plan(&self, shape: &'a Shape, targeted: bool) -> ShapePlan {
        let ShapeName { constant, type_name, builder, event_error } =
            self.names.get(&shape.id).cloned().unwrap_or_default();
        let error = ErrorTraitPlan::of(self.model, shape);
        let placement = match (has_type(shape), &error, targeted) {
            (false, ..) => Placement::Nowhere,
            (true, Some(_), _) => Placement::Errors,
            (true, None, true) => Placement::Types,
            (true, None, false) => Placement::Nowhere,
        };
        let is_enum = matches!(shape.shape_type, ShapeType::Enum | ShapeType::IntEnum);
        let (documentation, _) = self.documented(shape.traits.documentation());
        ShapePlan {
            id: shape.id.clone(),
            shape_type: shape.shape_type,
            constant,
            type_name,
            builder,
            event_error,
            placement,
            documentation,
            members: if is_enum { Vec::new() } else { self.members(shape) },
            values: if is_enum { self.enum_values(shape) } else { Vec::new() },
            traits: TraitsPlan::of(&shape.traits),
            error,
            deprecated: deprecation(&shape.traits),
        }
    }

    fn members(&self, shape: &'a Shape) -> Vec<MemberPlan> {
        let mut fields = Scope::default();
        let mut variants = Scope::default();
        let mut plans = Vec::with_capacity(shape.members.len());
        let has_variants = shape.shape_type == ShapeType::Union;
        let mut variant = |name: &str| variants.take(names::variant(names::pascal(name)));
        for member in &shape.members {
            plans.push(MemberPlan {
                field: fields.take(names::field(names::snake(&member.name))),
                variant: if has_variants { variant(&member.name) } else { String::new() },
                ..self.member(shape, member)
            });
        }
        plans
    }

    fn enum_values(&self, shape: &'a Shape) -> Vec<EnumValuePlan> {
        let mut variants = Scope::default();
        let mut values = Vec::with_capacity(shape.members.len());
        for member in &shape.members {
            let value = member.traits.enum_value();
            let text = value.and_then(|value| value.as_str());
            let number = value.and_then(|value| value.as_i64()).and_then(|number| i32::try_from(number).ok());
            let (documentation, summary) = self.documented(member.traits.documentation());
            values.push(EnumValuePlan {
                name: member.name.to_string(),
                variant: variants.take(names::variant(names::pascal(&member.name))),
                text: (shape.shape_type == ShapeType::Enum).then(|| text.unwrap_or(&member.name).into()),
                number,
                documentation,
                summary,
                deprecated: deprecation(&member.traits),
                internal: member.traits.has("smithy.api#internal"),
            });
        }
        values
    }

    fn member(&self, shape: &Shape, member: &'a Member) -> MemberPlan {
        let target = self.model.target(member);
        let traits = &member.traits;
        let default = traits.default_value().zip(target).and_then(|(node, target)| DefaultPlan::of(node, target));
        let of_target = || target.filter(|target| !target.id.is_prelude())?.traits.documentation();
        let (documentation, summary) = self.documented(traits.documentation().or_else(of_target));
        MemberPlan {
            name: member.name.to_string(),
            field: String::new(),
            variant: String::new(),
            target: member.target.clone(),
            target_type: target.map_or(ShapeType::Structure, |target| target.shape_type),
            rust_type: self.rust_type(shape, member),
            presence: match (is_event_stream(self.model, member), is_streaming_body(self.model, member)) {
                (true, _) => Presence::Beside,
                (false, true) => Presence::Optional,
                (false, false) => presence(shape, member, default.as_ref()),
            },
            is_streaming_body: is_streaming_body(self.model, member),
            required: traits.is_required(),
            idempotency_token: traits.is_idempotency_token(),
            host_label: traits.has("smithy.api#hostLabel"),
            default,
            traits: TraitsPlan::of(traits),
            media_type: traits.media_type().or_else(|| target?.traits.media_type()).map(ModelText::from),
            documentation,
            summary,
            constraints: self.constraints(member),
            deprecated: deprecation(traits),
        }
    }

    fn rust_type(&self, shape: &Shape, member: &Member) -> RustType {
        let name_of = |id: &ShapeId| self.type_name(id);
        let of = Types { model: self.model, name_of: &name_of }.of(&member.target);
        let in_place = matches!(shape.shape_type, ShapeType::Structure | ShapeType::Union);
        if in_place && self.cycles.needs_box(&shape.id, &member.target) { RustType::Boxed(Box::new(of)) } else { of }
    }

    /// Returns the constraints by the names of their traits.
    fn constraints(&self, member: &Member) -> Vec<(&'static str, ModelText)> {
        let mut constraints = Vec::new();
        let target = self.model.target(member).map(|target| TraitsPlan::of(&target.traits)).unwrap_or_default();
        let own = TraitsPlan::of(&member.traits);
        if let Some((min, max)) = own.length.or(target.length) {
            let text = |bound: Option<u64>| bound.map(|bound| bound.to_string());
            constraints.extend(bounds("length", text(min), text(max)));
        }
        if let Some((min, max)) = own.range.or(target.range) {
            constraints.extend(bounds("range", min, max));
        }
        if let Some(pattern) = own.pattern.or(target.pattern) {
            constraints.push(("pattern", pattern));
        }
        if own.unique_items || target.unique_items {
            constraints.push(("items", "unique".into()));
        }
        constraints
    }
}

fn bounds(name: &'static str, min: Option<String>, max: Option<String>) -> Option<(&'static str, ModelText)> {
    let text = match (min, max) {
        (Some(min), Some(max)) if min == max => min,
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("at least {min}"),
        (None, Some(max)) => format!("at most {max}"),
        (None, None) => return None,
    };
    Some((name, text.into()))
}

/// Required members are plain fields, in inputs too, where Smithy would let a client leave them out: whoever sends a
/// request wants to know what it needs. Idempotency tokens are made up by the client.
fn presence(shape: &Shape, member: &Member, default: Option<&DefaultPlan>) -> Presence {
    if shape.shape_type != ShapeType::Structure || member.traits.is_client_optional() {
        return Presence::Optional;
    }
    if member.traits.is_required() && !member.traits.is_idempotency_token() && default.is_none() {
        return Presence::Required;
    }
    match default {
        Some(default) if !shape.traits.is_input() => Presence::Default(default.clone()),
        _ => Presence::Optional,
    }
}
