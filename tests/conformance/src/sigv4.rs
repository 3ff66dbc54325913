//! Signed requests that were computed independently: the runtime's signing gives the same signatures. It is built into a
//! crate of its own, so that the front door need not carry a client.

use std::fmt::Write as _;

use anyhow::Context as _;
use serde_json::Value;

use crate::cargo_tests::{Crate, Outcome};
use crate::suite::{Context, Tally};

const DEPENDENCIES: &str = r#"
http = "1"
whitesmith-client = { path = "{runtime}/client", default-features = false }
whitesmith-schema = { path = "{runtime}/schema" }
"#;

/// Signs a request and returns the signature.
const SIGN: &str = r#"
#![cfg(test)]

use std::time::{Duration, UNIX_EPOCH};
use whitesmith_client::Credentials;
use whitesmith_client::signing::{SigningScope, sign_request};
use whitesmith_schema::Timestamp;

struct Vector<'a> {
    url: &'a str,
    headers: &'a [(&'a str, &'a str)],
    body: &'a str,
    keys: (&'a str, &'a str),
    token: Option<&'a str>,
    time: &'a str,
    region: &'a str,
    service: &'a str,
}

fn sign(vector: &Vector) -> String {
    let mut request = http::Request::post(vector.url);
    for (name, value) in vector.headers {
        request = request.header(*name, *value);
    }
    let mut request = request.body(vector.body).unwrap();
    let scope = SigningScope {
        region: vector.region.to_owned(),
        name: vector.service.to_owned().into(),
        double_encode_path: true,
        unsigned_payload: false,
        asymmetric: false,
    };
    let credentials = Credentials::new(vector.keys.0, vector.keys.1, vector.token.map(str::to_owned));
    let seconds = Timestamp::parse_date_time(vector.time).unwrap().seconds();
    let time = UNIX_EPOCH + Duration::from_secs(seconds.try_into().unwrap());
    sign_request(&mut request, &scope, &credentials, time).unwrap();
    let authorization = request.headers()["authorization"].to_str().unwrap();
    authorization.rsplit_once("Signature=").unwrap().1.to_owned()
}
"#;

/// Headers that the signer adds itself.
const ADDED: [&str; 2] = ["x-amz-date", "x-amz-security-token"];

/// Runs the suite: one test for each vector.
pub fn run(context: &Context<'_>) -> anyhow::Result<Tally> {
    let path = context.corpus.join("sigv4/vectors.json");
    let bytes = std::fs::read(&path).with_context(|| path.display().to_string())?;
    let vectors: Vec<Value> = serde_json::from_slice(&bytes).with_context(|| path.display().to_string())?;
    let mut source = SIGN.to_owned();
    for (index, vector) in vectors.iter().enumerate() {
        test(&mut source, index, vector)?;
    }
    let mut tests = Crate::new("sigv4-conformance", DEPENDENCIES);
    tests.file("src/lib.rs", source);
    let outcomes = tests.run(context.root)?;
    let mut tally = Tally::default();
    for (index, vector) in vectors.iter().enumerate() {
        if outcomes.get(&name(index)) == Some(&Outcome::Passed) {
            tally.passed += 1;
        } else {
            tally.failed += 1;
            println!("sigv4: {} ({})", text(vector, "id"), text(vector, "version"));
        }
    }
    Ok(tally)
}

fn name(index: usize) -> String {
    format!("vector_{index}")
}

fn text<'a>(vector: &'a Value, key: &str) -> &'a str {
    vector.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn test(source: &mut String, index: usize, vector: &Value) -> anyhow::Result<()> {
    let headers = vector.get("headers").and_then(Value::as_object).context("a vector has no headers")?;
    let header = |name: &str| headers.get(name).and_then(Value::as_str);
    let given: Vec<(&str, &str)> = headers
        .iter()
        .filter(|(name, _)| !ADDED.contains(&name.as_str()))
        .map(|(name, value)| (name.as_str(), value.as_str().unwrap_or_default()))
        .collect();
    let query = if text(vector, "query").is_empty() { "" } else { "?" };
    let host = header("host").unwrap_or_default();
    let url = format!("http://{host}{}{query}{}", text(vector, "path"), text(vector, "query"));
    let keys = (text(vector, "access_key"), text(vector, "secret_key"));
    writeln!(
        source,
        "#[test]\nfn {}() {{\n    let vector = Vector {{ url: {url:?}, headers: &{given:?}, body: {:?}, keys: {keys:?}, \
         token: {:?}, time: {:?}, region: {:?}, service: {:?} }};\n    assert_eq!(sign(&vector), {:?});\n}}",
        name(index),
        text(vector, "body"),
        header("x-amz-security-token"),
        date_time(header("x-amz-date").unwrap_or_default()),
        text(vector, "region"),
        text(vector, "service"),
        text(vector, "signature"),
    )?;
    Ok(())
}

/// `20261122T102123Z` as RFC 3339 has it.
fn date_time(text: &str) -> String {
    let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    let (date, time) = ([part(0, 4), part(4, 6), part(6, 8)], [part(9, 11), part(11, 13), part(13, 15)]);
    format!("{}T{}Z", date.join("-"), time.join(":"))
}
