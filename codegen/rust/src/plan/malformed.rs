//! The cases of malformed requests, one for each value of their parameters.

use super::{CaseMessage, ProtocolCasePlan, Side};
use whitesmith_docs::Json;
use whitesmith_smithy::model::ShapeId;
use whitesmith_smithy::source::Node;

/// Reads the cases that stand behind one of the model.
pub(super) fn read(case: &Node, operation: &ShapeId) -> Vec<ProtocolCasePlan> {
    let parameters: Vec<(&str, Vec<&str>)> = case
        .get("testParameters")
        .and_then(Node::as_object)
        .into_iter()
        .flatten()
        .map(|entry| (&*entry.key, entry.value.strings().collect()))
        .collect();
    let count = parameters.iter().map(|(_, values)| values.len()).max().unwrap_or(1);
    (0..count)
        .map(|index| {
            let values = parameters.iter().filter_map(|(name, values)| Some((*name, *values.get(index)?)));
            read_one(case, operation, &Parameters(values.collect()))
        })
        .collect()
}

/// The values of a case's parameters.
struct Parameters<'a>(Vec<(&'a str, &'a str)>);

impl Parameters<'_> {
    /// Fills in `$name:S`, a string literal, `$name:L`, the text itself, and `$$`.
    fn fill(&self, text: &str) -> String {
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('$') {
            filled.push_str(before);
            let parameter = self.0.iter().find_map(|(name, value)| {
                let format = after.strip_prefix(name)?.strip_prefix(':')?;
                let literal = format.strip_prefix('S').map(|rest| (quoted(value), rest));
                literal.or_else(|| format.strip_prefix('L').map(|rest| ((*value).to_owned(), rest)))
            });
            match parameter {
                Some((value, after)) => {
                    filled.push_str(&value);
                    rest = after;
                }
                None => {
                    filled.push('$');
                    rest = after.strip_prefix('$').unwrap_or(after);
                }
            }
        }
        filled.push_str(rest);
        filled
    }
}

/// A JSON string.
fn quoted(text: &str) -> String {
    Json::String(text.into()).to_string()
}

fn read_one(case: &Node, operation: &ShapeId, parameters: &Parameters<'_>) -> ProtocolCasePlan {
    let at = |path: &[&str]| path.iter().try_fold(case, |node, key| node.get(key));
    let text = |path: &[&str]| at(path).and_then(Node::as_str).map(|text| parameters.fill(text));
    let headers = |path: &[&str]| -> Vec<(String, String)> {
        let headers = at(path).and_then(Node::as_object).into_iter().flatten();
        headers
            .map(|entry| (entry.key.to_string(), parameters.fill(entry.value.as_str().unwrap_or_default())))
            .collect()
    };
    let query = at(&["request", "queryParams"]);
    let contents = text(&["response", "body", "assertion", "contents"]);
    ProtocolCasePlan {
        id: case.get("id").and_then(Node::as_str).unwrap_or_default().to_owned().into(),
        operation: operation.clone(),
        error: None,
        sides: vec![Side::Server],
        message: CaseMessage::Malformed {
            method: text(&["request", "method"]).unwrap_or_default(),
            uri: text(&["request", "uri"]).unwrap_or_default(),
            query: query.map(|query| query.strings().map(|it| parameters.fill(it)).collect()).unwrap_or_default(),
            code: at(&["response", "code"]).and_then(Node::as_i64).unwrap_or(400),
            response_headers: headers(&["response", "headers"]),
            contents: contents.map(|contents| (contents, text(&["response", "body", "mediaType"]))),
        },
        headers: headers(&["request", "headers"]),
        require_headers: Vec::new(),
        forbid_headers: Vec::new(),
        body: text(&["request", "body"]),
        body_media_type: None,
        params: None,
    }
}
