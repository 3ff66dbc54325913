//! Runtime of generated clients: endpoints, signing, retries, transports.
//!
//! [`Core`] does no I/O: it turns inputs into signed requests and judges responses. A client is the core with a
//! transport, which can be replaced:
//!
//! ```
//! use bytes::Bytes;
//! use http::{Request, Response};
//! use whitesmith_client::blocking::Client;
//! use whitesmith_client::core::AttemptLimits;
//! use whitesmith_client::endpoint::require_endpoint_url;
//! use whitesmith_client::{Config, Credentials};
//! use whitesmith_protocol::{AwsJson1_0, dynamic};
//! use whitesmith_schema::{Member, Operation, ProtocolId, Schema, Service, Value};
//!
//! static STRING: Schema = Schema::string("smithy.api#String");
//! static TEXT: Schema = Schema::structure("example#Text", &[Member::new("Text", &STRING)]);
//! static ECHO: Operation = Operation::new("example#Echo", "Echo", &TEXT, &TEXT);
//! static SERVICE: Service =
//!     Service::new("example#Example", "Example", "2024-01-01", ProtocolId::AwsJson1_0)
//!         .with_aws_names("Example", "example", "example");
//!
//! let config = Config::builder()
//!     .region("us-east-1")
//!     .endpoint_url("https://example.com")
//!     .credentials(Credentials::new("AKID", "SECRET", None))
//!     .build();
//! let echo = |request: Request<Bytes>, _: &AttemptLimits| {
//!     assert!(request.headers().contains_key("authorization"));
//!     Ok(Response::new(request.into_body()))
//! };
//! let client = Client::with_transport(config, require_endpoint_url, echo);
//!
//! let input = [("Text", Value::from("hello"))].into_iter().collect();
//! let output = client.call_dynamic(dynamic::<AwsJson1_0>(), &SERVICE, &ECHO, &input)?;
//! assert_eq!(output, Value::Map(input));
//! # Ok::<(), whitesmith_client::Error<Value>>(())
//! ```

// What comes from outside is not indexed: an index that is wrong would be a panic.
#![cfg_attr(not(test), warn(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::string_slice))]

#[cfg(feature = "checksums")]
mod checksum;
pub mod clock;
pub mod config;
pub mod core;
pub mod credentials;
pub mod endpoint;
pub mod error;
pub mod interceptor;
pub mod payload;
pub mod result;
pub mod retry;
pub mod signing;

#[cfg(feature = "asynchronous")]
pub mod asynchronous;
#[cfg(feature = "blocking")]
pub mod blocking;
#[cfg(feature = "compression")]
mod compression;
#[cfg(feature = "environment")]
pub mod environment;
#[cfg(all(feature = "event-stream", any(feature = "asynchronous", feature = "blocking")))]
mod events;
mod host_prefix;
#[cfg(any(feature = "asynchronous", feature = "blocking"))]
mod pagination;
#[cfg(any(feature = "asynchronous", feature = "blocking"))]
mod proxy;
#[cfg(feature = "tracing")]
mod trace;
#[cfg(any(feature = "asynchronous", feature = "blocking"))]
mod trust;
#[cfg(feature = "waiters")]
mod waiter;

pub use bytes;
pub use config::{Config, ConfigBuilder};
pub use core::Core;
pub use credentials::{Credentials, CredentialsError, EnvironmentCredentials, ProvideCredentials};
pub use error::{Error, ServiceError};
pub use http;
pub mod protocol;

#[cfg(feature = "waiters")]
pub use waiter::WaitError;

/// A boxed future.
pub type BoxFuture<'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + Send + 'a>>;
