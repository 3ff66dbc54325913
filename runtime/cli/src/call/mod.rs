//! Calls the service: configures the client from the settings, makes the call and reads the response.

mod buckets;
mod client;
mod client_settings;
mod debug;
mod endpoint;
#[cfg(feature = "event-stream")]
mod events;
mod input_form;
mod response;
mod service_error;
mod wire_format;

pub use buckets::check as check_bucket;
pub use client::{PreparedCall, prepare};
pub use client_settings::parse_timeout;
pub use endpoint::check_url;
#[cfg(feature = "event-stream")]
pub use events::{Events, is_empty};
pub use response::TimestampStyle;

#[cfg(test)]
mod tests;
