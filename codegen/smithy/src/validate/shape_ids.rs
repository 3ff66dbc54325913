//! `ShapeIdConflict`: IDs differ by more than the case of their letters.

use foldhash::HashMap;

use super::context::{Context, Report, ticked_of};
use crate::model::relations::Item;

pub(super) fn check(context: &Context<'_>, report: &mut Report) {
    let mut by_lower: HashMap<String, Vec<Item<'_>>> = HashMap::default();
    for (_, item) in context.own_items() {
        by_lower.entry(item.id().as_str().to_lowercase()).or_default().push(item);
    }
    for items in by_lower.into_values().filter(|items| items.len() > 1) {
        for item in &items {
            let others = items.iter().map(|other| other.id()).filter(|other| *other != item.id());
            let others = ticked_of(others, items.len() - 1);
            let message = format!("`{}` differs from other IDs only in the case of letters: {others}", item.id());
            report.error("ShapeIdConflict", *item, message);
        }
    }
}
