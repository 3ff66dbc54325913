//! A verdict for every trait that says how messages look or what requests need.

use std::collections::BTreeSet;

use whitesmith_rust::plan::{Plan, Request};
use whitesmith_rust::verdict::{Verdict, Verdicts};
use whitesmith_smithy::load::load;

/// A part of the model that a change replaces.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Traits of the service, beside its protocol.
    Service,
    /// Traits of the operation.
    Operation,
    /// Members of the input.
    Input,
    /// Members of the output.
    Output,
    /// Traits and body of the error.
    Error,
    /// Further shapes.
    Shapes,
    /// Shapes that stand in the base of a change of others.
    More,
}

/// The parts before a change, and where they stand in [`model`].
const PARTS: [(Part, &str); 7] = [
    (Part::Service, ""),
    (Part::Operation, r#"@http(method: "POST", uri: "/city")"#),
    (Part::Input, "id: String"),
    (Part::Output, "name: String"),
    (Part::Error, r#"@error("client") structure Gone { why: String }"#),
    (Part::Shapes, ""),
    (Part::More, ""),
];

fn model(protocol: &str, changed: &[(Part, &str)]) -> String {
    let part = |wanted: Part| {
        let mut parts = changed.iter().chain(&PARTS);
        parts.find(|(part, _)| *part == wanted).map(|(_, text)| *text).unwrap_or_default()
    };
    let namespace = if protocol.starts_with("rpcv2") { "smithy" } else { "aws" };
    format!(
        r#"$version: "2.0"
        namespace example
        @{namespace}.protocols#{protocol}
        @xmlNamespace(uri: "http://x")
        @aws.auth#sigv4(name: "weather") @httpBearerAuth @httpBasicAuth
        @httpApiKeyAuth(name: "key", in: "query")
        @auth([aws.auth#sigv4])
        {} service Weather {{ version: "1", operations: [GetCity] }}
        {} operation GetCity {{ input: In, output: Out, errors: [Gone] }}
        structure In {{ {} }}
        structure Out {{ {} }}
        {}
        {}
        {}
        list Names {{ member: String }}
        list Times {{ member: Timestamp }}
        map Texts {{ key: String, value: String }}
        "#,
        part(Part::Service),
        part(Part::Operation),
        part(Part::Input),
        part(Part::Output),
        part(Part::Error),
        part(Part::Shapes),
        part(Part::More),
    )
}

fn plan(text: &str) -> Plan {
    let (model, events) = load(&[("model.smithy", text.as_bytes())]).unwrap();
    let failures: Vec<_> = events.iter().filter(|event| event.severity.is_failure()).collect();
    assert!(failures.is_empty(), "{failures:?}\n{text}");
    Plan::new(&model, &Request::default()).unwrap()
}

fn reasons(verdict: &Verdict) -> Vec<String> {
    verdict.reasons.iter().map(|reason| format!("{} {reason}", reason.level)).collect()
}

/// A trait that comes, goes or changes.
struct Change {
    name: &'static str,
    protocol: &'static str,
    /// What both models have beside the defaults.
    base: &'static [(Part, &'static str)],
    part: Part,
    old: &'static str,
    new: &'static str,
    /// The reasons of the wire verdict, from old to new.
    forth: &'static [&'static str],
    /// The same from new to old.
    back: &'static [&'static str],
}

macro_rules! changes {
    ($($name:literal $protocol:ident $part:ident [$($base:expr),*]: $old:literal => $new:literal
        forth $forth:expr, back $back:expr;)*) => {
        &[$(Change {
            name: $name,
            protocol: stringify!($protocol),
            base: &[$($base),*],
            part: Part::$part,
            old: $old,
            new: $new,
            forth: &$forth,
            back: &$back,
        }),*]
    };
}

#[rustfmt::skip]
const CHANGES: &[Change] = changes! {
    "http" restJson1 Operation []: r#"@http(method: "POST", uri: "/city")"# => r#"@http(method: "PUT", uri: "/cities?x=y", code: 201)"#
        forth ["major `GetCity` changed from `POST /city → 200` to `PUT /cities?x=y → 201`"],
        back ["major `GetCity` changed from `PUT /cities?x=y → 201` to `POST /city → 200`"];
    "httpLabel" restJson1 Input [(Part::Operation, r#"@http(method: "POST", uri: "/city/{key}")"#)]:
        "id: String, @required @httpLabel key: String" => "@required @httpLabel key: String, @httpQuery(\"id\") id: String"
        forth ["major `GetCity request id` changed from `string` to `string in the query parameter id`"],
        back ["major `GetCity request id` changed from `string in the query parameter id` to `string`"];
    "httpQueryParams" restJson1 Input []: "id: Texts" => "@httpQueryParams id: Texts"
        forth ["major `GetCity request id` changed from `map of string` to `map of string in the query`"],
        back ["major `GetCity request id` changed from `map of string in the query` to `map of string`"];
    "httpQuery" restJson1 Input []: "id: String" => "@httpQuery(\"id\") id: String"
        forth ["major `GetCity request id` changed from `string` to `string in the query parameter id`"],
        back ["major `GetCity request id` changed from `string in the query parameter id` to `string`"];
    "httpHeader" restXml Output []: "name: String" => "@httpHeader(\"X-Name\") name: String"
        forth ["major `GetCity response name` changed from `string` to `string in the header x-name`"],
        back ["major `GetCity response name` changed from `string in the header x-name` to `string`"];
    "httpPrefixHeaders" restJson1 Output []: "name: Texts" => "@httpPrefixHeaders(\"X-\") name: Texts"
        forth ["major `GetCity response name` changed from `map of string` to `map of string in headers x-*`"],
        back ["major `GetCity response name` changed from `map of string in headers x-*` to `map of string`"];
    "httpPayload" restJson1 Output []: "name: String" => "@httpPayload name: String"
        forth ["major `GetCity response name` changed from `string` to `string as the body`"],
        back ["major `GetCity response name` changed from `string as the body` to `string`"];
    "httpResponseCode" restJson1 Output []: "name: Integer" => "@httpResponseCode name: Integer"
        forth ["major `GetCity response name` changed from `number` to `number in the status`"],
        back ["major `GetCity response name` changed from `number in the status` to `number`"];
    "httpError" restJson1 Error []: r#"@error("client") structure Gone { why: String }"# => r#"@error("client") @httpError(410) structure Gone { why: String }"#
        forth ["major `GetCity error Gone` changed from `status 400` to `status 410`"],
        back ["major `GetCity error Gone` changed from `status 410` to `status 400`"];
    "hostLabel" restJson1 Input [(Part::Operation, r#"@http(method: "POST", uri: "/city") @endpoint(hostPrefix: "{key}.")"#)]:
        "@required @hostLabel key: String, id: String" => "@required @hostLabel key: String, @required @hostLabel id: String"
        forth ["major `GetCity request id` changed from `string` to `string and in the host`", "major `GetCity request id` newly required"],
        back ["major `GetCity request id` changed from `string and in the host` to `string`", "minor `GetCity request id` no longer required"];
    "endpoint" awsJson1_0 Operation []: "" => "@endpoint(hostPrefix: \"data.\")"
        forth ["major `GetCity` changed from `` to `host prefix data.`"],
        back ["major `GetCity` changed from `host prefix data.` to ``"];
    "mediaType" restJson1 Input []: "@httpHeader(\"X-Id\") id: String" => "@httpHeader(\"X-Id\") @mediaType(\"text/plain\") id: String"
        forth ["major `GetCity request id` changed from `string in the header x-id` to `string in the header x-id in base64`"],
        back ["major `GetCity request id` changed from `string in the header x-id in base64` to `string in the header x-id`"];
    "mediaType" restXml Output []: "@httpPayload name: String" => "@httpPayload @mediaType(\"text/css\") name: String"
        forth ["major `GetCity response name` changed from `string as the body` to `string as the body of type text/css`"],
        back ["major `GetCity response name` changed from `string as the body of type text/css` to `string as the body`"];
    "jsonName" restJson1 Output []: "name: String" => "@jsonName(\"Name\") name: String"
        forth ["major `GetCity response name` changed from `string` to `string, JSON name Name`"],
        back ["major `GetCity response name` changed from `string, JSON name Name` to `string`"];
    "jsonName" rpcv2Cbor Output []: "name: String" => "@jsonName(\"Name\") name: String" forth [], back [];
    "timestampFormat" restJson1 Output []: "name: Timestamp" => "@timestampFormat(\"date-time\") name: Timestamp"
        forth ["major `GetCity response name` changed from `timestamp` to `timestamp as date-time`"],
        back ["major `GetCity response name` changed from `timestamp as date-time` to `timestamp`"];
    "timestampFormat" restJson1 Shapes [(Part::Output, "name: When")]: "timestamp When" => "@timestampFormat(\"http-date\") timestamp When"
        forth ["major `GetCity response name` changed from `timestamp` to `timestamp as http-date`"],
        back ["major `GetCity response name` changed from `timestamp as http-date` to `timestamp`"];
    "timestampFormat" awsJson1_1 Shapes [(Part::Output, "name: Dates")]:
        "list Dates { member: Timestamp }" => "list Dates { @timestampFormat(\"http-date\") member: Timestamp }"
        forth ["major `GetCity response name` changed from `list of timestamp` to `list of timestamp, member as http-date`"],
        back ["major `GetCity response name` changed from `list of timestamp, member as http-date` to `list of timestamp`"];
    "xmlName" restXml Output []: "name: String" => "@xmlName(\"Name\") name: String"
        forth ["major `GetCity response name` changed from `string` to `string, XML name Name`"],
        back ["major `GetCity response name` changed from `string, XML name Name` to `string`"];
    "xmlName" restXml Shapes [(Part::Output, "name: Deep")]:
        "list Deep { member: Inner }\nlist Inner { member: String }" => "list Deep { member: Inner }\nlist Inner { @xmlName(\"i\") member: String }"
        forth ["major `GetCity response name` changed from `list of list of string` to `list of list of string, member.member i`"],
        back ["major `GetCity response name` changed from `list of list of string, member.member i` to `list of list of string`"];
    "xmlName" restXml Shapes [(Part::Input, "@httpPayload id: City")]: "structure City {}" => "@xmlName(\"Town\") structure City {}"
        forth ["major `GetCity request document` changed from `element City` to `element Town`"],
        back ["major `GetCity request document` changed from `element Town` to `element City`"];
    "xmlName" awsQuery Error []: r#"@error("client") structure Gone { why: String }"# => r#"@error("client") structure Gone { @xmlName("Why") why: String }"#
        forth ["major `GetCity error Gone why` changed from `string` to `string, XML name Why`"],
        back ["major `GetCity error Gone why` changed from `string, XML name Why` to `string`"];
    "xmlAttribute" restXml Output []: "name: String" => "@xmlAttribute name: String"
        forth ["major `GetCity response name` changed from `string` to `string, attribute`"],
        back ["major `GetCity response name` changed from `string, attribute` to `string`"];
    "xmlFlattened" awsQuery Input []: "id: Names" => "@xmlFlattened id: Names"
        forth ["major `GetCity request id` changed from `list of string` to `list of string, flattened`"],
        back ["major `GetCity request id` changed from `list of string, flattened` to `list of string`"];
    "xmlNamespace" restXml Shapes [(Part::Output, "name: City")]: "structure City {}" => "@xmlNamespace(uri: \"http://y\", prefix: \"p\") structure City {}"
        forth ["major `GetCity response name` changed from `structure` to `structure, namespace p http://y`"],
        back ["major `GetCity response name` changed from `structure, namespace p http://y` to `structure`"];
    "ec2QueryName" ec2Query Input []: "id: String" => "@aws.protocols#ec2QueryName(\"Id\") id: String"
        forth ["major `GetCity request id` changed from `string` to `string, EC2 name Id`"],
        back ["major `GetCity request id` changed from `string, EC2 name Id` to `string`"];
    "awsQueryError" awsQuery Error []: r#"@error("client") structure Gone { why: String }"# =>
        r#"@error("client") @aws.protocols#awsQueryError(code: "Lost", httpResponseCode: 404) structure Gone { why: String }"#
        forth ["major `GetCity error Gone` changed from `code Gone` to `code Lost`"],
        back ["major `GetCity error Gone` changed from `code Lost` to `code Gone`"];
    "eventPayload" awsJson1_1 Shapes [(Part::Output, "name: Events"), (Part::More, "@streaming union Events { city: City }")]:
        "structure City { text: String }" => "structure City { @eventPayload text: String }"
        forth ["major `GetCity response name.city.text` changed from `string` to `string, event payload`"],
        back ["major `GetCity response name.city.text` changed from `string, event payload` to `string`"];
    "eventHeader" rpcv2Cbor Shapes [(Part::Output, "name: Events"), (Part::More, "@streaming union Events { city: City }")]:
        "structure City { text: String }" => "structure City { @eventHeader text: String }"
        forth ["major `GetCity response name.city.text` changed from `string` to `string, event header`"],
        back ["major `GetCity response name.city.text` changed from `string, event header` to `string`"];
    "streaming" awsJson1_1 Shapes [(Part::Output, "name: Events"), (Part::More, "structure City {}")]:
        "union Events { city: City }" => "@streaming union Events { city: City }"
        forth ["major `GetCity response name` changed from `union` to `stream of events`"],
        back ["major `GetCity response name` changed from `stream of events` to `union`"];
    "requiresLength" restJson1 Shapes [(Part::Input, "@required @httpPayload id: Body")]:
        "@streaming blob Body" => "@streaming @requiresLength blob Body"
        forth ["major `GetCity request length` added, required"],
        back ["minor `GetCity request length` removed"];
    "requestCompression" restJson1 Operation []: r#"@http(method: "POST", uri: "/city")"# =>
        r#"@http(method: "POST", uri: "/city") @requestCompression(encodings: ["gzip"])"#
        forth ["minor `GetCity request compression` added"],
        back ["major `GetCity request compression` removed"];
    "httpChecksumRequired" awsJson1_0 Operation []: "" => "@httpChecksumRequired"
        forth ["major `GetCity request checksum` added, required"],
        back ["minor `GetCity request checksum` removed"];
    "httpChecksum" restJson1 Operation [(Part::Input, "id: Algorithm"), (Part::Shapes, "enum Algorithm { CRC32, SHA1 }")]:
        r#"@http(method: "POST", uri: "/city") @aws.protocols#httpChecksum(requestAlgorithmMember: "id")"# =>
        r#"@http(method: "POST", uri: "/city") @aws.protocols#httpChecksum(requestAlgorithmMember: "id", requestChecksumRequired: true)"#
        forth ["major `GetCity request checksum` newly required"],
        back ["minor `GetCity request checksum` no longer required"];
    "auth" awsJson1_0 Operation []: "@auth([aws.auth#sigv4, httpBearerAuth])" => "@auth([aws.auth#sigv4, httpBasicAuth])"
        forth ["major `GetCity authentication bearer token` removed", "minor `GetCity authentication basic` added"],
        back ["major `GetCity authentication basic` removed", "minor `GetCity authentication bearer token` added"];
    "optionalAuth" awsJson1_0 Operation []: "" => "@optionalAuth"
        forth ["minor `GetCity authentication none` added"],
        back ["major `GetCity authentication none` removed"];
    "unsignedPayload" restJson1 Operation []: r#"@http(method: "POST", uri: "/city")"# =>
        r#"@http(method: "POST", uri: "/city") @aws.auth#unsignedPayload"#
        forth ["minor `GetCity unsigned payload` added"],
        back ["major `GetCity unsigned payload` removed"];
};

#[test]
fn every_change_of_a_binding_has_its_verdict() {
    let mut different = Vec::new();
    for change in CHANGES {
        let side = |text| {
            let mut parts = vec![(change.part, text)];
            parts.extend_from_slice(change.base);
            plan(&model(change.protocol, &parts))
        };
        let (old, new) = (side(change.old), side(change.new));
        for (from, to, expected) in [(&old, &new, change.forth), (&new, &old, change.back)] {
            let found = reasons(&Verdicts::of(from, to).wire);
            if found != expected {
                different.push(format!("{} in {}: {found:#?}", change.name, change.protocol));
            }
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
}

/// Traits of members and operations that the wire format depends on.
const TRAITS: [&str; 30] = [
    "auth",
    "awsQueryError",
    "ec2QueryName",
    "endpoint",
    "eventHeader",
    "eventPayload",
    "hostLabel",
    "http",
    "httpChecksum",
    "httpChecksumRequired",
    "httpError",
    "httpHeader",
    "httpLabel",
    "httpPayload",
    "httpPrefixHeaders",
    "httpQuery",
    "httpQueryParams",
    "httpResponseCode",
    "jsonName",
    "mediaType",
    "optionalAuth",
    "requestCompression",
    "requiresLength",
    "streaming",
    "timestampFormat",
    "unsignedPayload",
    "xmlAttribute",
    "xmlFlattened",
    "xmlName",
    "xmlNamespace",
];

#[test]
fn no_trait_is_left_out() {
    let covered: BTreeSet<_> = CHANGES.iter().map(|change| change.name).collect();
    assert_eq!(covered.into_iter().collect::<Vec<_>>(), TRAITS);
}

#[test]
fn a_streamed_body_breaks_code_but_not_messages() {
    let with = |shapes| plan(&model("restJson1", &[(Part::Output, "@httpPayload name: Body"), (Part::Shapes, shapes)]));
    let verdicts = Verdicts::of(&with("blob Body"), &with("@streaming blob Body"));
    assert!(reasons(&verdicts.wire).is_empty());
    assert!(verdicts.is_breaking());
}

#[test]
fn services_change_what_they_share() {
    let plan_of = |service: &str| {
        let text = model("awsJson1_0", &[]);
        plan(&text.replace(r#"@aws.auth#sigv4(name: "weather")"#, service))
    };
    let (old, new) = (plan_of(r#"@aws.auth#sigv4(name: "weather")"#), plan_of(r#"@aws.auth#sigv4(name: "climate")"#));
    assert_eq!(
        reasons(&Verdicts::of(&old, &new).wire),
        ["major `GetCity authentication sigv4` changed from `for weather` to `for climate`"]
    );
}
