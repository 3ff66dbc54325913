//! What `codegen` says to input that it cannot use: one clear error with its place, exit status 2, and no file touched.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// A small model of which the tests break one thing at a time.
const MODEL: &str = r#"{
    "smithy": "2.0",
    "shapes": {
        "example#Weather": {
            "type": "service",
            "version": "2026-01-01",
            "operations": [{ "target": "example#GetForecast" }],
            "traits": { "aws.protocols#awsJson1_0": {} }
        },
        "example#GetForecast": {
            "type": "operation",
            "input": { "target": "example#GetForecastInput" },
            "output": { "target": "smithy.api#Unit" }
        },
        "example#GetForecastInput": {
            "type": "structure",
            "members": {
                "City": { "target": "smithy.api#String", "traits": { "smithy.api#required": {} } }
            },
            "traits": { "smithy.api#input": {} }
        }
    }
}
"#;

struct Run {
    output: Output,
    /// Whether the output folder was made.
    wrote: bool,
}

impl Run {
    fn error(&self) -> String {
        String::from_utf8(self.output.stderr.clone()).unwrap()
    }

    fn warnings(&self) -> usize {
        self.error().lines().filter(|line| line.starts_with("warning: ")).count()
    }
}

/// Runs `codegen` on a model with further arguments.
fn codegen(model: &[u8], arguments: &[&str]) -> Run {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("weather.json");
    fs::write(&path, model).unwrap();
    run(folder.path(), &path, arguments)
}

fn run(folder: &Path, model: &Path, arguments: &[&str]) -> Run {
    let out = folder.join("out");
    let output = Command::new(env!("CARGO_BIN_EXE_whitesmith"))
        .arg("codegen")
        .arg("--model")
        .arg(model)
        .arg("--out")
        .arg(&out)
        .args(arguments)
        .output()
        .unwrap();
    Run { output, wrote: out.exists() }
}

/// Checks that a run failed as it should: status 2, nothing written, and the error says all of `facts`.
#[track_caller]
fn assert_refused(run: &Run, facts: &[&str]) {
    let error = run.error();
    assert_eq!(run.output.status.code(), Some(2), "{error}");
    assert!(!run.wrote, "a file was written: {error}");
    for fact in facts {
        assert!(error.contains(fact), "`{fact}` is missing from:\n{error}");
    }
    assert!(!error.contains("panicked"), "{error}");
}

#[test]
fn the_model_itself_is_fine() {
    let run = codegen(MODEL.as_bytes(), &["--emit", "types"]);
    assert_eq!(run.output.status.code(), Some(0), "{}", run.error());
    assert!(run.wrote);
}

#[test]
fn a_missing_model() {
    let folder = tempfile::tempdir().unwrap();
    let run = run(folder.path(), &folder.path().join("nowhere.json"), &[]);
    assert_refused(&run, &["nowhere.json", "No such file"]);
}

#[test]
fn a_file_of_3_gigabytes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.json");
    // Takes no space on the disk.
    fs::File::create(&path).unwrap().set_len(3 << 30).unwrap();
    let run = run(folder.path(), &path, &[]);
    assert_refused(&run, &["large.json exceeds the limit of 268435456 bytes"]);
}

#[test]
fn invalid_json_shows_its_line() {
    let broken = MODEL.replace("\"version\": \"2026-01-01\",", "\"version\": \"2026-01-01\"");
    let run = codegen(broken.as_bytes(), &[]);
    assert_refused(&run, &["weather.json:7:13", "\"operations\""]);
    // What is wrong is said once, at the top.
    assert!(run.error().trim_end().ends_with(" ^"), "{}", run.error());
}

#[test]
fn truncated_json() {
    assert_refused(&codegen(&MODEL.as_bytes()[..200], &[]), &["weather.json:"]);
}

#[test]
fn bytes_that_are_no_text() {
    assert_refused(&codegen(b"\xff\xfe{}", &[]), &["weather.json", "UTF-8"]);
}

#[test]
fn a_version_of_smithy_that_is_unknown() {
    let broken = MODEL.replace("\"smithy\": \"2.0\"", "\"smithy\": \"7.5\"");
    assert_refused(&codegen(broken.as_bytes(), &[]), &["7.5", "weather.json:2:"]);
}

#[test]
fn an_unknown_service_names_the_nearest() {
    assert_refused(&codegen(MODEL.as_bytes(), &["--service", "example#Wether"]), &["example#Wether", "Weather"]);
}

#[test]
fn an_unknown_operation_names_the_nearest() {
    assert_refused(&codegen(MODEL.as_bytes(), &["--operation", "GetForcast"]), &["GetForcast", "GetForecast"]);
}

#[test]
fn a_protocol_that_the_service_lacks_lists_those_that_it_has() {
    let two = MODEL.replace(
        r#""aws.protocols#awsJson1_0": {}"#,
        r#""aws.protocols#awsJson1_0": {}, "smithy.protocols#rpcv2Cbor": {}"#,
    );
    let run = codegen(two.as_bytes(), &["--protocol", "restXml"]);
    let expected = "unknown protocol `restXml` of example#Weather: expected `rpcv2Cbor` or `awsJson1_0`";
    assert_refused(&run, &[expected]);
}

#[test]
fn a_target_that_does_not_exist_shows_where_it_is_named() {
    let broken = MODEL.replace("example#GetForecastInput\" },", "example#GetForecastInputs\" },");
    assert_refused(&codegen(broken.as_bytes(), &[]), &["example#GetForecastInputs", "weather.json:10:"]);
}

/// The model with a protocol that only it knows.
fn other_protocol_model() -> String {
    MODEL.replace("aws.protocols#awsJson1_0", "example#carrierPigeon").replace(
        "\"example#GetForecastInput\": {",
        r#""example#carrierPigeon": {
            "type": "structure",
            "traits": { "smithy.api#trait": { "selector": "service" }, "smithy.api#protocolDefinition": {} }
        },
        "example#GetForecastInput": {"#,
    )
}

#[test]
fn a_protocol_without_clients_when_only_a_client_is_asked_for() {
    let other = other_protocol_model();
    assert_refused(
        &codegen(other.as_bytes(), &["--emit", "client,cli"]),
        &["example#carrierPigeon", "example#Weather"],
    );
}

#[test]
fn a_protocol_without_clients_still_has_types() {
    let other = other_protocol_model();
    let run = codegen(other.as_bytes(), &["--emit", "types,client"]);
    assert_eq!(run.output.status.code(), Some(0), "{}", run.error());
    assert!(run.error().contains("example#carrierPigeon"), "{}", run.error());
    assert!(run.wrote);
}

/// The model with a second operation, whose input is a stream of events.
fn streaming_model() -> String {
    let operation = r#""example#Report": {
            "type": "operation",
            "input": { "target": "example#ReportInput" },
            "output": { "target": "smithy.api#Unit" }
        },
        "example#ReportInput": { "type": "structure", "members": { "events": { "target": "example#Events" } } },
        "example#Events": {
            "type": "union",
            "members": { "rain": { "target": "example#Rain" } },
            "traits": { "smithy.api#streaming": {} }
        },
        "example#Rain": { "type": "structure", "members": {} },
        "example#GetForecast": {"#;
    MODEL.replace("\"example#GetForecast\": {", operation).replace(
        "[{ \"target\": \"example#GetForecast\" }]",
        "[{ \"target\": \"example#GetForecast\" }, { \"target\": \"example#Report\" }]",
    )
}

#[test]
fn operation_that_sends_events_is_no_command() {
    let run = codegen(streaming_model().as_bytes(), &[]);
    assert_eq!(run.output.status.code(), Some(0), "{}", run.error());
    assert_eq!(run.warnings(), 1, "{}", run.error());
    assert!(run.error().contains("example#Report: cli left out: commands send no events"), "{}", run.error());
}

#[test]
fn only_an_event_stream() {
    let model = streaming_model();
    assert_refused(
        &codegen(model.as_bytes(), &["--operation", "Report", "--emit", "cli"]),
        &["example#Report", "events"],
    );
    let run = codegen(model.as_bytes(), &["--operation", "Report", "--emit", "client,cli"]);
    assert_eq!(run.output.status.code(), Some(0), "{}", run.error());
    assert_eq!(run.warnings(), 1, "{}", run.error());
    assert!(run.wrote);
}

#[test]
fn something_that_cannot_be_emitted() {
    assert_refused(&codegen(MODEL.as_bytes(), &["--emit", "types,poems"]), &["poems", "types, client"]);
}

#[test]
fn a_name_that_would_leave_the_folder() {
    for name in ["../evil", "a/b", "", "CON fusing"] {
        assert_refused(&codegen(MODEL.as_bytes(), &["--emit", "types", "--name", name]), &["name"]);
    }
}

#[test]
fn a_folder_that_cannot_be_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("weather.json");
    fs::write(&path, MODEL).unwrap();
    fs::write(folder.path().join("file"), "in the way").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_whitesmith"))
        .args(["codegen", "--emit", "types", "--model"])
        .arg(&path)
        .arg("--out")
        .arg(folder.path().join("file/out"))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(fs::read_to_string(folder.path().join("file")).unwrap(), "in the way");
}

#[test]
fn a_default_that_is_no_value_of_its_member_shows_where_it_is() {
    let member = r#""Since": { "target": "smithy.api#Timestamp", "traits": { "smithy.api#default": "nonsense" } },"#;
    let broken = MODEL.replace(r#""City": {"#, &format!("{member}\n                \"City\": {{"));
    assert_refused(&codegen(broken.as_bytes(), &[]), &["Since", "nonsense", "weather.json:18:"]);
}

/// The program that would be generated does not compile, or its tests fail.
#[test]
fn what_validate_refuses_is_not_generated() {
    let rules = |conditions: &str, result: &str| {
        format!(
            r#""smithy.rules#endpointRuleSet": {{ "version": "1.0",
                "parameters": {{ "Region": {{ "type": "string", "required": true, "documentation": "d", "default": "r" }} }},
                "rules": [{{ "conditions": [{conditions}], {result} }}] }}"#
        )
    };
    let endpoint = |url: &str| format!(r#""type": "endpoint", "endpoint": {{ "url": "{url}" }}"#);
    let on_service = "\"aws.protocols#awsJson1_0\": {}";
    let boolean = r#"{ "fn": "isValidHostLabel", "argv": [{ "ref": "Region" }, true], "assign": "Valid" }"#;
    for (place, more, fact) in [
        ("\"smithy.api#required\": {}", r#""smithy.api#pattern": "[""#.to_owned(), "pattern"),
        (on_service, rules("", &endpoint("https://{Nope}")), "unknown name `Nope`"),
        (on_service, rules("", r#""type": "error", "error": "{}""#), "unknown name ``"),
        (on_service, rules(boolean, &endpoint("https://{Valid}")), "expected a string, found a boolean"),
    ] {
        let broken = MODEL.replace(place, &format!("{place}, {more}"));
        assert_refused(&codegen(broken.as_bytes(), &[]), &["weather.json:", fact]);
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("weather.json"), &broken).unwrap();
        let mut validate = Command::new(env!("CARGO_BIN_EXE_whitesmith"));
        let output = validate.args(["validate", "weather.json"]).current_dir(folder.path()).output().unwrap();
        let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        assert!(output.status.code() == Some(1) && said.contains(fact), "{said}");
    }
}

#[test]
fn of_many_errors_the_first_are_shown() {
    let members: Vec<String> =
        (0..25).map(|number| format!(r#""M{number}": {{ "target": "example#No{number}" }}"#)).collect();
    let broken = MODEL.replace("\"City\": {", &format!("{}, \"City\": {{", members.join(", ")));
    let run = codegen(broken.as_bytes(), &[]);
    assert_refused(&run, &["`example#No0`", "\n\nand 5 more: `validate` lists them"]);
    assert_eq!(run.error().matches("error[Target.UnresolvedShape]").count(), 20);
}

#[test]
fn a_model_without_a_service_is_named() {
    assert_refused(&codegen(b"{\"smithy\": \"2.0\"}", &[]), &["weather.json", "no service"]);
}

#[test]
fn files_that_were_not_generated_are_neither_overwritten_nor_removed() {
    let folder = tempfile::tempdir().unwrap();
    let model = folder.path().join("weather.json");
    fs::write(&model, MODEL).unwrap();
    let out = folder.path().join("out");
    fs::create_dir_all(out.join("weather/src")).unwrap();
    fs::write(out.join("Cargo.toml"), "[package] # mine").unwrap();
    fs::write(out.join("weather/src/mine.rs"), "mine").unwrap();
    let refused = run(folder.path(), &model, &["--emit", "types"]);
    assert_eq!(refused.output.status.code(), Some(2), "{}", refused.error());
    assert!(refused.error().contains("were not generated") && refused.error().contains("Cargo.toml"));
    assert_eq!(fs::read_dir(out.join("weather")).unwrap().count(), 1, "a file was written");

    fs::remove_file(out.join("Cargo.toml")).unwrap();
    let accepted = run(folder.path(), &model, &["--emit", "types,cli"]);
    assert_eq!(accepted.output.status.code(), Some(0), "{}", accepted.error());
    assert!(out.join("weather-cli/Cargo.toml").exists());
    // A run may overwrite what an earlier one wrote, and removes what it does not generate itself.
    let again = run(folder.path(), &model, &["--emit", "types,docs"]);
    assert_eq!(again.output.status.code(), Some(0), "{}", again.error());
    assert!(!out.join("weather-cli/Cargo.toml").exists());
    assert_eq!(fs::read_to_string(out.join("weather/src/mine.rs")).unwrap(), "mine");
    let list = fs::read_to_string(out.join(".whitesmith-files")).unwrap();
    assert!(list.contains("weather/src/lib.rs\n") && !list.contains("mine.rs") && !list.contains("weather-cli/Cargo"));
}

#[test]
fn a_list_of_files_that_leaves_its_folder_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let model = folder.path().join("weather.json");
    fs::write(&model, MODEL).unwrap();
    fs::create_dir(folder.path().join("out")).unwrap();
    fs::write(folder.path().join("out/.whitesmith-files"), "weather/../../weather.json\n").unwrap();
    let run = run(folder.path(), &model, &["--emit", "types"]);
    assert_eq!(run.output.status.code(), Some(2), "{}", run.error());
    assert!(run.error().contains("it leaves"), "{}", run.error());
    assert!(model.exists());
}
