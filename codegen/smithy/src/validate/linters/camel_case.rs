//! `CamelCase`: shapes are in upper camel case, traits in lower, and members in either, but all in the same.

use std::collections::{BTreeMap, BTreeSet};

use super::words::{name, place};
use crate::model::relations::{Item, ItemIndex};
use crate::model::{Severity, ShapeType};
use crate::source::Node;
use crate::validate::configuration::{ConfiguredValidator, Problem, text};
use crate::validate::context::{Context, Report};

const ID: &str = "CamelCase";

#[derive(Clone, Copy, PartialEq)]
enum Case {
    Upper,
    Lower,
}

impl Case {
    fn label(self) -> &'static str {
        match self {
            Self::Upper => "upper",
            Self::Lower => "lower",
        }
    }

    fn fits(self, name: &str) -> bool {
        let starts_well = name.starts_with(|c: char| match self {
            Self::Upper => c.is_ascii_uppercase(),
            Self::Lower => c.is_ascii_lowercase(),
        });
        starts_well && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
    }
}

struct CamelCase {
    /// The case of members; without it, the one that most of a service's members have.
    members: Option<Case>,
}

pub(super) fn create(configuration: &Node) -> Result<Box<dyn ConfiguredValidator>, Problem> {
    let members = match text(configuration, "memberNames")? {
        None | Some("auto") => None,
        Some("upper") => Some(Case::Upper),
        Some("lower") => Some(Case::Lower),
        Some(other) => {
            let message = format!("`memberNames` must be `upper`, `lower` or `auto`; found `{other}`");
            return Err((place(configuration, "memberNames"), message));
        }
    };
    Ok(Box::new(CamelCase { members }))
}

impl ConfiguredValidator for CamelCase {
    fn check(&self, context: &Context<'_>, report: &mut Report) {
        for shape in context.model().own_shapes() {
            let traits = &shape.traits;
            let defines_protocol =
                traits.has("smithy.api#authDefinition") || traits.has("smithy.api#protocolDefinition");
            let case = match traits.is_trait_definition() {
                true if defines_protocol => continue,
                true => Case::Lower,
                false => Case::Upper,
            };
            if !case.fits(shape.id.name()) {
                let message = format!("`{}` is not in {} camel case", shape.id.name(), case.label());
                report.add(Severity::Danger, ID, shape, message);
            }
        }
        let mut seen: BTreeSet<ItemIndex> = BTreeSet::new();
        let services: Vec<_> = context.model().services().collect();
        for service in services {
            let closure = context.index(&service.id).map(|at| context.relations.reachable(at)).unwrap_or_default();
            self.check_members(context, report, &closure, &format!("the service `{}`", service.id.name()));
            seen.extend(closure);
        }
        let mut by_namespace: BTreeMap<&str, Vec<ItemIndex>> = BTreeMap::new();
        for (at, item) in context.relations.items().enumerate().filter(|(at, _)| !seen.contains(at)) {
            by_namespace.entry(item.id().namespace()).or_default().push(at);
        }
        for (namespace, items) in by_namespace {
            self.check_members(context, report, &items, &format!("the namespace `{namespace}`"));
        }
    }
}

impl CamelCase {
    fn check_members(&self, context: &Context<'_>, report: &mut Report, items: &[ItemIndex], scope: &str) {
        let has_free_names =
            |item: &Item<'_>| matches!(item.container().shape_type, ShapeType::Structure | ShapeType::Union);
        let members: Vec<Item<'_>> = items
            .iter()
            .filter_map(|at| context.relations.item(*at))
            .filter(|item| matches!(item, Item::Member(..)) && has_free_names(item))
            .collect();
        let count = |case: Case| members.iter().filter(|item| case.fits(name(**item))).count();
        let majority = || if count(Case::Upper) > count(Case::Lower) { Case::Upper } else { Case::Lower };
        let case = self.members.unwrap_or_else(majority);
        for item in members.iter().filter(|item| !case.fits(name(**item))) {
            if !context.model().is_built_in(item.container()) {
                let message =
                    format!("`{}` is not in {} camel case, as the members of {scope} are", name(*item), case.label());
                report.add(Severity::Danger, ID, *item, message);
            }
        }
    }
}
