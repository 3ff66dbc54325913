//! `cargo xtask diff`: exit status, formats, limits.

use crate::workspace::Workspace;

/// Two operations; `first` and `second` are the members of what they return.
fn model(first: &str, second: &str) -> String {
    let operation = |name: &str, members: &str| {
        format!(
            r#""example.weather#{name}": {{"type": "operation", "output": {{"target": "example.weather#{name}Output"}}}},
               "example.weather#{name}Output": {{"type": "structure", "members": {{{members}}}}}"#
        )
    };
    format!(
        r#"{{"smithy": "2.0", "shapes": {{
            "example.weather#Weather": {{"type": "service", "version": "1", "operations": [
                {{"target": "example.weather#One"}}, {{"target": "example.weather#Two"}}],
                "traits": {{"aws.protocols#awsJson1_0": {{}}}}}},
            {}, {}}}}}"#,
        operation("One", first),
        operation("Two", second)
    )
}

const NAME: &str = r#""name": {"target": "smithy.api#String"}"#;

/// A workspace that generates only the first operation, in which the second lost a member and the first got one.
fn started() -> Workspace {
    let pin = "service = \"example.weather#Weather\"\noperations = [\"One\"]\n";
    let workspace = Workspace::new("weather", model("", NAME).as_bytes(), "1.0.0", pin);
    workspace.write("old.json", model("", NAME).as_bytes());
    workspace.write("new.json", model(NAME, "").as_bytes());
    workspace
}

#[test]
fn a_comparison_is_limited_to_what_is_generated() {
    let workspace = started();
    let output = workspace.succeed(&["diff", "old.json", "new.json", "--events"]);
    assert!(output.contains("AddedShape example.weather#OneOutput$name"), "{output}");
    assert!(output.contains("at new.json:6:"), "{output}");
    assert!(!output.contains("TwoOutput"), "{output}");
    let output = workspace.succeed(&["diff", "old.json", "new.json"]);
    assert!(output.starts_with("Rust API: minor\n"), "{output}");
    let end = "Next version of the generated crates: minor\n\nChanges of the model: 1, of which 0 may break; --events shows them\n";
    assert!(output.ends_with(end), "{output}");

    let outcome = workspace.run(&["diff", "old.json", "new.json", "--all", "--events"]);
    assert_eq!(outcome.status, 1);
    assert!(outcome.output.contains("RemovedShape example.weather#TwoOutput$name"), "{}", outcome.output);
    assert!(outcome.output.contains("major `operations::TwoOutput::name` removed"), "{}", outcome.output);
}

#[test]
fn programs_read_json() {
    let workspace = started();
    let outcome = workspace.run(&["diff", "old.json", "new.json", "--all", "--format", "json"]);
    assert_eq!(outcome.status, 1);
    let found: serde_json::Value = serde_json::from_str(&outcome.output).unwrap();
    assert_eq!(found["breaking"], true);
    assert_eq!(found["events"][0]["id"], "AddedShape");
    assert_eq!(found["events"][1]["severity"], "ERROR");
    assert_eq!(found["events"][1]["filename"], "old.json");
    assert_eq!(found["verdict"]["level"], "major");
    assert_eq!(found["verdict"]["commandLine"]["reasons"][0]["item"], "two output name");
    assert_eq!(found["verdict"]["wire"]["reasons"][1]["change"], "added");
}

#[test]
fn markdown_keeps_a_models_text_inside_of_code() {
    let workspace = started();
    let hostile = r#""name": {"target": "smithy.api#String", "traits": {"smithy.api#documentation": "</details> ``` | [x](y) <script>"}}"#;
    let with_documentation = model(hostile, NAME);
    workspace.write("old.json", model(NAME, NAME).as_bytes());
    workspace.write("new.json", with_documentation.as_bytes());
    let output = workspace.succeed(&["diff", "old.json", "new.json", "--format", "markdown"]);
    insta::assert_snapshot!(output);
}

#[test]
fn what_is_no_model_is_named() {
    let workspace = started();
    workspace.write("broken.json", b"{\"smithy\": ");
    for (arguments, expected) in [
        (["diff", "old.json", "broken.json"], "broken.json:1:"),
        (["diff", "missing.json", "old.json"], "cannot read missing.json"),
    ] {
        let outcome = workspace.run(&arguments);
        assert_eq!(outcome.status, 2);
        assert!(outcome.errors.contains(expected), "{}", outcome.errors);
    }
}
