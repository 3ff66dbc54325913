//! `AbbreviationName`: words in names have one capital, unless an abbreviation is allowed.

use super::words::{camel_words, name};
use crate::model::Severity;
use crate::model::ShapeType;
use crate::model::relations::Item;
use crate::source::Node;
use crate::validate::configuration::{ConfiguredValidator, Problem, texts};
use crate::validate::context::{Context, Report};

struct Abbreviations {
    allowed: Vec<String>,
}

pub(super) fn create(configuration: &Node) -> Result<Box<dyn ConfiguredValidator>, Problem> {
    Ok(Box::new(Abbreviations { allowed: texts(configuration, "allowedAbbreviations")? }))
}

impl ConfiguredValidator for Abbreviations {
    fn check(&self, context: &Context<'_>, report: &mut Report) {
        for (_, item) in context.own_items() {
            // The members of enums are written in capitals.
            let of_enum = matches!(item.container().shape_type, ShapeType::Enum | ShapeType::IntEnum);
            if of_enum && matches!(item, Item::Member(..)) {
                continue;
            }
            let recommended = self.recommended(name(item));
            if recommended != name(item) {
                let message = format!("`{}` has abbreviations; expected `{recommended}`", name(item));
                report.add(Severity::Danger, "AbbreviationName", item, message);
            }
        }
    }
}

impl Abbreviations {
    fn recommended(&self, name: &str) -> String {
        let mut recommended = String::with_capacity(name.len());
        for word in camel_words(name) {
            let capitals = word.bytes().filter(u8::is_ascii_uppercase).count();
            match word.split_at_checked(1) {
                Some((first, rest)) if capitals > 1 && !self.allowed.iter().any(|allowed| allowed == word) => {
                    recommended.push_str(&first.to_uppercase());
                    recommended.push_str(&rest.to_lowercase());
                }
                _ => recommended.push_str(word),
            }
        }
        recommended
    }
}
