//! Each folder of `tests/models` is a case: the JSON and IDL files are loaded together, and `expected.snap` has the model that
//! comes out and every event about it.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use whitesmith_smithy::load::assemble;
use whitesmith_smithy::model::{Model, Shape, Traits};
use whitesmith_smithy::validate;

fn cases() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/models");
    let mut cases: Vec<PathBuf> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    cases
}

fn files(case: &Path) -> Vec<(String, Vec<u8>)> {
    let paths = fs::read_dir(case).unwrap().map(|entry| entry.unwrap().path());
    let models = paths.filter(|path| path.extension().is_some_and(|kind| kind == "json" || kind == "smithy"));
    let named = models.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap()));
    named.collect()
}

fn traits(traits: &Traits) -> String {
    let each = traits.iter().map(|(id, value)| format!(" @{}({value})", id.as_str().trim_start_matches("smithy.api#")));
    each.collect()
}

fn describe(shape: &Shape, text: &mut String) {
    let _ = writeln!(text, "{} {}{}", shape.shape_type.name(), shape.id, traits(&shape.traits));
    for member in &shape.members {
        let _ = writeln!(text, "    {}: {}{}", member.name, member.target, traits(&member.traits));
    }
}

fn describe_shapes(model: &Model) -> String {
    let mut text = String::new();
    for shape in model.own_shapes() {
        describe(shape, &mut text);
    }
    text
}

fn describe_model(model: &Model) -> String {
    let mut text = describe_shapes(model);
    for (key, value) in model.metadata() {
        let _ = writeln!(text, "metadata {key} = {value}");
    }
    text
}

fn outcome(files: &[(String, Vec<u8>)], describe: fn(&Model) -> String) -> String {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    match assemble(&files) {
        Err(error) => format!("cannot be read: {error}\n"),
        Ok((model, events)) => {
            let mut text = describe(&model);
            for event in validate::validate(&model, events) {
                let _ = writeln!(text, "\n{} {}", event.severity.name(), event.render(model.sources()));
            }
            text
        }
    }
}

#[test]
fn come_out_as_expected() {
    for case in cases() {
        insta::with_settings!({
            snapshot_path => &case,
            prepend_module_to_snapshot => false,
            omit_expression => true,
            description => case.file_name().unwrap().to_string_lossy().into_owned(),
        }, {
            insta::assert_snapshot!("expected", outcome(&files(&case), describe_model));
        });
    }
}

#[test]
fn do_not_depend_on_the_order_of_files_but_for_joined_metadata() {
    for case in cases() {
        let mut files = files(&case);
        let one = outcome(&files, describe_shapes);
        files.reverse();
        assert_eq!(one, outcome(&files, describe_shapes), "{}", case.display());
    }
}
