//! The plan: every decision about the generated crates, as plain data that emitters write down.

pub mod aws_cli;
mod build;
mod cases;
mod changed;
mod default;
pub mod endpoint;
mod event_cases;
mod examples;
mod malformed;
mod members;
mod message_cases;
pub(crate) mod names;
mod operations;
mod options;
mod pages;
mod paging;
mod print;
mod protocol_case;
mod recursion;
mod selection;
mod service;
mod shapes;
mod streams;
mod summary;
mod traits;
mod types;
mod unused_entries;
mod waiters;
mod wire;

pub use build::{CasesPlan, Plan, Planner, Request};
pub use changed::plan_changed;
pub use default::DefaultPlan;
pub use examples::ExamplePlan;
pub use members::{Construction, MemberPlan, Presence};
pub use names::unusable_crate_name;
pub use operations::{ErrorPlan, OperationPlan};
pub use options::OptionPlan;
pub use paging::PagingPlan;
pub use protocol_case::{CaseMessage, EventCasePlan, ProtocolCasePlan, Side};
pub use selection::{Selection, SelectionError};
pub use service::ServicePlan;
pub use shapes::{EnumValuePlan, Placement, ShapePlan};
pub use streams::StreamPlan;
pub use traits::{ErrorTraitPlan, TraitsPlan};
pub use types::{Argument, RustType, TypeName};
pub use unused_entries::unused_entries;
pub use waiters::{AcceptorPlan, ComparatorPlan, MatcherPlan, OutcomePlan, WaiterPlan};
pub use whitesmith_schema::ProtocolId;
pub use wire::{
    AuthSchemePlan, ChecksumPlan, EventBindingPlan, HttpBindingPlan, HttpPlan, OperationTraitsPlan, PaginationPlan,
    PathSegmentPlan, ServiceWirePlan, WirePlan, XmlNamespacePlan,
};
