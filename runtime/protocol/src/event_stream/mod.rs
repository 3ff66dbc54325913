//! Events of streams: messages with headers and a payload to values and back (Smithy 2.0, "Event streams").
//!
//! Events are dynamic values: a union's map with one entry. Clients convert them to generated types.
//!
//! ```
//! use whitesmith_protocol::event_stream::{ReceivedEvent, read_event, write_event};
//! use whitesmith_protocol::{ReadOptions, RestJson1};
//! use whitesmith_schema::{Member, Schema, Value, ValueMap, prelude};
//!
//! static CHUNK: Schema = Schema::structure("example#Chunk", &[Member::new("Text", &prelude::STRING)]);
//! static EVENTS: Schema = Schema::union("example#Events", &[Member::new("chunk", &CHUNK)]).with_streaming();
//!
//! let chunk: ValueMap = [("Text", Value::from("hello"))].into_iter().collect();
//! let event = [("chunk", Value::from(chunk.clone()))].into_iter().collect();
//! let message = write_event::<RestJson1>(&EVENTS, &event)?;
//! let ReceivedEvent::Event { member, value } = read_event::<RestJson1>(&EVENTS, &message, ReadOptions::CLIENT)? else {
//!     unreachable!()
//! };
//! assert_eq!((member.name, value), ("chunk", Value::from(chunk)));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod dynamic;
mod header;
mod protocol;
mod read;
mod write;

pub use dynamic::{DynamicEventProtocol, dynamic_events};
pub use protocol::EventProtocol;
pub use read::{ReceivedEvent, read_event, read_initial};
pub use whitesmith_codec::event_stream::{
    EventError, EventHeader, EventHeaderValue, EventMessage, EventProblem, EventReader, FrameError,
    write_event as write_frame,
};
pub use write::{has_initial_event, write_error, write_event, write_initial_request, write_initial_response};
