//! A structure and an enum written the way generated crates write them.

use whitesmith_schema::{EnumValue, Member, RequestId as _, ResponseMetadata, Schema};

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

whitesmith_schema::string_enum! {
    enum Color: COLOR {
        Red = "red",
        /// The colour of the sky.
        Blue = "blue",
    }
}

#[derive(Clone)]
struct Paint {
    name: String,
    recipe: Option<String>,
    colors: Option<Vec<Color>>,
    base: Option<Box<Paint>>,
}
whitesmith_schema::structure!(Paint, PAINT, {
    required name,
    optional recipe,
    optional colors,
    optional base,
});

static FINISH: Schema =
    Schema::union("example#Finish", &[Member::new("glossy_coat", &STRING), Member::new("Secret", &SECRET)]);

#[derive(Clone)]
enum Finish {
    GlossyCoat(String),
    Secret(String),
    Unknown,
}
whitesmith_schema::union!(Finish, FINISH, { GlossyCoat, Secret });

static MIXED: Schema = Schema::structure("example#MixResponse", &[Member::new("type", &STRING)]);

#[derive(Clone, Default)]
struct MixOutput {
    r#type: Option<String>,
    _response: ResponseMetadata,
}
whitesmith_schema::structure!(MixOutput, MIXED, { optional r#type }, _response);

#[test]
fn debug_shows_a_union_as_its_variant() {
    assert_eq!(format!("{:?}", Finish::GlossyCoat("thick".into())), r#"GlossyCoat("thick")"#);
    assert_eq!(format!("{:?}", Finish::Secret("thick".into())), "Secret(*** redacted ***)");
    assert_eq!(format!("{:?}", Finish::Unknown), "Unknown");
}

#[test]
fn an_output_knows_its_request_and_is_compared_by_its_members() {
    let mut output = MixOutput { r#type: Some("oil".into()), ..MixOutput::default() };
    let other = output.clone();
    output.set_response_metadata(ResponseMetadata::new(Some("4711".to_owned())));
    assert_eq!((output.request_id(), other.request_id()), (Some("4711"), None));
    assert!(output == other);
    assert_eq!(format!("{output:?}"), r#"MixOutput { type: "oil" }"#);
}

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
        r#"Paint { name: "dawn", recipe: *** redacted ***, colors: ["red", "mauve"], base: Paint { name: "white" } }"#
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
