//! A command's page as a manual page in roff, for `man`, groff and mandoc: the words of the text, with the `man` macros only.

use std::sync::Arc;

use foldhash::HashMap;

use super::restructured_text::{Block, Blocks, Inline, Message, label};

/// The head of a manual page.
pub struct Head<'h> {
    /// The command.
    pub command: &'h str,
    /// The program that the command belongs to.
    pub program: &'h str,
    /// The version of the API that the page describes: a date, mostly.
    pub date: &'h str,
    /// The service's title.
    pub manual: &'h str,
}

/// Indentation of quotes and literal blocks, in columns.
const QUOTE: usize = 4;
/// Columns of a line on the narrowest terminal that manual pages are set for.
const LINE: usize = 78;
/// Indentation of text under a heading, in columns.
const BODY: usize = 7;
/// Characters of the description in the section NAME, which `apropos` lists.
const LONGEST_DESCRIPTION: usize = 100;

/// Paragraphs that pages have in common, by their address and width.
#[derive(Debug, Default)]
pub struct Memory(HashMap<(*const Inline, usize), Remembered>);

/// A paragraph and its source.
#[derive(Debug)]
struct Remembered {
    source: Box<str>,
    /// Kept, so that no other paragraph gets its address.
    _paragraph: Arc<[Inline]>,
}

/// Returns the roff source of a page. Whatever the text holds, none of it becomes a request or an escape sequence.
pub fn source(head: &Head<'_>, blocks: &[Block], memory: &mut Memory) -> String {
    let mut writer = Writer { memory, out: String::new(), indent: BODY };
    let (title, manual) = title_and_manual(head);
    writer.out.push_str(".TH ");
    writer.argument(&title);
    writer.out.push_str(" 1 ");
    writer.out.push_str(date(head.date));
    for argument in [head.program, manual] {
        writer.out.push(' ');
        writer.argument(argument);
    }
    // Spreading words over the line would leave gaps beside long names, and groff complains of them.
    writer.out.push_str("\n.ad l\n.SH NAME\n");
    escape_into(&mut writer.out, head.command);
    writer.out.push_str(" \\- ");
    escape_into(&mut writer.out, &description(head, blocks));
    writer.out.push('\n');
    let mut section = "";
    let mut spaced = false;
    for block in blocks {
        match block {
            Block::Literal(text) if section == "Synopsis" => {
                writer.block(&Block::Literal(synopsis(head, text)), spaced);
            }
            block => writer.block(block, spaced),
        }
        if let Block::Section(title) = block {
            section = title;
        }
        spaced = matches!(block, Block::Section(_)) || (spaced && matches!(block, Block::Invisible));
    }
    writer.out
}

/// The title and the manual's name: the head of each page shows the title twice with the name between them.
fn title_and_manual<'h>(head: &Head<'h>) -> (String, &'h str) {
    let candidates = [(head.command, head.manual), (head.command, ""), (head.program, head.manual), (head.program, "")];
    let fits =
        |(title, manual): &(&str, &str)| 2 * (title.chars().count() + "(1)".len()) + manual.chars().count() + 2 <= LINE;
    let (title, manual) = candidates.into_iter().find(fits).unwrap_or((head.program, ""));
    (title.to_uppercase(), manual)
}

/// The first sentence of the text, or what the page is about if it has none.
fn description(head: &Head<'_>, blocks: &[Block]) -> String {
    let text = blocks
        .iter()
        .take_while(|block| !matches!(block, Block::Section(title) if title == "Synopsis"))
        .find_map(|block| match block {
            Block::Paragraph(parts) => Some(plain(parts)).filter(|text| !text.trim().is_empty()),
            _ => None,
        })
        .unwrap_or_else(|| format!("command of {}", head.program));
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let sentence = text.split_once(". ").map_or(text.as_str(), |(sentence, _)| sentence).trim_end_matches('.');
    match sentence.char_indices().nth(LONGEST_DESCRIPTION) {
        Some((end, _)) => {
            let cut = sentence.get(..end).unwrap_or_default();
            format!("{}...", cut.rsplit_once(' ').map_or(cut, |(whole, _)| whole))
        }
        None => sentence.to_owned(),
    }
}

/// The synopsis under the program's name: the text has the command alone in its first line.
fn synopsis(head: &Head<'_>, text: &str) -> String {
    let mut out = format!("{} {}\n", head.program, head.command);
    for line in text.lines().skip_while(|line| line.trim() == head.command) {
        out.push_str("    ");
        out.push_str(line.trim_start());
        out.push('\n');
    }
    out
}

/// Returns a date in the form that manual pages use. A page must have a date; a version that is not a date gets a fixed one,
/// since the clock would make pages differ.
fn date(version: &str) -> &str {
    let is_date = version.len() == 10
        && version
            .bytes()
            .enumerate()
            .all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() });
    if is_date { version } else { "1970-01-01" }
}

struct Writer<'m> {
    memory: &'m mut Memory,
    out: String,
    /// Columns that the current block is indented by.
    indent: usize,
}

impl Writer<'_> {
    /// Writes blocks. The first one needs no space above it if there is some already.
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
                self.out.push_str(&format!("\\fB{}\\fR\n", kind.label()));
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
        self.indent += width;
        self.blocks(blocks, spaced);
        self.indent -= width;
        self.out.push_str(".RE\n");
    }

    fn list(&mut self, items: &[Blocks], width: usize, marker: impl Fn(usize) -> String) {
        for (index, blocks) in items.iter().enumerate() {
            self.out.push_str(&format!(".IP {} {width}\n", marker(index)));
            self.item_body(blocks, width);
        }
    }

    /// Writes what follows a tag: the first paragraph beside it, the rest below.
    fn item_body(&mut self, blocks: &[Block], width: usize) {
        let rest = match blocks {
            [Block::Paragraph(parts), rest @ ..] if !plain(parts).trim().is_empty() => {
                self.indent += width;
                self.text(parts);
                self.indent -= width;
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
        self.space(spaced);
        escape_into(&mut self.out, &message.title());
        self.out.push_str(&format!("\n.RS {QUOTE}\n"));
        escape_into(&mut self.out, &message.text);
        self.out.push('\n');
        if let Some(source) = &message.source {
            self.literal(source, false);
        }
        self.out.push_str(".RE\n");
    }

    /// The parts of a paragraph, which other pages may have, too.
    fn text(&mut self, parts: &Arc<[Inline]>) {
        let room = LINE.saturating_sub(self.indent);
        if let Some(known) = self.memory.0.get(&(parts.as_ptr(), room)) {
            return self.out.push_str(&known.source);
        }
        let start = self.out.len();
        self.set(parts, room);
        // What nobody else holds will not come again.
        if Arc::strong_count(parts) > 1 {
            let source = self.out.get(start..).unwrap_or_default().into();
            let known = Remembered { source, _paragraph: Arc::clone(parts) };
            self.memory.0.insert((parts.as_ptr(), room), known);
        }
    }

    /// The parts of a paragraph: one input line, except that words too long for any line stand on lines of their own.
    fn set(&mut self, parts: &[Inline], room: usize) {
        let pieces = pieces(parts);
        let mut line = Vec::new();
        let mut written = false;
        for word in pieces.chunk_by(|_, next| !next.begins_word) {
            let length: usize = word.iter().map(|piece| piece.text.chars().count()).sum();
            if length <= room {
                line.push(word);
                continue;
            }
            self.words(&line);
            line.clear();
            self.out.push_str(".nf\n");
            self.words(&[word]);
            self.out.push_str(".fi\n");
            written = true;
        }
        if line.is_empty() && !written {
            self.out.push_str("\\&\n");
        }
        self.words(&line);
    }

    /// Words on one input line.
    fn words(&mut self, words: &[&[Piece<'_>]]) {
        if words.is_empty() {
            return;
        }
        let start = self.out.len();
        let mut current = Font::Roman;
        for (index, word) in words.iter().enumerate() {
            // A font lasts over the space to the next word if that has the same.
            let first = word.first().map_or(Font::Roman, |piece| piece.font);
            if index > 0 {
                let between = if first == current { first } else { Font::Roman };
                self.font(&mut current, between);
                self.out.push(' ');
            }
            for Piece { font, text, .. } in *word {
                let begins_reference = *font == Font::Italic && current != Font::Italic;
                self.font(&mut current, *font);
                if begins_reference {
                    self.out.push_str("\\%");
                }
                escape_into(&mut self.out, text);
            }
        }
        self.font(&mut current, Font::Roman);
        if self.out.len() == start {
            self.out.push_str("\\&");
        }
        self.out.push('\n');
    }

    fn font(&mut self, current: &mut Font, wanted: Font) {
        if *current != wanted {
            self.out.push_str(match wanted {
                Font::Roman => "\\fR",
                Font::Bold => "\\fB",
                Font::Italic => "\\fI",
            });
            *current = wanted;
        }
    }

    fn argument(&mut self, text: &str) {
        self.out.push('"');
        escape_into(&mut self.out, text);
        self.out.push('"');
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Font {
    Roman,
    Bold,
    Italic,
}

/// A word, or a part of one in a font of its own.
struct Piece<'p> {
    font: Font,
    text: &'p str,
    begins_word: bool,
}

/// The words of a paragraph, in pieces.
fn pieces(parts: &[Inline]) -> Vec<Piece<'_>> {
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    let mut word_goes_on = false;
    for part in parts {
        let (font, text) = match part {
            Inline::Text(text) | Inline::Problematic(text) => (Font::Roman, text.as_str()),
            Inline::Marked(text) => (Font::Bold, text.as_str()),
            Inline::Reference(text) => (Font::Italic, text.as_str()),
            Inline::Unresolved(reference) => (Font::Roman, reference.text.as_str()),
        };
        let is_space = |c| matches!(c, ' ' | '\n' | '\t');
        for (index, text) in text.split(is_space).enumerate().filter(|(_, text)| !text.is_empty()) {
            let begins_word = pieces.is_empty() || !word_goes_on || index > 0;
            pieces.push(Piece { font, text, begins_word });
        }
        word_goes_on = text.chars().next_back().map_or(word_goes_on, |last| !is_space(last));
    }
    pieces
}

fn has_text(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| !matches!(block, Block::Invisible))
}

fn plain(parts: &[Inline]) -> String {
    parts.iter().map(Inline::text).collect()
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
    use super::super::restructured_text::{self as reader, read};
    use super::*;

    fn body(markup: &str) -> String {
        let head = Head { command: "do-it", program: "x", date: "2020-01-01", manual: "y" };
        let source = source(&head, &read(markup, &mut reader::Memory::default()), &mut Memory::default());
        let start = ".TH \"DO\\-IT\" 1 2020-01-01 \"x\" \"y\"\n.ad l\n.SH NAME\ndo\\-it \\- ";
        let rest = source.strip_prefix(start).expect("the head");
        rest.split_once('\n').expect("the description").1.to_owned()
    }

    fn head<'h>(command: &'h str, program: &'h str, manual: &'h str) -> Head<'h> {
        Head { command, program, date: "2020-01-01", manual }
    }

    #[test]
    fn titles_fit_beside_the_name_of_the_manual() {
        let (long, manual) = ("list-".repeat(9), "Key ".repeat(20));
        let cases = [
            (head("list-keys", "kms", "Key Management"), ("LIST-KEYS", "Key Management")),
            (head("list-the-keys-of-a-whole-region", "kms", "Key Management"), ("LIST-THE-KEYS-OF-A-WHOLE-REGION", "")),
            (head(&long, "kms", "Key Management"), ("KMS", "Key Management")),
            (head(&long, "kms", &manual), ("KMS", "")),
        ];
        for (head, (title, manual)) in cases {
            assert_eq!(title_and_manual(&head), (title.to_owned(), manual));
        }
    }

    #[test]
    fn the_name_has_the_first_sentence_and_the_synopsis_the_program() {
        let head = head("list-keys", "kms", "Keys");
        let blocks = [
            Block::Section("Description".to_owned()),
            Block::Paragraph([Inline::Text("Lists  keys. Slowly.".to_owned())].into()),
            Block::Section("Synopsis".to_owned()),
            Block::Literal("  list-keys\n[--limit <value>]".to_owned()),
        ];
        let page = source(&head, &blocks, &mut Memory::default());
        assert!(page.contains(".SH NAME\nlist\\-keys \\- Lists keys\n.SH"), "{page}");
        assert!(page.contains(".nf\nkms list\\-keys\n    [\\-\\-limit <value>]\n.fi"), "{page}");
        assert!(source(&head, &[], &mut Memory::default()).contains("list\\-keys \\- command of kms\n"));
    }

    #[test]
    fn blocks_become_macros() {
        assert_eq!(
            body("a ``b``\n\n  c\n\n  * d\n\n    e\n\nf::\n\n  g\n"),
            ".PP\na \\fBb\\fR\n.RS 4\n.PP\nc\n.IP \\(bu 2\nd\n.RS 2\n.PP\ne\n.RE\n.RE\n.PP\nf:\n.PP\n.RS 4\n.nf\ng\n.fi\n.RE\n"
        );
    }

    #[test]
    fn a_word_too_long_for_a_line_has_its_own() {
        let word = "x".repeat(80);
        assert_eq!(body(&format!("a ``{word}`` b")), format!(".PP\na\n.nf\n\\fB{word}\\fR\n.fi\nb\n"));
    }

    #[test]
    fn text_never_becomes_a_request() {
        assert_eq!(
            body(".so /etc/passwd\n\n'br\n\na \\\\n(.z \"q\" partner\u{2019}s\u{7}\n\n``.nf``"),
            ".PP\n\\&.so /etc/passwd\n.PP\n\\(aqbr\n.PP\na \\en(.z \\(dqq\\(dq partner\\[u2019]s\n.PP\n\\fB\\&.nf\\fR\n"
        );
    }
}
