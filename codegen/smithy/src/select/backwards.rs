//! Whether one item is selected. Steps are followed backwards, from the item to what leads to it, so that the cost does not
//! depend on the size of the model.

use super::evaluate::Context;
use super::syntax::{Relationships, Step};
use crate::model::relations::{ItemIndex, Relation};

/// How many steps may be taken. Where that is not enough, evaluating the selector once for all items is cheaper.
const FUEL: usize = 1_000;

type Origin<'o, 'r> = &'o mut dyn FnMut(&mut Context<'r>, ItemIndex) -> bool;

/// Whether steps can be followed backwards: what they do depends on nothing but the item that they take.
pub(super) fn is_reversible(steps: &[Step]) -> bool {
    steps.iter().all(|step| match step {
        Step::Reachable | Step::Recursive(_) | Step::TopDown { .. } => false,
        Step::Is(alternatives) => alternatives.iter().all(|steps| is_reversible(steps)),
        step => is_stateless(step),
    })
}

/// Whether a step neither stores nor loads.
fn is_stateless(step: &Step) -> bool {
    let all = |steps: &[Step]| steps.iter().all(is_stateless);
    match step {
        Step::Store { .. } | Step::Load(_) | Step::Root(_) => false,
        Step::Test(alternatives) | Step::Is(alternatives) => alternatives.iter().all(|steps| all(steps)),
        Step::Not(steps) | Step::In(steps) | Step::Recursive(steps) => all(steps),
        Step::TopDown { qualifier, disqualifier } => all(qualifier) && disqualifier.as_deref().is_none_or(all),
        Step::Any
        | Step::Nothing
        | Step::Kind(_)
        | Step::Attribute { .. }
        | Step::Scoped { .. }
        | Step::Neighbors { .. }
        | Step::Reachable => true,
    }
}

/// Whether reversible steps lead to an item; `None` if that takes too long to find out.
pub(super) fn lead_to(context: &mut Context<'_>, steps: &[Step], item: ItemIndex) -> Option<bool> {
    context.fuel = FUEL;
    let leads = context.lead_back(steps, item, &mut |_, _| true);
    (context.fuel > 0).then_some(leads)
}

impl<'r> Context<'r> {
    /// Whether steps lead to an item from one that is accepted.
    fn lead_back(&mut self, steps: &[Step], item: ItemIndex, accept: Origin<'_, 'r>) -> bool {
        if self.fuel == 0 {
            return false;
        }
        self.fuel -= 1;
        match steps.split_last() {
            None => accept(self, item),
            Some((Step::Neighbors { reverse, relations }, before)) => {
                self.lead_back_to_neighbor(item, *reverse, relations.as_ref(), &mut |context, origin| {
                    context.lead_back(before, origin, accept)
                })
            }
            Some((Step::Is(alternatives), before)) => alternatives.iter().any(|steps| {
                self.lead_back(steps, item, &mut |context, origin| context.lead_back(before, origin, accept))
            }),
            Some((filter, before)) => {
                self.matches(std::slice::from_ref(filter), item) && self.lead_back(before, item, accept)
            }
        }
    }

    fn lead_back_to_neighbor(
        &mut self,
        item: ItemIndex,
        reverse: bool,
        wanted: Option<&Relationships>,
        accept: Origin<'_, 'r>,
    ) -> bool {
        let relations = self.relations;
        let origins = if reverse { relations.forward(item) } else { relations.reverse(item) };
        let Some(wanted) = wanted else {
            let mut untraited = origins.iter().filter(|(relation, _)| *relation != Relation::Trait);
            return untraited.any(|(_, origin)| accept(self, *origin));
        };
        let is_resource = |at: ItemIndex| relations.item(at).is_some_and(|item| item.type_name() == "resource");
        let mut related = origins.iter().filter(|(relation, origin)| {
            let is_instance_operation = wanted.instance_operation && relation.is_instance_operation();
            wanted.named.contains(relation) || (is_instance_operation && is_resource(*origin))
        });
        if related.any(|(_, origin)| accept(self, *origin)) {
            return true;
        }
        // Whichever way the step goes, `bound` goes from a resource to what binds it.
        let mut bound = relations
            .forward(item)
            .iter()
            .filter(|(relation, origin)| wanted.bound && *relation == Relation::Resource && is_resource(*origin));
        bound.any(|(_, origin)| accept(self, *origin))
    }
}
