//! Formats tokens as a file that reads as written by hand.

use std::borrow::Cow;

use proc_macro2::TokenStream;
use quote::quote;

use super::doc_lines::wrap;
use super::header::comment;
use super::macro_calls;
use whitesmith_docs::ModelText;

/// Generated code that does not parse: a defect of the generator, never of the model.
#[derive(Debug, thiserror::Error)]
#[error("defect in the generator: {path} does not parse: {error}")]
pub struct FormatError {
    /// The file.
    pub path: String,
    /// The parser's error.
    pub error: syn::Error,
}

/// Formats a file and puts the header above it.
pub(super) fn format(path: &str, header: &str, tokens: TokenStream) -> Result<String, FormatError> {
    let mut file = syn::parse2(tokens).map_err(|error| FormatError { path: path.to_owned(), error })?;
    let calls = macro_calls::take_out(&mut file);
    let body = prettyplease::unparse(&file);
    let mut text = comment("//", header);
    text.reserve(body.len() + body.len() / 16);
    text.push('\n');
    spaced(&body, &calls, &mut text);
    Ok(text)
}

/// Adds the blank lines between items and between methods that the formatter leaves out, and puts the macro calls in
/// their places.
fn spaced(body: &str, calls: &[(String, String)], out: &mut String) {
    let mut previous = "";
    let mut calls = calls.iter().peekable();
    for line in body.lines() {
        let call = calls.next_if(|(marker, _)| marker == line);
        if needs_blank(previous, line) {
            out.push('\n');
        }
        out.push_str(call.map_or(line, |(_, text)| text));
        out.push('\n');
        previous = line;
    }
}

/// Whether a blank line stands between two lines: between items, and between methods, but not between the lines of a
/// list of imports or modules.
fn needs_blank(previous: &str, line: &str) -> bool {
    let depth = indent(line);
    if depth == 0 && indent(previous) > 0 {
        // The end of an item whose last line is indented: a chain of calls.
        return previous.ends_with(';') && line.starts_with(|c: char| c.is_alphabetic() || c == '/' || c == '#');
    }
    if indent(previous) != depth || depth > 4 || line.trim().is_empty() || is_lead(previous) {
        return false;
    }
    if depth == 4 {
        let begins_method =
            ["///", "pub ", "fn ", "async ", "#["].iter().any(|start| line.trim_start().starts_with(start));
        return previous.trim() == "}" && begins_method;
    }
    let kind = |line: &str| {
        let item = line.strip_prefix("pub ").unwrap_or(line);
        item.split_whitespace().next().filter(|kind| matches!(*kind, "use" | "mod")).map(str::to_owned)
    };
    let is_list = kind(previous).is_some() && kind(previous) == kind(line);
    let front = |line: &str| ["//!", "#!["].into_iter().find(|start| line.starts_with(start));
    if is_list || front(previous).is_some() && front(previous) == front(line) {
        return false;
    }
    front(previous).is_some() || previous.ends_with(['}', ';', ')'])
}

/// Whether the line belongs to the item below it.
fn is_lead(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("///") || line.starts_with("#[")
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The columns of a line in the doc comment of a method.
const DOC_WIDTH: usize = 92;

/// The doc comment of an item; nothing without a text.
pub(super) fn doc(text: &str) -> TokenStream {
    let lines = doc_lines(text);
    quote!(#(#[doc = #lines])*)
}

/// The doc comment of a module.
pub(super) fn module_doc(text: &str) -> TokenStream {
    let lines = doc_lines(text);
    quote!(#(#![doc = #lines])*)
}

fn doc_lines(text: &str) -> impl Iterator<Item = String> {
    let space = |line: Cow<'_, str>| if line.is_empty() { String::new() } else { format!(" {line}") };
    wrap(text, DOC_WIDTH).into_iter().map(space)
}

/// A number with a fraction or an exponent, as short as people write it: `1e300`. It must be finite.
pub(super) fn float(value: impl std::fmt::Debug) -> TokenStream {
    format!("{value:?}").parse().unwrap_or_default()
}

/// A path of names that the plan has made identifiers, perhaps with `::` before the first.
pub(super) fn path(text: &str) -> TokenStream {
    let (root, path) = match text.strip_prefix("::") {
        Some(path) => (Some(quote!(::)), path),
        None => (None, text),
    };
    let segments = path.split("::").map(ident);
    quote!(#root #(#segments)::*)
}

/// A name that the plan has made an identifier; `r#` names included.
pub(super) fn ident(name: &str) -> proc_macro2::Ident {
    let span = proc_macro2::Span::call_site();
    match name.strip_prefix("r#") {
        Some(keyword) => proc_macro2::Ident::new_raw(keyword, span),
        None => proc_macro2::Ident::new(name, span),
    }
}

/// A string literal: raw if that spares escapes.
pub(super) fn text(text: &str) -> proc_macro2::Literal {
    let plain = proc_macro2::Literal::string(text);
    let is_printable = text.chars().all(|c| !whitesmith_docs::is_hidden(c) || c == '\n');
    if !text.contains(['"', '\\']) || !is_printable || text.contains("\"##") {
        return plain;
    }
    let hashes = if text.contains("\"#") { "##" } else { "#" };
    format!("r{hashes}\"{text}\"{hashes}").parse().unwrap_or(plain)
}

/// A text of the model as a string literal.
pub(super) fn literal(text: &ModelText) -> proc_macro2::Literal {
    proc_macro2::Literal::string(text.unescaped())
}
