//! The Smithy IDL, versions 1.0 and 2.0.
//!
//! The grammar and the recovery after errors are those of the reference implementation (1.73.0). A file's statements
//! become [`Definitions`] as they are parsed; no syntax tree is built.

mod lexer;
mod names;
mod parser;
mod scope;
mod services;
mod shapes;
mod statements;
mod string;
mod token;
mod traits;
mod values;

pub(crate) use lexer::Lexer;
pub(crate) use scope::Names;
pub(crate) use string::text_block_lines;
pub(crate) use token::TokenKind;

use super::{Definitions, Ids};
use crate::source::FileId;
use parser::Parser;

/// Parses a file.
pub(crate) fn read(file: FileId, text: &str, names: &Names<'_>, ids: &mut Ids) -> Definitions {
    let mut parser = Parser::new(file, text, names, ids);
    parser.file();
    parser.out.namespace = parser.namespace.map(Into::into);
    parser.out
}
