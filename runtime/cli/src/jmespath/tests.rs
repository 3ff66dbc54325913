//! The compliance suite, where it lies beside the repository, and what it leaves open.

use std::path::PathBuf;

use super::*;
use crate::json;

fn corpus() -> Option<PathBuf> {
    let root = std::env::var_os("WHITESMITH_CORPUS")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/conformance"), PathBuf::from);
    Some(root.join("jmespath")).filter(|folder| folder.is_dir())
}

fn search(expression: &str, given: &str) -> String {
    let given = json::read(given).unwrap();
    match Query::compile(expression) {
        Err(error) => format!("syntax: {error}"),
        Ok(query) => match query.search(&given) {
            Ok(value) => json::to_compact_ascii(&value),
            Err(error) => format!("error: {error}"),
        },
    }
}

#[test]
fn compliance_suite() {
    let Some(folder) = corpus() else {
        println!("left out: no JMESPath compliance suite here");
        return;
    };
    let (mut count, mut wrong) = (0, Vec::new());
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let suites = json::read(&std::fs::read_to_string(&path).unwrap()).unwrap();
        for suite in suites.as_list().unwrap() {
            let suite = suite.as_map().unwrap();
            for case in suite.get("cases").unwrap().as_list().unwrap() {
                let case = case.as_map().unwrap();
                let expression = case.get("expression").unwrap().as_str().unwrap();
                count += 1;
                let outcome = Query::compile(expression).map_err(|_| "syntax").and_then(|query| {
                    query.search(suite.get("given").unwrap()).map_err(|error| match error {
                        EvaluationError::UnknownFunction(_) => "unknown-function",
                        EvaluationError::Arity { .. } => "invalid-arity",
                        EvaluationError::ArgumentType { .. } => "invalid-type",
                        EvaluationError::ZeroStep => "invalid-value",
                    })
                });
                let good = match (case.get("result"), case.get("error"), &outcome) {
                    (Some(result), _, Ok(value)) => evaluator::is_equal(result, value),
                    (_, Some(error), Err(kind)) => error.as_str() == Some(kind),
                    (None, None, outcome) => outcome.is_ok(),
                    _ => false,
                };
                if !good {
                    wrong.push(format!("{}: {expression} gave {outcome:?}", path.display()));
                }
            }
        }
    }
    assert!(count > 500, "only {count} cases");
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn order_survives() {
    assert_eq!(search("{b: x, a: y}", r#"{"x":1,"y":2}"#), r#"{"b":1,"a":2}"#);
    assert_eq!(search("@", r#"{"z":1,"a":2,"m":3}"#), r#"{"z":1,"a":2,"m":3}"#);
    assert_eq!(search("`{\"z\":1,\"a\":2}`", "null"), r#"{"z":1,"a":2}"#);
    assert_eq!(search("keys(@)", r#"{"z":1,"a":2}"#), r#"["z","a"]"#);
}

#[test]
fn errors_point_at_the_place() {
    assert_eq!(search("Task[", "{}"), "syntax: the query ends too early:\n\"Task[\"\n      ^");
    assert_eq!(search("a ~ b", "{}"), "syntax: the query has a character that means nothing there:\n\"a ~ b\"\n   ^");
    assert!(search("a.\n b..c", "{}").ends_with("\n b..c\"\n   ^"), "{}", search("a.\n b..c", "{}"));
    assert_eq!(
        search("length(`1`)", "{}"),
        "error: length() cannot take 1, which is of type \"number\": it takes an array, an object or a string"
    );
}

#[test]
fn hostile_expressions_are_refused() {
    for expression in ["(".repeat(100_000), "a.".repeat(100_000) + "a", "!".repeat(100_000), "[".repeat(100_000)] {
        assert!(search(&expression, "{}").starts_with("syntax: the query is nested too deeply"));
    }
}
