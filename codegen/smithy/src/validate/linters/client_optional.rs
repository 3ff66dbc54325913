//! `MissingClientOptionalTrait`: members that may become optional later say so to clients.

use crate::model::relations::Item;
use crate::model::{Severity, ShapeType};
use crate::source::Node;
use crate::validate::configuration::{ConfiguredValidator, Problem, flag};
use crate::validate::context::{Context, Report};

struct MissingClientOptional {
    on_required_structure_or_union: bool,
    on_required_or_default: bool,
}

pub(super) fn create(configuration: &Node) -> Result<Box<dyn ConfiguredValidator>, Problem> {
    Ok(Box::new(MissingClientOptional {
        on_required_structure_or_union: flag(configuration, "onRequiredStructureOrUnion")?,
        on_required_or_default: flag(configuration, "onRequiredOrDefault")?,
    }))
}

impl ConfiguredValidator for MissingClientOptional {
    fn check(&self, context: &Context<'_>, report: &mut Report) {
        for item in context.own_members() {
            let Item::Member(_, member) = item else { continue };
            let traits = &member.traits;
            if traits.is_client_optional() {
                continue;
            }
            let mut add = |message: &str| {
                report.add(Severity::Danger, "MissingClientOptionalTrait", item, message);
            };
            if self.on_required_or_default && traits.has("smithy.api#default") {
                add("a member with `default` must have `clientOptional` too");
            }
            let is_structure = || {
                let target = context.model().target(member);
                target.is_some_and(|target| matches!(target.shape_type, ShapeType::Structure | ShapeType::Union))
            };
            if traits.is_required() && self.on_required_or_default {
                add("a member with `required` must have `clientOptional` too");
            } else if traits.is_required() && self.on_required_structure_or_union && is_structure() {
                add("a required structure or union must have `clientOptional`: `default` can never replace `required`");
            }
        }
    }
}
