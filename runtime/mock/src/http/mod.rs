//! The server: connections, requests, responses.

mod aws_chunked;
mod body;
mod connection;
mod crowd;
mod encoding;
mod request;
mod server;
mod stream;

use body::{Broken, Outgoing};
pub(crate) use server::serve;
