//! `cargo xtask validate` as its users see it: exit status, text and JSON.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn validate(folder: &Path, arguments: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_whitesmith");
    Command::new(program).arg("validate").args(arguments).current_dir(folder).output().unwrap()
}

const VALID: &str = r#"{"smithy": "2.0", "shapes": {"a.b#S": {"type": "string"}}}"#;
const INVALID: &str = r#"{
    "smithy": "2.0",
    "shapes": {
        "a.b#S": { "type": "structure", "members": { "a": { "target": "a.b#T" } } }
    }
}"#;

#[test]
fn the_exit_status_says_what_came_out() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("valid.json"), VALID).unwrap();
    fs::write(folder.path().join("invalid.json"), INVALID).unwrap();
    fs::write(folder.path().join("broken.json"), "{").unwrap();
    fs::write(folder.path().join("idl.smithy"), "$version: \"2\"").unwrap();
    for (arguments, status) in [
        (&["valid.json"][..], 0),
        (&["valid.json", "--format", "json"], 0),
        (&["invalid.json"], 1),
        (&["broken.json"], 2),
        (&["missing.json"], 2),
        (&["idl.smithy"], 0),
        (&[], 2),
    ] {
        assert_eq!(validate(folder.path(), arguments).status.code(), Some(status), "{arguments:?}");
    }
}

#[test]
fn standard_input_is_a_model_in_either_syntax() {
    for (model, status, place) in [
        (VALID, 0, ""),
        (INVALID, 1, " --> -:4:54\n"),
        ("$version: \"2\"\nnamespace a.b\nstring S\n", 0, ""),
        ("// Words.\nnamespace a.b\nstring S\n", 0, ""),
        ("$version: \"2\"\nnamespace a.b\nlist L { member: Missing }\n", 1, " --> -.smithy:3:10\n"),
        ("", 2, " --> -:1:1\n"),
    ] {
        let mut program = Command::new(env!("CARGO_BIN_EXE_whitesmith"))
            .args(["validate", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        program.stdin.take().unwrap().write_all(model.as_bytes()).unwrap();
        let output = program.wait_with_output().unwrap();
        let text = [output.stdout, output.stderr].concat();
        let text = String::from_utf8(text).unwrap();
        assert_eq!(output.status.code(), Some(status), "{model:?}: {text}");
        assert!(text.contains(place), "{model:?}: {text}");
    }
}

#[test]
fn text_shows_the_line() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("invalid.json"), INVALID).unwrap();
    let output = validate(folder.path(), &["invalid.json"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.starts_with("error[Target.UnresolvedShape]: a.b#S$a: The member targets `a.b#T`"), "{text}");
    assert!(text.contains(" --> invalid.json:4:54\n"), "{text}");
    assert!(text.contains("^^^^^^^"), "{text}");
    assert!(text.ends_with("the model is invalid: 1 shapes, 1 ERROR\n"), "{text}");
}

#[test]
fn several_files_are_one_model() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("one.json"), INVALID).unwrap();
    let other = r#"{"smithy": "2.0", "shapes": {"a.b#T": {"type": "string"}}}"#;
    fs::write(folder.path().join("two.json"), other).unwrap();
    let output = validate(folder.path(), &["one.json", "two.json", "--format", "json"]);
    assert_eq!(output.status.code(), Some(0));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["valid"], true);
    assert_eq!(report["shapes"], 2);
    assert_eq!(report["events"], serde_json::json!([]));
    assert_eq!(validate(folder.path(), &["."]).status.code(), Some(0));
}

#[test]
fn json_has_places() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("invalid.json"), INVALID).unwrap();
    let output = validate(folder.path(), &["invalid.json", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let event = &report["events"][0];
    assert_eq!(event["severity"], "ERROR");
    assert_eq!(event["id"], "Target.UnresolvedShape");
    assert_eq!(event["shape"], "a.b#S$a");
    assert_eq!((&event["file"], &event["line"], &event["column"]), (&"invalid.json".into(), &4.into(), &54.into()));
}
