//! A structure and an enum written the way generated crates write them.

use whitesmith_schema::{EnumValue, Member, Schema, UnknownValue};

static STRING: Schema = Schema::string("example#String");
static SECRET: Schema = Schema::string("example#Secret").with_sensitive();
static COLOR: Schema =
    Schema::string_enum("example#Color", &[EnumValue::string("RED", "red"), EnumValue::string("BLUE", "blue")]);
static COLORS: Schema = Schema::list("example#Colors", &[Member::new("member", &COLOR)]);
static PAINT: Schema = Schema::structure(
    "example#Paint",
    &[
        Member::new("Name", &STRING).with_required(),
        Member::new("Recipe", &SECRET),
        Member::new("Colors", &COLORS),
        Member::new("Base", &PAINT),
    ],
);

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Color {
    Red,
    Blue,
    Unknown(UnknownValue),
}
whitesmith_schema::string_enum!(Color, COLOR, { Red = "red", Blue = "blue" });

#[derive(Clone, PartialEq)]
struct Paint {
    name: String,
    recipe: Option<String>,
    colors: Option<Vec<Color>>,
    base: Option<Box<Paint>>,
}
whitesmith_schema::structure!(Paint, PAINT, {
    0: required name,
    1: optional recipe,
    2: optional colors,
    3: optional base,
});

#[test]
fn debug_shows_what_is_set_and_no_secret() {
    let base = Paint { name: "white".into(), recipe: None, colors: None, base: None };
    let paint = Paint {
        name: "dawn".into(),
        recipe: Some("three parts".into()),
        colors: Some(vec![Color::Red, Color::from("mauve")]),
        base: Some(Box::new(base)),
    };
    assert_eq!(
        format!("{paint:?}"),
        r#"Paint { Name: "dawn", Recipe: *** redacted ***, Colors: ["red", "mauve"], Base: Paint { Name: "white" } }"#
    );
}

#[test]
fn a_required_member_that_is_left_out_gets_its_stand_in() {
    let paint = <Paint as whitesmith_schema::Deserialize>::absent().unwrap();
    assert_eq!(paint.name, "");
}

#[test]
fn an_unknown_enum_value_survives() {
    assert_eq!(Color::from("blue"), Color::Blue);
    assert_eq!(Color::from("teal").to_string(), "teal");
}
