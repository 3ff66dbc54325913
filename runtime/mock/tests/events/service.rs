//! A service whose operations receive events, send them, and do both.

use whitesmith_schema::{
    Blob, Constraints, ErrorTrait, EventBinding, EventUnion, Fault, HttpBinding, HttpTrait, Member, Operation,
    OperationTraits, PathSegment, Schema, WireTraits, prelude,
};

static EVENT_HEADER: WireTraits = WireTraits::new().with_event(EventBinding::Header);
static EVENT_PAYLOAD: WireTraits = WireTraits::new().with_event(EventBinding::Payload);
static NOTE: Schema = Schema::structure(
    "example#Note",
    &[
        Member::new("Level", &prelude::INTEGER).with_wire(&EVENT_HEADER),
        Member::new("Text", &prelude::STRING).with_wire(&EVENT_PAYLOAD),
    ],
);
static DATA: Schema =
    Schema::structure("example#Data", &[Member::new("Bytes", &prelude::BLOB).with_wire(&EVENT_PAYLOAD)]);
static NAME: Schema =
    Schema::string("example#Name").with_constraints(&Constraints::new().with_length(Some(1), Some(5)));
static DETAIL: Schema = Schema::structure(
    "example#Detail",
    &[
        Member::new("At", &prelude::TIMESTAMP).with_wire(&EVENT_HEADER),
        Member::new("Name", &NAME),
        Member::new("Count", &prelude::INTEGER),
    ],
);
static GONE: Schema = Schema::structure("example#Gone", &[Member::new("message", &prelude::STRING)])
    .with_error(&ErrorTrait { fault: Fault::Client, status: 410, retryable: Some(true), query_code: None });
static EVENTS: Schema = Schema::union(
    "example#Events",
    &[
        Member::new("note", &NOTE),
        Member::new("data", &DATA),
        Member::new("detail", &DETAIL),
        Member::new("gone", &GONE),
    ],
)
.with_streaming();

static PAYLOAD: WireTraits = WireTraits::new().with_http(HttpBinding::Payload);
static TOPIC: WireTraits = WireTraits::new().with_http(HttpBinding::Header("x-topic"));
static STREAMING: Schema = Schema::structure(
    "example#Streaming",
    &[Member::new("Topic", &prelude::STRING).with_wire(&TOPIC), Member::new("Stream", &EVENTS).with_wire(&PAYLOAD)],
);
static PLAIN: Schema = Schema::structure("example#Plain", &[Member::new("Topic", &prelude::STRING).with_wire(&TOPIC)]);
static ERROR: Schema = Schema::structure("example#Refused", &[Member::new("message", &prelude::STRING)])
    .with_error(&ErrorTrait { fault: Fault::Client, status: 400, retryable: None, query_code: None });

#[derive(Clone, Default)]
pub(super) struct Note {
    pub(super) level: Option<i32>,
    pub(super) text: Option<String>,
}
whitesmith_schema::structure!(Note, NOTE, { optional level, optional text });

#[derive(Clone, Default)]
pub(super) struct Data {
    pub(super) bytes: Option<Blob>,
}
whitesmith_schema::structure!(Data, DATA, { optional bytes });

#[derive(Clone, Default)]
pub(super) struct Detail {
    pub(super) at: Option<whitesmith_schema::Timestamp>,
    pub(super) name: Option<String>,
    pub(super) count: Option<i32>,
}
whitesmith_schema::structure!(Detail, DETAIL, { optional at, optional name, optional count });

#[derive(Clone, Default)]
pub(super) struct Gone {
    pub(super) message: Option<String>,
}
whitesmith_schema::structure!(Gone, GONE, { optional message });
whitesmith_schema::error!(Gone, { optional message });

#[derive(Clone, Default)]
pub(super) struct Refused {
    pub(super) message: Option<String>,
}
whitesmith_schema::structure!(Refused, ERROR, { optional message });
whitesmith_schema::error!(Refused, { optional message });

#[derive(Clone)]
pub(super) enum Events {
    Note(Note),
    Data(Data),
    Detail(Detail),
    Unknown,
}
whitesmith_schema::union!(Events, EVENTS, { Note, Data, Detail });

#[derive(Clone, Debug, PartialEq)]
pub(super) enum EventsError {
    Gone(Gone),
}
whitesmith_schema::operation_error!(EventsError, self, { Gone });

impl EventUnion for Events {
    type Error = EventsError;
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum AnyError {
    Refused(Refused),
}
whitesmith_schema::operation_error!(AnyError, self, { Refused });

/// A side of an operation: the members beside the stream.
#[derive(Clone, Default)]
pub(super) struct Streaming {
    pub(super) topic: Option<String>,
}
whitesmith_schema::structure!(Streaming, STREAMING, { optional topic });
impl whitesmith_schema::RequestId for Streaming {}

#[derive(Clone, Default)]
pub(super) struct Plain {
    pub(super) topic: Option<String>,
}
whitesmith_schema::structure!(Plain, PLAIN, { optional topic });
impl whitesmith_schema::RequestId for Plain {}

const fn bound(path: &'static [PathSegment]) -> OperationTraits {
    OperationTraits::new().with_http(HttpTrait { method: "POST", path, query: &[], code: 200 })
}
static WATCH_TRAITS: OperationTraits = bound(&[PathSegment::Literal("watch")]);
static SEND_TRAITS: OperationTraits = bound(&[PathSegment::Literal("send")]);
static TALK_TRAITS: OperationTraits = bound(&[PathSegment::Literal("talk")]);
pub(super) static WATCH: Operation =
    Operation::new("example#Watch", "Watch", &PLAIN, &STREAMING).with_errors(&[&ERROR]).with_traits(&WATCH_TRAITS);
pub(super) static SEND: Operation =
    Operation::new("example#Send", "Send", &STREAMING, &PLAIN).with_errors(&[&ERROR]).with_traits(&SEND_TRAITS);
pub(super) static TALK: Operation =
    Operation::new("example#Talk", "Talk", &STREAMING, &STREAMING).with_errors(&[&ERROR]).with_traits(&TALK_TRAITS);

pub(super) fn text(text: &str) -> Events {
    Events::Note(Note { level: Some(7), text: Some(text.to_owned()) })
}

pub(super) fn detail() -> Events {
    let at = Some(whitesmith_schema::Timestamp::new(1_700_000_000, 250_000_000));
    Events::Detail(Detail { at, name: Some("name".to_owned()), count: Some(-1) })
}

pub(super) fn data() -> Events {
    Events::Data(Data { bytes: Some(Blob(vec![0, 255])) })
}
