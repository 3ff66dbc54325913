//! The transforms of projections, each applied to the model of `transforms/`.

use std::fmt::Write as _;

use whitesmith_smithy::load::assemble;
use whitesmith_smithy::model::{Details, Model, Shape, Traits};
use whitesmith_smithy::project::Project;

const FILES: [(&str, &[u8]); 3] = [
    ("main.smithy", include_bytes!("transforms/main.smithy")),
    ("other.smithy", include_bytes!("transforms/other.smithy")),
    ("old.smithy", include_bytes!("transforms/old.smithy")),
];

/// The model after transforms, or what is wrong with them.
fn transformed(transforms: &str) -> Result<Model, String> {
    let (mut model, events) = assemble(&FILES).unwrap();
    assert!(events.is_empty(), "{events:?}");
    let project = format!(r#"{{"version": "1.0", "projections": {{"p": {{"transforms": [{transforms}]}}}}}}"#);
    let project = Project::parse("smithy-build.json", project.as_bytes()).unwrap();
    project.transform("p", &mut model).map(|()| model).map_err(|error| error.to_string())
}

/// A line for each key of the metadata, and for each shape: type, name, mixins, members, bindings and traits.
fn lines(model: &Model) -> Vec<String> {
    let metadata = model.metadata().iter().map(|(key, value)| format!("metadata {key} = {value}"));
    metadata.chain(model.own_shapes().map(line)).collect()
}

fn line(shape: &Shape) -> String {
    let mut line = format!("{} {}{}", shape.shape_type.name(), shape.id, traits(&shape.traits));
    for mixin in &shape.mixins {
        let _ = write!(line, " with {}", mixin.target.name());
    }
    for member in &shape.members {
        let _ = write!(line, " {}: {}{}", member.name, member.target, traits(&member.traits));
    }
    match &shape.details {
        Details::Service(service) => {
            let bound = service.operations.iter().chain(&service.resources).chain(&service.errors);
            bound.for_each(|bound| line.push_str(&format!(" {}", bound.target)));
            for (from, to) in &service.rename {
                let _ = write!(line, " {} as {to}", from.target);
            }
        }
        Details::Operation(operation) => {
            let _ = write!(line, " {} -> {}", operation.input.target, operation.output.target);
        }
        Details::Resource(resource) => {
            let named = resource.identifiers.iter().map(|(name, target)| format!(" {name}: {}", target.target));
            line.extend(named);
            resource.all_operations().chain(&resource.resources).for_each(|bound| {
                line.push_str(&format!(" {}", bound.target));
            });
        }
        Details::None => {}
    }
    line
}

fn traits(traits: &Traits) -> String {
    let shown = |id: &str| id.strip_prefix("smithy.api#").unwrap_or(id).to_owned();
    traits.iter().map(|(id, value)| format!(" @{}({value})", shown(id.as_str()))).collect()
}

/// What the transforms change: the shapes that are gone, and the lines that are new.
fn changes(transforms: &str) -> String {
    let before = assemble(&FILES).unwrap().0;
    let after = match transformed(transforms) {
        Ok(model) => model,
        Err(error) => return error,
    };
    let gone = before.own_shapes().filter(|shape| after.shape(&shape.id).is_none()).map(|shape| shape.id.as_str());
    let gone: Vec<&str> = gone.collect();
    let known = lines(&before);
    let new = lines(&after).into_iter().filter(|line| !known.contains(line)).map(|line| format!("+ {line}\n"));
    let gone = if gone.is_empty() { String::new() } else { format!("- {}\n", gone.join(" ")) };
    std::iter::once(gone).chain(new).collect()
}

#[test]
fn change_what_they_should() {
    let mut all = String::new();
    for transforms in include_str!("transforms/cases.txt").lines() {
        let _ = writeln!(all, "{transforms}\n{}", changes(transforms));
    }
    insta::with_settings!({ snapshot_path => "transforms", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("expected", all);
    });
}

#[test]
fn say_what_is_wrong_with_their_arguments() {
    for (transform, expected) in [
        (r#"{"name": "changeType"}"#, "unknown transform `changeType`; did you mean `changeTypes`?"),
        (r#"{"name": "includeTags"}"#, "transform `includeTags`: missing `tags`"),
        (
            r#"{"name": "changeTypes", "args": {"shapeTypes": {"a.b#Kept": "string"}}}"#,
            "transform `changeTypes`: `a.b#Kept` is of type structure and cannot become one of type string",
        ),
        (
            r#"{"name": "changeTypes", "args": {"shapeTypes": {"a.b#Kept": "strin"}}}"#,
            "transform `changeTypes`: unknown shape type \"strin\"",
        ),
        (
            r#"{"name": "renameShapes", "args": {"renamed": {"a.b#Nope": "a.b#Other"}}}"#,
            "transform `renameShapes`: unknown shape `a.b#Nope`",
        ),
        (
            r#"{"name": "renameShapes", "args": {"renamed": {"a.b#Kept": "a.b#Old"}}}"#,
            "transform `renameShapes`: `a.b#Old` is the name of two shapes",
        ),
    ] {
        assert_eq!(transformed(transform).unwrap_err(), expected, "{transform}");
    }
}

#[test]
fn projects_may_have_comments() {
    let text = b"// a\n{ // b\n\"version\": \"1.0\", // c\r\n// d\n\"sources\": [ // e\n\"a // b\"]} // f";
    assert_eq!(Project::parse("smithy-build.json", text).unwrap().sources, ["a // b"]);
    let error = Project::parse("smithy-build.json", b"{ / }").unwrap_err().to_string();
    assert!(error.contains("expected a key") && error.contains("smithy-build.json:1:3"), "{error}");
}
