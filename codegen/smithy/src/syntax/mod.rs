//! From text to definitions: what a file says, before anything is merged with other files.
//!
//! [`ast`] reads the JSON AST, [`idl`] the Smithy IDL. Both make the same [`Definitions`], and nothing that comes after
//! knows which of them it was.

mod ast;
mod definition;
mod idl;
mod ids;
mod keyword;
mod version;

pub(crate) use ast::read as read_ast;
pub(crate) use definition::{Application, Definition, Definitions, Mention, MentionKind, additional_properties};
pub(crate) use idl::{Lexer, Names, TokenKind, read as read_idl, text_block_lines};
pub(crate) use ids::Ids;
pub(crate) use keyword::{RESOURCE_KEYS, SERVICE_KEYS, SHAPE_TYPE_NAMES, ShapeKeyword};
pub(crate) use version::Version;
