//! Projects that start from an empty folder.

use std::collections::BTreeSet;
use std::path::Path;

use crate::workspace::Workspace;

const MODEL: &str = r#"{"smithy": "2.0", "shapes": {
    "example#Weather": {"type": "service", "version": "2026-01-01",
        "operations": [{"target": "example#Ping"}, {"target": "example#Pong"}],
        "traits": {"aws.protocols#awsJson1_0": {}, "smithy.api#title": "Weather"}},
    "example#Ping": {"type": "operation"}, "example#Pong": {"type": "operation"}}}"#;

#[test]
fn an_empty_folder_becomes_a_project() {
    let project = Workspace::empty();
    let outcome = project.run(&["codegen"]);
    assert_eq!(outcome.status, 2);
    assert!(outcome.errors.contains("`whitesmith init` starts a project"), "{}", outcome.errors);
    project.succeed(&["init"]);
    let outcome = project.run(&["codegen"]);
    assert_eq!(outcome.status, 0);
    assert!(outcome.errors.contains("model/services.toml pins no service"), "{}", outcome.errors);
    project.write("new.json", MODEL.as_bytes());
    let output = project.succeed(&["add", "new.json", "--operation", "Ping", "--emit", "types,mock"]);
    assert_eq!(output, "Pinned example#Weather as model/weather.json and generated weather.\n");
    let services = project.read("model/services.toml");
    assert!(services.contains("[services.weather]\nmodel = \"weather.json\"\nsha256 = \""), "{services}");
    assert!(services.contains("origin = \"Weather, version 2026-01-01, new.json\"\n"), "{services}");
    assert!(
        services.contains("operations = [\"Ping\"]\nemit = [\"types\", \"mock\"]\nversion = \"0.1.0\"\n"),
        "{services}"
    );
    assert_eq!(project.read("model/weather.json"), MODEL);
    // The crates build without a checkout: the runtime is beside them.
    let manifest = project.read("generated/Cargo.toml");
    assert!(manifest.contains("\"weather-mock\"") && manifest.contains("\"runtime/mock\""), "{manifest}");
    assert!(project.read("generated/weather/Cargo.toml").contains("path = \"../runtime/schema\""));
    project.succeed(&["codegen", "--check"]);
    project.succeed(&["codegen"]);
    project.succeed(&["codegen", "--check"]);
}

#[test]
fn services_are_added_one_by_one() {
    let project = Workspace::empty();
    project.succeed(&["init", "."]);
    project.write("new.json", MODEL.as_bytes());
    project.succeed(&["add", "new.json", "--emit", "types"]);
    project.succeed(&["add", "new.json", "--emit", "types", "--name", "other", "--origin", "a friend"]);
    assert!(project.root().join("generated/weather/src/lib.rs").exists());
    assert!(project.root().join("generated/other/src/lib.rs").exists());
    let before = project.files("");
    for (arguments, expected) in [
        (&["add", "new.json"][..], "[services.weather] already"),
        (&["add", "new.json", "--name", "x y"], "`x y`"),
        (&["add", "new.json", "--name", "third", "--emit", "poems"], "unknown artifact `poems`"),
        (&["add", "missing.json"], "missing.json"),
        (&["init"], "exists already"),
    ] {
        let outcome = project.run(arguments);
        assert_eq!(outcome.status, 2, "{arguments:?}: {outcome:#?}");
        assert!(outcome.errors.contains(expected), "{arguments:?}: {}", outcome.errors);
        assert!(project.files("") == before, "{arguments:?} changed something");
    }
}

/// Crates are generated from the model as it was read, and later from the file that was pinned.
#[test]
fn a_merged_or_projected_model_gives_what_its_pin_gives() {
    let project = Workspace::empty();
    project.succeed(&["init"]);
    project.write(
        "one.smithy",
        br#"$version: "1.0"
namespace example
use aws.protocols#awsJson1_0
@awsJson1_0
service Weather { version: "2026-01-01", operations: [Ping, Pong] }
operation Ping { input: PingInput }
structure PingInput { kind: Kind, other: Other }
@enum([{ value: "very hot" }, { value: "cold" }])
string Kind
"#,
    );
    project.write(
        "two.smithy",
        br#"$version: "2.0"
namespace example
@tags(["internal"])
operation Pong {}
enum Other { B, A }
"#,
    );
    project.write(
        "smithy-build.json",
        br#"{"version": "1.0", "sources": ["one.smithy", "two.smithy"], "projections": {"public": {"transforms": [
            {"name": "excludeShapesByTag", "args": {"tags": ["internal"]}}]}}}"#,
    );
    let emit = ["--emit", "types,client,mock"];
    for model in [
        &["one.smithy", "two.smithy"][..],
        &["smithy-build.json", "--name", "whole"],
        &["smithy-build.json", "--projection", "public", "--name", "public"],
    ] {
        project.succeed(&[&["add"], model, &emit[..]].concat());
        project.succeed(&["codegen", "--check"]);
    }
    assert!(project.read("generated/whole/src/operations.rs").contains("pong"));
    assert!(!project.read("generated/public/src/operations.rs").contains("pong"));
}

#[test]
fn the_runtime_comes_from_where_the_project_says() {
    for (runtime, expected) in [
        ("registry", "version = \"0.1.0\""),
        ("git=https://example.com/whitesmith#abc", "git = \"https://example.com/whitesmith\", rev = \"abc\""),
        ("path=../ours", "path = \"../../ours/schema\""),
    ] {
        let project = Workspace::empty();
        project.write("model/services.toml", format!("runtime = {runtime:?}\n").as_bytes());
        project.write("new.json", MODEL.as_bytes());
        project.succeed(&["add", "new.json", "--emit", "types"]);
        let manifest = project.read("generated/weather/Cargo.toml");
        assert!(manifest.contains(&format!("whitesmith-schema = {{ {expected} }}")), "{manifest}");
        assert!(!project.root().join("generated/runtime").exists());
        project.succeed(&["codegen", "--check"]);
    }
}

#[test]
fn the_program_describes_itself() {
    let project = Workspace::empty();
    for shell in ["bash", "zsh", "fish"] {
        assert!(project.succeed(&["completions", shell]).contains("codegen"), "{shell}");
    }
    assert!(project.succeed(&["manual"]).contains(".TH whitesmith 1"));
    let page = project.succeed(&["manual", "codegen"]);
    let title = concat!(".TH whitesmith-codegen 1  \"whitesmith ", env!("CARGO_PKG_VERSION"), "\"");
    assert!(page.contains(title) && page.contains("\\-\\-emit"), "{page}");
    assert!(project.run(&["manual", "poems"]).errors.contains("unknown command `poems`"));
}

/// The front door is a workspace of its own. Where it locks other versions than the repository, everything is compiled
/// twice, and tested with what is not released.
#[test]
fn both_lock_files_have_the_same_versions() {
    let packages = |path: &str| -> BTreeSet<(String, String)> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
        let lock: toml::Table = std::fs::read_to_string(root.join(path)).unwrap().parse().unwrap();
        let text = |package: &toml::Value, key: &str| package.get(key).map(|value| value.to_string());
        let packages = lock["package"].as_array().unwrap().iter();
        let foreign = packages.filter(|package| package.get("source").is_some());
        foreign.map(|package| (text(package, "name").unwrap(), text(package, "version").unwrap())).collect()
    };
    let ours = packages("Cargo.lock");
    let strangers: Vec<_> =
        packages("xtask/Cargo.lock").into_iter().filter(|package| !ours.contains(package)).collect();
    assert!(strangers.is_empty(), "`cp Cargo.lock xtask/Cargo.lock` and any `cargo xtask` mend this: {strangers:?}");
}
