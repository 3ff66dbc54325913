//! Documentation as data: parsed trees, and the pages that the renderers walk.

mod html;
mod tree;

pub use html::parse;
pub use tree::{Documentation, Element, Node, Tag};
