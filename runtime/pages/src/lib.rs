//! `pages!("docs")` embeds the help pages of a folder, compressed: pages are the largest part of a command line for many
//! operations, and a run shows one at most. `whitesmith_cli` exports the macro and reads the pages.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::DeflateEncoder;
use proc_macro::{Literal, TokenStream, TokenTree};

/// Pages are compressed together until they have this many bytes: they have much in common, and whoever wants the last one
/// has to read them all.
const BLOCK_BYTES: usize = 128 * 1024;

/// Embeds the pages (`*.txt`) of a folder of the crate, and of the folders in it that are named after it, as
/// `whitesmith_cli::Pages`.
#[proc_macro]
pub fn pages(folders: TokenStream) -> TokenStream {
    match expand(folders) {
        Ok(expression) => expression,
        Err(problem) => format!("::core::compile_error!({problem:?})").parse().unwrap_or_default(),
    }
}

/// A page, and its name: the path in the outer folder, without the extension.
struct Page {
    name: String,
    file: PathBuf,
    text: Vec<u8>,
}

fn expand(tokens: TokenStream) -> Result<TokenStream, String> {
    let folders = texts(tokens)?;
    let (outer, inner) = folders.split_first().ok_or("expected the folder of the pages")?;
    let root = std::env::var_os("CARGO_MANIFEST_DIR").ok_or("CARGO_MANIFEST_DIR is not set")?;
    let outer = PathBuf::from(root).join(outer);
    let mut pages = Vec::new();
    read(&mut pages, &outer, "")?;
    for folder in inner {
        read(&mut pages, &outer.join(folder), &format!("{folder}/"))?;
    }
    pages.sort_by(|one, other| one.name.cmp(&other.name));
    let mut expression = "{".to_owned();
    for page in &pages {
        // The constant makes the compiler look at the file again when it changes; it is in no program.
        let _ = write!(expression, "const _: &[u8] = ::core::include_bytes!({:?});", page.file.display().to_string());
    }
    expression.push_str("::whitesmith_cli::Pages::Deflated(&[");
    for block in blocks(&pages) {
        let first = block.first().map_or("", |page| &page.name);
        let bytes = deflate(block).map_err(|error| format!("cannot compress pages: {error}"))?;
        let _ = write!(expression, "({first:?}, {}),", Literal::byte_string(&bytes));
    }
    expression.push_str("]) }");
    expression.parse().map_err(|error| format!("cannot embed pages: {error}"))
}

/// Returns the texts of string literals that are separated by commas.
fn texts(tokens: TokenStream) -> Result<Vec<String>, String> {
    let mut texts = Vec::new();
    for token in tokens {
        let text = token.to_string();
        match (&token, text.strip_prefix('"').and_then(|text| text.strip_suffix('"'))) {
            (TokenTree::Literal(_), Some(text)) => texts.push(text.to_owned()),
            (TokenTree::Punct(punct), _) if punct.as_char() == ',' => {}
            _ => return Err(format!("expected a folder in quotes, found {token}")),
        }
    }
    Ok(texts)
}

fn read(pages: &mut Vec<Page>, folder: &Path, prefix: &str) -> Result<(), String> {
    let cannot = |file: &Path, error: std::io::Error| format!("cannot read {}: {error}", file.display());
    for entry in fs::read_dir(folder).map_err(|error| cannot(folder, error))? {
        let file = entry.map_err(|error| cannot(folder, error))?.path();
        let (Some(stem), Some("txt")) = (
            file.file_stem().and_then(|stem| stem.to_str()),
            file.extension().and_then(|extension| extension.to_str()),
        ) else {
            continue;
        };
        let name = format!("{prefix}{stem}");
        let text = fs::read(&file).map_err(|error| cannot(&file, error))?;
        pages.push(Page { name, file, text });
    }
    Ok(())
}

/// Splits pages into those that are compressed together.
fn blocks(pages: &[Page]) -> Vec<&[Page]> {
    let mut bytes = 0;
    let is_together = |one: &Page, _: &Page| {
        bytes += one.text.len();
        if bytes >= BLOCK_BYTES {
            bytes = 0;
        }
        bytes > 0
    };
    pages.chunk_by(is_together).collect()
}

/// Compresses pages. Each follows a line with its name and the number of its bytes.
fn deflate(pages: &[Page]) -> std::io::Result<Vec<u8>> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    for page in pages {
        writeln!(encoder, "{} {}", page.name, page.text.len())?;
        encoder.write_all(&page.text)?;
    }
    encoder.finish()
}
