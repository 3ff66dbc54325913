//! The semantic model of Smithy 2.0: shapes, members, traits, and queries over them.

mod closure;
mod connected;
mod cycles;
mod edit;
mod event;
mod graph;
mod introduced;
mod names;
mod nullability;
pub mod relations;
mod shape;
mod shape_id;
mod suppression;
mod traits;

pub(crate) use connected::connected;
pub use cycles::on_cycles;
pub use event::{Event, Severity};
pub use graph::Model;
pub use introduced::Introduced;
pub use names::nearest_names;
pub use shape::{Details, Member, Operation, Reference, Resource, Service, Shape, ShapeType};
pub use shape_id::{InvalidShapeId, ShapeId, is_identifier, is_namespace};
pub(crate) use suppression::{Suppressions, is_at_or_below, is_suppression_of};
pub use traits::{AppliedTrait, Deprecated, ErrorFault, Http, Length, Range, Traits};
