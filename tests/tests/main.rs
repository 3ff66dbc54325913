//! End-to-end tests, snapshots of every artifact, and the layout of the repository.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests state their assumptions by panicking"
)]

mod behaviour_files;
mod command_line_hardening;
mod command_lines;
mod compilation;
mod end_to_end;
mod mock_control_api;
mod mock_descriptions;
mod mock_documentation;
mod mock_guarded;
mod mock_hardening;
mod mock_memory;
mod mock_page;
mod mock_program;
mod mock_server;
mod module_ladder;
mod selection;
mod snapshots;
mod support;
