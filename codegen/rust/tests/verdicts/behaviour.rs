//! Behaviour.

use whitesmith_rust::verdict::{Level, Verdicts};

use super::weather::{PARTS, Parts, plan, reasons};

/// Compares two states that differ in nothing but what programs do.
fn expect_behaviour(old: Parts, new: Parts, behaviour: &[&str]) -> Verdicts {
    let verdicts = Verdicts::of(&plan(old), &plan(new));
    assert_eq!(reasons(&verdicts.behaviour), behaviour);
    verdicts
}

#[test]
fn an_error_has_another_status_and_is_retried() {
    let operation = r#", "errors": [{"target": "example#Gone"}]"#;
    let with = |shapes| Parts { operation, shapes, ..PARTS };
    let old = with(
        r#", "example#Gone": {"type": "structure", "members": {},
            "traits": {"smithy.api#error": "client", "smithy.api#httpError": 410}}"#,
    );
    let new = with(
        r#", "example#Gone": {"type": "structure", "members": {},
            "traits": {"smithy.api#error": "client", "smithy.api#retryable": {"throttling": true}}}"#,
    );
    let verdicts = expect_behaviour(
        old,
        new,
        &[
            "minor `Gone HTTP status` changed from `410` to `400`",
            "minor `Gone retries` changed from `not retried` to `retried as throttling`",
        ],
    );
    assert_eq!((verdicts.level(), verdicts.is_breaking()), (Level::Minor, false));
}

#[test]
fn a_default_changes() {
    let with = |input| Parts { input, ..PARTS };
    let none = with(r#""id": {"target": "smithy.api#Integer"}"#);
    let one = with(r#""id": {"target": "smithy.api#Integer", "traits": {"smithy.api#default": 1}}"#);
    let two = with(r#""id": {"target": "smithy.api#Integer", "traits": {"smithy.api#default": 2}}"#);
    expect_behaviour(none, one, &["minor `In default of id` changed from `none` to `1`"]);
    expect_behaviour(one, two, &["minor `In default of id` changed from `1` to `2`"]);
    let text = |text| with(text);
    expect_behaviour(
        text(r#""id": {"target": "smithy.api#String", "traits": {"smithy.api#default": "a"}}"#),
        text(r#""id": {"target": "smithy.api#String", "traits": {"smithy.api#default": "b"}}"#),
        &["minor `In default of id` changed from `\"a\"` to `\"b\"`"],
    );
}

#[test]
fn examples_come_change_and_go() {
    let one = Parts {
        operation: r#", "traits": {"smithy.api#examples": [{"title": "One", "input": {"id": "a"}}]}"#,
        ..PARTS
    };
    let other = Parts {
        operation: r#", "traits": {"smithy.api#examples": [{"title": "One", "input": {"id": "b"}}]}"#,
        ..PARTS
    };
    expect_behaviour(PARTS, one, &["patch `GetCity example One` added"]);
    expect_behaviour(one, other, &["patch `GetCity example One` changed"]);
    let verdicts = expect_behaviour(one, PARTS, &["patch `GetCity example One` removed"]);
    assert_eq!(verdicts.level(), Level::Patch);
}

#[test]
fn endpoints_change() {
    let with = |service| Parts { service, ..PARTS };
    let rules = |url: &str| {
        let rules = format!(
            r#""smithy.rules#endpointRuleSet": {{"version": "1.0", "parameters": {{}}, "rules": [
                {{"type": "endpoint", "conditions": [], "endpoint": {{"url": "{url}"}}}}]}},
                "aws.protocols#awsJson1_0": {{}}"#
        );
        with(Box::leak(rules.into_boxed_str()))
    };
    expect_behaviour(rules("https://a"), rules("https://b"), &["minor `endpoint rules` changed"]);
    expect_behaviour(rules("https://a"), PARTS, &["minor `endpoint rules` changed"]);
    let signed = |name: &str| {
        let traits = format!(
            r#""aws.auth#sigv4": {{"name": "{name}"}}, "aws.api#service": {{"sdkId": "W", "endpointPrefix": "{name}"}},
                "aws.protocols#awsJson1_0": {{}}"#
        );
        with(Box::leak(traits.into_boxed_str()))
    };
    expect_behaviour(
        signed("old"),
        signed("new"),
        &["minor `endpoint prefix` changed from `old` to `new`", "minor `signing name` changed from `old` to `new`"],
    );
}
