//! A change of one operation changes the same number of files, however large the service is.

use std::collections::BTreeMap;

use whitesmith_rust::{Artifact, Settings, generate};
use whitesmith_smithy::load::load;

/// Files of a service of so many operations, one of whose inputs has `member`.
fn files(operations: usize, member: &str) -> BTreeMap<String, String> {
    let names: Vec<String> = (0..operations).map(|number| format!("Get{number}")).collect();
    let mut text = format!(
        "$version: \"2.0\"\nnamespace example\nuse aws.protocols#awsJson1_0\n\
         @awsJson1_0\nservice Weather {{ version: \"1\", operations: [{}] }}\n",
        names.join(", ")
    );
    for name in &names {
        let member = if name == "Get3" { member } else { "" };
        text.push_str(&format!(
            "/// Gets {name}.\noperation {name} {{ input: {name}Input, output: {name}Output }}\n\
             structure {name}Input {{ id: String, of: Of{name} {member} }}\n\
             structure {name}Output {{ of: Of{name} }}\n\
             /// Of {name}.\nstructure Of{name} {{ value: String }}\n"
        ));
    }
    let (model, events) = load(&[("model.smithy", text.as_bytes())]).unwrap();
    assert!(events.iter().all(|event| !event.severity.is_failure()), "{events:?}");
    let artifacts = Artifact::DEFAULT.into();
    let crates = generate(&model, &Settings { artifacts, ..Settings::default() }).unwrap().crates;
    let files = |one: whitesmith_rust::Crate| {
        let name = one.name;
        one.files.into_iter().map(move |file| (format!("{name}/{}", file.path), file.contents))
    };
    crates.into_iter().flat_map(files).collect()
}

#[test]
fn a_changed_operation_changes_as_many_files_in_a_large_service() {
    let changed = |operations| {
        let (old, new) = (files(operations, ""), files(operations, ", @documentation(\"Another.\") other: Integer"));
        assert!(old.keys().eq(new.keys()));
        old.into_iter().filter(|(path, text)| new[path] != *text).map(|(path, _)| path).collect::<Vec<_>>()
    };
    let (small, large) = (changed(20), changed(100));
    assert!(!small.is_empty() && large.len() <= small.len(), "{small:?} {large:?}");
    assert!(large.len() <= 10, "{large:?}");
}
