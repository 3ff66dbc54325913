//! `cargo xtask update` with a small model.

use crate::workspace::Workspace;

/// A service of two operations; `city` are the members of what one of them returns.
fn model(city: &str) -> String {
    format!(
        r#"{{"smithy": "2.0", "shapes": {{
    "example.weather#Weather": {{"type": "service", "version": "2026-01-01",
        "operations": [{{"target": "example.weather#GetCity"}}, {{"target": "example.weather#Ping"}}],
        "traits": {{"aws.protocols#awsJson1_0": {{}}, "smithy.api#title": "Weather"}}}},
    "example.weather#Ping": {{"type": "operation"}},
    "example.weather#GetCity": {{"type": "operation",
        "input": {{"target": "example.weather#GetCityInput"}}, "output": {{"target": "example.weather#City"}}}},
    "example.weather#GetCityInput": {{"type": "structure",
        "members": {{"id": {{"target": "smithy.api#String", "traits": {{"smithy.api#required": {{}}}}}}}}}},
    "example.weather#City": {{"type": "structure", "members": {{{city}}}}}
}}}}"#
    )
}

const NAME: &str = r#""name": {"target": "smithy.api#String"}"#;
const NAME_AND_AREA: &str = r#""name": {"target": "smithy.api#String"}, "area": {"target": "smithy.api#Double"}"#;

fn started(extra: &str) -> Workspace {
    let workspace = Workspace::new("weather", model(NAME).as_bytes(), "1.0.0", extra);
    workspace.write(
        "Cargo.lock",
        b"# Written by Cargo.\nversion = 4\n\n[[package]]\nname = \"weather\"\nversion = \"1.0.0\"\n",
    );
    workspace.succeed(&["codegen"]);
    workspace.write("next.json", model(NAME_AND_AREA).as_bytes());
    workspace
}

#[test]
fn an_addition_is_a_minor_version() {
    let workspace = started("");
    let output = workspace.succeed(&["update", "next.json", "--yes"]);
    assert!(output.contains("minor `operations::GetCityOutput::area` added"), "{output}");
    assert!(output.contains("minor `get-city output area` added"), "{output}");
    assert!(output.contains("weather: 1.0.0 to 1.1.0"), "{output}");
    let services = workspace.read("model/services.toml");
    assert!(services.starts_with("# Ours.\n") && services.contains("\" # kept\n"), "{services}");
    assert!(
        services.contains("origin = \"Weather, version 2026-01-01, next.json\"\nversion = \"1.1.0\"\n"),
        "{services}"
    );
    assert_eq!(workspace.read("model/weather.json"), model(NAME_AND_AREA));
    assert!(workspace.read("Cargo.lock").ends_with("name = \"weather\"\nversion = \"1.1.0\"\n"));
    assert!(workspace.read("generated/weather/Cargo.toml").contains("version = \"1.1.0\""));
    let log = workspace.read("generated/weather/CHANGELOG.md");
    assert!(log.contains("## 1.1.0\n\nModel: Weather, version 2026-01-01, next.json (SHA-256 "), "{log}");
    assert!(log.contains("### Added\n\n- `operations::GetCityOutput::area` added\n"), "{log}");
    workspace.succeed(&["codegen", "--check"]);
    let again = workspace.succeed(&["update", "next.json", "--yes"]);
    assert_eq!(again, "This version is pinned already.\n");
}

#[test]
fn a_step_below_1_0_is_explained() {
    let workspace = Workspace::new("weather", model(NAME).as_bytes(), "0.1.0", "");
    workspace.succeed(&["codegen"]);
    workspace.write("next.json", model(NAME_AND_AREA).as_bytes());
    let output = workspace.succeed(&["update", "next.json", "--yes"]);
    let step = "weather: 0.1.0 to 0.1.1 (minor: below 1.0, Cargo reads the last number as compatible changes)\n";
    assert!(output.contains(step), "{output}");
    workspace.write("third.json", model(NAME).as_bytes());
    let output = workspace.succeed(&["update", "third.json", "--yes"]);
    let step = "weather: 0.1.1 to 0.2.0 (major: below 1.0, Cargo reads the second number as breaking changes)\n";
    assert!(output.contains(step), "{output}");
}

#[test]
fn files_of_other_operations_stay_as_they_are() {
    let workspace = started("");
    let [manifest, ping, city] = ["Cargo.toml", "src/operations/ping.rs", "src/operations/get_city.rs"]
        .map(|file| format!("generated/weather/{file}"));
    let before = [&manifest, &ping, &city].map(|file| workspace.read(file));
    workspace.succeed(&["update", "next.json", "--yes"]);
    let [manifest, ping, city] = [&manifest, &ping, &city].map(|file| workspace.read(file));
    assert!(manifest.contains("\n# SHA-256 of the model: ") && manifest != before[0], "{manifest}");
    assert_eq!(ping, before[1]);
    assert_ne!(city, before[2]);
}

#[test]
fn a_removal_is_a_major_version() {
    let workspace = started("");
    workspace.succeed(&["update", "next.json", "--yes"]);
    workspace.write("third.json", model(NAME).as_bytes());
    let output = workspace.succeed(&["update", "third.json", "--yes", "--origin", "from a friend"]);
    assert!(output.contains("weather: 1.1.0 to 2.0.0"), "{output}");
    assert!(workspace.read("model/services.toml").contains("origin = \"from a friend\""));
    let log = workspace.read("generated/weather/CHANGELOG.md");
    assert!(log.find("## 2.0.0").unwrap() < log.find("## 1.1.0").unwrap(), "{log}");
    workspace.succeed(&["codegen", "--check"]);
}

#[test]
fn an_entry_of_the_aws_clis_tables_that_becomes_stale_is_reported() {
    let title = r#""smithy.api#title": "Weather""#;
    let listed = format!(r#"{title}, "aws.api#service": {{"sdkId": "schemas"}}"#);
    let new = model(NAME).replace(title, &listed);
    let old = new.replace(r#""id": {"#, r#""version": {"#);
    let workspace = Workspace::new("weather", old.as_bytes(), "1.0.0", "");
    workspace.succeed(&["codegen"]);
    workspace.write("next.json", new.as_bytes());
    let output = workspace.succeed(&["update", "next.json", "--dry-run"]);
    assert!(output.contains("warning: the AWS CLI's `--version, known as --schema-version` is no longer"), "{output}");
}

#[test]
fn a_dry_run_and_an_unanswered_question_change_nothing() {
    let workspace = started("");
    let before = workspace.files("");
    let output = workspace.succeed(&["update", "next.json", "--dry-run"]);
    assert!(output.contains("  write  generated/weather/src/operations/get_city.rs\n"), "{output}");
    let outcome = workspace.run(&["update", "next.json"]);
    assert_eq!(outcome.status, 2);
    assert!(outcome.errors.contains("use --yes"), "{}", outcome.errors);
    assert_eq!(workspace.files(""), before);
}

#[test]
fn what_cannot_be_pinned_is_refused_and_changes_nothing() {
    let workspace = started("");
    let other = model(NAME).replace("example.weather", "example.climate");
    workspace.write("other.json", other.as_bytes());
    workspace.write("invalid.json", model(r#""name": {"target": "example.weather#Nowhere"}"#).as_bytes());
    workspace.write("broken.json", b"{");
    let before = workspace.files("");
    for (file, status, expected) in [
        (
            "other.json",
            2,
            "other.json holds example.climate#Weather, but model/services.toml pins example.weather#Weather",
        ),
        ("invalid.json", 1, "invalid.json is not a valid model, and nothing was changed"),
        ("broken.json", 2, "broken.json:1:2"),
        ("missing.json", 2, "cannot read missing.json"),
    ] {
        let outcome = workspace.run(&["update", file, "--yes"]);
        assert_eq!(outcome.status, status, "{file}: {outcome:#?}");
        assert!(outcome.errors.contains(expected), "{file}: {}", outcome.errors);
        assert_eq!(workspace.files(""), before, "{file}");
    }
    workspace.write("model/weather.json", model("").as_bytes());
    for arguments in [["update", "next.json", "--yes"].as_slice(), &["codegen"]] {
        let outcome = workspace.run(arguments);
        assert_eq!(outcome.status, 2);
        assert!(outcome.errors.contains("`update model/weather.json`"), "{}", outcome.errors);
        assert!(outcome.errors.contains("`git checkout -- model/weather.json`"), "{}", outcome.errors);
    }
}

#[test]
fn an_operation_that_is_gone_is_named() {
    let workspace = started("operations = [\"Ping\"]\n");
    let without = model(NAME).replace(r#", {"target": "example.weather#Ping"}"#, "");
    workspace.write("next.json", without.as_bytes());
    let outcome = workspace.run(&["update", "next.json", "--yes"]);
    assert_eq!(outcome.status, 2);
    assert!(outcome.errors.contains("model/services.toml: [services.weather]"), "{}", outcome.errors);
    assert!(outcome.errors.contains("unknown operation `Ping`"), "{}", outcome.errors);
}

#[test]
fn overlays_and_switches_go_into_what_is_generated() {
    let workspace = started("");
    let services = workspace.read("model/services.toml");
    let switches = "overlays = [\"overlays/ours.json\"]\nleave_out = [\"Ping\"]\n\n[services.weather.rename]\nGetCityInput = \"Wish\"\n";
    workspace.write("model/services.toml", format!("{services}{switches}").as_bytes());
    let apply = r#"{"smithy": "2.0", "shapes": {"example.weather#City$name": {"type": "apply",
        "traits": {"smithy.api#documentation": "What people call it."}}}}"#;
    workspace.write("model/overlays/ours.json", apply.as_bytes());
    workspace.succeed(&["codegen"]);
    assert!(workspace.read("generated/weather/src/operations/get_city.rs").contains("What people call it."));
    assert!(!workspace.root().join("generated/weather/src/operations/ping.rs").exists());
    workspace.succeed(&["update", "next.json", "--yes"]);
    assert!(workspace.read("generated/weather/src/operations/get_city.rs").contains("What people call it."));
    workspace.succeed(&["codegen", "--check"]);

    workspace.write(
        "model/overlays/ours.json",
        apply.replace("documentation\": \"What", "range\": {\"min\": 1}, \"smithy.api#title\": \"").as_bytes(),
    );
    let outcome = workspace.run(&["codegen"]);
    assert!(outcome.errors.contains("an overlay makes the model invalid"), "{}", outcome.errors);
    assert!(outcome.errors.contains("model/overlays/ours.json:2:"), "{}", outcome.errors);
    workspace.write("model/overlays/ours.json", apply.as_bytes());

    let before = workspace.files("");
    workspace.write("third.json", model(r#""label": {"target": "smithy.api#String"}"#).as_bytes());
    let outcome = workspace.run(&["update", "third.json", "--yes"]);
    assert_eq!(outcome.status, 2);
    assert!(outcome.errors.contains("the overlay model/overlays/ours.json does not apply"), "{}", outcome.errors);
    assert!(outcome.errors.contains("the model has no `example.weather#City$name`"), "{}", outcome.errors);
    let after = workspace.files("");
    assert!(before.iter().all(|(path, contents)| after.get(path) == Some(contents)));
}

#[test]
fn a_pinned_file_that_was_edited_is_compared_with_the_last_commit() {
    let workspace = started("");
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
        let status =
            std::process::Command::new("git").args(identity).args(arguments).current_dir(workspace.root()).status();
        assert!(status.unwrap().success());
    };
    git(&["init", "-q"]);
    git(&["add", "-A"]);
    git(&["commit", "-qm", "First"]);
    workspace.write("model/weather.json", model(NAME_AND_AREA).as_bytes());
    workspace.succeed(&["update", "model/weather.json", "--yes"]);
    assert!(workspace.read("generated/weather/Cargo.toml").contains("version = \"1.1.0\""));
    workspace.succeed(&["codegen", "--check"]);
}

#[test]
fn an_interrupted_update_is_finished_by_the_next_command() {
    let workspace = started("");
    workspace.write(".whitesmith-update/files/model/note.txt", b"new");
    workspace.write(".whitesmith-update/journal.json", br#"{"writes": ["model/note.txt"], "removals": ["next.json"]}"#);
    let outcome = workspace.run(&["codegen", "--check"]);
    assert_eq!(outcome.status, 0, "{outcome:#?}");
    assert!(outcome.errors.contains("finished an interrupted change"), "{}", outcome.errors);
    assert_eq!(workspace.read("model/note.txt"), "new");
    assert!(!workspace.root().join("next.json").exists());
}

#[test]
fn values_that_would_break_the_workspace_are_refused_before_anything_is_written() {
    for (from, to, expected) in [
        (r#"version = "1.0.0""#, r#"version = "x""#, "version `x`"),
        ("origin =", "emit = []\norigin =", "`emit` is empty"),
        ("origin =", "emit = [\"poems\"]\norigin =", "`poems`"),
        ("[services.weather]", "[services.\"../weather\"]", "invalid crate name"),
    ] {
        let workspace = started("");
        let services = workspace.read("model/services.toml");
        assert!(services.contains(from), "{services}");
        workspace.write("model/services.toml", services.replace(from, to).as_bytes());
        let before = workspace.files("");
        let outcome = workspace.run(&["codegen"]);
        assert_eq!(outcome.status, 2, "{to}: {outcome:#?}");
        assert!(outcome.errors.contains(expected) && outcome.errors.contains("services.toml"), "{}", outcome.errors);
        assert_eq!(workspace.files(""), before, "{to}");
    }
}
