//! Workloads of benchmarks: messages and calls of the two operations of Partner Central Selling, by the generated
//! crate and by careful handwritten code.

pub mod cpu_time;
pub mod drive;
pub mod load;
pub mod messages;
pub mod server;
pub mod streams;
