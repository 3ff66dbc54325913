//! `XmlNamespaceTrait`, `XmlFlattenedTrait`.

use super::context::{Context, Report};
use crate::model::relations::Item;
use crate::model::{Severity, ShapeType};
use crate::source::Node;

/// The namespace is a URI.
pub(super) fn check_namespaces(context: &Context<'_>, report: &mut Report) {
    for applied in context.with_trait("smithy.api#xmlNamespace") {
        let uri = applied.value.get("uri").and_then(Node::as_str).unwrap_or("");
        if !is_uri_reference(uri) {
            report.trait_error("XmlNamespaceTrait", applied, format!("The namespace `{uri}` is not a URI"));
        }
    }
}

/// Whether a text can be a URI or a relative reference (RFC 3986): its scheme is well-formed, and nothing has to be escaped.
fn is_uri_reference(text: &str) -> bool {
    let before_slash = text.split(['/', '?', '#']).next().unwrap_or("");
    let good_scheme = match before_slash.split_once(':') {
        None => true,
        Some((scheme, rest)) => {
            scheme.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic())
                && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
                && (!rest.is_empty() || text.len() > scheme.len() + 1)
        }
    };
    let good_character = |c: char| !c.is_ascii() || c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c);
    let escapes = text
        .split('%')
        .skip(1)
        .all(|rest| rest.as_bytes().get(..2).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)));
    good_scheme && escapes && text.chars().all(|c| good_character(c) && !c.is_whitespace())
}

/// A flattened list is named as its member is, not as the elements are.
pub(super) fn check_flattened(context: &Context<'_>, report: &mut Report) {
    for applied in context.with_trait("smithy.api#xmlFlattened") {
        let Item::Member(_, member) = applied.item else { continue };
        let target = context.model().target(member).filter(|target| target.shape_type == ShapeType::List);
        let element = target.and_then(|target| target.member("member"));
        let name = element.and_then(|element| element.traits.xml_name());
        if let (None, Some(name)) = (member.traits.xml_name(), name)
            && name != &*member.name
        {
            let message = format!(
                "The list is flattened, so its elements are named `{}`; the `xmlName` `{name}` of its member has no effect",
                member.name
            );
            report.add(Severity::Warning, "XmlFlattenedTrait", applied.item, message);
        }
    }
}
