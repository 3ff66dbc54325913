//! Which items documentation may link to.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use crate::plan::{OperationPlan, Placement, Plan, ShapePlan};
use whitesmith_smithy::model::ShapeId;

/// Derive macros that stand beside traits of the same name in every module, so that the bare name means two things.
const AMBIGUOUS: &[&str] = &["Clone", "Copy", "Debug", "Default", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd"];

/// Whether `rustdoc` wants to know what is meant by a bare name.
pub(super) fn is_ambiguous(name: &str) -> bool {
    AMBIGUOUS.contains(&name)
}

/// The types of a plan by the names that the model's documentation has for them.
pub(super) struct Links<'p> {
    plan: &'p Plan,
    shapes: HashMap<&'p str, Vec<&'p ShapePlan>>,
}

impl<'p> Links<'p> {
    pub fn new(plan: &'p Plan) -> Self {
        let mut shapes: HashMap<&str, Vec<&ShapePlan>> = HashMap::new();
        for shape in plan.shapes.iter().filter(|shape| shape.placement != Placement::Nowhere) {
            shapes.entry(shape.id.name()).or_default().push(shape);
        }
        Self { plan, shapes }
    }

    /// The links that the documentation of the service may have: to everything that is generated.
    pub fn of_service(&'p self) -> Scope<'p> {
        let roots = self.plan.shapes.iter().map(|shape| &shape.id).collect();
        Scope { links: self, module: "", operations: &self.plan.operations, roots, reached: OnceCell::new() }
    }

    /// The links that the documentation of a shape may have.
    pub fn of_shape(&'p self, shape: &'p ShapePlan, module: &'static str) -> Scope<'p> {
        Scope { links: self, module, operations: &[], roots: vec![&shape.id], reached: OnceCell::new() }
    }

    /// The links that the documentation of an operation may have.
    pub fn of_operation(&'p self, operation: &'p OperationPlan) -> Scope<'p> {
        let errors = operation.errors.iter().map(|error| &error.id);
        let roots = [&operation.input, &operation.output].into_iter().chain(errors).collect();
        Scope {
            links: self,
            module: "operations",
            operations: std::slice::from_ref(operation),
            roots,
            reached: OnceCell::new(),
        }
    }
}

/// The links of one item: to itself and to what it is made of, which is there whatever else is generated.
pub(super) struct Scope<'p> {
    links: &'p Links<'p>,
    module: &'static str,
    operations: &'p [OperationPlan],
    roots: Vec<&'p ShapeId>,
    reached: OnceCell<HashSet<&'p ShapeId>>,
}

impl<'p> Scope<'p> {
    /// The path of the item that a piece of code names. It is the name itself where that is enough, since `rustdoc` warns
    /// of more.
    pub fn resolve(&self, code: &str) -> Option<String> {
        if let Some(operation) = self.operations.iter().find(|operation| operation.id.name() == code) {
            return self.path("operations", &operation.type_name, code);
        }
        let candidates = self.links.shapes.get(code)?;
        let reached = self.reached.get_or_init(|| self.reach());
        let shape = candidates.iter().find(|shape| reached.contains(&shape.id))?;
        let module = if shape.placement == Placement::Errors { "errors" } else { "types" };
        self.path(module, &shape.type_name, code)
    }

    /// None for a name that means two things where it stands: `rustdoc` warns of it bare, and of its path as redundant.
    fn path(&self, module: &str, name: &str, code: &str) -> Option<String> {
        if module != self.module || name != code {
            Some(format!("crate::{module}::{name}"))
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
