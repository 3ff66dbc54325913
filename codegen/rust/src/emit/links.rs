//! The items that documentation links to.

use std::cell::OnceCell;

use foldhash::{HashMap, HashSet};

use super::module::Module;
use crate::plan::{MemberPlan, OperationPlan, Placement, Plan, ShapePlan};
use whitesmith_smithy::model::{ShapeId, ShapeType};

/// Derive macros of the prelude, which have the names of their traits: a bare name is ambiguous in documentation.
const AMBIGUOUS: &[&str] = &["Clone", "Copy", "Debug", "Default", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd"];

fn is_ambiguous(name: &str) -> bool {
    AMBIGUOUS.contains(&name)
}

/// A link to a structure of the same module.
pub(super) fn item_link(name: &str) -> String {
    let kind = if is_ambiguous(name) { "struct@" } else { "" };
    format!("[`{kind}{name}`]")
}

/// The types of a plan by the names that the model's documentation has for them.
pub(super) struct Links<'p> {
    plan: &'p Plan,
    shapes: HashMap<&'p str, Vec<&'p ShapePlan>>,
}

impl<'p> Links<'p> {
    pub fn new(plan: &'p Plan) -> Self {
        let mut shapes: HashMap<&str, Vec<&ShapePlan>> = HashMap::default();
        for shape in plan.shapes.iter().filter(|shape| shape.placement != Placement::Nowhere) {
            shapes.entry(shape.id.name()).or_default().push(shape);
        }
        Self { plan, shapes }
    }

    /// The links of the service's documentation: to everything that is generated.
    pub fn of_service(&'p self) -> Scope<'p> {
        let roots = self.plan.shapes.iter().map(|shape| &shape.id).collect();
        Scope { operations: &self.plan.operations, ..self.scope(Module::Root, roots) }
    }

    /// The links of a shape's documentation.
    pub fn of_shape(&'p self, shape: &'p ShapePlan, module: Module) -> Scope<'p> {
        let variants = shape.variants().filter(|_| shape.shape_type == ShapeType::Union);
        let fields = shape.fields().filter(|_| shape.shape_type != ShapeType::Union);
        let members = variants
            .map(|member| (member.name.as_str(), format!("Self::{}", member.variant)))
            .chain(fields.map(|member| (member.name.as_str(), field_path("Self", member))));
        Scope { members: members.collect(), ..self.scope(module, vec![&shape.id]) }
    }

    /// The links of an operation's documentation, that of its input and output included.
    pub fn of_operation(&'p self, operation: &'p OperationPlan) -> Scope<'p> {
        let errors = operation.errors.iter().map(|error| &error.id);
        let roots = [&operation.input, &operation.output].into_iter().chain(errors).collect();
        let sides = [(&operation.output, &operation.output_type), (&operation.input, &operation.input_type)];
        let members = sides.into_iter().flat_map(|(id, type_name)| {
            let members = self.plan.shape(id).into_iter().flat_map(ShapePlan::fields);
            members.map(move |member| (member.name.as_str(), field_path(type_name, member)))
        });
        Scope {
            operations: std::slice::from_ref(operation),
            members: members.collect(),
            ..self.scope(Module::Operation, roots)
        }
    }

    fn scope(&'p self, module: Module, roots: Vec<&'p ShapeId>) -> Scope<'p> {
        Scope { links: self, module, operations: &[], members: HashMap::default(), roots, reached: OnceCell::new() }
    }
}

fn field_path(of: &str, member: &MemberPlan) -> String {
    format!("{of}#structfield.{}", member.field.trim_start_matches("r#"))
}

/// The links of one item: to its members, to itself, and to everything it consists of, which exists whatever else is
/// generated.
pub(super) struct Scope<'p> {
    links: &'p Links<'p>,
    module: Module,
    operations: &'p [OperationPlan],
    /// Paths of fields and variants by the names of their members.
    members: HashMap<&'p str, String>,
    roots: Vec<&'p ShapeId>,
    reached: OnceCell<HashSet<&'p ShapeId>>,
}

impl<'p> Scope<'p> {
    /// Returns the path of the item that a piece of code names: the bare name where that is enough, since `rustdoc` warns
    /// about a longer path.
    pub fn resolve(&self, code: &str) -> Option<String> {
        if let Some(path) = self.members.get(code) {
            return Some(path.clone());
        }
        if let Some(operation) = self.operations.iter().find(|operation| operation.id.name() == code) {
            return self.path(Module::Operation, &operation.type_name, code);
        }
        let candidates = self.links.shapes.get(code)?;
        let reached = self.reached.get_or_init(|| self.reach());
        let shape = candidates.iter().find(|shape| reached.contains(&shape.id))?;
        let module = if shape.placement == Placement::Errors { Module::Errors } else { Module::Types };
        self.path(module, &shape.type_name, code)
    }

    /// `None` for an ambiguous name of the same module: `rustdoc` warns about the bare name and about a longer path.
    fn path(&self, module: Module, name: &str, code: &str) -> Option<String> {
        if module.name() != self.module.name() || name != code || self.module.is_part() {
            Some(format!("{}{}::{name}", self.module.root(), module.name()))
        } else {
            (!is_ambiguous(name)).then(|| name.to_owned())
        }
    }

    fn reach(&self) -> HashSet<&'p ShapeId> {
        let mut reached: HashSet<&ShapeId> = self.roots.iter().copied().collect();
        let mut waiting = self.roots.clone();
        while let Some(id) = waiting.pop() {
            let members = self.links.plan.shape(id).map(|shape| shape.members.as_slice()).unwrap_or_default();
            waiting.extend(members.iter().map(|member| &member.target).filter(|target| reached.insert(target)));
        }
        reached
    }
}
