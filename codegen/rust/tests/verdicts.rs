//! Verdicts of small changes: each names the item, and no other.
#![allow(clippy::unwrap_used, reason = "tests state their assumptions by panicking")]

use whitesmith_rust::plan::{Plan, Request};
use whitesmith_rust::verdict::{Level, Verdict, Verdicts};
use whitesmith_smithy::load::load;

/// A service with one operation; the parts are traits of the service, further keys of the operation, members of its input
/// and output, and further shapes.
#[derive(Clone, Copy)]
struct Parts {
    service: &'static str,
    operation: &'static str,
    input: &'static str,
    output: &'static str,
    shapes: &'static str,
}

const PARTS: Parts = Parts {
    service: r#""aws.protocols#awsJson1_0": {}"#,
    operation: "",
    input: r#""id": {"target": "smithy.api#String"}"#,
    output: r#""name": {"target": "smithy.api#String"}"#,
    shapes: "",
};

fn plan(parts: Parts) -> Plan {
    let Parts { service, operation, input, output, shapes } = parts;
    let text = format!(
        r#"{{"smithy": "2.0", "shapes": {{
        "example#Weather": {{"type": "service", "version": "1", "operations": [{{"target": "example#GetCity"}}],
            "traits": {{{service}}}}},
        "example#GetCity": {{"type": "operation", "input": {{"target": "example#In"}},
            "output": {{"target": "example#Out"}} {operation}}},
        "example#In": {{"type": "structure", "members": {{{input}}}}},
        "example#Out": {{"type": "structure", "members": {{{output}}}}} {shapes}}}}}"#
    );
    let (model, events) = load(&[("model.json", text.as_bytes())]).unwrap();
    assert!(events.iter().all(|event| !event.severity.is_failure()), "{events:?}");
    Plan::new(&model, &Request::default()).unwrap()
}

fn reasons(verdict: &Verdict) -> Vec<String> {
    verdict.reasons.iter().map(|reason| format!("{} {reason}", reason.level)).collect()
}

/// Compares two states and expects the reasons of Rust API, command line and wire.
fn expect(old: Parts, new: Parts, rust: &[&str], command_line: &[&str], wire: &[&str]) -> Verdicts {
    let verdicts = Verdicts::of(&plan(old), &plan(new));
    assert_eq!(reasons(&verdicts.rust), rust);
    assert_eq!(reasons(&verdicts.command_line), command_line);
    assert_eq!(reasons(&verdicts.wire), wire);
    verdicts
}

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

/// Compares two states that differ in nothing but what programs do.
fn expect_behaviour(old: Parts, new: Parts, behaviour: &[&str]) -> Verdicts {
    let verdicts = Verdicts::of(&plan(old), &plan(new));
    assert_eq!(reasons(&verdicts.behaviour), behaviour);
    verdicts
}

#[test]
fn an_error_has_another_status_and_is_retried() {
    let operation = r#", "errors": [{"target": "example#Gone"}]"#;
    let with = |shapes| Parts { operation, shapes, ..PARTS };
    let old = with(
        r#", "example#Gone": {"type": "structure", "members": {},
            "traits": {"smithy.api#error": "client", "smithy.api#httpError": 410}}"#,
    );
    let new = with(
        r#", "example#Gone": {"type": "structure", "members": {},
            "traits": {"smithy.api#error": "client", "smithy.api#retryable": {"throttling": true}}}"#,
    );
    let verdicts = expect_behaviour(
        old,
        new,
        &[
            "minor `Gone HTTP status` changed from `410` to `400`",
            "minor `Gone retries` changed from `not retried` to `retried as throttling`",
        ],
    );
    assert_eq!((verdicts.level(), verdicts.is_breaking()), (Level::Minor, false));
}

#[test]
fn a_default_changes() {
    let with = |input| Parts { input, ..PARTS };
    let none = with(r#""id": {"target": "smithy.api#Integer"}"#);
    let one = with(r#""id": {"target": "smithy.api#Integer", "traits": {"smithy.api#default": 1}}"#);
    let two = with(r#""id": {"target": "smithy.api#Integer", "traits": {"smithy.api#default": 2}}"#);
    expect_behaviour(none, one, &["minor `In default of id` changed from `none` to `1`"]);
    expect_behaviour(one, two, &["minor `In default of id` changed from `1` to `2`"]);
    let text = |text| with(text);
    expect_behaviour(
        text(r#""id": {"target": "smithy.api#String", "traits": {"smithy.api#default": "a"}}"#),
        text(r#""id": {"target": "smithy.api#String", "traits": {"smithy.api#default": "b"}}"#),
        &["minor `In default of id` changed from `\"a\"` to `\"b\"`"],
    );
}

#[test]
fn examples_come_change_and_go() {
    let one = Parts {
        operation: r#", "traits": {"smithy.api#examples": [{"title": "One", "input": {"id": "a"}}]}"#,
        ..PARTS
    };
    let other = Parts {
        operation: r#", "traits": {"smithy.api#examples": [{"title": "One", "input": {"id": "b"}}]}"#,
        ..PARTS
    };
    expect_behaviour(PARTS, one, &["patch `GetCity example One` added"]);
    expect_behaviour(one, other, &["patch `GetCity example One` changed"]);
    let verdicts = expect_behaviour(one, PARTS, &["patch `GetCity example One` removed"]);
    assert_eq!(verdicts.level(), Level::Patch);
}

#[test]
fn endpoints_change() {
    let with = |service| Parts { service, ..PARTS };
    let rules = |url: &str| {
        let rules = format!(
            r#""smithy.rules#endpointRuleSet": {{"version": "1.0", "parameters": {{}}, "rules": [
                {{"type": "endpoint", "conditions": [], "endpoint": {{"url": "{url}"}}}}]}},
                "aws.protocols#awsJson1_0": {{}}"#
        );
        with(Box::leak(rules.into_boxed_str()))
    };
    expect_behaviour(rules("https://a"), rules("https://b"), &["minor `endpoint rules` changed"]);
    expect_behaviour(rules("https://a"), PARTS, &["minor `endpoint rules` changed"]);
    let signed = |name: &str| {
        let traits = format!(
            r#""aws.auth#sigv4": {{"name": "{name}"}}, "aws.api#service": {{"sdkId": "W", "endpointPrefix": "{name}"}},
                "aws.protocols#awsJson1_0": {{}}"#
        );
        with(Box::leak(traits.into_boxed_str()))
    };
    expect_behaviour(
        signed("old"),
        signed("new"),
        &["minor `endpoint prefix` changed from `old` to `new`", "minor `signing name` changed from `old` to `new`"],
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

const REST_JSON: Parts = Parts {
    service: r#""aws.protocols#restJson1": {}"#,
    operation: r#", "traits": {"smithy.api#http": {"method": "POST", "uri": "/city", "code": 200}}"#,
    ..PARTS
};

#[test]
fn a_member_moves_to_a_header() {
    let header = r#""id": {"target": "smithy.api#String", "traits": {"smithy.api#httpHeader": "X-Id"}}"#;
    expect(
        REST_JSON,
        Parts { input: header, ..REST_JSON },
        &[],
        &[],
        &["major `GetCity request id` changed from `string` to `string in the header x-id`"],
    );
    // Protocols without HTTP bindings do not look at the trait.
    expect(PARTS, Parts { input: header, ..PARTS }, &[], &[], &[]);
}

#[test]
fn a_path_changes() {
    let operation = r#", "traits": {"smithy.api#http": {"method": "POST", "uri": "/cities", "code": 200}}"#;
    let changed = "major `GetCity` changed from `POST /city → 200` to `POST /cities → 200`";
    expect(REST_JSON, Parts { operation, ..REST_JSON }, &[], &[], &[changed]);
}

#[test]
fn a_name_on_the_wire_changes() {
    let json = r#""name": {"target": "smithy.api#String", "traits": {"smithy.api#jsonName": "Name"}}"#;
    let changed = "major `GetCity response name` changed from `string` to `string, JSON name Name`";
    expect(REST_JSON, Parts { output: json, ..REST_JSON }, &[], &[], &[changed]);
    expect(PARTS, Parts { output: json, ..PARTS }, &[], &[], &[]);

    let rest_xml = Parts { service: r#""aws.protocols#restXml": {}"#, ..REST_JSON };
    let xml = r#""name": {"target": "smithy.api#String", "traits": {"smithy.api#xmlName": "Name"}}"#;
    let changed = "major `GetCity response name` changed from `string` to `string, XML name Name`";
    expect(rest_xml, Parts { output: xml, ..rest_xml }, &[], &[], &[changed]);
}

const REST_XML: Parts = Parts { service: r#""aws.protocols#restXml": {}"#, ..REST_JSON };

/// Expects one breaking change of the wire format alone.
fn breaks_the_wire(old: Parts, new: Parts, change: &str) {
    expect(old, new, &[], &[], &[&format!("major {change}")]);
}

#[test]
fn forms_of_xml_change() {
    let member = |traits: &'static str| Parts { output: traits, ..REST_XML };
    let list = r#", "example#Names": {"type": "list", "member": {"target": "smithy.api#String"}}"#;
    let old = Parts { output: r#""names": {"target": "example#Names"}"#, shapes: list, ..REST_XML };
    let flattened = r#""names": {"target": "example#Names", "traits": {"smithy.api#xmlFlattened": {}}}"#;
    let change = "`GetCity response names` changed from `list of string` to `list of string, flattened`";
    breaks_the_wire(old, Parts { output: flattened, ..old }, change);

    let attribute = r#""name": {"target": "smithy.api#String", "traits": {"smithy.api#xmlAttribute": {}}}"#;
    let change = "`GetCity response name` changed from `string` to `string, attribute`";
    breaks_the_wire(REST_XML, member(attribute), change);

    let namespace = r#""name": {"target": "smithy.api#String", "traits": {"smithy.api#xmlNamespace": {"uri": "http://x", "prefix": "p"}}}"#;
    let change = "`GetCity response name` changed from `string` to `string, namespace p http://x`";
    breaks_the_wire(REST_XML, member(namespace), change);

    let service =
        r#""aws.protocols#restXml": {"noErrorWrapping": true}, "smithy.api#xmlNamespace": {"uri": "http://x"}"#;
    let change = "`documents` changed from `XML` to `XML, namespace http://x, errors not wrapped`";
    breaks_the_wire(REST_XML, Parts { service, ..REST_XML }, change);
}

#[test]
fn a_method_a_status_and_headers_change() {
    let operation = r#", "traits": {"smithy.api#http": {"method": "PUT", "uri": "/city", "code": 201}}"#;
    let change = "`GetCity` changed from `POST /city → 200` to `PUT /city → 201`";
    breaks_the_wire(REST_JSON, Parts { operation, ..REST_JSON }, change);

    let query = |name: &'static str| Parts { input: name, ..REST_JSON };
    let one = r#""id": {"target": "smithy.api#String", "traits": {"smithy.api#httpQuery": "a"}}"#;
    let other = r#""id": {"target": "smithy.api#String", "traits": {"smithy.api#httpQuery": "b"}}"#;
    let change =
        "`GetCity request id` changed from `string in the query parameter a` to `string in the query parameter b`";
    breaks_the_wire(query(one), query(other), change);

    let map = r#", "example#Map": {"type": "map", "key": {"target": "smithy.api#String"}, "value": {"target": "smithy.api#String"}}"#;
    let prefix = |input: &'static str| Parts { input, shapes: map, ..REST_JSON };
    let one = r#""id": {"target": "example#Map", "traits": {"smithy.api#httpPrefixHeaders": "x-a-"}}"#;
    let other = r#""id": {"target": "example#Map", "traits": {"smithy.api#httpPrefixHeaders": "x-b-"}}"#;
    let change =
        "`GetCity request id` changed from `map of string in headers x-a-*` to `map of string in headers x-b-*`";
    breaks_the_wire(prefix(one), prefix(other), change);
}

#[test]
fn names_of_query_protocols_change() {
    let ec2 =
        Parts { service: r#""aws.protocols#ec2Query": {}, "smithy.api#xmlNamespace": {"uri": "http://x"}"#, ..PARTS };
    let named = r#""id": {"target": "smithy.api#String", "traits": {"aws.protocols#ec2QueryName": "Other"}}"#;
    let change = "`GetCity request id` changed from `string` to `string, EC2 name Other`";
    breaks_the_wire(ec2, Parts { input: named, ..ec2 }, change);
}

#[test]
fn an_error_moves_a_member_and_changes_its_code() {
    let error = |shapes: &'static str, service: &'static str| Parts {
        service,
        operation: r#", "errors": [{"target": "example#Gone"}],
            "traits": {"smithy.api#http": {"method": "POST", "uri": "/city", "code": 200}}"#,
        shapes,
        ..PARTS
    };
    let body = r#", "example#Gone": {"type": "structure", "traits": {"smithy.api#error": "client"},
        "members": {"why": {"target": "smithy.api#String"}}}"#;
    let header = r#", "example#Gone": {"type": "structure", "traits": {"smithy.api#error": "client"},
        "members": {"why": {"target": "smithy.api#String", "traits": {"smithy.api#httpHeader": "x-why"}}}}"#;
    let rest = REST_JSON.service;
    let change = "`GetCity error Gone why` changed from `string` to `string in the header x-why`";
    breaks_the_wire(error(body, rest), error(header, rest), change);

    let coded = r#", "example#Gone": {"type": "structure", "traits": {"smithy.api#error": "client",
        "aws.protocols#awsQueryError": {"code": "Lost", "httpResponseCode": 404}},
        "members": {"why": {"target": "smithy.api#String"}}}"#;
    let query = r#""aws.protocols#awsQuery": {}, "smithy.api#xmlNamespace": {"uri": "http://x"}"#;
    breaks_the_wire(
        error(body, query),
        error(coded, query),
        "`GetCity error Gone` changed from `code Gone` to `code Lost`",
    );
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
