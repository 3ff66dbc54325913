//! Documentation as data: parsed trees, and the pages that the renderers walk.

mod html;
mod page;
mod tree;

pub use html::parse;
pub use page::{
    CommandPage, ErrorPage, Example, Limits, MemberPage, OptionPage, ServicePages, ShapeIndex, ShapeKind, ShapePage,
};
pub use tree::{Documentation, Element, Node, Tag};
