//! A structure with a member of every kind.

use std::collections::BTreeMap;

use whitesmith_schema::{
    BigDecimal, BigInteger, Blob, EnumValue, Member, Schema, ShapeType, Timestamp, TimestampFormat, WireTraits, prelude,
};

static KIND: Schema = Schema::string_enum("example#Kind", &[EnumValue::string("OAK", "oak")]);
static TIME: Schema = Schema::simple("example#Time", ShapeType::Timestamp);
static BYTE: Schema = Schema::simple("example#Byte", ShapeType::Byte);
static SHORT: Schema = Schema::simple("example#Short", ShapeType::Short);
static BIG_INTEGER: Schema = Schema::simple("example#BigInteger", ShapeType::BigInteger);
static BIG_DECIMAL: Schema = Schema::simple("example#BigDecimal", ShapeType::BigDecimal);
static NAMES: Schema = Schema::list("example#Names", &[Member::new("member", &prelude::STRING)]);
static TREES: Schema = Schema::list("example#Trees", &[Member::new("member", &TREE)]);
static COUNTS: Schema =
    Schema::map("example#Counts", &[Member::new("key", &prelude::STRING), Member::new("value", &prelude::INTEGER)]);
static CHOICE: Schema = Schema::union(
    "example#Choice",
    &[Member::new("Text", &prelude::STRING), Member::new("Number", &prelude::INTEGER), Member::new("Names", &NAMES)],
);
static FLAT: WireTraits = WireTraits::NONE.with_xml_flattened();

pub static TREE: Schema = Schema::structure(
    "example#Tree",
    &[
        Member::new("Name", &prelude::STRING).with_wire(&WireTraits::NONE.with_json_name("n").with_xml_name("Title")),
        Member::new("Alive", &prelude::BOOLEAN),
        Member::new("Byte", &BYTE),
        Member::new("Short", &SHORT),
        Member::new("Count", &prelude::INTEGER),
        Member::new("Long", &prelude::LONG),
        Member::new("Float", &prelude::FLOAT),
        Member::new("Double", &prelude::DOUBLE),
        Member::new("BigInteger", &BIG_INTEGER),
        Member::new("BigDecimal", &BIG_DECIMAL),
        Member::new("Bytes", &prelude::BLOB),
        Member::new("Planted", &TIME),
        Member::new("Felled", &TIME).with_timestamp_format(TimestampFormat::DateTime),
        Member::new("Seen", &TIME).with_timestamp_format(TimestampFormat::HttpDate),
        Member::new("Burnt", &TIME).with_timestamp_format(TimestampFormat::EpochSeconds),
        Member::new("Kind", &KIND),
        Member::new("Names", &NAMES),
        Member::new("FlatNames", &NAMES).with_wire(&FLAT),
        Member::new("Counts", &COUNTS),
        Member::new("FlatCounts", &COUNTS).with_wire(&FLAT),
        Member::new("Branch", &TREE),
        Member::new("Twigs", &TREES),
        Member::new("Choice", &CHOICE),
        Member::new("Token", &prelude::STRING).with_idempotency_token(),
    ],
);

whitesmith_schema::string_enum! {
    pub enum Kind: KIND {
        Oak = "oak",
    }
}

#[derive(Clone)]
pub enum Choice {
    Text(String),
    Number(i32),
    Names(Vec<String>),
    Unknown,
}
whitesmith_schema::union!(Choice, CHOICE, { Text, Number, Names });

#[derive(Clone, Default)]
pub struct Tree {
    pub name: Option<String>,
    pub alive: Option<bool>,
    pub byte: Option<i8>,
    pub short: Option<i16>,
    pub count: Option<i32>,
    pub long: Option<i64>,
    pub float: Option<f32>,
    pub double: Option<f64>,
    pub big_integer: Option<BigInteger>,
    pub big_decimal: Option<BigDecimal>,
    pub bytes: Option<Blob>,
    pub planted: Option<Timestamp>,
    pub felled: Option<Timestamp>,
    pub seen: Option<Timestamp>,
    pub burnt: Option<Timestamp>,
    pub kind: Option<Kind>,
    pub names: Option<Vec<String>>,
    pub flat_names: Option<Vec<String>>,
    pub counts: Option<BTreeMap<String, i32>>,
    pub flat_counts: Option<BTreeMap<String, i32>>,
    pub branch: Option<Box<Tree>>,
    pub twigs: Option<Vec<Tree>>,
    pub choice: Option<Choice>,
    pub token: Option<String>,
}
whitesmith_schema::structure!(Tree, TREE, {
    optional name, optional alive, optional byte, optional short, optional count, optional long,
    optional float, optional double, optional big_integer, optional big_decimal, optional bytes,
    optional planted, optional felled, optional seen, optional burnt, optional kind,
    optional names, optional flat_names, optional counts, optional flat_counts, optional branch,
    optional twigs, optional choice, optional token,
});
