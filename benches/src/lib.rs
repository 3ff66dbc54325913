//! The work that benchmarks repeat: messages and calls of the two operations of Partner Central Selling, by the generated
//! crate and by what a careful person would write without it.

pub mod cpu_time;
pub mod drive;
pub mod load;
pub mod messages;
pub mod server;
