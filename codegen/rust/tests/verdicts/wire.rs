//! The wire format.

use super::weather::{PARTS, Parts, expect};

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
