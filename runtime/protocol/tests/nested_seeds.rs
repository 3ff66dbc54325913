//! Seeds that open nested values themselves read them from HTTP binding protocols as from others.

use http::{HeaderMap, HeaderValue, Method};
use whitesmith_codec::{ReadOptions, Seed};
use whitesmith_protocol::{Protocol as _, ReceivedRequest, RestJson1};
use whitesmith_schema::{
    Deserializer, HttpBinding, HttpTrait, Member, Operation, OperationTraits, PathSegment, Schema, WireTraits, prelude,
};

static TAG: Schema = Schema::structure("e#Tag", &[Member::new("key", &prelude::STRING)]);
static TAGS: Schema = Schema::list("e#Tags", &[Member::new("member", &TAG)]);
static INPUT: Schema = Schema::structure(
    "e#Input",
    &[
        Member::new("name", &prelude::STRING).with_wire(&WireTraits::new().with_http(HttpBinding::Label)),
        Member::new("tags", &TAGS),
        Member::new("count", &prelude::INTEGER),
    ],
);
static OPERATION: Operation =
    Operation::new("e#Put", "Put", &INPUT, &prelude::UNIT).with_traits(&OperationTraits::new().with_http(HttpTrait {
        method: "PUT",
        path: &[PathSegment::Literal("things"), PathSegment::Label("name")],
        query: &[],
        code: 200,
    }));

/// Lists what it reads, opening every list and structure itself.
struct Listing;

impl Seed for Listing {
    type Value = Vec<String>;

    fn schema(&self) -> &'static Schema {
        &INPUT
    }

    fn read_members<D: Deserializer>(self, deserializer: &mut D) -> Result<Vec<String>, D::Error> {
        let mut found = Vec::new();
        while let Some(index) = deserializer.next_member(&INPUT)? {
            let member = &INPUT.members[index];
            match member.name {
                "tags" => deserializer.list_with(member, |deserializer| {
                    deserializer.structure_with(&TAG, |deserializer| {
                        while deserializer.next_member(&TAG)?.is_some() {
                            found.push(deserializer.string(&TAG.members[0])?);
                        }
                        Ok(())
                    })
                })?,
                "count" => found.push(deserializer.integer(member)?.to_string()),
                _ => found.push(deserializer.string(member)?),
            }
        }
        Ok(found)
    }
}

fn read(body: &str) -> Result<Vec<String>, String> {
    let mut headers = HeaderMap::new();
    headers.insert("content-type", HeaderValue::from_static("application/json"));
    let request = ReceivedRequest::new(&Method::PUT, "/things/a%20b", &headers, body.as_bytes());
    RestJson1::read_input(&OPERATION, request, ReadOptions::SERVER, Listing).map_err(|error| error.to_string())
}

#[test]
fn nested_values_follow_those_of_the_path() {
    let body = r#"{"tags": [{"key": "x"}, {"key": "y"}], "count": 3}"#;
    assert_eq!(read(body), Ok(["a b", "x", "y", "3"].map(str::to_owned).to_vec()));
}

#[test]
fn errors_in_nested_values_are_errors() {
    for body in [r#"{"tags": [{"key": 1}]}"#, r#"{"tags": {}}"#, r#"{"count": "3"}"#, r#"{"tags": [{"key": "x"}"#] {
        assert!(read(body).is_err(), "{body}");
    }
}
