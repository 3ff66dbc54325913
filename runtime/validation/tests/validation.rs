//! What is found wrong with dynamic and generated values, and how it is said.

use whitesmith_schema::erased::ErasedValue as _;
use whitesmith_schema::{
    Constraints, EnumValue, Member, MemberSerializer, Number, Schema, SerializeMembers, ShapeType, Structure, Value,
    ValueMap,
};
use whitesmith_validation::{Constraint, Segment, validate};

static NAME: Schema = Schema::string("example#Name")
    .with_constraints(&Constraints::new().with_length(Some(2), Some(4)).with_pattern("^[a-mé]+$"));
static SMALL: Schema = Schema::simple("example#Small", ShapeType::Byte)
    .with_constraints(&Constraints::new().with_range(Some("2"), Some("8")));
static RATIO: Schema = Schema::simple("example#Ratio", ShapeType::Float)
    .with_constraints(&Constraints::new().with_range(Some("2.2"), Some("8.8")));
static HUGE: Schema = Schema::simple("example#Huge", ShapeType::BigInteger)
    .with_constraints(&Constraints::new().with_range(None, Some("12345678901234567890")));
static COLOR: Schema =
    Schema::string_enum("example#Color", &[EnumValue::string("RED", "red"), EnumValue::string("BLUE", "blue")]);
static SIDES: Schema = Schema::int_enum("example#Sides", &[EnumValue::integer("THREE", 3)]);
static DATA: Schema =
    Schema::simple("example#Data", ShapeType::Blob).with_constraints(&Constraints::new().with_length(None, Some(3)));
static COLORS: Schema = Schema::list("example#Colors", &[Member::new("member", &COLOR)]).with_unique_items();
static NESTS: Schema = Schema::list("example#Nests", &[Member::new("member", &NEST)])
    .with_constraints(&Constraints::new().with_length(Some(1), None))
    .with_unique_items();
static SPARSE: Schema = Schema::list("example#Sparse", &[Member::new("member", &NAME)]).with_sparse();
static BY_NAME: Schema = Schema::map("example#ByName", &[Member::new("key", &NAME), Member::new("value", &SMALL)])
    .with_constraints(&Constraints::new().with_length(None, Some(2)));
static CHOICE: Schema = Schema::union("example#Choice", &[Member::new("Name", &NAME), Member::new("Small", &SMALL)]);
static NEST: Schema = Schema::structure(
    "example#Nest",
    &[
        Member::new("Name", &NAME).with_required(),
        Member::new("Small", &SMALL),
        Member::new("Ratio", &RATIO),
        Member::new("Huge", &HUGE),
        Member::new("Color", &COLOR),
        Member::new("Sides", &SIDES),
        Member::new("Data", &DATA),
        Member::new("Colors", &COLORS),
        Member::new("Nests", &NESTS),
        Member::new("Sparse", &SPARSE),
        Member::new("ByName", &BY_NAME),
        Member::new("Choice", &CHOICE),
        Member::new("Short", &NAME).with_constraints(&Constraints::new().with_length(None, Some(1))),
    ],
);

fn map<const N: usize>(entries: [(&str, Value); N]) -> Value {
    Value::Map(entries.into_iter().collect())
}

fn list<const N: usize>(items: [Value; N]) -> Value {
    Value::List(items.into())
}

fn integer(value: i64) -> Value {
    Value::from(value)
}

fn float(value: f64) -> Value {
    Value::Number(Number::Float(value))
}

/// A structure that is right but for the given member.
fn with(member: &str, value: Value) -> ValueMap {
    [("Name", Value::from("abc")), (member, value)].into_iter().collect()
}

fn messages(members: &ValueMap) -> Vec<String> {
    match validate(&Structure { schema: &NEST, members }) {
        Ok(()) => Vec::new(),
        Err(violations) => violations.list.iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn accepts_what_is_right() {
    let right = [
        ("Name", Value::from("ébc")),
        ("Small", integer(8)),
        ("Ratio", float(2.2)),
        ("Huge", Value::Number(Number::Big("12345678901234567890".into()))),
        ("Color", Value::from("red")),
        ("Sides", integer(3)),
        ("Data", Value::Blob(b"abc".as_slice().into())),
        ("Colors", list([Value::from("red"), Value::from("blue")])),
        ("Nests", list([map([("Name", Value::from("abc"))]), map([("Name", Value::from("abd"))])])),
        ("Sparse", list([Value::Null, Value::from("ab")])),
        ("ByName", map([("ab", integer(2))])),
        ("Choice", map([("Small", integer(3))])),
        ("Short", Value::Null),
    ];
    for (member, value) in right {
        assert_eq!(messages(&with(member, value)), [""; 0], "{member}");
    }
}

#[test]
fn says_what_is_wrong_as_the_protocol_tests_do() {
    let cases = [
        (
            with("Name", Value::from("a")),
            "Value with length 1 at '/Name' failed to satisfy constraint: Member must have length between 2 and 4, inclusive",
        ),
        (
            with("Name", Value::from("xyz")),
            "Value at '/Name' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-mé]+$",
        ),
        (
            with("Small", integer(9)),
            "Value at '/Small' failed to satisfy constraint: Member must be between 2 and 8, inclusive",
        ),
        (with("Small", integer(300)), "Value at '/Small' failed to satisfy constraint: Member must fit into type byte"),
        (
            with("Ratio", float(8.9)),
            "Value at '/Ratio' failed to satisfy constraint: Member must be between 2.2 and 8.8, inclusive",
        ),
        (
            with("Ratio", float(f64::NAN)),
            "Value at '/Ratio' failed to satisfy constraint: Member must be between 2.2 and 8.8, inclusive",
        ),
        (
            with("Huge", Value::Number(Number::Big("12345678901234567891".into()))),
            "Value at '/Huge' failed to satisfy constraint: Member must be less than or equal to 12345678901234567890",
        ),
        (
            with("Color", Value::from("green")),
            "Value at '/Color' failed to satisfy constraint: Member must satisfy enum value set: [red, blue]",
        ),
        (
            with("Sides", integer(4)),
            "Value at '/Sides' failed to satisfy constraint: Member must satisfy enum value set: [3]",
        ),
        (
            with("Data", Value::Blob(b"abcd".as_slice().into())),
            "Value with length 4 at '/Data' failed to satisfy constraint: Member must have length less than or equal to 3",
        ),
        (
            with("Colors", list([Value::from("red"), Value::from("red")])),
            "Value at '/Colors' failed to satisfy constraint: Member must have unique values",
        ),
        (
            with("Nests", list([])),
            "Value with length 0 at '/Nests' failed to satisfy constraint: Member must have length greater than or equal to 1",
        ),
        (
            with("Nests", list([map([])])),
            "Value at '/Nests/0/Name' failed to satisfy constraint: Member must not be null",
        ),
        (
            with("ByName", map([("xyz", integer(2))])),
            "Value at '/ByName' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-mé]+$",
        ),
        (
            with("ByName", map([("abc", integer(1))])),
            "Value at '/ByName/abc' failed to satisfy constraint: Member must be between 2 and 8, inclusive",
        ),
        (
            with("Choice", map([])),
            "Value at '/Choice' failed to satisfy constraint: Union must have exactly one member set, not 0",
        ),
        (
            with("Choice", map([("Name", Value::from("abc")), ("Small", integer(3))])),
            "Value at '/Choice' failed to satisfy constraint: Union must have exactly one member set, not 2",
        ),
        (
            with("Color", integer(3)),
            "Value at '/Color' failed to satisfy constraint: Member must be of type enum, not number",
        ),
        (
            with("Colors", Value::from("red")),
            "Value at '/Colors' failed to satisfy constraint: Member must be of type list, not string",
        ),
        (
            with("Nests", list([Value::Null])),
            "Value at '/Nests/0' failed to satisfy constraint: Member must not be null",
        ),
        (
            with("Short", Value::from("ab")),
            "Value with length 2 at '/Short' failed to satisfy constraint: Member must have length less than or equal to 1",
        ),
        (ValueMap::new(), "Value at '/Name' failed to satisfy constraint: Member must not be null"),
    ];
    for (members, message) in cases {
        assert_eq!(messages(&members), [message]);
    }
}

#[test]
fn a_text_may_be_too_long_and_of_the_wrong_pattern() {
    assert_eq!(
        messages(&with("Name", Value::from("vwxyz"))),
        [
            "Value with length 5 at '/Name' failed to satisfy constraint: Member must have length between 2 and 4, inclusive",
            "Value at '/Name' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-mé]+$",
        ]
    );
}

#[test]
fn equal_structures_are_duplicates_whatever_their_order() {
    let one = map([("Name", Value::from("abc")), ("Small", integer(2))]);
    let other = map([("Small", integer(2)), ("Name", Value::from("abc"))]);
    assert_eq!(
        messages(&with("Nests", list([one, other]))),
        ["Value at '/Nests' failed to satisfy constraint: Member must have unique values"]
    );
}

#[test]
fn names_the_place_as_a_path_of_members() {
    let members = with("Nests", list([map([("Name", Value::from("abc")), ("ByName", map([("ab", integer(9))]))])]));
    let violations = validate(&Structure { schema: &NEST, members: &members }).unwrap_err();
    let [violation] = violations.list.as_slice() else { panic!("{violations}") };
    assert_eq!(violation.path.to_string(), "Nests[0].ByName[ab]");
    assert_eq!(violation.path.0.last(), Some(&Segment::Key("ab".into())));
    assert!(matches!(violation.constraint, Constraint::Range(_)));
    assert_eq!(violation.requirement(), "Member must be between 2 and 8, inclusive");
}

#[test]
fn stops_at_enough() {
    let wrong = vec![Value::from("green"); 1000];
    let violations = validate(&Structure { schema: &NEST, members: &with("Colors", Value::List(wrong)) }).unwrap_err();
    assert_eq!(violations.list.len(), whitesmith_validation::MAX_VIOLATIONS);
    assert!(violations.more);
}

/// As generated types are written.
struct Typed {
    name: Option<String>,
    ratio: f32,
}

impl SerializeMembers for Typed {
    fn schema(&self) -> &'static Schema {
        &NEST
    }

    fn serialize_members<S: MemberSerializer>(&self, serializer: &mut S) -> Result<(), S::Error> {
        serializer.member(&NEST.members[0], &self.name.view())?;
        serializer.member(&NEST.members[2], &self.ratio.view())
    }
}

#[test]
fn checks_generated_types() {
    assert_eq!(validate(&Typed { name: Some("abc".into()), ratio: 2.2 }), Ok(()));
    let violations = validate(&Typed { name: None, ratio: 8.81 }).unwrap_err();
    assert_eq!(
        violations.to_string(),
        "2 validation errors detected. \
         Value at '/Ratio' failed to satisfy constraint: Member must be between 2.2 and 8.8, inclusive; \
         Value at '/Name' failed to satisfy constraint: Member must not be null"
    );
}
