//! `RepeatedShapeName`, `StutteredShapeName`: members that repeat the name of their structure or union.

use crate::model::relations::Item;
use crate::model::{Severity, ShapeType};
use crate::source::Node;
use crate::validate::configuration::{ConfiguredValidator, Problem, flag};
use crate::validate::context::{Context, Report};

struct RepeatedNames {
    id: &'static str,
    /// Whether only equal names count, not those that begin with the other.
    exact: bool,
}

pub(super) fn create_repeated(configuration: &Node) -> Result<Box<dyn ConfiguredValidator>, Problem> {
    Ok(Box::new(RepeatedNames { id: "RepeatedShapeName", exact: flag(configuration, "exactMatch")? }))
}

#[allow(clippy::unnecessary_wraps, reason = "the signature of all linters")]
pub(super) fn create_stuttered(_: &Node) -> Result<Box<dyn ConfiguredValidator>, Problem> {
    Ok(Box::new(RepeatedNames { id: "StutteredShapeName", exact: false }))
}

impl ConfiguredValidator for RepeatedNames {
    fn check(&self, context: &Context<'_>, report: &mut Report) {
        for item in context.own_members() {
            let Item::Member(shape, member) = item else { continue };
            if !matches!(shape.shape_type, ShapeType::Structure | ShapeType::Union) {
                continue;
            }
            let (outer, inner) = (shape.id.name().to_lowercase(), member.name.to_lowercase());
            if inner == outer || (!self.exact && inner.starts_with(&outer)) {
                let message = format!("the member repeats the name of `{}`", shape.id.name());
                report.add(Severity::Warning, self.id, item, message);
            }
        }
    }
}
