//! `MissingPaginatedTrait`: operations that look like they return pages have the `paginated` trait.

use super::words::camel_words;
use crate::model::{Severity, Shape, ShapeType};
use crate::source::Node;
use crate::validate::configuration::{ConfiguredValidator, Problem, texts};
use crate::validate::context::{Context, Report};

const VERBS_REQUIRE: [&str; 2] = ["list", "search"];
const VERBS_SUGGEST: [&str; 2] = ["describe", "get"];
const INPUT_MEMBERS: [&str; 8] =
    ["maxresults", "maxitems", "pagesize", "limit", "nexttoken", "pagetoken", "token", "marker"];
const OUTPUT_MEMBERS: [&str; 10] = [
    "nexttoken",
    "pagetoken",
    "token",
    "marker",
    "nextpage",
    "nextpagetoken",
    "position",
    "nextmarker",
    "paginationtoken",
    "nextpagemarker",
];

/// All names are in lower case.
struct MissingPaginated {
    verbs_require: Vec<String>,
    verbs_suggest: Vec<String>,
    input_members: Vec<String>,
    output_members: Vec<String>,
}

pub(super) fn create(configuration: &Node) -> Result<Box<dyn ConfiguredValidator>, Problem> {
    let names = |key, defaults: &[&str]| match configuration.get(key) {
        None => Ok(defaults.iter().map(|name| (*name).to_owned()).collect()),
        Some(_) => Ok(texts(configuration, key)?.iter().map(|name| name.to_lowercase()).collect()),
    };
    Ok(Box::new(MissingPaginated {
        verbs_require: names("verbsRequirePagination", &VERBS_REQUIRE)?,
        verbs_suggest: names("verbsSuggestPagination", &VERBS_SUGGEST)?,
        input_members: names("inputMembersRequirePagination", &INPUT_MEMBERS)?,
        output_members: names("outputMembersRequirePagination", &OUTPUT_MEMBERS)?,
    }))
}

impl ConfiguredValidator for MissingPaginated {
    fn check(&self, context: &Context<'_>, report: &mut Report) {
        for operation in context.own(ShapeType::Operation) {
            if operation.traits.has("smithy.api#paginated") {
                continue;
            }
            if let Some((severity, reason)) = self.reason(context, operation) {
                let message = format!("the operation should have the `paginated` trait: {reason}");
                report.add(severity, "MissingPaginatedTrait", operation, message);
            }
        }
    }
}

/// The member whose name in lower case is one of the names.
fn find<'s>(shape: &'s Shape, names: &[String]) -> Option<&'s str> {
    let member = shape.members.iter().find(|member| names.contains(&member.name.to_lowercase()));
    member.map(|member| &*member.name)
}

impl MissingPaginated {
    fn reason(&self, context: &Context<'_>, operation: &Shape) -> Option<(Severity, String)> {
        let details = operation.as_operation()?;
        let verb = camel_words(operation.id.name()).first().map(|verb| verb.to_lowercase()).unwrap_or_default();
        if self.verbs_require.contains(&verb) {
            return Some((Severity::Danger, format!("its verb is `{verb}`")));
        }
        let input = context.input(details);
        if let Some(member) = input.and_then(|input| find(input, &self.input_members)) {
            return Some((Severity::Danger, format!("its input has a member `{member}`")));
        }
        let output = context.output(details)?;
        if let Some(member) = find(output, &self.output_members) {
            return Some((Severity::Danger, format!("its output has a member `{member}`")));
        }
        let has_list = output
            .members
            .iter()
            .filter_map(|member| context.model().target(member))
            .any(|target| target.shape_type == ShapeType::List);
        let is_suggested = self.verbs_suggest.contains(&verb) && has_list;
        is_suggested.then(|| (Severity::Warning, format!("its verb is `{verb}`, and its output has a list")))
    }
}
