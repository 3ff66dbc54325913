//! Typed values to dynamic ones and to `serde`, and back.

use std::collections::BTreeMap;

use whitesmith_schema::{
    BigDecimal, BigInteger, Blob, Document, EnumValue, FromValueProblem, Member, Number, Schema, Timestamp, Value,
    ValueMap, from_value, prelude, to_value,
};

static COLOR: Schema = Schema::string_enum("example#Color", &[EnumValue::string("RED", "red")]);
static SIZE: Schema = Schema::int_enum("example#Size", &[EnumValue::integer("SMALL", 1)]);
static SECRET: Schema = Schema::string("example#Secret").with_sensitive();
static PATCHY: Schema = Schema::list("example#Patchy", &[Member::new("member", &prelude::STRING)]).with_sparse();
static SHADES: Schema =
    Schema::map("example#Shades", &[Member::new("key", &COLOR), Member::new("value", &prelude::INTEGER)]);
static CHOICE: Schema = Schema::union(
    "example#Choice",
    &[Member::new("Text", &prelude::STRING), Member::new("Paint", &PAINT), Member::new("Nothing", &prelude::UNIT)],
);
static PAINT: Schema = Schema::structure(
    "example#Paint",
    &[
        Member::new("Name", &prelude::STRING).with_required(),
        Member::new("Recipe", &SECRET),
        Member::new("Color", &COLOR),
        Member::new("Size", &SIZE),
        Member::new("Patchy", &PATCHY),
        Member::new("Shades", &SHADES),
        Member::new("Choice", &CHOICE),
        Member::new("Bytes", &prelude::BLOB),
        Member::new("Made", &prelude::TIMESTAMP),
        Member::new("Tiny", &prelude::BYTE),
        Member::new("Short", &prelude::SHORT),
        Member::new("Long", &prelude::LONG),
        Member::new("Float", &prelude::FLOAT),
        Member::new("Double", &prelude::DOUBLE),
        Member::new("Whole", &prelude::BIG_INTEGER),
        Member::new("Exact", &prelude::BIG_DECIMAL),
        Member::new("Open", &prelude::DOCUMENT),
        Member::new("Dry", &prelude::BOOLEAN),
    ],
);

whitesmith_schema::string_enum! {
    enum Color: COLOR {
        Red = "red",
    }
}

whitesmith_schema::int_enum! {
    enum Size: SIZE {
        /// Fits in a pocket.
        Small = 1,
    }
}

#[derive(Clone)]
enum Choice {
    Text(String),
    Paint(Box<Paint>),
    Nothing(whitesmith_schema::Unit),
    Unknown,
}
whitesmith_schema::union!(Choice, CHOICE, { Text, Paint, Nothing });

#[derive(Clone, Default)]
struct Paint {
    name: String,
    recipe: Option<String>,
    color: Option<Color>,
    size: Option<Size>,
    patchy: Option<Vec<Option<String>>>,
    shades: Option<BTreeMap<Color, i32>>,
    choice: Option<Choice>,
    bytes: Option<Blob>,
    made: Option<Timestamp>,
    tiny: Option<i8>,
    short: Option<i16>,
    long: Option<i64>,
    float: Option<f32>,
    double: Option<f64>,
    whole: Option<BigInteger>,
    exact: Option<BigDecimal>,
    open: Option<Document>,
    dry: bool,
}
whitesmith_schema::structure!(Paint, PAINT, {
    required name,
    optional recipe,
    optional color,
    optional size,
    optional patchy,
    optional shades,
    optional choice,
    optional bytes,
    optional made,
    optional tiny,
    optional short,
    optional long,
    optional float,
    optional double,
    optional whole,
    optional exact,
    optional open,
    default(true) dry,
});

/// Every member, with values that the model does not know and numbers at their bounds.
fn full() -> Paint {
    Paint {
        name: "dawn".into(),
        recipe: Some("three parts".into()),
        color: Some(Color::from("mauve")),
        size: Some(Size::from(-7)),
        patchy: Some(vec![Some("a".into()), None]),
        shades: Some([(Color::Red, 1), (Color::from("puce"), i32::MIN)].into()),
        choice: Some(Choice::Paint(Box::new(Paint {
            name: "white".into(),
            choice: Some(Choice::Nothing(whitesmith_schema::Unit)),
            ..Paint::default()
        }))),
        bytes: Some(Blob(vec![0, 255, 1])),
        made: Some(Timestamp::new(-1, 500_000_000)),
        tiny: Some(i8::MIN),
        short: Some(i16::MAX),
        long: Some(i64::MIN),
        float: Some(0.1),
        double: Some(f64::NEG_INFINITY),
        whole: Some(BigInteger::new("123456789012345678901234567890")),
        exact: Some(BigDecimal::new("0.10")),
        open: None,
        dry: false,
    }
}

#[test]
fn a_dynamic_value_has_what_is_set_and_gives_it_back() {
    let paint = Paint { open: Some(Document::List(vec![Value::Null])), ..full() };
    let value = to_value(&paint);
    assert_eq!(value.as_map().and_then(|map| map.get("Recipe")), Some(&Value::from("three parts")));
    assert_eq!(value.as_map().and_then(|map| map.get("Float")), Some(&Value::Number(Number::Float(0.1))));
    assert!(from_value::<Paint>(value).unwrap() == paint);

    let little = Paint { name: "x".into(), ..Paint::default() };
    assert_eq!(to_value(&little).as_map().unwrap().len(), 2);
    assert!(from_value::<Paint>(to_value(&little)).unwrap() == little);
}

#[test]
fn what_does_not_fit_is_named_with_its_place() {
    let inner: ValueMap = [("Tiny", Value::from(200))].into_iter().collect();
    let choice: ValueMap = [("Paint", Value::Map(inner))].into_iter().collect();
    let with = |name: &str, value: Value| {
        let map: ValueMap = [("Name", Value::from("x")), (name, value)].into_iter().collect();
        from_value::<Paint>(Value::Map(map)).map(|_| ()).unwrap_err()
    };
    let error = with("Choice", Value::Map(choice));
    assert_eq!((error.path.as_str(), error.problem), ("Choice.Paint.Tiny", FromValueProblem::OutOfRange("byte")));
    let error = with("Patchy", Value::List(vec![Value::Null, Value::from(true)]));
    assert_eq!(error.to_string(), "`Patchy[1]`: expected string, found boolean");
    let error = with("Shades", Value::Map([("red", Value::from("1"))].into_iter().collect()));
    assert_eq!(error.to_string(), "`Shades.red`: expected integer, found string");
    let error = from_value::<Paint>(Value::Map(ValueMap::new())).map(|_| ()).unwrap_err();
    assert_eq!(error.to_string(), "`Name`: missing required member");
    let error = from_value::<Paint>(Value::from(1)).map(|_| ()).unwrap_err();
    assert_eq!(error.to_string(), "expected structure, found number");
}

#[test]
fn unknown_members_and_nulls_are_passed_over() {
    let map: ValueMap =
        [("Name", Value::from("x")), ("Recipe", Value::Null), ("Other", Value::from(1))].into_iter().collect();
    let paint: Paint = from_value(Value::Map(map)).unwrap();
    assert!(paint == Paint { name: "x".into(), dry: true, ..Paint::default() });
}

#[test]
fn json_is_for_people() {
    let text = serde_json::to_string(&full()).unwrap();
    assert_eq!(
        text,
        r#"{"Name":"dawn","Recipe":"three parts","Color":"mauve","Size":-7,"Patchy":["a",null],"#.to_owned()
            + r#""Shades":{"red":1,"puce":-2147483648},"Choice":{"Paint":{"Name":"white","Choice":{"Nothing":{}},"#
            + r#""Dry":false}},"Bytes":"AP8B","Made":"1969-12-31T23:59:59.5Z","Tiny":-128,"Short":32767,"#
            + r#""Long":-9223372036854775808,"Float":0.1,"Double":"-Infinity","#
            + r#""Whole":"123456789012345678901234567890","Exact":"0.10","Dry":false}"#
    );
    assert!(serde_json::from_str::<Paint>(&text).unwrap() == full());
}

#[test]
fn machines_without_types_on_the_wire_can_read_it_back() {
    let bytes = postcard::to_stdvec(&full()).unwrap();
    assert!(postcard::from_bytes::<Paint>(&bytes).unwrap() == full());
}

#[test]
fn json_is_read_as_people_write_it() {
    let paint: Paint = serde_json::from_str(
        r#"{"Later": [{}], "Name": "x", "Recipe": null, "Made": 1.5, "Double": 3, "Float": "NaN",
            "Whole": 18446744073709551615, "Exact": 0.5, "Open": {"a": [1, 2.5, null]}, "Choice": {"Later": 1}}"#,
    )
    .unwrap();
    assert_eq!(paint.made, Some(Timestamp::new(1, 500_000_000)));
    assert_eq!(paint.double, Some(3.0));
    assert!(paint.float.is_some_and(f32::is_nan));
    assert_eq!(paint.whole, Some(BigInteger::new("18446744073709551615")));
    assert_eq!(paint.exact, Some(BigDecimal::new("0.5")));
    assert!(paint.choice == Some(Choice::Unknown));
    assert!(paint.dry, "the default fills in");
    assert_eq!(serde_json::to_string(&paint.open).unwrap(), r#"{"a":[1,2.5,null]}"#);
}

#[test]
fn json_that_does_not_fit_is_refused() {
    for (text, expected) in [
        ("{}", "`Name`: missing required member"),
        (r#"{"Name": "a", "Name": "b"}"#, "duplicate field `Name`"),
        (r#"{"Name": 1}"#, "invalid type: integer `1`, expected a string"),
        (r#"{"Name": "a", "Tiny": 128}"#, "invalid value: integer `128`, expected i8"),
        (r#"{"Name": "a", "Bytes": "?"}"#, "expected bytes as base64"),
        (r#"{"Name": "a", "Made": "noon"}"#, "invalid date-time timestamp `noon`"),
        (r#"{"Name": "a", "Whole": "1; drop"}"#, "expected a number"),
        (r#"{"Name": "a", "Patchy": {}}"#, "expected a list for `Patchy`"),
        ("[]", "expected a structure Paint"),
    ] {
        let error = serde_json::from_str::<Paint>(text).map(|_| ()).unwrap_err().to_string();
        assert!(error.contains(expected), "{text}: {error}");
    }
}

#[test]
fn enums_stand_alone() {
    assert_eq!(serde_json::to_string(&[Color::Red, Color::from("mauve")]).unwrap(), r#"["red","mauve"]"#);
    assert_eq!(serde_json::from_str::<Vec<Size>>("[1, 9]").unwrap(), [Size::Small, Size::Unknown(9)]);
    assert_eq!(
        serde_json::from_str::<Choice>(r#"{"Text": "a"}"#).map_err(|e| e.to_string()),
        Ok(Choice::Text("a".into()))
    );
}
