//! Calling the service: the client's set-up from the settings, the call, and what the response comes to.

mod client;
mod debug;
mod endpoint;
mod response;
mod service_error;
mod wire_format;

pub use client::{PreparedCall, parse_timeout, prepare};
pub use endpoint::check_url;
pub use response::TimestampStyle;

#[cfg(test)]
mod tests;
