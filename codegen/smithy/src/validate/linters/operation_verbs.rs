//! `StandardOperationVerb`: the verbs that operations begin with.

use std::collections::BTreeMap;

use super::words::camel_words;
use crate::model::{Severity, ShapeType};
use crate::source::Node;
use crate::validate::configuration::{ConfiguredValidator, Problem, text_lists, texts};
use crate::validate::context::{Context, Report, ticked};

struct OperationVerbs {
    verbs: Vec<String>,
    /// Words that may stand before the verb.
    prefixes: Vec<String>,
    /// Verbs not to use, with better ones.
    alternatives: BTreeMap<String, Vec<String>>,
}

pub(super) fn create(configuration: &Node) -> Result<Box<dyn ConfiguredValidator>, Problem> {
    let verbs = texts(configuration, "verbs")?;
    let alternatives = text_lists(configuration, "suggestAlternatives")?;
    if verbs.is_empty() && alternatives.is_empty() {
        return Err((configuration.span, "`verbs` or `suggestAlternatives` is needed".to_owned()));
    }
    Ok(Box::new(OperationVerbs { verbs, prefixes: texts(configuration, "prefixes")?, alternatives }))
}

impl ConfiguredValidator for OperationVerbs {
    fn check(&self, context: &Context<'_>, report: &mut Report) {
        for operation in context.own(ShapeType::Operation) {
            if let Some(problem) = self.problem(operation.id.name()) {
                report.add(Severity::Danger, "StandardOperationVerb", operation, problem);
            }
        }
    }
}

impl OperationVerbs {
    fn problem(&self, name: &str) -> Option<String> {
        let mut words = camel_words(name).into_iter();
        let first = words.next()?;
        let verb = if self.prefixes.iter().any(|prefix| prefix == first) {
            match words.next() {
                Some(verb) => verb,
                None => return Some(format!("the name `{name}` has no verb after its prefix")),
            }
        } else {
            first
        };
        if let Some(better) = self.alternatives.get(verb) {
            return Some(format!("non-standard verb `{verb}`: consider {}", ticked(better)));
        }
        let is_standard = self.verbs.iter().any(|standard| standard == verb);
        (!is_standard).then(|| format!("non-standard verb `{verb}`: expected one of {}", ticked(&self.verbs)))
    }
}
