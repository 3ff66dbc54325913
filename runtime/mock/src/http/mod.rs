//! The server: connections, requests, responses.
#![cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]

mod aws_chunked;
mod body;
mod broken;
mod connection;
mod connections;
mod encoding;
mod exchange;
mod request;
mod server;
mod stream;

use body::Outgoing;
use broken::Broken;
pub(crate) use server::serve;
