//! The host prefix of `smithy.api#endpoint`, with labels from the input.

use whitesmith_endpoint::is_host_label;
use whitesmith_schema::{Operation, Value};

/// Error of a host label that is missing or invalid.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HostPrefixError {
    /// The member is absent or empty.
    #[error("missing member {0}, which is part of the host name")]
    Missing(String),
    /// The text is not a host label (RFC 1123).
    #[error("invalid host label `{text}` in member {member}")]
    NotALabel {
        /// The member.
        member: String,
        /// Its text.
        text: String,
    },
}

/// Returns the operation's host prefix with its labels filled in, if it has one.
pub(crate) fn host_prefix(operation: &'static Operation, input: &Value) -> Result<Option<String>, HostPrefixError> {
    let Some(template) = operation.host_prefix else { return Ok(None) };
    let mut prefix = String::new();
    let mut rest = template;
    while let Some((literal, tail)) = rest.split_once('{') {
        prefix.push_str(literal);
        let (name, tail) = tail.split_once('}').unwrap_or((tail, ""));
        let text = input.as_map().and_then(|members| members.get(name)).and_then(Value::as_str);
        let text = text.filter(|text| !text.is_empty()).ok_or_else(|| HostPrefixError::Missing(name.to_owned()))?;
        if !is_host_label(text) {
            return Err(HostPrefixError::NotALabel { member: name.to_owned(), text: text.to_owned() });
        }
        prefix.push_str(text);
        rest = tail;
    }
    prefix.push_str(rest);
    Ok(Some(prefix))
}

#[cfg(test)]
mod tests {
    use whitesmith_schema::prelude::UNIT;

    use super::*;

    static LABELED: Operation = Operation::new("e#O", "O", &UNIT, &UNIT).with_host_prefix("a-{Name}.b.");

    fn prefix(name: &str) -> Result<Option<String>, HostPrefixError> {
        host_prefix(&LABELED, &Value::Map([("Name", Value::from(name))].into_iter().collect()))
    }

    #[test]
    fn labels_come_from_the_input_and_are_checked() {
        assert_eq!(prefix("x1"), Ok(Some("a-x1.b.".into())));
        assert_eq!(prefix(""), Err(HostPrefixError::Missing("Name".into())));
        assert!(matches!(prefix("x.evil.com/"), Err(HostPrefixError::NotALabel { .. })));
        assert!(matches!(host_prefix(&LABELED, &Value::Null), Err(HostPrefixError::Missing(_))));
    }
}
