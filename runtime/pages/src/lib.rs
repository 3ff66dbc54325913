//! `page!("docs/get-thing.txt")` embeds a help page, compressed: pages are the largest part of a command line for many
//! operations, and a run shows one at most. `whitesmith_cli` exports the macro and reads the pages.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use proc_macro::{Literal, TokenStream, TokenTree};

/// Embeds a file, named by its path in the crate, as a `whitesmith_cli::Page`.
#[proc_macro]
pub fn page(path: TokenStream) -> TokenStream {
    match expand(path) {
        Ok(expression) => expression,
        Err(problem) => format!("::core::compile_error!({problem:?})").parse().unwrap_or_default(),
    }
}

fn expand(path: TokenStream) -> Result<TokenStream, String> {
    let mut tokens = path.into_iter();
    let (Some(TokenTree::Literal(literal)), None) = (tokens.next(), tokens.next()) else {
        return Err("expected the path of a page in quotes".to_owned());
    };
    let literal = literal.to_string();
    let path = literal.strip_prefix('"').and_then(|path| path.strip_suffix('"'));
    let path = path.ok_or_else(|| format!("expected a path in quotes, found {literal}"))?;
    let root = std::env::var_os("CARGO_MANIFEST_DIR").ok_or("CARGO_MANIFEST_DIR is not set")?;
    let file = PathBuf::from(root).join(path);
    let text = fs::read(&file).map_err(|error| format!("cannot read {}: {error}", file.display()))?;
    let deflated = deflate(&text).map_err(|error| format!("cannot compress {path}: {error}"))?;
    // The constant makes the compiler look at the file again when it changes; it is in no program.
    let tracked = format!("::core::concat!(::core::env!(\"CARGO_MANIFEST_DIR\"), \"/\", {literal})");
    let bytes = Literal::byte_string(&deflated);
    let expression =
        format!("{{ const _: &[u8] = ::core::include_bytes!({tracked}); ::whitesmith_cli::Page::Deflated({bytes}) }}");
    expression.parse().map_err(|error| format!("cannot embed {path}: {error}"))
}

fn deflate(text: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text)?;
    encoder.finish()
}
