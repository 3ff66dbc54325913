//! A reader of reStructuredText that understands as much of it as the AWS CLI's help pages use, and stumbles where docutils does.
//!
//! Fed with HTML that was turned into markup blindly, docutils often takes text for markup: a paragraph that begins with
//! `1.` becomes a list, `name_` a reference that leads nowhere, a lone `*` a complaint in the middle of the page. The pages
//! have those, so this reader has them. Tables, options, fields, footnotes and roles do not come up and are read as text.

mod addresses;
mod attribution;
mod blocks;
mod document;
mod enumerators;
mod inline;
mod line;
mod memory;
mod punctuation;

use std::sync::Arc;

use line::Line;

pub use document::{Admonition, Block, Blocks, Inline, Level, Message, Sequence, Target, Unresolved};
pub use enumerators::label;
pub use memory::Memory;

/// Reads a page. Its title is the first heading; references that lead nowhere are reported in a section of their own at the end.
pub fn read(page: &str, memory: &mut Memory) -> Vec<Block> {
    let expanded;
    let page = if page.contains(['\t', '\u{b}', '\u{c}', '\r']) {
        expanded = expand_tabs(page);
        &expanded
    } else {
        page
    };
    let lines: Vec<_> =
        page.split('\n').enumerate().map(|(index, text)| Line { text: text.trim_end(), number: index + 1 }).collect();
    let mut blocks = blocks::parse(&lines, 0, memory);
    let names = names_of_sections(&blocks);
    let mut messages = Vec::new();
    for block in &mut blocks {
        resolve(block, &names, &mut messages);
    }
    if !messages.is_empty() {
        // Substitutions are resolved before names.
        messages.sort_by_key(|message| !message.text.starts_with("Undefined substitution"));
        blocks.push(Block::Section("Docutils System Messages".to_owned()));
        blocks.extend(messages.into_iter().map(Block::Message));
    }
    blocks
}

/// Tabs go to the next column that is a multiple of eight; other white space than line feeds becomes spaces.
fn expand_tabs(page: &str) -> String {
    let mut out = String::with_capacity(page.len());
    let mut column = 0;
    for c in page.chars() {
        match c {
            '\t' => {
                let spaces = 8 - column % 8;
                out.extend(std::iter::repeat_n(' ', spaces));
                column += spaces;
            }
            '\n' => {
                out.push(c);
                column = 0;
            }
            '\u{b}' | '\u{c}' | '\r' => {
                out.push(' ');
                column += 1;
            }
            c => {
                out.push(c);
                column += 1;
            }
        }
    }
    out
}

fn names_of_sections(blocks: &[Block]) -> Vec<String> {
    blocks
        .iter()
        .filter_map(|block| match block {
            Block::Section(title) => Some(normalized(title)),
            _ => None,
        })
        .collect()
}

fn normalized(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Turns each unresolved reference into a link or a complaint.
fn resolve(block: &mut Block, names: &[String], messages: &mut Vec<Message>) {
    match block {
        Block::Paragraph(parts) | Block::Attribution(parts) => resolve_inlines(parts, names, messages),
        Block::Quote(blocks) | Block::Admonition(_, blocks) => resolve_all(blocks, names, messages),
        Block::BulletList(items) | Block::NumberedList { items, .. } => {
            items.iter_mut().for_each(|blocks| resolve_all(blocks, names, messages));
        }
        Block::DefinitionList(entries) => {
            for (term, blocks) in entries {
                resolve_inlines(term, names, messages);
                resolve_all(blocks, names, messages);
            }
        }
        Block::Section(_) | Block::Literal(_) | Block::Message(_) | Block::Invisible => {}
    }
}

fn resolve_all(blocks: &mut Blocks, names: &[String], messages: &mut Vec<Message>) {
    if blocks.has_lines() {
        blocks.make_mut().iter_mut().for_each(|block| resolve(block, names, messages));
    }
}

fn resolve_inlines(parts: &mut Arc<[Inline]>, names: &[String], messages: &mut Vec<Message>) {
    if parts.iter().any(Inline::has_line) {
        for part in Arc::make_mut(parts) {
            if let Inline::Unresolved(reference) = part {
                *part = resolved(reference, names, messages);
            }
        }
    }
}

fn resolved(reference: &Unresolved, names: &[String], messages: &mut Vec<Message>) -> Inline {
    let message = match reference.target {
        Target::Name if names.contains(&normalized(&reference.text)) => {
            return Inline::Reference(reference.text.clone());
        }
        // Reported by docutils all together, but there is hardly ever more than one.
        Target::Anonymous => Message::error(
            0,
            "Anonymous hyperlink mismatch: 1 references but 0 targets. See \"backrefs\" attribute for IDs.",
        ),
        Target::Name => {
            Message::error(reference.line, format!("Unknown target name: \"{}\".", normalized(&reference.text)))
        }
        Target::Substitution => {
            Message::error(reference.line, format!("Undefined substitution referenced: \"{}\".", reference.text))
        }
    };
    messages.push(message);
    Inline::Problematic(reference.source.clone())
}
