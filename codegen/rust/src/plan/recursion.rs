//! Types that would contain themselves.

use foldhash::HashMap;

use whitesmith_smithy::model::{Model, Shape, ShapeId, ShapeType};

/// Which structures and unions contain each other, so that a member between them needs a `Box`.
///
/// Lists and maps hold their elements behind a pointer and break every cycle that goes through them.
#[derive(Debug, Default)]
pub struct Cycles {
    /// The number of the strongly connected component, for shapes in one that has a cycle.
    component: HashMap<ShapeId, usize>,
}

impl Cycles {
    /// Whether a member of `container` that targets `target` needs a `Box`.
    pub fn needs_box(&self, container: &ShapeId, target: &ShapeId) -> bool {
        match (self.component.get(container), self.component.get(target)) {
            (Some(one), Some(other)) => one == other,
            _ => false,
        }
    }

    /// Finds the cycles among shapes by Tarjan's algorithm, with an explicit stack so that depth is no limit.
    pub fn among(model: &Model, shapes: &[&Shape]) -> Self {
        let mut search = Search::default();
        for shape in shapes.iter().filter(|shape| is_node(shape)) {
            if !search.order.contains_key(&shape.id) {
                search.from(model, &shape.id);
            }
        }
        Self { component: search.component }
    }
}

fn is_node(shape: &Shape) -> bool {
    matches!(shape.shape_type, ShapeType::Structure | ShapeType::Union)
}

/// The structures and unions that a shape's members hold in place.
fn held_in_place(model: &Model, id: &ShapeId) -> Vec<ShapeId> {
    let members = model.shape(id).map(|shape| shape.members.as_slice()).unwrap_or_default();
    members
        .iter()
        .filter(|member| model.target(member).is_some_and(is_node))
        .map(|member| member.target.clone())
        .collect()
}

#[derive(Default)]
struct Search {
    order: HashMap<ShapeId, usize>,
    low: HashMap<ShapeId, usize>,
    open: Vec<ShapeId>,
    component: HashMap<ShapeId, usize>,
    closed: HashMap<ShapeId, ()>,
}

/// A shape in progress and the position of its next target.
struct Step {
    id: ShapeId,
    targets: Vec<ShapeId>,
    next: usize,
}

impl Search {
    fn enter(&mut self, model: &Model, id: &ShapeId) -> Step {
        let number = self.order.len();
        self.order.insert(id.clone(), number);
        self.low.insert(id.clone(), number);
        self.open.push(id.clone());
        Step { id: id.clone(), targets: held_in_place(model, id), next: 0 }
    }

    fn lower(&mut self, id: &ShapeId, to: usize) {
        if let Some(low) = self.low.get_mut(id) {
            *low = (*low).min(to);
        }
    }

    fn from(&mut self, model: &Model, start: &ShapeId) {
        let mut path = vec![self.enter(model, start)];
        while let Some(step) = path.last_mut() {
            if let Some(target) = step.targets.get(step.next).cloned() {
                step.next += 1;
                let id = step.id.clone();
                match self.order.get(&target).copied() {
                    None => path.push(self.enter(model, &target)),
                    Some(number) if !self.closed.contains_key(&target) => self.lower(&id, number),
                    Some(_) => {}
                }
                continue;
            }
            let Some(done) = path.pop() else { break };
            let low = self.low.get(&done.id).copied().unwrap_or_default();
            if let Some(parent) = path.last() {
                let parent = parent.id.clone();
                self.lower(&parent, low);
            }
            if self.order.get(&done.id) == Some(&low) {
                self.close(&done);
            }
        }
    }

    /// Closes a finished component. A single shape is a cycle only if it holds itself.
    fn close(&mut self, root: &Step) {
        let from = self.open.iter().rposition(|id| *id == root.id).unwrap_or(self.open.len());
        let members = self.open.split_off(from);
        let number = self.closed.len();
        let cyclic = members.len() > 1 || root.targets.contains(&root.id);
        for id in members {
            if cyclic {
                self.component.insert(id.clone(), number);
            }
            self.closed.insert(id, ());
        }
    }
}
