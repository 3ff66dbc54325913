//! Models: loading, validating, formatting, and generating from what is valid.

use std::collections::BTreeSet;

use whitesmith_rust::emit::endpoint::rules_module;
use whitesmith_rust::plan::endpoint::EndpointPlan;
use whitesmith_rust::{Artifact, GenerateError, Settings, generate, plan};
use whitesmith_smithy::model::Model;
use whitesmith_smithy::source::{self, Sources};
use whitesmith_smithy::{format, load, validate, write};

/// The most that is generated for each byte of a model, and the most for the smallest one.
const MOST_PER_BYTE: usize = 2_000;
const MOST_FOR_NOTHING: usize = 16 << 20;

pub(crate) fn json_ast(bytes: &[u8]) {
    check("model.json", bytes);
}

pub(crate) fn idl(bytes: &[u8]) {
    let model = check("model.smithy", bytes);
    let Ok(formatted) = format::format("model.smithy", bytes) else { return };
    let again = format::format("model.smithy", formatted.as_bytes());
    assert_eq!(again.unwrap_or_else(|error| panic!("{error}\n{formatted}")), formatted);
    // A comment with three slashes beside what it documents becomes an ordinary one, as in the reference's formatter.
    let text = String::from_utf8_lossy(bytes);
    let documents = |text: &str| text.matches("///").count();
    if let Some(model) = model.filter(|_| documents(&text) == documents(&formatted)) {
        let (formatted, _) = load::assemble(&[("model.smithy", formatted.as_bytes())]).expect("formatted IDL");
        assert_eq!(without_trailing_spaces(&ast(&formatted)), without_trailing_spaces(&ast(&model)));
    }
}

/// Drops space before the ends of lines and strings: the formatter, as the reference's, drops that of documentation.
fn without_trailing_spaces(ast: &str) -> String {
    let trimmed = |line: &str| line.trim_end_matches(' ').trim_end_matches("\\t").trim_end_matches(' ').to_owned();
    let lines = |text: &str| text.split("\\n").map(trimmed).collect::<Vec<_>>().join("\\n");
    ast.split('"').map(lines).collect::<Vec<_>>().join("\"")
}

fn ast(model: &Model) -> String {
    write::pretty(&write::ast(model))
}

/// Loads and validates a file; generates from it what can be. The model, if it is valid.
fn check(name: &str, bytes: &[u8]) -> Option<Model> {
    let (model, events) = match load::assemble(&[(name, bytes)]) {
        Ok(loaded) => loaded,
        Err(error) => {
            let _ = error.to_string();
            return None;
        }
    };
    let events = validate::validate(&model, events);
    for event in &events {
        let _ = event.render(model.sources());
    }
    if validate::is_invalid(&events) {
        return None;
    }
    let written = ast(&model);
    let again = written_again(&written);
    // As in the reference, what a second mixin adds to a member is written if the shape has no such member itself, and that one
    // is not written if it adds nothing. The next reading closes the gap.
    if again != written {
        assert_eq!(written_again(&again), again);
    }
    generate_all(&model, bytes.len());
    Some(model)
}

/// What is written of a model that is read from what was written.
fn written_again(written: &str) -> String {
    let (model, _) = load::assemble(&[("written.json", written.as_bytes())]).unwrap_or_else(|error| panic!("{error}"));
    ast(&model)
}

fn settings() -> Settings {
    Settings {
        request: plan::Request { name: Some("fuzz".to_owned()), ..plan::Request::default() },
        artifacts: Artifact::DEFAULT.into(),
        header: "@generated".to_owned(),
        model_hash: None,
        version: "0.1.0".to_owned(),
        runtime: "../runtime".to_owned(),
        behaviour: None,
        cli_texts: Vec::new(),
        layouts: BTreeSet::new(),
        is_part: false,
    }
}

/// Everything that a model can become is Rust, and not more than its budget.
fn generate_all(model: &Model, size: usize) {
    match generate(model, &settings()) {
        Ok(generated) => {
            let files = generated.crates.iter().flat_map(|one| &one.files);
            let bytes: usize = files.map(|file| file.contents.len()).sum();
            assert!(bytes <= MOST_FOR_NOTHING + MOST_PER_BYTE * size, "{bytes} bytes for a model of {size}");
        }
        Err(error @ GenerateError::Format(_)) => panic!("{error}"),
        Err(error) => drop(error.to_string()),
    }
}

/// Text in every place of a model that has documentation.
pub(crate) fn documentation(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let quoted = quoted(&text);
    let model = format!(
        r#"{{"smithy": "2.0", "shapes": {{
            "e#Service": {{"type": "service", "version": {quoted}, "operations": [{{"target": "e#Get"}}], "traits": {{
                "aws.protocols#awsJson1_0": {{}}, "smithy.api#title": {quoted}, "smithy.api#documentation": {quoted}}}}},
            "e#Get": {{"type": "operation", "input": {{"target": "e#In"}}, "errors": [{{"target": "e#Bad"}}], "traits": {{
                "smithy.api#documentation": {quoted},
                "smithy.api#externalDocumentation": {{"Link": "https://example.com"}}}}}},
            "e#In": {{"type": "structure", "traits": {{"smithy.api#documentation": {quoted}}}, "members": {{
                "a": {{"target": "e#Text", "traits": {{"smithy.api#documentation": {quoted}}}}},
                "b": {{"target": "e#Kind", "traits": {{"smithy.api#deprecated": {{"message": {quoted}}}}}}}}}}},
            "e#Text": {{"type": "string", "traits": {{"smithy.api#documentation": {quoted}}}}},
            "e#Kind": {{"type": "enum", "members": {{"X": {{"target": "smithy.api#Unit", "traits": {{
                "smithy.api#enumValue": "x", "smithy.api#documentation": {quoted}}}}}}}}},
            "e#Bad": {{"type": "structure", "members": {{}}, "traits": {{
                "smithy.api#error": "client", "smithy.api#documentation": {quoted}}}}}}}}}"#
    );
    let (model, _) = load::assemble(&[("model.json", model.as_bytes())]).unwrap_or_else(|error| panic!("{error}"));
    generate_all(&model, text.len() * 10);
}

/// A text as a JSON string.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            character if character < ' ' => quoted.push_str(&format!("\\u{:04x}", u32::from(character))),
            character => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}

/// A rule set.
pub(crate) fn endpoint_rules(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let Ok(file) = Sources::new().add("rules.json", text.as_bytes()) else { return };
    let Ok(node) = source::parse(file, &text) else { return };
    match EndpointPlan::of(&node) {
        Ok(plan) => {
            let tokens = rules_module(&plan);
            syn::parse2::<syn::File>(tokens).unwrap_or_else(|error| panic!("{error}"));
        }
        Err(error) => drop(error.to_string()),
    }
}
