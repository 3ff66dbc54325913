// Generated from partnercentral-selling.json (SHA-256 c3d25834fb2af76529be1c0eace65ca98c7c8cc26b83e521cb3c005c0cdae148).
// Not to be edited: run `cargo xtask codegen` to make it again.

//! The operations: what goes in, what comes out, and what can go wrong.

mod start_engagement_by_accepting_invitation_task;
mod start_engagement_from_opportunity_task;

pub use start_engagement_by_accepting_invitation_task::*;
pub use start_engagement_from_opportunity_task::*;
