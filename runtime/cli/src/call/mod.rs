//! Calls the service: configures the client from the settings, makes the call and reads the response.

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
