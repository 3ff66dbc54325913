//! The models in `fixtures`, a folder a case.

use std::path::{Path, PathBuf};

use whitesmith_rust::{Face, Generated, Settings, generate, plan};
use whitesmith_smithy::load;
use whitesmith_smithy::model::{Model, Severity};

/// A model with its name, which is also that of the crates made of it.
#[derive(Clone, Debug)]
pub struct Fixture {
    /// The name.
    pub name: String,
    /// The JSON AST.
    pub json: Vec<u8>,
}

/// The root of the workspace.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// Every fixture, by name.
///
/// # Panics
/// When the folder cannot be read: it is part of the tests.
#[must_use]
#[allow(clippy::expect_used, reason = "the folder is part of the tests")]
pub fn all() -> Vec<Fixture> {
    let folder = root().join("tests/fixtures");
    let entries = std::fs::read_dir(&folder).expect("the folder of fixtures");
    let mut fixtures: Vec<Fixture> = entries
        .map(|entry| {
            let path = entry.expect("an entry of the folder of fixtures").path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            Fixture { name, json: std::fs::read(path.join("model.json")).expect("a fixture's model") }
        })
        .collect();
    fixtures.sort_by(|one, other| one.name.cmp(&other.name));
    fixtures
}

/// Loads a model that must be without errors.
///
/// # Panics
/// When it is not.
#[must_use]
#[allow(clippy::expect_used, reason = "the models are part of the tests")]
pub fn load(files: &[(&str, &[u8])]) -> Model {
    let (model, events) = load::load(files).expect("a model that can be read");
    let errors: Vec<_> = events.iter().filter(|event| event.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    model
}

/// Generates types and client of a model, of all operations where none is named.
///
/// # Panics
/// When that is not possible.
#[must_use]
#[allow(clippy::expect_used, reason = "the models are part of the tests")]
pub fn generated(name: &str, model: &Model, operations: &[String]) -> Generated {
    generate(model, &settings(name, operations)).expect("a model from which something can be generated")
}

/// Generates all that can be of a model: types, client, command line, documentation and mock.
///
/// # Panics
/// When that is not possible.
#[must_use]
#[allow(clippy::expect_used, reason = "the models are part of the tests")]
pub fn generated_whole(name: &str, model: &Model) -> Generated {
    let settings = Settings { faces: Face::DEFAULT.into(), ..settings(name, &[]) };
    generate(model, &settings).expect("a model from which something can be generated")
}

/// The settings for types and client.
#[must_use]
pub fn settings(name: &str, operations: &[String]) -> Settings {
    Settings {
        request: plan::Request {
            operations: operations.to_vec(),
            name: Some(name.to_owned()),
            ..plan::Request::default()
        },
        faces: [Face::Types, Face::Client].into(),
        header: format!("Generated from the fixture {name}."),
        version: "0.1.0".to_owned(),
        runtime: root().join("runtime").display().to_string().replace('\\', "/"),
        behaviour: None,
        cli_texts: Vec::new(),
    }
}
