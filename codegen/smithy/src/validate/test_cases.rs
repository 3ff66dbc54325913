//! What the test cases of several traits have in common: values of shapes, and bodies of media types.

use super::context::{Applied, Context, Report};
use super::node_findings::Mode;
use super::node_values;
use crate::model::relations::Item;
use crate::model::{Severity, Shape};
use crate::source::{Node, Sources, parse};

/// The values of tests: timestamps are seconds.
pub(super) const SECONDS: Mode = Mode {
    zero_range_is_warning: false,
    constraints_are_warnings: false,
    base64_blobs: false,
    timestamps_are_seconds: true,
    allows_nulls: true,
};

/// The values of tests: timestamps are in the format of their shape.
pub(super) const FORMATS: Mode = Mode { timestamps_are_seconds: false, ..SECONDS };

/// A test case of a trait.
pub(super) struct Case<'m> {
    /// The shape that has the trait.
    pub(super) shape: &'m Shape,
    pub(super) applied: Applied<'m>,
    /// The case's position in the trait.
    pub(super) at: usize,
    pub(super) node: &'m Node,
}

/// The cases of a trait whose value is a list of them.
pub(super) fn cases<'m>(context: &Context<'m>, trait_id: &str) -> impl Iterator<Item = Case<'m>> {
    context.shapes_with(trait_id).flat_map(|(shape, value)| {
        let applied = Applied { item: Item::Shape(shape), value };
        let cases = value.as_array().unwrap_or_default().iter().enumerate();
        cases.map(move |(at, node)| Case { shape, applied, at, node })
    })
}

/// Reports what is wrong with a value of a shape; `part` says which part of which case it is.
pub(super) fn check_value(
    context: &Context<'_>,
    report: &mut Report,
    id: &str,
    applied: Applied<'_>,
    part: &str,
    (shape, value): (&Shape, &Node),
    mode: Mode,
) {
    for finding in node_values::check(context, shape, value, mode) {
        let place = if finding.path.is_empty() { String::new() } else { format!(", at {}", finding.path) };
        let message = format!("{part}{place}: {}", finding.message);
        let span = if finding.span.is_some() { finding.span } else { applied.value.span };
        report.add_at(finding.severity, format!("{id}{}", finding.id_suffix), applied.item, span, message);
    }
}

/// The shape whose ID a key has.
pub(super) fn shape_of<'m>(context: &Context<'m>, node: &Node, key: &str) -> Option<&'m Shape> {
    context.model().shape_named(node.get(key)?.as_str()?)
}

/// Reports a body of JSON or XML that is malformed.
pub(super) fn check_body(report: &mut Report, id: &str, applied: Applied<'_>, part: &str, case: &Node) {
    let text = |key| case.get(key).and_then(Node::as_str).unwrap_or_default();
    let (body, media_type) = (text("body"), text("bodyMediaType"));
    if let Some(problem) = body_problem(body, media_type) {
        let message = format!("{part}: invalid body of type {media_type}: {problem}");
        report.add_at(Severity::Danger, id, applied.item, applied.value.span, message);
    }
}

fn body_problem(body: &str, media_type: &str) -> Option<String> {
    let name = media_type.split(';').next().unwrap_or_default().trim();
    let (_, subtype) = name.split_once('/')?;
    let format = subtype.rsplit_once('+').map_or(subtype, |(_, suffix)| suffix);
    match format {
        _ if body.is_empty() => None,
        "json" => {
            let mut sources = Sources::new();
            let file = sources.add("body", body.as_bytes()).ok()?;
            parse(file, body).err().map(|error| error.to_string())
        }
        "xml" => xml_problem(body),
        _ => None,
    }
}

/// What makes a text no well-formed XML document, document types included: tests have none.
fn xml_problem(text: &str) -> Option<String> {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(text);
    let (mut depth, mut roots) = (0usize, 0usize);
    loop {
        match reader.read_event() {
            Ok(Event::Eof) if depth > 0 => return Some("an element is not closed".to_owned()),
            Ok(Event::Eof) if roots != 1 => return Some(format!("expected one root element, found {roots}")),
            Ok(Event::Eof) => return None,
            Ok(Event::DocType(_)) => return Some("document types are not allowed".to_owned()),
            Ok(Event::Start(tag)) => {
                roots += usize::from(depth == 0);
                depth += 1;
                if let Some(Err(error)) = tag.attributes().find(Result::is_err) {
                    return Some(error.to_string());
                }
            }
            Ok(Event::Empty(tag)) => {
                roots += usize::from(depth == 0);
                if let Some(Err(error)) = tag.attributes().find(Result::is_err) {
                    return Some(error.to_string());
                }
            }
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(Event::Text(text)) if depth == 0 && !text.trim_ascii().is_empty() => {
                return Some("text outside the root element".to_owned());
            }
            Ok(_) => {}
            Err(error) => return Some(error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::body_problem;

    #[test]
    fn bodies_are_checked_by_their_media_type() {
        assert_eq!(body_problem("{}", "application/json"), None);
        assert_eq!(body_problem("<a><b x='1'/>&amp;</a>", "application/soap+xml; charset=utf-8"), None);
        assert_eq!(body_problem("{", "text/plain"), None);
        assert!(body_problem("{", "application/vnd.a+json").is_some());
        for broken in ["<a>", "<a></b>", "<a/><b/>", "<a/>text", "<!DOCTYPE a><a/>", "<a x=1/>", "text"] {
            assert!(body_problem(broken, "text/xml").is_some(), "{broken}");
        }
    }
}
