//! `MissingSensitiveTrait`: names that tell of sensitive data.

use super::words::{Terms, name, place};
use crate::model::relations::Item;
use crate::model::{Severity, ShapeType};
use crate::source::Node;
use crate::validate::configuration::{ConfiguredValidator, Problem, flag, texts};
use crate::validate::context::{Context, Report};

const TERMS: [&str; 32] = [
    "account number",
    "bank",
    "billing address",
    "birth",
    "birth day",
    "citizenship",
    "credentials",
    "credit card",
    "csc",
    "driver license",
    "drivers license",
    "email",
    "ethnicity",
    "first name",
    "gender",
    "insurance",
    "ip address",
    "last name",
    "maiden name",
    "mailing address",
    "pass phrase",
    "pass word",
    "passport",
    "phone",
    "religion",
    "secret",
    "sexual orientation",
    "social security",
    "ssn",
    "tax payer",
    "telephone",
    "zip code",
];

struct MissingSensitive {
    terms: Terms,
}

pub(super) fn create(configuration: &Node) -> Result<Box<dyn ConfiguredValidator>, Problem> {
    let own = texts(configuration, "terms")?;
    let excludes_defaults = flag(configuration, "excludeDefaults")?;
    if excludes_defaults && own.is_empty() {
        return Err((configuration.span, "`excludeDefaults` needs `terms`".to_owned()));
    }
    let defaults = if excludes_defaults { &[][..] } else { &TERMS };
    let all = own.iter().map(String::as_str).chain(defaults.iter().copied());
    Ok(Box::new(MissingSensitive { terms: Terms::new(all, place(configuration, "terms"))? }))
}

impl ConfiguredValidator for MissingSensitive {
    fn check(&self, context: &Context<'_>, report: &mut Report) {
        for (_, item) in context.own_items() {
            let container = item.container();
            let is_free = match item {
                Item::Member(_, member) => {
                    let target = context.model().target(member);
                    container.traits.is_sensitive()
                        || container.shape_type == ShapeType::Enum
                        || target.is_some_and(|target| target.traits.is_sensitive())
                }
                Item::Shape(shape) => shape.shape_type.is_service_type() || shape.traits.is_sensitive(),
            };
            if let Some(term) = self.terms.find(name(item)).filter(|_| !is_free) {
                let message = format!("the name has `{term}`: should this have the `sensitive` trait?");
                report.add(Severity::Warning, "MissingSensitiveTrait", item, message);
            }
        }
    }
}
