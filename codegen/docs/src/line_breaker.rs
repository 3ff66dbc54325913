//! groff's line breaking: filling, hyphenating and justifying a paragraph for a terminal, one column a character.
//!
//! The rules are those of groff 1.22.4's `env.cpp` with the settings of its `man` macros: lines are broken as late as
//! possible, hyphenating the word that does not fit; the spaces of a broken line are widened to fill it, and the odd columns
//! go to its left end and its right end by turns, over the whole document.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::hyphenation;
use super::paragraph::Atom;
pub use super::paragraph::Paragraph;

/// Breaks paragraphs into lines, in one document after another.
///
/// Documents of one service have many paragraphs in common: their lines are remembered.
#[derive(Debug, Default)]
pub struct LineBreaker {
    /// Whether the odd columns of the next line go to its right end.
    odd_columns_right: bool,
    remembered: HashMap<Task, Broken, RandomState>,
    /// Bytes of what is remembered.
    size: usize,
}

/// A paragraph to break, and what its lines depend on.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Task {
    atoms: Vec<u8>,
    columns: i64,
    odd_columns_right: bool,
}

/// The lines of a paragraph, and where the odd columns of the next line go.
#[derive(Debug)]
struct Broken {
    lines: Vec<u8>,
    odd_columns_right: bool,
}

/// Paragraphs are remembered until they take this many bytes.
const MOST_REMEMBERED: usize = 8 << 20;

/// The part of a paragraph that has not been output yet.
#[derive(Default)]
struct Line {
    atoms: Vec<Atom>,
    /// The start of the next line; everything before has been output.
    start: usize,
    /// Columns from `start` on.
    width: i64,
}

/// A place to end a line.
struct Break {
    /// Index of the space or hyphen point.
    at: usize,
    /// Columns before it, hyphen included.
    width: i64,
    /// Spaces before it that can be widened.
    spaces: i64,
    hyphenated: bool,
}

impl LineBreaker {
    /// Begins another document. What is remembered stays.
    pub fn begin_document(&mut self) {
        self.odd_columns_right = false;
    }

    /// Breaks a paragraph into lines of at most `columns` columns where its words allow it; the last line is not justified.
    /// Each ends with a line feed. They have no trailing spaces but may be longer than `columns` where one word is.
    /// The paragraph is empty afterwards.
    pub fn break_paragraph(&mut self, paragraph: &mut Paragraph, columns: i64, lines: &mut Vec<u8>) {
        let task = Task { atoms: paragraph.take_atoms(), columns, odd_columns_right: self.odd_columns_right };
        if let Some(broken) = self.remembered.get(&task) {
            self.odd_columns_right = broken.odd_columns_right;
            lines.extend_from_slice(&broken.lines);
            paragraph.reuse(task.atoms);
            return;
        }
        let start = lines.len();
        self.break_atoms(&task.atoms, columns, lines);
        let broken = lines.get(start..).unwrap_or_default();
        let size = task.atoms.len() + broken.len();
        if self.size + size <= MOST_REMEMBERED {
            self.size += size;
            let broken = Broken { lines: broken.to_vec(), odd_columns_right: self.odd_columns_right };
            self.remembered.insert(task, broken);
        }
    }

    fn break_atoms(&mut self, atoms: &[u8], columns: i64, lines: &mut Vec<u8>) {
        let mut line = Line::default();
        for atom in atoms.iter().copied().map(Atom) {
            line.width += atom.width();
            line.atoms.push(atom);
            if atom.is_breakable_space() {
                self.output_full_lines(&mut line, columns, lines);
            }
        }
        // The end of the paragraph counts as the end of its last word.
        if !line.atoms.last().is_some_and(|atom| atom.is_space()) {
            line.atoms.push(Atom::space(0));
        }
        self.output_full_lines(&mut line, columns, lines);
        while line.atoms.last().is_some_and(|atom| atom.is_breakable_space()) {
            line.atoms.pop();
        }
        if !line.atoms.is_empty() {
            push_columns(lines, &line.atoms, &[]);
            lines.push(b'\n');
        }
    }

    fn output_full_lines(&mut self, line: &mut Line, columns: i64, lines: &mut Vec<u8>) {
        while let Some(last) = line.atoms.last()
            && line.width - last.width() > columns
        {
            hyphenate_last_word(&mut line.atoms, line.start);
            let Some(chosen) = choose_break(line, columns) else {
                break;
            };
            let missing = if chosen.spaces > 0 { columns - chosen.width } else { 0 };
            let gains = self.distribute(chosen.spaces, missing);
            let output = line.atoms.get(line.start..chosen.at).unwrap_or_default();
            push_columns(lines, output, &gains);
            lines.extend_from_slice(if chosen.hyphenated { b"-\n" } else { b"\n" });
            line.advance(chosen.at + 1);
        }
        // What has been output goes in one move, or a word of a megabyte would be moved for each of its lines.
        if line.start > 0 {
            line.atoms.drain(..line.start);
            line.start = 0;
        }
    }

    /// Columns added to each space of the line, from left to right.
    fn distribute(&mut self, spaces: i64, missing: i64) -> Vec<i64> {
        let mut gains = Vec::with_capacity(usize::try_from(spaces).unwrap_or_default());
        let mut left = missing;
        for remaining in (1..=spaces).rev() {
            let gain = left / remaining;
            gains.push(gain);
            left -= gain;
        }
        // Reckoned from one end, the odd columns come last; groff begins with the right end.
        if !self.odd_columns_right {
            gains.reverse();
        }
        self.odd_columns_right = !self.odd_columns_right;
        gains
    }
}

/// Appends the text of the atoms, each space widened by its gain.
fn push_columns(out: &mut Vec<u8>, atoms: &[Atom], gains: &[i64]) {
    let mut gains = gains.iter();
    for atom in atoms {
        match *atom {
            Atom(byte) if atom.is_glyph() => out.push(byte),
            Atom::HYPHEN => out.push(b'-'),
            atom if atom.is_space() => {
                let width = atom.width() + gains.next().copied().unwrap_or_default();
                out.extend(std::iter::repeat_n(b' ', usize::try_from(width).unwrap_or_default()));
            }
            _ => {}
        }
    }
}

/// Marks where the last word from `line_start` on may be hyphenated, unless a mark in it says not to.
fn hyphenate_last_word(atoms: &mut Vec<Atom>, line_start: usize) {
    let mut end = atoms.len();
    while end > line_start && !atoms.get(end - 1).is_some_and(|atom| atom.is_inside_word()) {
        end -= 1;
    }
    // Only a word that a space follows is complete.
    if !matches!(atoms.get(end), Some(atom) if atom.is_space()) {
        return;
    }
    let mut start = end;
    while start > line_start && atoms.get(start - 1).is_some_and(|atom| atom.is_inside_word()) {
        start -= 1;
    }
    let forbidden =
        start > line_start && matches!(atoms.get(start - 1), Some(&(Atom::HYPHEN_POINT | Atom::NO_HYPHENATION)));
    let word = atoms.get(start..end).unwrap_or_default();
    let glyphs = word.iter().filter(|atom| atom.is_glyph() || **atom == Atom::HYPHEN).count();
    // groff asks for one character more than the four it could need, since the last two may not be split off.
    if forbidden || glyphs < 5 {
        return;
    }
    let mut marked = Vec::with_capacity(word.len() + 8);
    let mut letters = Vec::new();
    let mut pending = Vec::new();
    for (index, atom) in word.iter().enumerate() {
        match *atom {
            Atom::HYPHEN => {
                let after_letter = !letters.is_empty();
                flush_letters(&mut letters, &mut pending, &mut marked);
                marked.push(*atom);
                if after_letter && matches!(word.get(index + 1), Some(Atom(byte)) if byte.is_ascii_alphabetic()) {
                    marked.push(Atom::BREAK_POINT);
                }
            }
            Atom(byte) if byte.is_ascii_alphabetic() => {
                letters.push(byte.to_ascii_lowercase());
                pending.push(*atom);
            }
            atom if atom.is_glyph() => {
                flush_letters(&mut letters, &mut pending, &mut marked);
                marked.push(atom);
            }
            // Not a character: the letters around it count as one run.
            atom => pending.push(atom),
        }
    }
    flush_letters(&mut letters, &mut pending, &mut marked);
    atoms.splice(start..end, marked);
}

/// Moves a run of letters over, with hyphen points between them.
fn flush_letters(letters: &mut Vec<u8>, pending: &mut Vec<Atom>, marked: &mut Vec<Atom>) {
    let points = hyphenation::break_points(letters);
    let mut points = points.into_iter().peekable();
    let mut seen = 0;
    for atom in pending.drain(..) {
        marked.push(atom);
        if atom.is_glyph() {
            seen += 1;
            if points.next_if_eq(&seen).is_some() {
                marked.push(Atom::HYPHEN_POINT);
            }
        }
    }
    letters.clear();
}

/// The last break that fits, else the first of all.
fn choose_break(line: &Line, columns: i64) -> Option<Break> {
    let mut width = 0;
    let mut spaces = 0;
    let mut chosen: Option<Break> = None;
    for (at, atom) in line.atoms.iter().enumerate().skip(line.start) {
        if width > columns && chosen.is_some() {
            break;
        }
        let hyphenated = *atom == Atom::HYPHEN_POINT;
        if hyphenated || *atom == Atom::BREAK_POINT || atom.is_breakable_space() {
            let candidate = Break { at, width: width + i64::from(hyphenated), spaces, hyphenated };
            if candidate.width <= columns || chosen.is_none() {
                chosen = Some(candidate);
            }
        }
        width += atom.width();
        spaces += i64::from(atom.is_space());
    }
    chosen
}

impl Line {
    /// Continues after a break: spaces there are dropped.
    fn advance(&mut self, to: usize) {
        let rest = self.atoms.iter().skip(to);
        let spaces = rest.take_while(|atom| atom.is_breakable_space()).count();
        let new_start = to + spaces;
        let passed = self.atoms.get(self.start..new_start).unwrap_or_default();
        self.width -= passed.iter().map(|atom| atom.width()).sum::<i64>();
        self.start = new_start;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(text: &str, columns: i64) -> Vec<String> {
        let mut paragraph = Paragraph::default();
        paragraph.text(text.as_bytes());
        let mut lines = Vec::new();
        LineBreaker::default().break_paragraph(&mut paragraph, columns, &mut lines);
        String::from_utf8(lines).expect("ASCII").lines().map(str::to_owned).collect()
    }

    /// Expected lines are groff 1.22.4's.
    #[test]
    fn odd_columns_alternate_and_words_are_hyphenated() {
        assert_eq!(
            broken(
                "A unique token provided by the client to help ensure the idempotency of the request. It helps prevent \
                 the same task from being performed multiple times.",
                68
            ),
            [
                "A unique token provided by the client to help ensure the idempotency",
                "of the request. It helps prevent the same task from being  performed",
                "multiple times.",
            ]
            .map(String::from)
            .to_vec()
        );
    }

    #[test]
    fn a_word_that_does_not_fit_is_hyphenated() {
        assert_eq!(
            broken("The opportunity is created in the confidential environments of partners", 24),
            ["The  opportunity is cre-", "ated in the confidential", "environments of partners"]
        );
    }

    #[test]
    fn a_megabyte_without_spaces_takes_linear_time() {
        assert!(broken(&"internationalisation".repeat(50_000), 70).len() > 10_000);
        assert_eq!(broken(&"0".repeat(1_000_000), 70).len(), 1);
    }

    #[test]
    fn a_word_that_never_fits_gets_its_own_line() {
        assert_eq!(
            broken("to ^[a-z0-9]{1,20}$ or_0123456789_0123456789 end", 10),
            ["to", "^[a-z0-9]{1,20}$", "or_0123456789_0123456789", "end"]
        );
    }

    #[test]
    fn a_mark_before_a_word_keeps_it_whole() {
        let mut paragraph = Paragraph::default();
        paragraph.text(b"see ");
        paragraph.hyphenation_mark();
        paragraph.text(b"documentation now");
        let mut lines = Vec::new();
        LineBreaker::default().break_paragraph(&mut paragraph, 12, &mut lines);
        assert_eq!(lines, b"see\ndocumentation\nnow\n");
    }

    #[test]
    fn remembered_paragraphs_have_the_same_lines() {
        let mut breaker = LineBreaker::default();
        let mut lines = || {
            let mut lines = Vec::new();
            for _ in 0..4 {
                let mut paragraph = Paragraph::default();
                paragraph.text(b"It helps prevent the same task from being performed multiple times.");
                breaker.break_paragraph(&mut paragraph, 31, &mut lines);
            }
            breaker.begin_document();
            lines
        };
        assert_eq!(lines(), lines());
    }

    #[test]
    fn spaces_may_be_wider_than_any_line() {
        assert_eq!(broken(&format!("a{}b", " ".repeat(1_000)), 70), ["a", "b"]);
    }

    #[test]
    fn nothing_gives_no_line() {
        assert!(broken("", 10).is_empty());
        assert!(broken("   ", 10).is_empty());
    }
}
