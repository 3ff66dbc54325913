//! A small service in two states.

use whitesmith_rust::plan::{Plan, Request};
use whitesmith_rust::verdict::{Verdict, Verdicts};
use whitesmith_smithy::load::load;

/// A service with one operation; the parts are traits of the service, further keys of the operation, members of its input
/// and output, and further shapes.
#[derive(Clone, Copy)]
pub struct Parts {
    pub service: &'static str,
    pub operation: &'static str,
    pub input: &'static str,
    pub output: &'static str,
    pub shapes: &'static str,
}

pub const PARTS: Parts = Parts {
    service: r#""aws.protocols#awsJson1_0": {}"#,
    operation: "",
    input: r#""id": {"target": "smithy.api#String"}"#,
    output: r#""name": {"target": "smithy.api#String"}"#,
    shapes: "",
};

pub fn plan(parts: Parts) -> Plan {
    let Parts { service, operation, input, output, shapes } = parts;
    let text = format!(
        r#"{{"smithy": "2.0", "shapes": {{
        "example#Weather": {{"type": "service", "version": "1", "operations": [{{"target": "example#GetCity"}}],
            "traits": {{{service}}}}},
        "example#GetCity": {{"type": "operation", "input": {{"target": "example#In"}},
            "output": {{"target": "example#Out"}} {operation}}},
        "example#In": {{"type": "structure", "members": {{{input}}}}},
        "example#Out": {{"type": "structure", "members": {{{output}}}}} {shapes}}}}}"#
    );
    let (model, events) = load(&[("model.json", text.as_bytes())]).unwrap();
    assert!(events.iter().all(|event| !event.severity.is_failure()), "{events:?}");
    Plan::new(&model, &Request::default()).unwrap()
}

pub fn reasons(verdict: &Verdict) -> Vec<String> {
    verdict.reasons.iter().map(|reason| format!("{} {reason}", reason.level)).collect()
}

/// Compares two states and expects the reasons of Rust API, command line and wire.
pub fn expect(old: Parts, new: Parts, rust: &[&str], command_line: &[&str], wire: &[&str]) -> Verdicts {
    let verdicts = Verdicts::of(&plan(old), &plan(new));
    assert_eq!(reasons(&verdicts.rust), rust);
    assert_eq!(reasons(&verdicts.command_line), command_line);
    assert_eq!(reasons(&verdicts.wire), wire);
    verdicts
}
