//! Lines → blocks.

use super::attribution::split_attribution;
use super::document::{Admonition, Block, Blocks, Message};
use super::enumerators::{self, Enumerator};
use super::line::Line;
use super::memory::Memory;

/// Blocks nested deeper than this are read as one paragraph each.
const MAX_DEPTH: usize = 200;

/// Reads the lines of a block. Sections are recognised at the top only.
pub(super) fn parse(lines: &[Line<'_>], depth: usize, memory: &mut Memory) -> Vec<Block> {
    let mut parser = Parser { lines, at: 0, depth, memory, blocks: Vec::new() };
    while parser.at < lines.len() {
        parser.block();
    }
    parser.blocks
}

/// A run of lines taken together.
struct Taken<'p> {
    lines: Vec<Line<'p>>,
    /// Index of the line after it.
    end: usize,
    /// Whether a blank line ends it, or the enclosing block does.
    blank_finish: bool,
}

struct Parser<'l, 'p, 'm> {
    lines: &'l [Line<'p>],
    at: usize,
    depth: usize,
    memory: &'m mut Memory,
    blocks: Vec<Block>,
}

impl<'p> Parser<'_, 'p, '_> {
    fn line(&self, at: usize) -> Line<'p> {
        self.lines
            .get(at)
            .copied()
            .unwrap_or(Line { text: "", number: self.lines.last().map_or(0, |line| line.number + 1) })
    }

    fn block(&mut self) {
        let text = self.line(self.at).text;
        if text.is_empty() {
            self.at += 1;
        } else if text.starts_with(' ') {
            self.quote();
        } else if bullet(text).is_some() {
            self.bullet_list();
        } else if let Some(number) = enumerators::parse(text, None).filter(|n| self.begins_item(n)) {
            self.numbered_list(number);
        } else if text == ".." || text.starts_with(".. ") {
            self.explicit();
        } else if text == ">>>" || text.starts_with(">>> ") {
            self.doctest();
        } else if let Some(heading) = self.heading() {
            self.blocks.push(Block::Section(heading));
            self.at += 3;
        } else {
            self.text();
        }
    }

    /// A heading with a line of punctuation above and below it.
    fn heading(&self) -> Option<String> {
        let border = self.line(self.at).text;
        if self.depth > 0 || !is_border(border) || border.len() < 4 {
            return None;
        }
        let title = self.line(self.at + 1).text;
        (!title.is_empty() && self.line(self.at + 2).text == border).then(|| title.trim().to_owned())
    }

    /// Lines from `start` on until one that is not indented enough. `block_indent` is how far lines must be indented, `None`
    /// for however far they are; `first_indent` is what to remove from the first line instead.
    fn take(&self, start: usize, block_indent: Option<usize>, first_indent: Option<usize>) -> Taken<'p> {
        let first_indent = first_indent.or(block_indent);
        let mut end = start + usize::from(first_indent.is_some());
        let mut indent = block_indent;
        let mut blank_finish = true;
        while let Some(line) = self.lines.get(end) {
            let text = line.text;
            if !text.is_empty() {
                let spaces = text.len() - text.trim_start_matches(' ').len();
                if spaces == 0 || block_indent.is_some_and(|indent| spaces < indent) {
                    blank_finish = end > start && self.line(end - 1).text.is_empty();
                    break;
                }
                if block_indent.is_none() {
                    indent = Some(indent.map_or(spaces, |indent| indent.min(spaces)));
                }
            }
            end += 1;
        }
        let indent = indent.unwrap_or_default();
        let lines = self
            .lines
            .get(start..end)
            .unwrap_or_default()
            .iter()
            .enumerate()
            .map(|(index, line)| Line {
                text: match first_indent {
                    Some(first) if index == 0 => line.text.get(first..).unwrap_or_default(),
                    _ => line.text.get(indent..).unwrap_or_default(),
                },
                number: line.number,
            })
            .skip_while(|line| line.text.is_empty())
            .collect();
        Taken { lines, end, blank_finish }
    }

    fn nested(&mut self, lines: &[Line<'p>]) -> Blocks {
        let text = joined(lines);
        if self.depth >= MAX_DEPTH {
            let mut messages = Vec::new();
            let number = lines.first().map_or(0, |line| line.number);
            return vec![Block::Paragraph(self.memory.inlines(&text, number, &mut messages))].into();
        }
        // Deep down, blocks depend on how deep they are.
        let is_shallow = self.depth < MAX_DEPTH / 2;
        if is_shallow && let Some(blocks) = self.memory.blocks(&text) {
            return blocks;
        }
        let blocks = Blocks::from(parse(lines, self.depth + 1, self.memory));
        if is_shallow {
            self.memory.remember(text, &blocks);
        }
        blocks
    }

    fn quote(&mut self) {
        let taken = self.take(self.at, None, None);
        let mut rest = taken.lines.as_slice();
        while !rest.is_empty() {
            let (quote, attribution, after) = split_attribution(rest);
            let mut blocks = self.nested(quote);
            if let Some((text, number)) = attribution {
                let mut messages = Vec::new();
                let mut all = blocks.to_vec();
                all.push(Block::Attribution(self.memory.inlines(&text, number, &mut messages)));
                all.extend(messages.into_iter().map(Block::Message));
                blocks = all.into();
            }
            self.blocks.push(Block::Quote(blocks));
            let blank = after.iter().take_while(|line| line.text.is_empty()).count();
            rest = after.get(blank..).unwrap_or_default();
        }
        self.finish(&taken, "Block quote");
    }

    fn bullet_list(&mut self) {
        let Some((mark, _)) = bullet(self.line(self.at).text) else {
            return;
        };
        let mut items = Vec::new();
        let mut last = None;
        while let Some((_, width)) = bullet(self.line(self.at).text).filter(|(m, _)| *m == mark) {
            let taken = self.item(width);
            items.push(self.nested(&taken.lines));
            self.at = taken.end;
            self.skip_blank();
            last = Some(taken);
        }
        self.blocks.push(Block::BulletList(items));
        if let Some(last) = last {
            self.complain_unless_finished(&last, "Bullet list");
        }
    }

    fn numbered_list(&mut self, first: Enumerator) {
        let mut items = Vec::new();
        let mut number = first;
        let last = loop {
            let taken = self.item(number.width);
            items.push(self.nested(&taken.lines));
            self.at = taken.end;
            self.skip_blank();
            let next = enumerators::parse(self.line(self.at).text, Some(first.sequence));
            let continues = next.filter(|next| {
                next.format == first.format
                    && (next.automatic
                        || (next.sequence == first.sequence
                            && !number.automatic
                            && next.ordinal == number.ordinal.map(|ordinal| ordinal + 1)))
                    && self.begins_item(next)
            });
            match continues {
                Some(next) => number = next,
                None => break taken,
            }
        };
        self.blocks.push(Block::NumberedList { sequence: first.sequence, start: first.ordinal.unwrap_or(1), items });
        self.complain_unless_finished(&last, "Enumerated list");
    }

    /// The lines of the list item that begins here, whose marker takes `width` bytes.
    fn item(&self, width: usize) -> Taken<'p> {
        let text = self.line(self.at).text;
        if text.get(width..).is_some_and(|rest| !rest.is_empty()) {
            self.take(self.at, Some(width), None)
        } else {
            self.take(self.at, None, Some(width))
        }
    }

    /// Whether a number begins a list item: the next line must be blank, indented, or the next item.
    fn begins_item(&self, number: &Enumerator) -> bool {
        if number.ordinal.is_none() {
            return false;
        }
        let next = self.line(self.at + 1).text;
        next.is_empty()
            || next.starts_with(' ')
            || enumerators::next_item(number)
                .is_some_and(|forms| forms.iter().any(|form| next.starts_with(form.as_str())))
    }

    /// Directives, link targets and comments.
    fn explicit(&mut self) {
        let text = self.line(self.at).text;
        let body = text.get(2..).unwrap_or_default().trim_start();
        let admonition = match body.split_once("::") {
            Some(("note", _)) => Some(Admonition::Note),
            Some(("warning", _)) => Some(Admonition::Warning),
            Some(("danger", _)) => Some(Admonition::Danger),
            _ => None,
        };
        let Some(admonition) = admonition else {
            let taken = self.take(self.at, None, Some(text.len()));
            self.blocks.push(Block::Invisible);
            self.finish(&taken, "Explicit markup");
            return;
        };
        let number = self.line(self.at).number;
        let marker = text.len() - body.len() + body.find("::").map_or(0, |at| at + 2);
        let spaces = text.get(marker..).map_or(0, |rest| rest.len() - rest.trim_start().len());
        let taken = self.take(self.at, None, Some(marker + spaces));
        if taken.lines.iter().all(|line| line.text.is_empty()) {
            let directive = body.split("::").next().unwrap_or_default();
            self.blocks.push(Block::Message(Message {
                source: Some(joined(self.lines.get(self.at..taken.end).unwrap_or_default())),
                ..Message::error(
                    number,
                    format!("Content block expected for the \"{directive}\" directive; none found."),
                )
            }));
        } else {
            let blocks = self.nested(&taken.lines);
            self.blocks.push(Block::Admonition(admonition, blocks));
        }
        self.finish(&taken, "Explicit markup");
    }

    fn doctest(&mut self) {
        let end = self.end_of_text(self.at);
        let lines = self.lines.get(self.at..end).unwrap_or_default();
        self.blocks.push(Block::Literal(joined(lines)));
        self.at = end;
    }

    /// A paragraph, or a term with its definition.
    fn text(&mut self) {
        let next = self.line(self.at + 1).text;
        if next.starts_with(' ') {
            self.definition_list();
            return;
        }
        let number = self.line(self.at).number;
        let mut end = self.at + 1;
        let mut indented = None;
        while let Some(line) = self.lines.get(end).filter(|line| !line.text.is_empty()) {
            if line.text.starts_with(' ') {
                indented = Some(line.number);
                break;
            }
            end += 1;
        }
        let text = joined(self.lines.get(self.at..end).unwrap_or_default());
        self.at = end;
        let literal_follows = self.paragraph(&text, number);
        if let Some(number) = indented {
            self.blocks.push(Block::Message(Message::error(number, "Unexpected indentation.")));
        }
        if literal_follows {
            self.literal_block();
        }
    }

    /// Appends a paragraph; whether a literal block follows it.
    fn paragraph(&mut self, text: &str, number: usize) -> bool {
        let text = text.trim_end();
        let (text, literal_follows) = match text.strip_suffix("::") {
            Some("") => return true,
            Some(rest) if is_escaped(rest) => (text.to_owned(), false),
            Some(rest) if rest.ends_with([' ', '\n']) => (rest.trim_end().to_owned(), true),
            Some(rest) => (format!("{rest}:"), true),
            None => (text.to_owned(), false),
        };
        let mut messages = Vec::new();
        let parts = self.memory.inlines(&text, number, &mut messages);
        self.blocks.push(Block::Paragraph(parts));
        self.blocks.extend(messages.into_iter().map(Block::Message));
        literal_follows
    }

    fn literal_block(&mut self) {
        self.skip_blank();
        let first = self.line(self.at);
        if first.text.starts_with(' ') {
            let mut taken = self.take(self.at, None, None);
            while taken.lines.last().is_some_and(|line| line.text.is_empty()) {
                taken.lines.pop();
            }
            self.blocks.push(Block::Literal(joined(&taken.lines)));
            self.finish(&taken, "Literal block");
            return;
        }
        let quote = first.text.chars().next().filter(char::is_ascii_punctuation);
        let end = self.end_of_text(self.at);
        let lines = self.lines.get(self.at..end).unwrap_or_default();
        match quote {
            Some(quote) if lines.iter().all(|line| line.text.starts_with(quote)) => {
                self.blocks.push(Block::Literal(joined(lines)));
                self.at = end;
            }
            Some(quote) => {
                let same = lines.iter().take_while(|line| line.text.starts_with(quote)).count();
                let number = self.line(self.at + same).number;
                self.blocks.push(Block::Literal(joined(lines.get(..same).unwrap_or_default())));
                self.blocks.push(Block::Message(Message::error(number, "Inconsistent literal block quoting.")));
                self.at += same;
            }
            None => {
                self.blocks.push(Block::Message(Message::warning(first.number, "Literal block expected; none found.")));
            }
        }
    }

    fn definition_list(&mut self) {
        let mut entries = Vec::new();
        let mut last = None;
        loop {
            let term = self.line(self.at);
            let taken = self.take(self.at + 1, None, None);
            let mut messages = Vec::new();
            let parts = self.memory.inlines(term.text, term.number, &mut messages);
            let mut blocks: Vec<Block> = messages.into_iter().map(Block::Message).collect();
            blocks.extend_from_slice(&self.nested(&taken.lines));
            entries.push((parts, blocks.into()));
            self.at = taken.end;
            self.skip_blank();
            let text = self.line(self.at).text;
            last = Some(taken).or(last);
            let is_term = !text.is_empty()
                && !text.starts_with(' ')
                && bullet(text).is_none()
                && !text.starts_with(".. ")
                && self.line(self.at + 1).text.starts_with(' ');
            if !is_term {
                break;
            }
        }
        self.blocks.push(Block::DefinitionList(entries));
        if let Some(last) = last {
            self.complain_unless_finished(&last, "Definition list");
        }
    }

    /// Index of the blank line that ends the text which begins here.
    fn end_of_text(&self, from: usize) -> usize {
        (from..self.lines.len()).find(|at| self.line(*at).text.is_empty()).unwrap_or(self.lines.len())
    }

    fn skip_blank(&mut self) {
        while self.lines.get(self.at).is_some_and(|line| line.text.is_empty()) {
            self.at += 1;
        }
    }

    /// Goes on after a block, with a complaint unless a blank line ends it.
    fn finish(&mut self, taken: &Taken<'_>, what: &str) {
        self.at = taken.end;
        self.complain_unless_finished(taken, what);
    }

    fn complain_unless_finished(&mut self, taken: &Taken<'_>, what: &str) {
        // Explicit markup may follow explicit markup at once.
        let goes_on = what == "Explicit markup" && self.line(taken.end).text.starts_with(".. ");
        if !taken.blank_finish && !goes_on {
            self.blocks.push(Block::Message(Message::warning(
                self.line(taken.end).number,
                format!("{what} ends without a blank line; unexpected unindent."),
            )));
        }
    }
}

/// The mark of a bulleted item, and how many bytes it takes with the spaces after it.
fn bullet(text: &str) -> Option<(char, usize)> {
    let mark = text.chars().next()?;
    if !matches!(mark, '-' | '+' | '*' | '\u{2022}' | '\u{2023}' | '\u{2043}') {
        return None;
    }
    let rest = text.get(mark.len_utf8()..)?;
    let spaces = rest.len() - rest.trim_start_matches(' ').len();
    (spaces > 0 || rest.is_empty()).then_some((mark, mark.len_utf8() + spaces))
}

/// Whether a line is one punctuation character, repeated.
fn is_border(text: &str) -> bool {
    let first = text.bytes().next();
    first.is_some_and(|first| first.is_ascii_punctuation() && text.bytes().all(|byte| byte == first))
}

/// Whether an odd number of backslashes ends the text.
fn is_escaped(text: &str) -> bool {
    let backslashes = text.bytes().rev().take_while(|byte| *byte == b'\\').count();
    backslashes % 2 == 1
}

fn joined(lines: &[Line<'_>]) -> String {
    let mut out = String::with_capacity(lines.iter().map(|line| line.text.len() + 1).sum());
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        out.push_str(line.text);
    }
    out
}
