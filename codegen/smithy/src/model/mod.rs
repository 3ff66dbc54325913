//! The semantic model of Smithy 2.0: shapes, members, traits, the prelude, and what can be asked about them.

mod closure;
mod cycles;
pub mod diff;
mod event;
mod graph;
mod load;
mod names;
mod nullability;
mod overlay;
pub mod relations;
pub mod selector;
mod shape;
mod shape_id;
mod suppression;
mod traits;
pub mod validate;

pub use cycles::on_cycles;
pub use event::{Event, Severity};
pub use graph::Model;
pub use load::{LoadError, assemble, load, name_enum_values};
pub use names::nearest_names;
pub use overlay::{OverlayError, overlay};
pub use shape::{Details, Member, Operation, Reference, Resource, Service, Shape, ShapeType};
pub use shape_id::{InvalidShapeId, ShapeId, is_identifier, is_namespace};
pub use traits::{AppliedTrait, Deprecated, ErrorFault, Http, Length, Range, Traits};
