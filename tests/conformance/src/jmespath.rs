//! The JMESPath compliance suite: one test for each case.

use std::fmt::Write as _;

use anyhow::Context as _;
use serde_json::Value;

use crate::cargo_tests::{Crate, Outcome};
use crate::suite::{Context, Tally};

const DEPENDENCIES: &str = r#"
whitesmith-jmespath = { path = "{runtime}/jmespath" }
whitesmith-schema = { path = "{runtime}/schema" }
"#;

/// Checks a case against the evaluator's result or the kind of its error.
const CHECK: &str = r#"#![cfg(test)]

use whitesmith_jmespath::{EvaluationError, Query, json};
use whitesmith_schema::{Number, Value};

fn number(number: &Number) -> f64 {
    number.to_string().parse().unwrap()
}

fn equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => number(one) == number(other),
        (Value::List(one), Value::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| equal(one, other))
        }
        (Value::Map(one), Value::Map(other)) => {
            one.len() == other.len() && one.iter().all(|(key, one)| other.get(key).is_some_and(|other| equal(one, other)))
        }
        _ => one == other,
    }
}

fn search(expression: &str, given: &str) -> Result<Value, &'static str> {
    let query = Query::compile(expression).map_err(|_| "syntax")?;
    query.search(&json::read(given).unwrap()).map_err(|error| match error {
        EvaluationError::UnknownFunction(_) => "unknown-function",
        EvaluationError::Arity { .. } => "invalid-arity",
        EvaluationError::ArgumentType { .. } => "invalid-type",
        EvaluationError::ZeroStep => "invalid-value",
        EvaluationError::TooManySteps(_) | EvaluationError::TooLarge(_) => "limit",
    })
}

fn gives(expression: &str, given: &str, result: &str) {
    let (found, result) = (search(expression, given), json::read(result).unwrap());
    assert!(found.as_ref().is_ok_and(|found| equal(found, &result)), "{expression}: {found:?}, not {result:?}");
}

fn fails(expression: &str, given: &str, kind: &str) {
    assert_eq!(search(expression, given).err(), Some(kind), "{expression}");
}

fn compiles(expression: &str) {
    assert!(Query::compile(expression).is_ok(), "{expression}");
}
"#;

/// Runs the suite.
pub fn run(context: &Context<'_>) -> anyhow::Result<Tally> {
    let mut tests = Crate::new("jmespath-conformance", DEPENDENCIES);
    let mut source = CHECK.to_owned();
    let mut names = Vec::new();
    let folder = context.corpus.join("jmespath");
    let mut paths: Vec<_> = std::fs::read_dir(&folder)
        .with_context(|| folder.display().to_string())?
        .map(|entry| Ok(entry?.path()))
        .collect::<anyhow::Result<_>>()?;
    paths.sort();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "json")) {
        let place = || path.display().to_string();
        let text = std::fs::read_to_string(path).with_context(place)?;
        let suites: Vec<Value> = serde_json::from_str(&text).with_context(place)?;
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        for (group, suite) in suites.iter().enumerate() {
            for (number, case) in suite["cases"].as_array().into_iter().flatten().enumerate() {
                let name = format!("{stem}_{group}_{number}");
                writeln!(source, "\n#[test]\nfn {name}() {{\n    {}\n}}", call(&suite["given"], case))?;
                names.push((name, case["expression"].to_string()));
            }
        }
    }
    tests.file("src/lib.rs", source);
    let outcomes = tests.run(context.root)?;
    let mut tally = Tally::default();
    for (name, expression) in &names {
        if outcomes.get(name) == Some(&Outcome::Passed) {
            tally.passed += 1;
        } else {
            tally.failed += 1;
            println!("jmespath: {name}: {expression}");
        }
    }
    Ok(tally)
}

fn call(given: &Value, case: &Value) -> String {
    let expression = case["expression"].as_str().unwrap_or_default();
    let given = given.to_string();
    match (case.get("result"), case["error"].as_str()) {
        (Some(result), _) => format!("gives({expression:?}, {given:?}, {:?});", result.to_string()),
        (None, Some(kind)) => format!("fails({expression:?}, {given:?}, {kind:?});"),
        // A case of a benchmark has no result.
        (None, None) => format!("compiles({expression:?});"),
    }
}
