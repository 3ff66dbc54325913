//! Shapes of every kind, and operations over them.

use whitesmith_schema::{
    Closure, EnumValue, ErrorTrait, Fault, HttpBinding, HttpTrait, Member, Operation, OperationTraits, PathSegment,
    ProtocolId, Schema, Service, ShapeType, TimestampFormat, WireTraits, prelude,
};

static KIND: Schema = Schema::string_enum("example#Kind", &[EnumValue::string("OAK", "oak")]);
static TIME: Schema = Schema::simple("example#Time", ShapeType::Timestamp);
static BYTE: Schema = Schema::simple("example#Byte", ShapeType::Byte);
static SHORT: Schema = Schema::simple("example#Short", ShapeType::Short);
static BIG_INTEGER: Schema = Schema::simple("example#BigInteger", ShapeType::BigInteger);
static BIG_DECIMAL: Schema = Schema::simple("example#BigDecimal", ShapeType::BigDecimal);
static DOCUMENT: Schema = Schema::simple("example#Document", ShapeType::Document);
static NAMES: Schema = Schema::list("example#Names", &[Member::new("member", &prelude::STRING)]);
static TREES: Schema = Schema::list("example#Trees", &[Member::new("member", &TREE)]);
static COUNTS: Schema =
    Schema::map("example#Counts", &[Member::new("key", &prelude::STRING), Member::new("value", &prelude::INTEGER)]);
static CHOICE: Schema = Schema::union(
    "example#Choice",
    &[Member::new("Text", &prelude::STRING), Member::new("Number", &prelude::INTEGER), Member::new("Names", &NAMES)],
);
static FLAT: WireTraits = WireTraits::NONE.with_xml_flattened();

/// A structure with a member of every kind.
pub(crate) static TREE: Schema = Schema::structure(
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
    ],
);

/// The same with a document, which not every format has.
pub(crate) static ANYTHING: Schema = Schema::structure(
    "example#Anything",
    &[Member::new("Tree", &TREE), Member::new("Document", &DOCUMENT), Member::new("Trees", &TREES)],
);

static BOUND: Schema = Schema::structure(
    "example#Bound",
    &[
        Member::new("Label", &prelude::STRING)
            .with_required()
            .with_wire(&WireTraits::new().with_http(HttpBinding::Label)),
        Member::new("Time", &TIME).with_wire(&WireTraits::new().with_http(HttpBinding::Header("x-time"))),
        Member::new("Count", &prelude::INTEGER).with_wire(&WireTraits::new().with_http(HttpBinding::Header("x-count"))),
        Member::new("Names", &NAMES).with_wire(&WireTraits::new().with_http(HttpBinding::Header("x-names"))),
        Member::new("Query", &NAMES).with_wire(&WireTraits::new().with_http(HttpBinding::Query("q"))),
        Member::new("Double", &prelude::DOUBLE).with_wire(&WireTraits::new().with_http(HttpBinding::Query("d"))),
        Member::new("Tree", &TREE),
    ],
);
static FAILURE: Schema = Schema::structure("example#Failure", &[Member::new("message", &prelude::STRING)])
    .with_error(&ErrorTrait { fault: Fault::Client, status: 400, retryable: None, query_code: None });

/// An operation whose members are bound to every part of a message.
pub(crate) static GROW: Operation = Operation::new("example#Grow", "Grow", &BOUND, &BOUND)
    .with_errors(&[&FAILURE])
    .with_traits(&OperationTraits::new().with_http(HttpTrait {
        method: "POST",
        path: &[PathSegment::Literal("grow"), PathSegment::Label("Label")],
        query: &[],
        code: 200,
    }));

/// The service of that operation.
pub(crate) static FOREST: Service = Service::new("example#Forest", "Forest", "2024-01-01", ProtocolId::RestJson1);

/// The service with its operation.
pub(crate) static CLOSURE: Closure = Closure::new(&FOREST, &[&GROW]);
