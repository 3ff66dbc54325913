//! What `codegen` does to a folder that it wrote before: nothing is lost, and nothing is left half done.
#![allow(clippy::unwrap_used, reason = "tests state their assumptions by panicking")]

mod workspace;

use std::fs;

use workspace::{Outcome, Workspace};

/// A service with one operation.
fn service(name: &str) -> String {
    format!(
        r#"{{"smithy": "2.0", "shapes": {{
            "example#{name}": {{"type": "service", "version": "1", "operations": [{{"target": "example#Ping"}}],
                "traits": {{"aws.protocols#awsJson1_0": {{}}}}}},
            "example#Ping": {{"type": "operation"}}}}}}"#
    )
}

/// A project without pinned services, and two models in it.
fn started() -> Workspace {
    let workspace = Workspace::new("weather", service("Weather").as_bytes(), "1.0.0", "");
    workspace.write("climate.json", service("Climate").as_bytes());
    workspace
}

fn generate(workspace: &Workspace, model: &str, more: &[&str]) -> Outcome {
    workspace.run(&[&["codegen", "--model", model, "--out", "out"], more].concat())
}

#[test]
fn a_persons_files_and_edits_stay() {
    let workspace = started();
    workspace.succeed(&["codegen"]);
    workspace.write("generated/weather/tests/mine.rs", b"mine");
    let original = workspace.read("generated/weather/src/lib.rs");
    workspace.write("generated/weather/src/lib.rs", b"edited");
    for _ in 0..2 {
        let outcome = workspace.run(&["codegen"]);
        assert_eq!(outcome.status, 1, "{outcome:#?}");
        assert!(outcome.errors.contains("generated/weather/src/lib.rs was edited, and is kept"), "{}", outcome.errors);
        assert_eq!(workspace.read("generated/weather/src/lib.rs"), "edited");
    }
    let outcome = workspace.run(&["codegen", "--check"]);
    assert_eq!(outcome.status, 1);
    assert!(outcome.errors.starts_with("generated/weather/src/lib.rs: edited\n"), "{}", outcome.errors);
    workspace.succeed(&["codegen", "--force"]);
    assert_eq!(workspace.read("generated/weather/src/lib.rs"), original);
    assert_eq!(workspace.read("generated/weather/tests/mine.rs"), "mine");
    workspace.succeed(&["codegen", "--check"]);
}

#[test]
fn what_is_no_longer_generated_goes_unless_it_was_edited() {
    let workspace = started();
    workspace.succeed(&["codegen"]);
    workspace.write("generated/weather-mock/CHANGELOG.md", b"# Changes\n");
    workspace.write("generated/weather-cli/docs/ping.md", b"edited");
    let services = workspace.read("model/services.toml");
    workspace.write("model/services.toml", (services + "emit = [\"types\"]\n").as_bytes());
    let outcome = workspace.run(&["codegen"]);
    assert_eq!(outcome.status, 1);
    assert!(outcome.errors.contains("ping.md is no longer generated, but was edited"), "{}", outcome.errors);
    assert!(!workspace.root().join("generated/weather-mock").exists());
    let left: Vec<String> = workspace.files("generated/weather-cli").into_keys().collect();
    assert_eq!(left, ["docs/ping.md"]);
}

#[test]
fn any_state_of_the_generated_crates_is_repaired() {
    let workspace = started();
    workspace.succeed(&["codegen"]);
    let fresh = workspace.files("generated");
    let break_it: [fn(&Workspace); 4] = [
        |workspace| fs::remove_dir_all(workspace.root().join("generated")).unwrap(),
        |workspace| fs::remove_dir_all(workspace.root().join("generated/weather")).unwrap(),
        |workspace| fs::remove_file(workspace.root().join("generated/weather/src/lib.rs")).unwrap(),
        |workspace| {
            fs::remove_dir_all(workspace.root().join("generated")).unwrap();
            fs::create_dir_all(workspace.root().join("generated/weather")).unwrap();
        },
    ];
    for (at, broken) in break_it.iter().enumerate() {
        broken(&workspace);
        let outcome = workspace.run(&["codegen", "--check"]);
        assert_eq!(outcome.status, 1, "state {at}");
        assert!(outcome.errors.contains("generated/weather/src/lib.rs: missing"), "{}", outcome.errors);
        workspace.succeed(&["codegen"]);
        assert!(workspace.files("generated") == fresh, "state {at}");
    }
}

#[test]
fn a_folder_of_an_earlier_version_has_no_record() {
    let workspace = started();
    workspace.succeed(&["codegen"]);
    let fresh = workspace.files("generated");
    fs::remove_file(workspace.root().join("generated/.whitesmith-files")).unwrap();
    workspace.write("generated/weather/src/lib.rs", b"// Generated from an earlier version.\n");
    workspace.write("generated/weather/src/gone.rs", b"// Generated from an earlier version.\n");
    workspace.write("generated/weather/src/mine.rs", b"// Mine.\n");
    workspace.succeed(&["codegen"]);
    let mut now = workspace.files("generated");
    assert_eq!(now.remove("weather/src/mine.rs").as_deref(), Some(b"// Mine.\n".as_slice()));
    assert!(now == fresh);
}

#[test]
fn two_services_share_a_folder() {
    let workspace = started();
    workspace.copy(&["Cargo.toml", "Cargo.lock", "LICENSE-MIT", "runtime"]);
    assert_eq!(generate(&workspace, "model/weather.json", &[]).status, 0);
    assert_eq!(generate(&workspace, "climate.json", &["--emit", "types,mock"]).status, 0);
    let manifest = workspace.read("out/Cargo.toml");
    for member in ["climate", "climate-mock", "weather", "weather-cli", "weather-mock", "runtime/cli", "runtime/mock"] {
        assert!(manifest.contains(&format!("\"{member}\"")), "{member}: {manifest}");
        assert!(workspace.root().join("out").join(member).join("Cargo.toml").exists(), "{member}");
    }
    // Either can be checked and generated again, and neither touches the other.
    assert_eq!(generate(&workspace, "model/weather.json", &["--check"]).status, 0);
    let before = workspace.files("out");
    assert_eq!(generate(&workspace, "model/weather.json", &[]).status, 0);
    assert!(workspace.files("out") == before);
    fs::remove_file(workspace.root().join("out/climate/src/lib.rs")).unwrap();
    let outcome = generate(&workspace, "climate.json", &["--emit", "types,mock", "--check"]);
    assert_eq!(outcome.status, 1);
    assert!(outcome.errors.contains("out/climate/src/lib.rs: missing"), "{}", outcome.errors);
    assert!(!workspace.root().join("out/climate/src/lib.rs").exists());
}

#[test]
fn the_folder_of_the_pinned_services_is_no_place_for_others() {
    let workspace = started();
    workspace.succeed(&["codegen"]);
    let outcome = workspace.run(&["codegen", "--model", "climate.json", "--out", "generated"]);
    assert_eq!(outcome.status, 2);
    assert!(outcome.errors.contains("holds the services of model/services.toml"), "{}", outcome.errors);
}

#[test]
fn an_interrupted_run_is_repaired_by_the_next() {
    let workspace = started();
    assert_eq!(generate(&workspace, "climate.json", &["--emit", "types"]).status, 0);
    let fresh = workspace.files("out");
    // As if the process had been killed before the decision, and after it.
    workspace.write("out/.whitesmith-staged-x/files/climate/src/lib.rs", b"half");
    let lib = workspace.read("out/climate/src/lib.rs");
    fs::remove_file(workspace.root().join("out/climate/src/lib.rs")).unwrap();
    workspace.write("out/.whitesmith-update/files/climate/src/lib.rs", lib.as_bytes());
    workspace.write("out/.whitesmith-update/journal.json", br#"{"writes": ["climate/src/lib.rs"], "removals": []}"#);
    let outcome = generate(&workspace, "climate.json", &["--emit", "types"]);
    assert_eq!(outcome.status, 0, "{outcome:#?}");
    assert!(outcome.errors.contains("finished an interrupted change"), "{}", outcome.errors);
    assert!(workspace.files("out") == fresh);
}

#[cfg(unix)]
#[test]
fn links_are_not_written_through() {
    let workspace = started();
    assert_eq!(generate(&workspace, "climate.json", &["--emit", "types"]).status, 0);
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("lib.rs"), "theirs").unwrap();
    let source = workspace.root().join("out/climate/src");
    fs::remove_dir_all(&source).unwrap();
    std::os::unix::fs::symlink(outside.path(), &source).unwrap();
    for force in [&[][..], &["--force"]] {
        let outcome = generate(&workspace, "climate.json", &[&["--emit", "types"], force].concat());
        assert_eq!(outcome.status, 2);
        assert!(outcome.errors.contains("symbolic link"), "{}", outcome.errors);
    }
    assert_eq!(fs::read_to_string(outside.path().join("lib.rs")).unwrap(), "theirs");
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 1);
}

#[test]
fn runs_at_once_wait_for_each_other() {
    let workspace = started();
    std::thread::scope(|scope| {
        let runs: Vec<_> = ["model/weather.json", "climate.json"]
            .map(|model| scope.spawn(|| generate(&workspace, model, &["--emit", "types"])))
            .into_iter()
            .collect();
        for run in runs {
            let outcome = run.join().unwrap();
            assert_eq!(outcome.status, 0, "{outcome:#?}");
        }
    });
    let manifest = workspace.read("out/Cargo.toml");
    assert!(manifest.contains("\"weather\"") && manifest.contains("\"climate\""), "{manifest}");
}
