//! `--debug`: requests and responses, without secrets.

use std::fmt::Write;
use std::io::{IsTerminal, Write as _};
use std::time::Duration;

use http::{HeaderMap, Request, response};
use whitesmith_client::error::{Chain, TransportError};
use whitesmith_client::interceptor::{Context, Interceptor};
use whitesmith_client::payload::Payload;
use whitesmith_schema::{Operation, Schema, ShapeType, Value, ValueMap};

use crate::failure::REDACTED;
use crate::json;
use crate::terminal;

/// Headers whose values are never shown.
const SECRET_HEADERS: [&str; 4] = ["authorization", "x-amz-security-token", "proxy-authorization", "set-cookie"];

/// Logs each attempt to standard error.
#[derive(Debug)]
pub struct DebugObserver {
    /// The operation, whose shapes say which members are sensitive.
    pub operation: &'static Operation,
}

/// Writes a message; a closed standard error does not matter.
fn say(text: &str) {
    let stderr = std::io::stderr();
    let text = if stderr.is_terminal() { terminal::visible(text) } else { text.into() };
    let _ = writeln!(stderr.lock(), "debug: {text}");
}

fn headers(headers: &HeaderMap) -> String {
    let mut shown = String::new();
    for (name, value) in headers {
        let secret = value.is_sensitive() || SECRET_HEADERS.contains(&name.as_str());
        let value = if secret { REDACTED.into() } else { String::from_utf8_lossy(value.as_bytes()) };
        let _ = write!(shown, "\n    {name}: {value}");
    }
    shown
}

/// Returns a body without the members that one of the shapes marks sensitive; of anything but JSON, its size.
fn body(bytes: &[u8], shapes: &[&'static Schema]) -> String {
    let value = std::str::from_utf8(bytes).ok().and_then(|text| json::read(text).ok());
    match value {
        Some(value) => {
            let redacted = shapes.iter().fold(value, |value, schema| redact(value, schema));
            format!("\n    {}", json::to_compact(&redacted))
        }
        None if bytes.is_empty() => String::new(),
        None => format!("\n    ({} bytes, not JSON)", bytes.len()),
    }
}

fn redact(value: Value, schema: &'static Schema) -> Value {
    if schema.traits.sensitive {
        return Value::from(REDACTED);
    }
    let entries = |map: ValueMap, member: &dyn Fn(&str) -> Option<&'static whitesmith_schema::Member>| {
        let redacted = map.into_iter().map(|(key, value)| {
            let value = match member(&key) {
                Some(member) if member.is_sensitive() => Value::from(REDACTED),
                Some(member) => redact(value, member.target),
                None => value,
            };
            (key, value)
        });
        Value::Map(redacted.collect())
    };
    match (schema.shape_type, value) {
        (ShapeType::Structure | ShapeType::Union, Value::Map(map)) => entries(map, &|key| schema.member(key)),
        (ShapeType::Map, Value::Map(map)) => entries(map, &|_| schema.map_value()),
        (ShapeType::List, Value::List(items)) => match schema.list_member() {
            Some(member) if member.is_sensitive() => Value::from(REDACTED),
            Some(member) => Value::List(items.into_iter().map(|item| redact(item, member.target)).collect()),
            None => Value::List(items),
        },
        (_, value) => value,
    }
}

impl Interceptor for DebugObserver {
    fn before_transmit(&self, context: &Context, request: &Request<Payload>) {
        let body = payload(request.body(), &[self.operation.input]);
        let (attempt, method, uri) = (context.attempt, request.method(), request.uri());
        say(&format!("attempt {attempt}: {method} {uri}{}{body}", headers(request.headers())));
    }

    fn after_response(&self, context: &Context, head: &response::Parts, body: &Payload) {
        let outputs = [self.operation.output];
        let shapes = if head.status.is_success() { &outputs } else { self.operation.errors };
        let body = payload(body, shapes);
        say(&format!("attempt {}: answer {}{}{body}", context.attempt, head.status, headers(&head.headers)));
    }

    fn after_failure(&self, context: &Context, error: &TransportError) {
        say(&format!("attempt {}: no answer: {}", context.attempt, Chain(error)));
    }

    fn before_retry(&self, context: &Context, wait: Duration) {
        say(&format!("attempt {} is followed by another in {:.3} s", context.attempt, wait.as_secs_f64()));
    }
}

/// A payload as [`body`] shows it; one that is streamed is not shown.
fn payload(payload: &Payload, shapes: &[&'static Schema]) -> String {
    match payload {
        Payload::Bytes(bytes) => body(bytes, shapes),
        Payload::Stream { .. } => "\n    (a stream)".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use whitesmith_schema::Member;

    use super::*;

    static SECRET: Schema = Schema::string("forge#Secret").with_sensitive();
    static TEXT: Schema = Schema::string("forge#Text");
    static SECRETS: Schema = Schema::list("forge#Secrets", &[Member::new("member", &SECRET)]);
    static INPUT: Schema = Schema::structure(
        "forge#Input",
        &[Member::new("A", &TEXT), Member::new("B", &SECRET), Member::new("C", &SECRETS), Member::new("D", &INPUT)],
    );

    #[test]
    fn sensitive_members_are_not_shown() {
        assert_eq!(
            body(br#"{"A":"a","B":"b","C":["c"],"D":{"B":{"x":1},"E":2}}"#, &[&INPUT]),
            "\n    {\"A\":\"a\",\"B\":\"*** redacted ***\",\"C\":\"*** redacted ***\",\"D\":{\"B\":\"*** redacted ***\",\"E\":2}}"
        );
        assert_eq!(body(b"{\"B\":\"b", &[&INPUT]), "\n    (7 bytes, not JSON)");
        assert_eq!(body(b"", &[&INPUT]), "");
    }

    #[test]
    fn secret_headers_are_not_shown() {
        let mut map = HeaderMap::new();
        map.insert("authorization", "AWS4 Signature=1".parse().unwrap());
        map.insert("x-amz-security-token", "token".parse().unwrap());
        map.insert("host", "h".parse().unwrap());
        let shown = headers(&map);
        assert!(shown.contains("host: h") && !shown.contains("Signature") && !shown.contains(": token"), "{shown}");
    }
}
