//! A command's page as a manual page in roff, for `man`, groff and mandoc: the words of the text, with the `man` macros only.

use super::restructured_text::{Admonition, Block, Inline, Level, Message, label};

/// What the head of a manual page says.
pub struct Head<'h> {
    /// The command.
    pub command: &'h str,
    /// The version of the API that the page describes: a date, mostly.
    pub date: &'h str,
    /// What the command belongs to.
    pub source: &'h str,
    /// What the manual is called.
    pub manual: &'h str,
}

/// Indentation of quotes and literal blocks, in columns.
const QUOTE: usize = 4;

/// The roff source of a page. Whatever the text holds, none of it becomes a request or an escape sequence.
pub fn source(head: &Head<'_>, blocks: &[Block]) -> String {
    let mut writer = Writer { out: String::new() };
    writer.out.push_str(".TH ");
    writer.argument(&head.command.to_uppercase());
    writer.out.push_str(" 1 ");
    writer.out.push_str(date(head.date));
    for argument in [head.source, head.manual] {
        writer.out.push(' ');
        writer.argument(argument);
    }
    writer.out.push_str("\n.SH NAME\n");
    escape_into(&mut writer.out, head.command);
    writer.out.push_str(" \\-\n");
    writer.blocks(blocks, false);
    writer.out
}

/// A date as manual pages want one. A version that is none has no date; the page must have one, and the clock is not asked.
fn date(version: &str) -> &str {
    let is_date = version.len() == 10
        && version
            .bytes()
            .enumerate()
            .all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() });
    if is_date { version } else { "1970-01-01" }
}

struct Writer {
    out: String,
}

impl Writer {
    /// Writes blocks; the first needs no space above it where something else has made some.
    fn blocks(&mut self, blocks: &[Block], mut spaced: bool) {
        for block in blocks {
            self.block(block, spaced);
            spaced = matches!(block, Block::Section(_)) || (spaced && matches!(block, Block::Invisible));
        }
    }

    fn block(&mut self, block: &Block, spaced: bool) {
        match block {
            Block::Section(title) => {
                self.out.push_str(".SH ");
                self.argument(&title.to_uppercase());
                self.out.push('\n');
            }
            Block::Paragraph(parts) | Block::Attribution(parts) => {
                self.space(spaced);
                self.text(parts);
            }
            Block::Quote(blocks) => self.indented(QUOTE, blocks, spaced),
            Block::BulletList(items) => self.list(items, 2, |_| "\\(bu".to_owned()),
            Block::NumberedList { sequence, start, items } => {
                let marker = |index: usize| format!("{}.", label(*sequence, start + index).unwrap_or_default());
                let width = (0..items.len()).map(|index| marker(index).len()).max().unwrap_or_default() + 1;
                self.list(items, width, marker);
            }
            Block::DefinitionList(entries) => {
                for (term, blocks) in entries {
                    self.out.push_str(".TP\n");
                    self.text(term);
                    self.item_body(blocks, QUOTE);
                }
            }
            Block::Literal(text) => self.literal(text, spaced),
            Block::Admonition(kind, blocks) => {
                self.space(spaced);
                self.out.push_str(match kind {
                    Admonition::Note => "\\fBNOTE:\\fR\n",
                    Admonition::Warning => "\\fBWARNING:\\fR\n",
                    Admonition::Danger => "\\fB!DANGER!:\\fR\n",
                });
                self.indented(QUOTE, blocks, true);
            }
            Block::Message(message) => self.message(message, spaced),
            Block::Invisible => {}
        }
    }

    fn space(&mut self, spaced: bool) {
        if !spaced {
            self.out.push_str(".PP\n");
        }
    }

    fn indented(&mut self, width: usize, blocks: &[Block], spaced: bool) {
        if !has_text(blocks) {
            return;
        }
        self.out.push_str(&format!(".RS {width}\n"));
        self.blocks(blocks, spaced);
        self.out.push_str(".RE\n");
    }

    fn list(&mut self, items: &[Vec<Block>], width: usize, marker: impl Fn(usize) -> String) {
        for (index, blocks) in items.iter().enumerate() {
            self.out.push_str(&format!(".IP {} {width}\n", marker(index)));
            self.item_body(blocks, width);
        }
    }

    /// What follows a tag: a first paragraph beside it, the rest below.
    fn item_body(&mut self, blocks: &[Block], width: usize) {
        let rest = match blocks {
            [Block::Paragraph(parts), rest @ ..] if !plain(parts).trim().is_empty() => {
                self.text(parts);
                rest
            }
            rest => {
                self.out.push_str("\\&\n");
                rest
            }
        };
        self.indented(width, rest, false);
    }

    fn literal(&mut self, text: &str, spaced: bool) {
        self.space(spaced);
        self.out.push_str(&format!(".RS {QUOTE}\n.nf\n"));
        let mut written = false;
        for line in text.lines() {
            let start = self.out.len();
            escape_into(&mut self.out, line.trim_end());
            // A line that is nothing, or nothing that can be printed, is a space of its own.
            if self.out.len() == start {
                self.out.push_str("\\&");
            }
            self.out.push('\n');
            written = true;
        }
        if !written {
            self.out.push_str("\\&\n");
        }
        self.out.push_str(".fi\n.RE\n");
    }

    fn message(&mut self, message: &Message, spaced: bool) {
        let level = match message.level {
            Level::Warning => "WARNING/2",
            Level::Error => "ERROR/3",
        };
        let line = match message.line {
            0 => String::new(),
            line => format!(", line {line}"),
        };
        self.space(spaced);
        escape_into(&mut self.out, &format!("System Message: {level} (<string>:{line})"));
        self.out.push_str(&format!("\n.RS {QUOTE}\n"));
        escape_into(&mut self.out, &message.text);
        self.out.push('\n');
        if let Some(source) = &message.source {
            self.literal(source, false);
        }
        self.out.push_str(".RE\n");
    }

    /// The parts of a paragraph as one input line.
    fn text(&mut self, parts: &[Inline]) {
        let start = self.out.len();
        for part in parts {
            let (font, text) = match part {
                Inline::Text(text) | Inline::Problematic(text) => (None, text.as_str()),
                Inline::Marked(text) => (Some("\\fB"), text.as_str()),
                Inline::Reference(text) => (Some("\\fI\\%"), text.as_str()),
                Inline::Unresolved(reference) => (None, reference.text.as_str()),
            };
            match font {
                Some(font) if !text.trim().is_empty() => {
                    self.out.push_str(font);
                    escape_into(&mut self.out, text);
                    self.out.push_str("\\fR");
                }
                _ => escape_into(&mut self.out, text),
            }
        }
        let end = self.out.trim_end().len().max(start);
        self.out.truncate(end);
        if self.out.len() == start {
            self.out.push_str("\\&");
        } else if self.out.get(start..).is_some_and(|line| line.starts_with([' ', '.'])) {
            self.out.insert_str(start, "\\&");
        }
        self.out.push('\n');
    }

    fn argument(&mut self, text: &str) {
        self.out.push('"');
        escape_into(&mut self.out, text);
        self.out.push('"');
    }
}

fn has_text(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| !matches!(block, Block::Invisible))
}

fn plain(parts: &[Inline]) -> String {
    parts
        .iter()
        .map(|part| match part {
            Inline::Text(text) | Inline::Marked(text) | Inline::Reference(text) | Inline::Problematic(text) => {
                text.as_str()
            }
            Inline::Unresolved(reference) => reference.text.as_str(),
        })
        .collect()
}

/// Appends text so that roff prints it as it is, on one line.
fn escape_into(out: &mut String, text: &str) {
    for (index, c) in text.chars().enumerate() {
        match c {
            '\\' => out.push_str("\\e"),
            '-' => out.push_str("\\-"),
            '\'' => out.push_str("\\(aq"),
            '`' => out.push_str("\\(ga"),
            '^' => out.push_str("\\(ha"),
            '~' => out.push_str("\\(ti"),
            '"' => out.push_str("\\(dq"),
            '.' if index == 0 => out.push_str("\\&."),
            '\n' | '\t' => out.push(' '),
            ' '..='~' => out.push(c),
            c if c.is_control() || is_private(c) => {}
            c => out.push_str(&format!("\\[u{:04X}]", u32::from(c))),
        }
    }
}

/// Characters that no font has a shape for.
fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::super::restructured_text::read;
    use super::*;

    fn body(markup: &str) -> String {
        let head = Head { command: "do-it", date: "2020-01-01", source: "x", manual: "y" };
        let source = source(&head, &read(markup));
        let start = ".TH \"DO\\-IT\" 1 2020-01-01 \"x\" \"y\"\n.SH NAME\ndo\\-it \\-\n";
        source.strip_prefix(start).expect("the head").to_owned()
    }

    #[test]
    fn blocks_become_macros() {
        assert_eq!(
            body("a ``b``\n\n  c\n\n  * d\n\n    e\n\nf::\n\n  g\n"),
            ".PP\na \\fBb\\fR\n.RS 4\n.PP\nc\n.IP \\(bu 2\nd\n.RS 2\n.PP\ne\n.RE\n.RE\n.PP\nf:\n.PP\n.RS 4\n.nf\ng\n.fi\n.RE\n"
        );
    }

    #[test]
    fn text_never_becomes_a_request() {
        assert_eq!(
            body(".so /etc/passwd\n\n'br\n\na \\\\n(.z \"q\" partner\u{2019}s\u{7}\n\n``.nf``"),
            ".PP\n\\&.so /etc/passwd\n.PP\n\\(aqbr\n.PP\na \\en(.z \\(dqq\\(dq partner\\[u2019]s\n.PP\n\\fB\\&.nf\\fR\n"
        );
    }
}
