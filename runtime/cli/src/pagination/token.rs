//! The token with which `--starting-token` continues where `--max-items` stopped.
//!
//! It is the base64 form of a JSON object: the input member that takes the service's token with its value, and the
//! number of items to skip on that page (AWS CLI 2.36.7, observed). Plain tokens of the service are accepted, too.

use base64_simd::STANDARD;
use whitesmith_schema::{Number, Value, ValueMap};

use crate::json;

/// The entry for the number of items to skip.
const SKIP: &str = "boto_truncate_amount";
/// Separates token and number in the form of early versions.
const SEPARATOR: &str = "___";

/// Where a listing starts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Start {
    /// Input members with the service's tokens; null for a member that is not sent.
    pub members: ValueMap,
    /// The number of items to skip on the first page.
    pub skip: i64,
}

impl Start {
    /// Parses the value of `--starting-token`. `inputs` are the input members that take the service's tokens.
    pub fn parse(text: &str, inputs: &[&str]) -> Option<Self> {
        if let Some(start) = decode(text) {
            return Some(start);
        }
        let mut tokens: Vec<&str> = text.split(SEPARATOR).collect();
        let mut skip = 0;
        if tokens.len() == inputs.len() + 1 {
            match tokens.last().and_then(|last| last.trim().parse().ok()) {
                Some(number) => {
                    skip = number;
                    tokens.pop();
                }
                None => tokens = vec![text],
            }
        }
        if tokens.len() > inputs.len() {
            return None;
        }
        let value = |token: &str| if token == "None" { Value::Null } else { Value::from(token) };
        let members = inputs.iter().zip(tokens).map(|(input, token)| (*input, value(token)));
        Some(Self { members: members.collect(), skip })
    }

    /// Returns the text that [`Start::parse`] reads. `skip` is absent where a page ends.
    pub fn render(members: &ValueMap, skip: Option<i64>) -> String {
        let mut entries: Vec<String> = members.iter().map(|(name, value)| entry(name, value)).collect();
        entries.extend(skip.map(|skip| entry(SKIP, &Value::from(skip))));
        STANDARD.encode_to_string(format!("{{{}}}", entries.join(", ")))
    }
}

fn entry(name: &str, value: &Value) -> String {
    format!("{}: {}", json::to_compact_ascii(&Value::from(name)), json::to_compact_ascii(value))
}

fn decode(text: &str) -> Option<Start> {
    let bytes = STANDARD.decode_to_vec(text).ok()?;
    let Value::Map(map) = json::read(std::str::from_utf8(&bytes).ok()?).ok()? else { return None };
    let mut start = Start::default();
    for (name, value) in map {
        match value {
            Value::Number(Number::Integer(skip)) if name == SKIP => start.skip = skip,
            value => {
                start.members.insert(name, value);
            }
        }
    }
    Some(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Option<(String, i64)> {
        Start::parse(text, &["Marker"]).map(|start| (json::to_compact_ascii(&Value::Map(start.members)), start.skip))
    }

    #[test]
    fn tokens_survive_a_round_trip() {
        let members: ValueMap = [("NextToken", Value::from("n/1+="))].into_iter().collect();
        let text = Start::render(&members, Some(1));
        assert_eq!(text, "eyJOZXh0VG9rZW4iOiAibi8xKz0iLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAxfQ==");
        assert_eq!(Start::parse(&text, &["NextToken"]), Some(Start { members: members.clone(), skip: 1 }));
        assert_eq!(Start::render(&members, None), "eyJOZXh0VG9rZW4iOiAibi8xKz0ifQ==");
        let first: ValueMap = [("nextToken", Value::Null)].into_iter().collect();
        assert_eq!(Start::render(&first, Some(1)), "eyJuZXh0VG9rZW4iOiBudWxsLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAxfQ==");
    }

    #[test]
    fn plain_tokens_and_the_old_form_are_accepted() {
        assert_eq!(parsed("abc"), Some((r#"{"Marker":"abc"}"#.to_owned(), 0)));
        assert_eq!(parsed("abc___2"), Some((r#"{"Marker":"abc"}"#.to_owned(), 2)));
        assert_eq!(parsed("None___2"), Some((r#"{"Marker":null}"#.to_owned(), 2)));
        assert_eq!(parsed("abc___x"), Some((r#"{"Marker":"abc___x"}"#.to_owned(), 0)));
        assert_eq!(parsed("a___b___1"), None);
        let several = Start::parse("a___None___2", &["Key", "Version"]).unwrap();
        assert_eq!(
            (json::to_compact_ascii(&Value::Map(several.members)), several.skip),
            (r#"{"Key":"a","Version":null}"#.to_owned(), 2)
        );
        assert_eq!(parsed("é"), Some((r#"{"Marker":"\u00e9"}"#.to_owned(), 0)));
    }
}
