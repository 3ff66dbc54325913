//! Runs the protocol cases that models carry (the traits of `smithy.test`) against generated types: as a client, through
//! the client's core, and as a server, through the protocol's other half.
//!
//! ```

//! use whitesmith_schema::{Member, Schema, prelude};
//!
//! static TAG: Schema = Schema::structure("example#Tag", &[Member::new("Key", &prelude::STRING)]);
//! pub struct Tag {
//!     pub key: Option<String>,
//! }
//! whitesmith_schema::structure!(Tag, TAG, { optional key });
//!
//! let params = r#"{"Key": "team"}"#;
//! let tag: Tag = whitesmith_protocol_test::params(params)?;
//! assert_eq!(tag.key.as_deref(), Some("team"));
//! # Ok::<(), whitesmith_protocol_test::Failure>(())
//! ```

mod case;
mod client;
mod compare;
mod event_case;
mod events;
mod headers;
mod malformed;
mod params;
mod query;
mod server;
mod settings;
mod xml;

pub use case::{Failure, MalformedCase, RequestCase, ResponseCase};
pub use event_case::{EventCase, EventOfCase, ExpectedFailure, NoEvents};
pub use params::params;
