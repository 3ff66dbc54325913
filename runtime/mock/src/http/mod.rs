//! The server: connections, requests, responses.

mod body;
mod connection;
mod encoding;
mod request;
mod server;
mod stream;

pub(crate) use body::{Broken, Outgoing};
pub(crate) use request::Refused;
pub(crate) use server::{Site, serve};
