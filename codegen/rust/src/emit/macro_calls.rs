//! Macro calls, which the formatter leaves as they are: one entry a line.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::quote;
use syn::{File, Item};

/// Takes the top-level macro calls with a list of entries out of a file, and leaves a marker in the place of each. The
/// marker's line is to be replaced by the text.
pub(super) fn take_out(file: &mut File) -> Vec<(String, String)> {
    let mut taken = Vec::new();
    for item in &mut file.items {
        let Item::Macro(call) = item else { continue };
        let Some(text) = layout(&path_text(&call.mac.path), call.mac.tokens.clone()) else { continue };
        let marker = format!("const MACRO_CALL_{}: () = ();", taken.len());
        let Ok(stand_in) = syn::parse_str::<Item>(&marker) else { continue };
        *item = stand_in;
        taken.push((marker, text));
    }
    taken
}

fn path_text(path: &syn::Path) -> String {
    quote!(#path).to_string().replace(' ', "")
}

/// A call whose last argument is a list of entries in braces; `None` for others.
fn layout(path: &str, tokens: TokenStream) -> Option<String> {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let (last, before) = trees.split_last()?;
    let TokenTree::Group(group) = last else { return None };
    if group.delimiter() != Delimiter::Brace {
        return None;
    }
    let entries = split_at_commas(group.stream());
    let arguments = text(before);
    let mut out = format!("{path}!({arguments} {{\n");
    for entry in entries {
        out.push_str(&format!("    {},\n", text(&entry)));
    }
    if out.ends_with("{\n") {
        out.pop();
    }
    out.push_str("});");
    Some(out)
}

fn split_at_commas(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut entries = vec![Vec::new()];
    for tree in tokens {
        match &tree {
            TokenTree::Punct(punct) if punct.as_char() == ',' => entries.push(Vec::new()),
            _ => {
                if let Some(entry) = entries.last_mut() {
                    entry.push(tree);
                }
            }
        }
    }
    entries.retain(|entry| !entry.is_empty());
    entries
}

/// Tokens as a person spaces them: `0: required name`, `Full = "full"`, `types::Tag`, `f(x)`.
fn text(trees: &[TokenTree]) -> String {
    let mut out = String::new();
    let mut glued = true;
    for tree in trees {
        match tree {
            TokenTree::Punct(punct) => {
                let character = punct.as_char();
                let joined = punct.spacing() == Spacing::Joint;
                if !glued && !matches!(character, ':' | ',' | '.' | ';' | '?' | '!') {
                    out.push(' ');
                }
                out.push(character);
                let inside_path = character == ':' && (joined || out.ends_with("::"));
                glued = joined || inside_path || matches!(character, '.' | '&' | '|' if character != '|' || joined);
            }
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{ ", " }"),
                    Delimiter::None => ("", ""),
                };
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                out.push_str(open);
                out.push_str(&text(&inner));
                out.push_str(close);
                glued = false;
            }
            other => {
                if !glued {
                    out.push(' ');
                }
                out.push_str(&other.to_string());
                glued = false;
            }
        }
    }
    out
}
