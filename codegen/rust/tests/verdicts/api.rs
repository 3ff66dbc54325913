//! The Rust API and the command line.

use whitesmith_rust::plan::{Plan, Request};
use whitesmith_rust::verdict::{Level, Verdicts};
use whitesmith_smithy::load::load;

use super::weather::{PARTS, Parts, expect, plan};

#[test]
fn nothing_changed() {
    let verdicts = expect(PARTS, PARTS, &[], &[], &[]);
    assert_eq!(verdicts.level(), Level::None);
}

#[test]
fn documentation_is_a_patch() {
    let new = Parts {
        output: r#""name": {"target": "smithy.api#String", "traits": {"smithy.api#documentation": "New."}}"#,
        ..PARTS
    };
    let verdicts = expect(PARTS, new, &[], &[], &[]);
    assert_eq!(verdicts.level(), Level::Patch);
}

#[test]
fn an_option_comes_and_goes() {
    let more = Parts {
        input: r#""id": {"target": "smithy.api#String"}, "DryRun": {"target": "smithy.api#Boolean"}"#,
        ..PARTS
    };
    let verdicts = expect(
        PARTS,
        more,
        &["minor `operations::GetCityInput::dry_run` added"],
        &["minor `get-city --dry-run` added"],
        &["minor `GetCity request DryRun` added"],
    );
    assert!(!verdicts.is_breaking());
    let verdicts = expect(
        more,
        PARTS,
        &["major `operations::GetCityInput::dry_run` removed"],
        &["major `get-city --dry-run` removed"],
        &["major `GetCity request DryRun` removed"],
    );
    assert!(verdicts.is_breaking());
}

#[test]
fn an_option_becomes_required() {
    let new =
        Parts { input: r#""id": {"target": "smithy.api#String", "traits": {"smithy.api#required": {}}}"#, ..PARTS };
    expect(
        PARTS,
        new,
        &[
            "major `impl Default for operations::GetCityInput` removed",
            "major `operations::GetCityInput::id` changed from `Option<String>` to `String`",
            "major `operations::GetCityInput::new()` changed from `fn() -> Self` to `fn(id: impl Into<String>) -> Self`",
        ],
        &["major `get-city --id` newly required"],
        &["major `GetCity request id` newly required"],
    );
    expect(
        new,
        PARTS,
        &[
            "major `operations::GetCityInput::id` changed from `String` to `Option<String>`",
            "major `operations::GetCityInput::new()` changed from `fn(id: impl Into<String>) -> Self` to `fn() -> Self`",
            "minor `impl Default for operations::GetCityInput` added",
        ],
        &["minor `get-city --id` no longer required"],
        &["minor `GetCity request id` no longer required"],
    );
}

#[test]
fn an_output_member_goes_at_any_depth() {
    let old = Parts {
        output: r#""city": {"target": "example#Cities"}"#,
        shapes: r#", "example#Cities": {"type": "list", "member": {"target": "example#City"}},
            "example#City": {"type": "structure", "members": {"name": {"target": "smithy.api#String"},
                "area": {"target": "smithy.api#Double"}}}"#,
        ..PARTS
    };
    let new = Parts {
        shapes: r#", "example#Cities": {"type": "list", "member": {"target": "example#City"}},
            "example#City": {"type": "structure", "members": {"name": {"target": "smithy.api#String"}}}"#,
        ..old
    };
    expect(
        old,
        new,
        &["major `types::City::area` removed"],
        &["major `get-city output city[].area` removed"],
        &["major `GetCity response city[].area` removed"],
    );
}

#[test]
fn a_structure_of_another_name_is_seen_in_rust_only() {
    let old = Parts {
        output: r#""city": {"target": "example#City"}"#,
        shapes: r#", "example#City": {"type": "structure", "members": {"name": {"target": "smithy.api#String"}}}"#,
        ..PARTS
    };
    let new = Parts {
        output: r#""city": {"target": "example#Town"}"#,
        shapes: r#", "example#Town": {"type": "structure", "members": {"name": {"target": "smithy.api#String"}}}"#,
        ..PARTS
    };
    expect(
        old,
        new,
        &[
            "major `operations::GetCityOutput::city` changed from `Option<City>` to `Option<Town>`",
            "major `types::City` removed",
            "minor `types::Town` added",
        ],
        &[],
        &[],
    );
}

#[test]
fn a_type_that_comes_to_hold_itself_is_boxed() {
    let old = Parts {
        output: r#""city": {"target": "example#City"}"#,
        shapes: r#", "example#City": {"type": "structure", "members": {"near": {"target": "example#Near"}}},
            "example#Near": {"type": "structure", "members": {"name": {"target": "smithy.api#String"}}}"#,
        ..PARTS
    };
    let new = Parts {
        shapes: r#", "example#City": {"type": "structure", "members": {"near": {"target": "example#Near"}}},
            "example#Near": {"type": "structure", "members": {"name": {"target": "smithy.api#String"},
                "city": {"target": "example#City"}}}"#,
        ..old
    };
    let verdicts = Verdicts::of(&plan(old), &plan(new));
    let boxed = verdicts.rust.reasons.iter().filter(|reason| reason.level == Level::Major);
    assert!(boxed.clone().all(|reason| reason.to_string().contains("to `Option<Box<")), "{:?}", verdicts.rust.reasons);
    assert!(boxed.count() > 0);
    assert_eq!(verdicts.command_line.level, Level::Minor);
}

#[test]
fn values_of_enums_come_and_go() {
    let with = |values| Parts { input: r#""id": {"target": "example#Id"}"#, shapes: values, ..PARTS };
    let one = with(
        r#", "example#Id": {"type": "enum", "members": {
            "A": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "a"}}}}"#,
    );
    let two = with(
        r#", "example#Id": {"type": "enum", "members": {
            "A": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "a"}},
            "B": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "b"}}}}"#,
    );
    let extended = "minor `GetCity request id` values extended by `b`";
    expect(one, two, &["minor `types::Id::B` added"], &[], &[extended]);
    expect(
        two,
        one,
        &["major `types::Id::B` removed"],
        &[],
        &["major `GetCity request id` values limited to `all but b`"],
    );
}

#[test]
fn constraints_matter_on_the_wire() {
    let with = |shapes| Parts { input: r#""id": {"target": "example#Id"}"#, shapes, ..PARTS };
    let bare = with(r#", "example#Id": {"type": "string"}"#);
    let wide = with(r#", "example#Id": {"type": "string", "traits": {"smithy.api#length": {"min": 1, "max": 9}}}"#);
    let narrow = with(r#", "example#Id": {"type": "string", "traits": {"smithy.api#length": {"min": 1, "max": 8}}}"#);
    expect(bare, wide, &[], &[], &["major `GetCity request id` length limited to `1 to 9`"]);
    expect(wide, narrow, &[], &[], &["major `GetCity request id` length changed from `1 to 9` to `1 to 8`"]);
    expect(narrow, wide, &[], &[], &["patch `GetCity request id` length widened from `1 to 8` to `1 to 9`"]);
    expect(wide, bare, &[], &[], &["patch `GetCity request id` length no longer limited to `1 to 9`"]);
    let anchored = with(r#", "example#Id": {"type": "string", "traits": {"smithy.api#pattern": "^[a-z]+$"}}"#);
    let loose = with(r#", "example#Id": {"type": "string", "traits": {"smithy.api#pattern": "[a-z]+"}}"#);
    expect(anchored, loose, &[], &[], &["patch `GetCity request id` pattern widened from `^[a-z]+$` to `[a-z]+`"]);
    expect(loose, anchored, &[], &[], &["patch `GetCity request id` pattern changed from `[a-z]+` to `^[a-z]+$`"]);
}

#[test]
fn a_pattern_takes_the_place_of_a_length() {
    let with = |shapes| Parts { input: r#""id": {"target": "example#Id"}"#, shapes, ..PARTS };
    let counted = with(r#", "example#Id": {"type": "string", "traits": {"smithy.api#pattern": ".{1,9}"}}"#);
    let limited = with(
        r#", "example#Id": {"type": "string", "traits": {"smithy.api#pattern": "[a-z]*",
            "smithy.api#length": {"min": 1, "max": 9}}}"#,
    );
    expect(limited, counted, &[], &[], &["patch `GetCity request id` pattern changed from `[a-z]*` to `.{1,9}`"]);
    expect(counted, limited, &[], &[], &["patch `GetCity request id` pattern changed from `.{1,9}` to `[a-z]*`"]);
}

#[test]
fn errors_are_added_and_removed() {
    let error = r#", "example#Gone": {"type": "structure", "members": {}, "traits": {"smithy.api#error": "client"}}"#;
    let without = Parts { shapes: error, ..PARTS };
    let with = Parts { operation: r#", "errors": [{"target": "example#Gone"}]"#, ..without };
    expect(
        without,
        with,
        &["minor `errors::Gone` added", "minor `operations::GetCityError::Gone` added"],
        &[],
        &["minor `GetCity error Gone` added"],
    );
    expect(
        with,
        without,
        &["major `errors::Gone` removed", "major `operations::GetCityError::Gone` removed"],
        &[],
        &["patch `GetCity error Gone` removed"],
    );
}

#[test]
fn what_is_deprecated_is_told() {
    let new = Parts { operation: r#", "traits": {"smithy.api#deprecated": {}}"#, ..PARTS };
    expect(PARTS, new, &["minor `operations::GetCity` deprecated"], &["minor `get-city` deprecated"], &[]);
}

#[test]
fn a_protocol_that_is_no_longer_spoken_breaks_the_wire() {
    let old = Parts { service: r#""aws.protocols#awsJson1_0": {}, "smithy.protocols#rpcv2Cbor": {}"#, ..PARTS };
    expect(old, PARTS, &[], &[], &["major `protocol smithy.protocols#rpcv2Cbor` removed"]);
}

/// Structures in structures, thousands deep, and structures that use each other in every way.
#[test]
fn hostile_nesting_is_bounded() {
    let service = |shapes: String| {
        let text = format!(
            r#"{{"smithy": "2.0", "shapes": {{
            "example#Weather": {{"type": "service", "version": "1", "operations": [{{"target": "example#GetCity"}}],
                "traits": {{"aws.protocols#awsJson1_0": {{}}}}}},
            "example#GetCity": {{"type": "operation", "output": {{"target": "example#S0"}}}} {shapes}}}}}"#
        );
        let (model, _) = load(&[("model.json", text.as_bytes())]).unwrap();
        Plan::new(&model, &Request::default()).unwrap()
    };
    let structure = |name: usize, members: &[usize]| {
        let members: Vec<String> =
            members.iter().map(|to| format!(r#""m{to}": {{"target": "example#S{to}"}}"#)).collect();
        format!(r#", "example#S{name}": {{"type": "structure", "members": {{{}}}}}"#, members.join(", "))
    };
    let chain = |length: usize| {
        service((0..length).map(|at| structure(at, &[at + 1])).collect::<String>() + &structure(length, &[]))
    };
    let verdicts = Verdicts::of(&chain(3000), &chain(3001));
    assert_eq!(verdicts.rust.level, Level::Minor);
    let all: Vec<usize> = (0..24).collect();
    let clique = |size: usize| service(all[..size].iter().map(|at| structure(*at, &all[..size])).collect());
    let verdicts = Verdicts::of(&clique(23), &clique(24));
    assert_eq!(verdicts.rust.level, Level::Minor);
}

#[test]
fn entries_of_the_aws_clis_tables_become_stale() {
    let old = Parts {
        service: r#""aws.protocols#awsJson1_0": {}, "aws.api#service": {"sdkId": "schemas"}"#,
        input: r#""version": {"target": "smithy.api#String"}"#,
        ..PARTS
    };
    let stale = |old, new| Verdicts::of(&plan(old), &plan(new)).stale_entries;
    assert_eq!(stale(old, Parts { input: PARTS.input, ..old }), ["--version, known as --schema-version"]);
    assert!(stale(Parts { input: PARTS.input, ..old }, old).is_empty());
}
