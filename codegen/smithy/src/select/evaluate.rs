//! Evaluation: items are pushed through the steps one at a time, so that a variable holds what it held on the way to
//! each match.

use std::collections::{BTreeSet, VecDeque};
use std::ops::Range;

use foldhash::HashSet;

use super::attribute::{Attribute, Scope, Variables};
use super::compare::holds;
use super::syntax::{Assertion, Kind, Operand, Relationships, Step, Steps, Test};
use crate::model::relations::{Item, ItemIndex, Relation, Relations};

/// How many steps an evaluation may take. A selector over a model of 30,000 items takes some hundred thousand; chains of
/// `>` can be made to take billions.
const FUEL: usize = 10_000_000;

/// Evaluates from every item of the model on; false if the fuel ran out.
pub(super) fn run(
    relations: &Relations<'_>,
    steps: &Steps,
    roots: &[Steps],
    found: &mut dyn FnMut(ItemIndex, &Variables),
) -> bool {
    run_from(relations, steps, roots, 0..relations.len(), found)
}

/// Evaluates from some items of the model on; false if the fuel ran out.
pub(super) fn run_from(
    relations: &Relations<'_>,
    steps: &Steps,
    roots: &[Steps],
    starts: Range<ItemIndex>,
    found: &mut dyn FnMut(ItemIndex, &Variables),
) -> bool {
    let mut context = Context::new(relations);
    for root in roots {
        let mut selected = BTreeSet::new();
        for item in 0..relations.len() {
            context.push(root, item, &mut |_, item| {
                selected.insert(item);
                Flow::Continue
            });
        }
        context.roots.push(selected);
    }
    for item in starts {
        context.variables.clear();
        context.push(steps, item, &mut |context, item| {
            found(item, &context.variables);
            Flow::Continue
        });
    }
    context.fuel > 0
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Flow {
    Continue,
    Stop,
}

/// What an evaluation has found so far.
pub(super) struct Context<'r> {
    pub(super) relations: &'r Relations<'r>,
    roots: Vec<BTreeSet<ItemIndex>>,
    variables: Variables,
    /// How many more steps may be taken.
    pub(super) fuel: usize,
}

type Next<'n, 'r> = &'n mut dyn FnMut(&mut Context<'r>, ItemIndex) -> Flow;

impl<'r> Context<'r> {
    pub(super) fn new(relations: &'r Relations<'r>) -> Self {
        Self { relations, roots: Vec::new(), variables: Variables::new(), fuel: FUEL }
    }

    fn push(&mut self, steps: &[Step], item: ItemIndex, next: Next<'_, 'r>) -> Flow {
        if self.fuel == 0 {
            return Flow::Stop;
        }
        self.fuel -= 1;
        let Some((first, rest)) = steps.split_first() else {
            return next(self, item);
        };
        if rest.is_empty() {
            return self.step(first, item, next);
        }
        self.step(first, item, &mut |context, item| context.push(rest, item, next))
    }

    /// Whether steps pass anything on.
    pub(super) fn matches(&mut self, steps: &[Step], item: ItemIndex) -> bool {
        let mut matched = false;
        self.push(steps, item, &mut |_, _| {
            matched = true;
            Flow::Stop
        });
        matched
    }

    fn step(&mut self, step: &Step, item: ItemIndex, next: Next<'_, 'r>) -> Flow {
        let pass = match step {
            Step::Any => true,
            Step::Nothing => false,
            Step::Kind(kind) => self.relations.item(item).is_some_and(|item| is_kind(item, *kind)),
            Step::Attribute { path, test } => self.has_attribute(item, path, test.as_ref()),
            Step::Scoped { path, assertions } => self.has_scoped(item, path, assertions),
            Step::Test(alternatives) => alternatives.iter().any(|steps| self.matches(steps, item)),
            Step::Not(steps) => !self.matches(steps, item),
            Step::In(steps) => {
                let mut contained = false;
                self.push(steps, item, &mut |_, found| {
                    contained = found == item;
                    if contained { Flow::Stop } else { Flow::Continue }
                });
                contained
            }
            Step::Store { name, steps } => {
                let mut captured = BTreeSet::new();
                self.push(steps, item, &mut |_, found| {
                    captured.insert(found);
                    Flow::Continue
                });
                self.variables.insert(name.clone(), captured);
                true
            }
            Step::Is(alternatives) => {
                return all(alternatives.iter(), |steps| self.push(steps, item, next));
            }
            Step::Load(name) => {
                let bound = self.variables.get(name).cloned().unwrap_or_default();
                return all(bound.into_iter(), |item| next(self, item));
            }
            Step::Root(number) => {
                let selected = self.roots.get(*number).cloned().unwrap_or_default();
                return all(selected.into_iter(), |item| next(self, item));
            }
            Step::Reachable => {
                let reachable = self.relations.reachable(item);
                // Walking is quicker than evaluating.
                self.fuel = self.fuel.saturating_sub(reachable.len() / 4);
                return all(reachable.into_iter().skip(1), |item| next(self, item));
            }
            Step::Neighbors { reverse, relations } => {
                return self.neighbors(item, *reverse, relations.as_ref(), next);
            }
            Step::Recursive(steps) => return self.recursive(steps, item, next),
            Step::TopDown { qualifier, disqualifier } => {
                let service = self.relations.item(item).is_some_and(|item| is_kind(item, Kind::ServiceType));
                if !service {
                    return Flow::Continue;
                }
                return self.top_down(qualifier, disqualifier.as_deref(), item, next);
            }
        };
        if pass { next(self, item) } else { Flow::Continue }
    }

    fn has_attribute(&self, item: ItemIndex, path: &[String], test: Option<&Test>) -> bool {
        let value = Attribute::of(self.relations, &self.variables, item, path);
        let Some(test) = test else { return value.is_present() };
        test.values.iter().any(|expected| {
            let expected = Attribute::Literal(expected.as_str().into());
            holds(test.comparator, &value, &expected, test.case_insensitive)
        })
    }

    fn has_scoped(&self, item: ItemIndex, path: &[String], assertions: &[Assertion]) -> bool {
        let scope = Scope { relations: self.relations, variables: &self.variables };
        let value = Attribute::of(self.relations, &self.variables, item, path);
        let operand =
            |value: &Attribute<'_>, operand: &Operand, test: &mut dyn FnMut(&Attribute<'_>) -> bool| match operand {
                Operand::Path(path) => test(&value.clone().path(path, scope)),
                Operand::Literal(text) => test(&Attribute::Literal(text.as_str().into())),
            };
        value.is_present()
            && value.flattened().into_iter().any(|value| {
                assertions.iter().all(|assertion| {
                    operand(value, &assertion.left, &mut |left| {
                        assertion.right.iter().any(|right| {
                            operand(value, right, &mut |right| {
                                holds(assertion.comparator, left, right, assertion.case_insensitive)
                            })
                        })
                    })
                })
            })
    }

    fn neighbors(
        &mut self,
        item: ItemIndex,
        reverse: bool,
        wanted: Option<&Relationships>,
        next: Next<'_, 'r>,
    ) -> Flow {
        let relations = self.relations;
        let related = if reverse { relations.reverse(item) } else { relations.forward(item) };
        let Some(wanted) = wanted else {
            let untraited = related.iter().filter(|(relation, _)| *relation != Relation::Trait);
            return all(untraited, |(_, item)| next(self, *item));
        };
        let named = related.iter().filter(|(relation, _)| wanted.named.contains(relation));
        if all(named, |(_, item)| next(self, *item)) == Flow::Stop {
            return Flow::Stop;
        }
        let is_resource = relations.item(item).is_some_and(|item| item.type_name() == "resource");
        if wanted.bound && is_resource {
            let binders = relations.reverse(item).iter().filter(|(relation, _)| *relation == Relation::Resource);
            if all(binders, |(_, item)| next(self, *item)) == Flow::Stop {
                return Flow::Stop;
            }
        }
        if wanted.instance_operation && is_resource {
            let bound = related.iter().filter(|(relation, _)| relation.is_instance_operation());
            return all(bound, |(_, item)| next(self, *item));
        }
        Flow::Continue
    }

    fn recursive(&mut self, steps: &[Step], item: ItemIndex, next: Next<'_, 'r>) -> Flow {
        let mut visited = HashSet::default();
        let mut waiting = VecDeque::from([item]);
        while let Some(item) = waiting.pop_front() {
            let flow = self.push(steps, item, &mut |context, found| {
                if !visited.insert(found) {
                    return Flow::Continue;
                }
                waiting.push_back(found);
                next(context, found)
            });
            if flow == Flow::Stop {
                return Flow::Stop;
            }
        }
        Flow::Continue
    }

    /// Walks down from a service or resource; what qualifies is passed on with all below it, up to what disqualifies.
    fn top_down(
        &mut self,
        qualifier: &[Step],
        disqualifier: Option<&[Step]>,
        item: ItemIndex,
        next: Next<'_, 'r>,
    ) -> Flow {
        let mut visited = HashSet::default();
        let mut waiting = vec![(item, false)];
        while let Some((item, qualified)) = waiting.pop() {
            if !visited.insert(item) {
                continue;
            }
            let mut qualified = qualified || self.matches(qualifier, item);
            if qualified && disqualifier.is_some_and(|disqualifier| self.matches(disqualifier, item)) {
                qualified = false;
            }
            if qualified && next(self, item) == Flow::Stop {
                return Flow::Stop;
            }
            let below = self.relations.forward(item).iter().rev();
            let below = below.filter(|(relation, _)| matches!(relation, Relation::Resource | Relation::Operation));
            waiting.extend(below.map(|(_, item)| (*item, qualified)));
        }
        Flow::Continue
    }
}

fn all<T>(items: impl Iterator<Item = T>, mut each: impl FnMut(T) -> Flow) -> Flow {
    for item in items {
        if each(item) == Flow::Stop {
            return Flow::Stop;
        }
    }
    Flow::Continue
}

fn is_kind(item: Item<'_>, kind: Kind) -> bool {
    match item {
        Item::Shape(shape) => kind.has(shape.shape_type),
        Item::Member(..) => kind == Kind::Member,
    }
}
