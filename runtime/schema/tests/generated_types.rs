//! A structure and an enum written the way generated crates write them.

use whitesmith_schema::{
    DeserializeMembers, Deserializer, EnumValue, Member, MemberSerializer, Schema, SerializeMembers, StringEnum,
};

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

#[derive(Clone, Debug, PartialEq, Eq)]
enum Color {
    Red,
    Blue,
    Unknown(String),
}

impl StringEnum for Color {
    const SCHEMA: &'static Schema = &COLOR;

    fn as_str(&self) -> &str {
        match self {
            Self::Red => "red",
            Self::Blue => "blue",
            Self::Unknown(value) => value,
        }
    }

    fn from_wire(value: String) -> Self {
        match value.as_str() {
            "red" => Self::Red,
            "blue" => Self::Blue,
            _ => Self::Unknown(value),
        }
    }
}
whitesmith_schema::string_enum!(Color);

#[derive(Clone, PartialEq)]
struct Paint {
    name: String,
    recipe: Option<String>,
    colors: Option<Vec<Color>>,
    base: Option<Box<Paint>>,
}

impl SerializeMembers for Paint {
    fn schema(&self) -> &'static Schema {
        &PAINT
    }

    fn serialize_members<S: MemberSerializer>(&self, serializer: &mut S) -> Result<(), S::Error> {
        serializer.member(&PAINT.members[0], &self.name)?;
        serializer.member(&PAINT.members[1], &self.recipe)?;
        serializer.member(&PAINT.members[2], &self.colors)?;
        serializer.member(&PAINT.members[3], &self.base)
    }
}

impl DeserializeMembers for Paint {
    const SCHEMA: &'static Schema = &PAINT;

    fn deserialize_members<D: Deserializer>(deserializer: &mut D) -> Result<Self, D::Error> {
        assert_eq!(deserializer.next_member(&PAINT)?, None, "only used with nothing to read");
        Ok(Self { name: deserializer.required(&PAINT.members[0], None)?, recipe: None, colors: None, base: None })
    }
}
whitesmith_schema::structure!(Paint);

#[test]
fn debug_shows_what_is_set_and_no_secret() {
    let base = Paint { name: "white".into(), recipe: None, colors: None, base: None };
    let paint = Paint {
        name: "dawn".into(),
        recipe: Some("three parts".into()),
        colors: Some(vec![Color::Red, Color::Unknown("mauve".into())]),
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
