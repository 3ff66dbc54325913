//! The layout of a manual page on a terminal of 80 columns: what groff's `man` macros make of the requests that docutils'
//! manual-page writer uses, printed with `-T ascii`.
//!
//! Lengths are in groff's device units, 24 to a column, since indentations of half columns add up before they are rounded.

use super::line_breaker::LineBreaker;
use super::paragraph::Paragraph;
use super::rows::{Rows, overlay};

/// Device units in a column.
const COLUMN: i64 = 24;
/// The width of the text, in columns.
const LINE_LENGTH: i64 = 78;
/// The indentation of text under a heading, and of tagged paragraphs that give none.
const BODY_INDENT: i64 = 7 * COLUMN;

/// A manual page being set.
#[derive(Debug)]
pub struct ManualPage {
    title: Vec<u8>,
    /// A short tag leaves the cursor on the tag's own row.
    rows: Rows,
    /// Lines of a paragraph on their way to rows.
    lines: Vec<u8>,
    breaker: LineBreaker,
    paragraph: Paragraph,
    /// The input line being read, while lines are not filled.
    literal_line: Vec<u8>,
    fill: bool,
    /// The current input line has had something on it.
    line_begun: bool,
    /// A tag stands on the row of the cursor. A break before any text leaves that row to the tag.
    beside_tag: bool,
    /// Vertical space is suppressed until the next line of text.
    no_space: bool,
    /// The indentation of the next line, in columns.
    indent: i64,
    margin: i64,
    tag_indent: i64,
    /// The margin and the tag indentation to restore at the end of each open indentation.
    saved: Vec<(i64, i64)>,
    /// The margin inside each open indentation.
    inner_margins: Vec<i64>,
}

impl ManualPage {
    /// A page with its title line and its NAME section, which gives the command's name and no summary.
    pub fn new(name: &str, mut breaker: LineBreaker) -> Self {
        breaker.begin_document();
        let title = ascii(&format!("{}()", name.to_uppercase()));
        let mut page = Self {
            title,
            rows: Rows::default(),
            lines: Vec::new(),
            breaker,
            paragraph: Paragraph::default(),
            literal_line: Vec::new(),
            fill: true,
            line_begun: false,
            beside_tag: false,
            no_space: false,
            indent: 0,
            margin: BODY_INDENT,
            tag_indent: BODY_INDENT,
            saved: Vec::new(),
            inner_margins: Vec::new(),
        };
        let mut title_line = page.title.clone();
        overlay(&mut title_line, right_aligned(&page.title), &page.title);
        page.rows.put(0, &title_line);
        page.rows.skip(3);
        page.no_space = true;
        page.section("NAME");
        for byte in ascii(name) {
            if byte == b'-' {
                page.paragraph.breakable_hyphen();
            } else {
                page.paragraph.byte(byte);
            }
        }
        page.text(" - ");
        page.line_end();
        page
    }

    /// The finished page, whose last line is the title at the right, and the breaker for the next one.
    pub fn finish(mut self) -> (String, LineBreaker) {
        self.break_line();
        if !self.no_space {
            self.rows.skip(3);
        }
        let title = std::mem::take(&mut self.title);
        self.put_row(right_aligned(&title), &title);
        (self.rows.finish(), self.breaker)
    }

    /// `.SH`: a heading at the left edge, after a blank line.
    pub fn section(&mut self, heading: &str) {
        self.space();
        self.margin = BODY_INDENT;
        self.tag_indent = BODY_INDENT;
        self.saved.clear();
        self.fill = true;
        let heading = ascii(heading).split(|byte| *byte == b' ').fold(Vec::new(), |mut line: Vec<u8>, word| {
            if !line.is_empty() && !word.is_empty() {
                line.push(b' ');
            }
            line.extend_from_slice(word);
            line
        });
        self.put_row(0, &heading);
        self.indent = columns(self.margin);
        self.no_space = true;
    }

    /// `.sp`: a blank line, unless nothing stands above it in its section.
    pub fn space(&mut self) {
        self.break_line();
        if !self.no_space {
            self.rows.skip(1);
        }
    }

    /// `.INDENT`: text moves right by that many tenths of a column.
    pub fn indent(&mut self, tenths: i64) {
        self.break_line();
        self.saved.push((self.margin, self.tag_indent));
        self.margin += COLUMN * tenths / 10;
        self.tag_indent = BODY_INDENT;
        self.indent = columns(self.margin);
        self.inner_margins.push(self.margin);
    }

    /// `.UNINDENT`: ends the last indentation. Text continues at the margin *inside* it, as groff has it.
    pub fn unindent(&mut self) {
        self.break_line();
        if let Some((margin, tag_indent)) = self.saved.pop() {
            self.margin = margin;
            self.tag_indent = tag_indent;
        }
        self.indent = columns(self.inner_margins.pop().unwrap_or_default());
    }

    /// `.IP`: a paragraph with a tag, indented by that many columns, or as the last one was.
    pub fn item(&mut self, tag: &str, tag_columns: Option<i64>) {
        self.space();
        if let Some(tag_columns) = tag_columns {
            self.tag_indent = tag_columns * COLUMN;
        }
        self.text(tag);
        self.tag();
    }

    /// `.TP`: begins a paragraph whose tag is the text up to [`Self::end_tag`].
    pub fn begin_tag(&mut self) {
        self.space();
    }

    /// Ends the tag that [`Self::begin_tag`] began.
    pub fn end_tag(&mut self) {
        self.tag();
    }

    /// Sets the text read so far as a tag: beside the text that follows if it is short enough, else above it.
    fn tag(&mut self) {
        self.line_begun = false;
        let mut lines = std::mem::take(&mut self.lines);
        self.breaker.break_paragraph(&mut self.paragraph, columns(LINE_LENGTH * COLUMN - self.margin), &mut lines);
        let widest = lines_of(&lines).map(<[u8]>::len).max().unwrap_or_default();
        let widest = i64::try_from(widest).unwrap_or(i64::MAX / COLUMN);
        for line in lines_of(&lines) {
            self.put_row(columns(self.margin), line);
        }
        if !lines.is_empty() && (widest + 1) * COLUMN <= self.tag_indent {
            self.rows.go_back();
            self.beside_tag = true;
        }
        lines.clear();
        self.lines = lines;
        self.indent = columns(self.margin + self.tag_indent);
    }

    /// `.nf`: lines are printed as they are from here on.
    pub fn begin_literal(&mut self) {
        self.break_line();
        self.fill = false;
    }

    /// `.fi`: lines are filled again.
    pub fn end_literal(&mut self) {
        self.break_line();
        self.fill = true;
    }

    /// Text, of which only ASCII is printed.
    pub fn text(&mut self, text: &str) {
        let mut rest = text.as_bytes();
        while let Some((&byte, tail)) = rest.split_first() {
            let word = rest.iter().take_while(|byte| byte.is_ascii_graphic()).count();
            if let Some((word, tail)) = rest.split_at_checked(word).filter(|(word, _)| !word.is_empty()) {
                self.line_begun = true;
                if self.fill {
                    self.paragraph.word(word);
                } else {
                    self.literal_line.extend_from_slice(word);
                }
                rest = tail;
                continue;
            }
            rest = tail;
            if byte == b'\n' {
                self.line_end();
                continue;
            }
            // A space at the start of a line that begins a paragraph stays where it is.
            let leading = byte == b' ' && self.paragraph.is_empty();
            self.line_begun = true;
            match byte {
                b' ' if self.fill && leading => self.paragraph.fixed_space(),
                b' ' if self.fill => self.paragraph.byte(byte),
                // groff reads UTF-8 as Latin-1: this byte is a no-break space there, the others have no glyph.
                0xa0 if self.fill => self.paragraph.no_break_space(),
                b' ' | 0xa0 => self.literal_line.push(b' '),
                _ => {}
            }
        }
    }

    /// `\%`: the word that follows is not hyphenated.
    pub fn keep_whole(&mut self) {
        self.line_begun = true;
        if self.fill {
            self.paragraph.hyphenation_mark();
        }
    }

    /// The end of an input line; an empty one is a blank line of the page.
    pub fn line_end(&mut self) {
        if !std::mem::take(&mut self.line_begun) {
            self.space();
        } else if self.fill {
            self.paragraph.line_end();
        } else {
            let line = std::mem::take(&mut self.literal_line);
            self.put_row(self.indent, &line);
        }
    }

    /// Prints what has been read so far.
    fn break_line(&mut self) {
        if !self.literal_line.is_empty() {
            self.line_end();
        }
        self.line_begun = false;
        if std::mem::take(&mut self.beside_tag) && self.paragraph.is_empty() {
            self.rows.skip(1);
        }
        if self.paragraph.is_empty() {
            return;
        }
        let mut lines = std::mem::take(&mut self.lines);
        self.breaker.break_paragraph(&mut self.paragraph, LINE_LENGTH - self.indent, &mut lines);
        for line in lines_of(&lines) {
            self.put_row(self.indent, line);
        }
        lines.clear();
        self.lines = lines;
    }

    fn put_row(&mut self, indent: i64, text: &[u8]) {
        self.rows.put(indent, text);
        self.no_space = false;
    }
}

/// The lines of a paragraph, each of which ends with a line feed.
fn lines_of(lines: &[u8]) -> impl Iterator<Item = &[u8]> {
    lines.split_inclusive(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\n").unwrap_or(line))
}

fn right_aligned(text: &[u8]) -> i64 {
    LINE_LENGTH - i64::try_from(text.len()).unwrap_or(LINE_LENGTH)
}

/// Whole columns, rounded as groff rounds: a half goes down.
fn columns(units: i64) -> i64 {
    (units + COLUMN / 2 - 1) / COLUMN
}

fn ascii(text: &str) -> Vec<u8> {
    text.bytes().filter(|byte| matches!(byte, b' '..=b'~')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The page is what groff 1.22.4 prints for the same requests.
    #[test]
    fn lists_and_literal_blocks_stand_where_groff_puts_them() {
        let mut page = ManualPage::new("do-it", LineBreaker::default());
        page.section("OPTIONS");
        page.space();
        page.text("--one (list)");
        page.line_end();
        page.indent(0);
        page.indent(35);
        page.text("Values:");
        page.line_end();
        page.indent(0);
        page.item("\u{6f}", Some(2));
        page.text("first");
        page.line_end();
        page.indent(20);
        page.item("10.", Some(3));
        page.text("nested");
        page.line_end();
        page.unindent();
        page.unindent();
        page.unindent();
        page.unindent();
        page.space();
        page.begin_literal();
        page.text("  {\n}\n");
        page.end_literal();
        assert_eq!(
            page.finish().0,
            "DO-IT()                                                                DO-IT()\n\
             \n\n\n\
             NAME\n       do-it -\n\n\
             OPTIONS\n       --one (list)\n          Values:\n\n          o first\n\n            10.\n               nested\n\n         \
             {\n       }\n\n\n\n                                                                       DO-IT()\n"
        );
    }

    #[test]
    fn a_long_title_is_printed_over_itself() {
        let page = ManualPage::new("start-engagement-by-accepting-invitation-task", LineBreaker::default()).finish().0;
        assert!(page.starts_with("START-ENGAGEMENT-BY-ACCEPTING-ISTART-ENGAGEMENT-BY-ACCEPTING-INVITATION-TASK()\n"));
    }

    #[test]
    fn only_ascii_is_printed() {
        let mut page = ManualPage::new("x", LineBreaker::default());
        page.space();
        page.text("a partner\u{2019}s caf\u{e9} \u{2013} \u{e0}b");
        page.line_end();
        assert!(page.finish().0.contains("\n       a partners caf   b\n"));
    }
}
