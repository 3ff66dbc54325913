//! Decisions taken once, so that emitters only write: names, Rust types, wire facts, documentation trees.

mod build;
mod default;
pub mod endpoint;
mod members;
pub(crate) mod names;
mod operations;
mod option_exceptions;
mod options;
pub mod pages;
mod print;
mod recursion;
mod selection;
mod service;
mod shapes;
mod summary;
mod traits;
mod types;
mod waiters;
mod wire;

pub use build::{Plan, Request};
pub use default::DefaultPlan;
pub use members::{MemberPlan, Presence};
pub use operations::{ErrorPlan, OperationPlan};
pub use options::OptionPlan;
pub use selection::{Selection, SelectionError};
pub use service::ServicePlan;
pub use shapes::{EnumValuePlan, Placement, ShapePlan};
pub use traits::{ErrorTraitPlan, TraitsPlan};
pub use types::{RustType, TypeName};
pub use waiters::{AcceptorPlan, ComparatorPlan, MatcherPlan, OutcomePlan, WaiterPlan};
pub use whitesmith_schema::ProtocolId;
pub use wire::{
    AuthSchemePlan, ChecksumPlan, EventBindingPlan, HttpBindingPlan, HttpPlan, OperationTraitsPlan, PaginationPlan,
    PathSegmentPlan, ServiceWirePlan, WirePlan, XmlNamespacePlan,
};
