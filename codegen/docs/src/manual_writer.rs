//! Blocks of reStructuredText → a manual page, as docutils' manual-page writer does it.

use super::manual_page::ManualPage;
use super::restructured_text::{Block, Blocks, Inline, Message, Sequence, label};

/// Indentation of quotes and literal blocks, in tenths of a column.
const QUOTE: i64 = 35;
/// Indentation of definitions, in tenths of a column.
const DEFINITION: i64 = 70;

/// Appends the blocks of a document to a page.
pub fn write(blocks: &[Block], page: &mut ManualPage) {
    let mut writer = Writer { page, steps: vec![0], list_widths: Vec::new(), after_item: false };
    writer.blocks(blocks, false);
}

struct Writer<'p> {
    page: &'p mut ManualPage,
    /// How far each open block is indented in the one around it. An indentation begins with the step of the block *around*
    /// the new one; that is why quotes open two.
    steps: Vec<i64>,
    /// The widths of the markers of the lists that are open, in tenths of a column.
    list_widths: Vec<i64>,
    /// A list item has just begun.
    after_item: bool,
}

impl Writer<'_> {
    /// Writes blocks. The first one needs no space above it if it is the first in its container.
    fn blocks(&mut self, blocks: &[Block], mut at_start: bool) {
        for block in blocks {
            self.block(block, at_start);
            at_start &= matches!(block, Block::Invisible);
            self.after_item = false;
        }
    }

    fn block(&mut self, block: &Block, at_start: bool) {
        match block {
            Block::Section(title) => self.page.section(&title.to_uppercase()),
            Block::Paragraph(parts) => {
                if !at_start {
                    self.page.space();
                }
                self.inlines(parts);
                self.page.line_end();
            }
            Block::Quote(blocks) => self.quote(blocks),
            Block::Attribution(parts) => {
                self.page.text("-- ");
                self.inlines(parts);
                self.page.line_end();
            }
            Block::BulletList(items) => self.list(items, 2, |_| "o".to_owned()),
            Block::NumberedList { sequence, start, items } => self.numbered_list(*sequence, *start, items),
            Block::DefinitionList(entries) => {
                self.indent(DEFINITION);
                for (term, blocks) in entries {
                    self.page.begin_tag();
                    self.page.text(&term.iter().map(Inline::text).collect::<String>());
                    self.page.end_tag();
                    self.blocks(blocks, true);
                }
                self.dedent();
            }
            Block::Literal(text) => {
                self.indent(QUOTE);
                self.indent(0);
                self.literal(text);
                self.dedent();
                self.dedent();
            }
            Block::Admonition(kind, blocks) => {
                if !self.after_item {
                    self.page.space();
                }
                self.page.text(kind.label());
                self.page.line_end();
                self.quote(blocks);
            }
            Block::Message(message) => self.message(message),
            Block::Invisible => {}
        }
    }

    fn quote(&mut self, blocks: &[Block]) {
        self.indent(QUOTE);
        self.indent(0);
        self.blocks(blocks, true);
        self.dedent();
        self.dedent();
    }

    fn numbered_list(&mut self, sequence: Sequence, start: usize, items: &[Blocks]) {
        let digits = |number: usize| number.to_string().len();
        let width = match sequence {
            Sequence::Arabic => digits(items.len()) + digits(start.saturating_sub(1)) + 1,
            Sequence::LowerAlpha | Sequence::UpperAlpha => 3,
            Sequence::LowerRoman | Sequence::UpperRoman => 5,
        };
        let width = i64::try_from(width).unwrap_or_default();
        self.list(items, width, |index| format!("{}.", label(sequence, start + index).unwrap_or_default()));
    }

    fn list(&mut self, items: &[Blocks], width: i64, marker: impl Fn(usize) -> String) {
        let outer = self.list_widths.last().copied();
        self.list_widths.push(width * 10);
        self.indent(outer.unwrap_or(width * 10));
        for (index, blocks) in items.iter().enumerate() {
            self.page.item(&marker(index), Some(width));
            self.after_item = true;
            self.blocks(blocks, true);
        }
        self.dedent();
        self.list_widths.pop();
    }

    fn literal(&mut self, text: &str) {
        self.page.space();
        self.page.begin_literal();
        self.page.text(text);
        self.page.line_end();
        self.page.end_literal();
    }

    fn message(&mut self, message: &Message) {
        self.page.item(&message.title(), None);
        self.page.text(&message.text);
        self.page.line_end();
        if let Some(source) = &message.source {
            self.indent(QUOTE);
            self.indent(0);
            self.literal(source);
            self.dedent();
            self.dedent();
        }
    }

    fn inlines(&mut self, parts: &[Inline]) {
        for part in parts {
            match part {
                Inline::Text(text) | Inline::Marked(text) => self.page.text(text),
                Inline::Reference(_) | Inline::Unresolved(_) => {
                    self.page.keep_whole();
                    self.page.text(part.text());
                }
                Inline::Problematic(text) => {
                    self.page.line_end();
                    self.page.begin_literal();
                    self.page.text(text);
                    self.page.line_end();
                    self.page.end_literal();
                }
            }
        }
    }

    fn indent(&mut self, tenths: i64) {
        let around = self.steps.last().copied().unwrap_or_default();
        self.steps.push(tenths);
        self.page.indent(around);
    }

    fn dedent(&mut self) {
        self.steps.pop();
        self.page.unindent();
    }
}
