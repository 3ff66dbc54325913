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

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::cast_precision_loss, reason = "a test and its measurement")]
mod tests {
    use std::hint::black_box;
    use std::time::Instant;

    use super::*;
    use crate::source::{Sources, parse};
    use crate::syntax::read_ast;

    /// The least time for a byte, in nanoseconds, of rounds in turns.
    fn least(rounds: usize, bytes: usize, mut work: impl FnMut()) -> f64 {
        let round = |_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64() * 1e9 / bytes as f64
        };
        (0..rounds).map(round).fold(f64::INFINITY, f64::min)
    }

    #[test]
    #[ignore = "a measurement, for optimized builds"]
    fn costs_at_most_half_as_much_again_as_json() {
        let text = include_str!("../../../tests/idl/everything.smithy");
        let (head, shapes) = text.split_at(text.find("// A comment.").unwrap());
        let idl = format!("{head}{}", shapes.repeat(20));
        let (model, _) = crate::load::assemble(&[("a.smithy", text.as_bytes())]).unwrap();
        let ast = crate::write::pretty(&crate::write::ast(&model));
        let json = format!("[{}]", vec![ast.as_str(); 20].join(","));
        let mut sources = Sources::new();
        let (idl_file, ast_file) =
            (sources.add("a.smithy", idl.as_bytes()).unwrap(), sources.add("a", ast.as_bytes()).unwrap());
        let json_file = sources.add("a.json", json.as_bytes()).unwrap();
        let of_idl = least(200, idl.len(), || {
            black_box(read(idl_file, &idl, &Names::default(), &mut Ids::default()));
        });
        let of_json = least(200, json.len(), || {
            black_box(parse(json_file, &json).unwrap());
        });
        let of_ast = least(200, ast.len(), || {
            black_box(read_ast(parse(ast_file, &ast).unwrap(), &mut Ids::default()));
        });
        println!(
            "IDL to definitions {of_idl:.2} ns a byte, JSON to nodes {of_json:.2}, JSON to definitions {of_ast:.2}"
        );
        assert!(of_idl <= 1.5 * of_json, "{:.2} × JSON", of_idl / of_json);
    }
}
