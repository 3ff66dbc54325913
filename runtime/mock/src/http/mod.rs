//! The server: connections, requests, responses.

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
