//! `cargo xtask vendor`, from this very workspace.

use std::fs;
use std::process::Command;

use crate::workspace::Workspace;

const SERVICE: &str = r#"{"smithy": "2.0", "shapes": {
    "example.weather#Weather": {"type": "service", "version": "1", "operations": [{"target": "example.weather#Ping"}],
        "traits": {"aws.protocols#awsJson1_0": {}}},
    "example.weather#Ping": {"type": "operation"}}}"#;

/// A workspace with the runtime crates, the lock file and the licences of this one, and a service of its own.
fn started() -> Workspace {
    let workspace = Workspace::new("weather", SERVICE.as_bytes(), "1.2.3", "");
    workspace.copy(&["Cargo.toml", "Cargo.lock", "LICENSE-APACHE", "LICENSE-MIT", "runtime"]);
    workspace
}

#[test]
fn a_vendored_folder_stands_alone_and_knows_what_was_edited() {
    let workspace = started();
    let output = workspace.succeed(&["vendor", "--out", "out"]);
    let files = workspace.files("out");
    assert_eq!(output, format!("out: {0} of {0} files written, 0 removed\n", files.len()));
    assert!(files.contains_key("LICENSE-MIT") && files.contains_key("weather/src/lib.rs"));
    for (path, contents) in files.iter().filter(|(path, _)| path.ends_with("Cargo.toml")) {
        let text = String::from_utf8_lossy(contents);
        assert!(!text.contains(workspace.root().to_str().unwrap()) && !text.contains("../.."), "{path}: {text}");
    }
    let manifest: serde_json::Value = serde_json::from_slice(&files["whitesmith-vendor.json"]).unwrap();
    assert_eq!(manifest["models"][0]["version"], "1.2.3");
    assert_eq!(manifest["files"].as_object().unwrap().len(), files.len() - 1);
    workspace.succeed(&["vendor", "--check", "out"]);

    workspace.write("out/weather/src/types.rs", b"// Edited.\n");
    workspace.write("out/notes.md", b"Ours.\n");
    fs::remove_file(workspace.root().join("out/LICENSE-MIT")).unwrap();
    let outcome = workspace.run(&["vendor", "--check", "out"]);
    assert_eq!(outcome.status, 1);
    assert!(outcome.errors.contains("weather/src/types.rs: edited\nLICENSE-MIT: missing\n"), "{}", outcome.errors);
    assert!(!outcome.errors.contains("notes.md"));

    let output = workspace.succeed(&["vendor", "--out", "out"]);
    assert_eq!(output, format!("out: 2 of {} files written, 0 removed\n", files.len()));
    workspace.succeed(&["vendor", "--check", "out"]);
    let mut again = workspace.files("out");
    assert_eq!(again.remove("notes.md").as_deref(), Some(b"Ours.\n".as_slice()));
    assert!(again == files, "a second run gives something else");
}

#[test]
fn less_is_vendored_and_the_rest_removed() {
    let workspace = started();
    workspace.succeed(&["vendor", "--out", "out"]);
    let all = workspace.files("out");
    workspace.succeed(&["vendor", "--out", "out", "--only", "client"]);
    let client = workspace.files("out");
    assert!(client.contains_key("runtime/client/Cargo.toml"));
    assert!(!client.keys().any(|path| path.starts_with("weather-mock/") || path.starts_with("weather-cli/")));
    assert!(!client.contains_key("runtime/mock/Cargo.toml") && !client.contains_key("runtime/cli/Cargo.toml"));
    assert!(client.keys().all(|path| all.contains_key(path)));
    workspace.succeed(&["vendor", "--check", "out"]);
}

#[test]
fn the_folder_of_an_earlier_version_is_updated_in_place() {
    let workspace = started();
    workspace.succeed(&["vendor", "--out", "out"]);
    let current = workspace.files("out");
    // An earlier version had a runtime crate under another name.
    let manifest = workspace.read("out/whitesmith-vendor.json").replace("runtime/jmespath/", "runtime/query/");
    workspace.write("out/whitesmith-vendor.json", manifest.as_bytes());
    fs::rename(workspace.root().join("out/runtime/jmespath"), workspace.root().join("out/runtime/query")).unwrap();
    workspace.succeed(&["vendor", "--check", "out"]);

    workspace.write("out/weather/src/types.rs", b"// Edited.\n");
    workspace.write("out/runtime/query/src/lexer.rs", b"// Ours.\n");
    let outcome = workspace.run(&["vendor", "--out", "out"]);
    assert_eq!(outcome.status, 0, "{outcome:#?}");
    for warning in [
        "warning: weather/src/types.rs was edited and is overwritten\n",
        "warning: runtime/query/src/lexer.rs is no longer generated, but was edited, and is kept\n",
    ] {
        assert!(outcome.errors.contains(warning), "{}", outcome.errors);
    }
    let mut updated = workspace.files("out");
    assert_eq!(updated.remove("runtime/query/src/lexer.rs").as_deref(), Some(b"// Ours.\n".as_slice()));
    assert!(updated == current, "the update gives something else than a new folder");
    workspace.succeed(&["vendor", "--check", "out"]);
}

#[test]
fn files_of_others_are_not_overwritten() {
    let workspace = started();
    workspace.write("out/Cargo.toml", b"[package]\n");
    let outcome = workspace.run(&["vendor", "--out", "out"]);
    assert_eq!(outcome.status, 2);
    assert!(outcome.errors.contains("were not generated and would be overwritten: Cargo.toml;"), "{}", outcome.errors);
    assert_eq!(workspace.files("out").len(), 1);
    assert_eq!(workspace.run(&["vendor", "--check", "out"]).status, 2);
}

/// Needs a network or a filled registry cache, and a few minutes: `cargo test -p whitesmith -- --ignored vendored`.
#[test]
#[ignore = "compiles every dependency"]
fn vendored_crates_build_and_pass_their_tests_offline() {
    let workspace = started();
    workspace.succeed(&["vendor", "--out", "out"]);
    let out = workspace.root().join("out");
    let cargo = |arguments: &[&str]| {
        let output = Command::new("cargo").args(arguments).current_dir(&out).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    };
    let config = cargo(&["vendor", "--locked"]);
    workspace.write("out/.cargo/config.toml", &config);
    cargo(&["test", "--workspace", "--offline", "--locked"]);
}
