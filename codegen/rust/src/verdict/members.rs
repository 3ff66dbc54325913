//! The members of a message at any depth, by paths such as `Tags[].Key`.

use foldhash::HashMap;

use crate::plan::{MemberPlan, Placement, Plan, RustType};
use whitesmith_smithy::model::{ShapeId, ShapeType};

/// The most members that are listed. In a model whose structures all use each other, the number of paths grows
/// exponentially; paths beyond the limit are not compared.
const MOST_MEMBERS: usize = 100_000;

/// The depth to which values are followed. No message of a real service comes near it.
const DEEPEST: usize = 64;

/// Walks through messages.
pub(super) struct Walk<'a> {
    plan: &'a Plan,
    kinds: HashMap<(&'static str, &'a str), &'static str>,
    left: usize,
}

impl<'a> Walk<'a> {
    pub(super) fn new(plan: &'a Plan) -> Self {
        let kinds = plan.shapes.iter().filter_map(|shape| {
            let module = if shape.placement == Placement::Errors { "errors" } else { "types" };
            let kind = match shape.shape_type {
                ShapeType::Enum => "string",
                ShapeType::IntEnum => "number",
                ShapeType::Union if shape.is_event_union() => "stream of events",
                ShapeType::Union => "union",
                ShapeType::Structure => "structure",
                _ => return None,
            };
            Some(((module, shape.type_name.as_str()), kind))
        });
        Self { plan, kinds: kinds.collect(), left: MOST_MEMBERS }
    }

    /// The members of a structure.
    pub(super) fn members(&self, id: &ShapeId) -> &'a [MemberPlan] {
        self.plan.shape(id).map(|shape| shape.members.as_slice()).unwrap_or_default()
    }

    /// The kind of a member's values on the wire. Type names do not appear there, and an enum is a string.
    pub(super) fn kind(&self, member: &MemberPlan) -> String {
        self.kind_of(&member.rust_type)
    }

    fn kind_of(&self, of: &RustType) -> String {
        match of {
            RustType::Plain("String") => "string".to_owned(),
            RustType::Plain("Blob") => "blob".to_owned(),
            RustType::Plain("Timestamp") => "timestamp".to_owned(),
            RustType::Plain("bool") => "boolean".to_owned(),
            RustType::Plain("Document") => "document".to_owned(),
            RustType::Plain("Unit") => "structure".to_owned(),
            RustType::Plain(_) => "number".to_owned(),
            RustType::Named(name) => {
                self.kinds.get(&(name.module, name.name.as_str())).copied().unwrap_or("structure").to_owned()
            }
            RustType::List(of) => format!("list of {}", self.kind_of(of)),
            RustType::Map(_, of) => format!("map of {}", self.kind_of(of)),
            RustType::Optional(of) | RustType::Boxed(of) => self.kind_of(of),
        }
    }

    /// Visits the members of the structures inside a member's values, with their paths after `path` and the path of the
    /// member that holds them. A structure inside itself is not entered again.
    pub(super) fn inside(&mut self, path: &str, member: &'a MemberPlan, visit: &mut dyn FnMut(&Self, Inner<'a, '_>)) {
        self.value(path, path, &member.target, &mut Vec::new(), visit);
    }

    fn value(
        &mut self,
        holder: &str,
        path: &str,
        id: &'a ShapeId,
        entered: &mut Vec<&'a ShapeId>,
        visit: &mut dyn FnMut(&Self, Inner<'a, '_>),
    ) {
        let Some(shape) = self.plan.shape(id) else { return };
        if entered.contains(&id) || entered.len() >= DEEPEST {
            return;
        }
        entered.push(id);
        match shape.shape_type {
            ShapeType::List => {
                if let Some(element) = shape.members.first() {
                    self.value(holder, &format!("{path}[]"), &element.target, entered, visit);
                }
            }
            ShapeType::Map => {
                if let Some(value) = shape.members.iter().find(|member| member.name == "value") {
                    self.value(holder, &format!("{path}{{}}"), &value.target, entered, visit);
                }
            }
            ShapeType::Structure | ShapeType::Union => {
                for member in &shape.members {
                    let Some(left) = self.left.checked_sub(1) else { break };
                    self.left = left;
                    let path = format!("{path}.{}", member.name);
                    visit(self, Inner { path: &path, holder, member, of_union: shape.shape_type == ShapeType::Union });
                    self.value(&path, &path, &member.target, entered, visit);
                }
            }
            _ => {}
        }
        entered.pop();
    }
}

/// A member inside another member's value.
pub(super) struct Inner<'a, 'p> {
    /// The whole path.
    pub(super) path: &'p str,
    /// The path of the member whose value holds this one.
    pub(super) holder: &'p str,
    /// The member.
    pub(super) member: &'a MemberPlan,
    /// Whether it belongs to a union.
    pub(super) of_union: bool,
}
