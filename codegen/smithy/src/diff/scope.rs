//! The part of two models that someone uses.

use std::collections::BTreeSet;

use super::Change;
use crate::model::{Model, ShapeId};

/// The shapes that a service and some of its operations need, in either of two models.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    shapes: BTreeSet<ShapeId>,
    /// The operations; `None` for all of the service's.
    operations: Option<BTreeSet<ShapeId>>,
}

impl Scope {
    /// The closure of operations of a service, by the operations' bare names; no names mean all operations.
    #[must_use]
    pub fn of(models: [&Model; 2], service: &ShapeId, operations: &[String]) -> Self {
        let mut scope = Self::default();
        for model in models {
            if operations.is_empty() {
                scope.shapes.extend(model.closure(service, None));
                continue;
            }
            let mut chosen = model.operations_of(service);
            chosen.retain(|id| operations.iter().any(|name| id.name() == name || *id == name.as_str()));
            scope.shapes.extend(model.closure(service, Some(&chosen)));
            scope.operations.get_or_insert_default().extend(chosen);
        }
        scope
    }

    /// Whether a change is about something in the scope. Changes of metadata always are.
    #[must_use]
    pub fn contains(&self, change: &Change) -> bool {
        let binds_other = match (&self.operations, &change.binding) {
            (Some(operations), Some(bound)) => !operations.contains(bound),
            _ => false,
        };
        let shape = change.event.shape.as_ref();
        !binds_other && shape.is_none_or(|shape| self.shapes.contains(&shape.container()))
    }
}
