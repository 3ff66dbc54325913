//! The mock of the pinned service, over a socket.

mod control;
mod http;
mod rules;
mod tasks;
mod wire;
