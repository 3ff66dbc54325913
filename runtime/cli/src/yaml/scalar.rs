//! Styles of strings.
//!
//! The rules are those of libyaml, whose emitter the AWS CLI uses: plain scalars are narrower than YAML requires, and
//! characters beyond the basic plane are escaped.

use super::read::resolve_plain;

/// Columns after which a text is wrapped at the next space.
const BEST_WIDTH: usize = 80;

/// The style of a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are YAML's")]
pub enum Style {
    Plain,
    SingleQuoted,
    DoubleQuoted,
}

fn is_break(character: char) -> bool {
    matches!(character, '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn is_blank_or_end(character: Option<char>) -> bool {
    character.is_none_or(|character| matches!(character, ' ' | '\t' | '\0') || is_break(character))
}

fn is_printable(character: char) -> bool {
    matches!(character, '\n' | ' '..='~' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}') && character != '\u{feff}'
}

/// How a text conflicts with YAML's syntax.
#[derive(Default)]
struct Analysis {
    multiline: bool,
    plain: bool,
    single_quoted: bool,
}

/// Returns each character with the one after it.
fn neighbours(characters: &[char]) -> impl Iterator<Item = (char, Option<char>)> {
    let after = characters.iter().skip(1).copied().map(Some).chain([None]);
    characters.iter().copied().zip(after)
}

fn analyse(text: &str) -> Analysis {
    let characters: Vec<char> = text.chars().collect();
    let mut indicators = text.starts_with("---") || text.starts_with("...");
    let (mut special, mut line_breaks, mut break_space, mut space_break) = (false, false, false, false);
    let (mut previous_space, mut previous_break) = (false, false);
    let mut after_blank = true;
    for (at, (character, next)) in neighbours(&characters).enumerate() {
        let before_blank = is_blank_or_end(next);
        indicators |= match character {
            ':' => before_blank,
            '#' => after_blank,
            '?' | '-' if at == 0 => before_blank,
            ',' | '[' | ']' | '{' | '}' | '&' | '*' | '!' | '|' | '>' | '\'' | '"' | '%' | '@' | '`' => at == 0,
            _ => false,
        };
        special |= !is_printable(character);
        line_breaks |= is_break(character);
        break_space |= character == ' ' && previous_break;
        space_break |= is_break(character) && previous_space;
        (previous_space, previous_break) = (character == ' ', is_break(character));
        after_blank = is_blank_or_end(Some(character));
    }
    let outer = |character: Option<&char>| character.is_some_and(|it| *it == ' ' || is_break(*it));
    let ragged = outer(characters.first()) || outer(characters.last());
    let unquotable = space_break || special;
    Analysis {
        multiline: line_breaks,
        plain: !(ragged || break_space || unquotable || line_breaks || indicators),
        single_quoted: !(break_space || unquotable),
    }
}

/// Returns the style that libyaml chooses for a string.
pub fn choose(text: &str, is_key: bool) -> Style {
    let analysis = analyse(text);
    if is_key && analysis.multiline {
        return Style::DoubleQuoted;
    }
    let plain = analysis.plain && !text.is_empty() && resolve_plain(text).is_none() && !matches!(text, "=" | "<<");
    match (plain, analysis.single_quoted) {
        (true, _) => Style::Plain,
        (false, true) => Style::SingleQuoted,
        (false, false) => Style::DoubleQuoted,
    }
}

/// Whether a string can be a key on one line.
pub fn is_simple_key(text: &str) -> bool {
    text.len() <= 128 && !analyse(text).multiline
}

/// The text of a document, with the current column.
#[derive(Default)]
pub struct Output {
    pub text: String,
    column: usize,
}

impl Output {
    pub fn put(&mut self, character: char) {
        self.text.push(character);
        self.column = if character == '\n' { 0 } else { self.column.saturating_add(1) };
    }

    pub fn put_all(&mut self, text: &str) {
        text.chars().for_each(|character| self.put(character));
    }

    pub fn line(&mut self, indent: usize) {
        if self.column > 0 || self.text.is_empty() && indent > 0 {
            self.put('\n');
        }
        for _ in 0..indent {
            self.put(' ');
        }
    }

    /// Writes a string; lines that it is broken into are indented so far. Keys are not broken.
    pub fn string(&mut self, text: &str, style: Style, indent: usize, breakable: bool) {
        let characters: Vec<char> = text.chars().collect();
        match style {
            Style::Plain => self.plain(&characters, indent, breakable),
            Style::SingleQuoted => self.single_quoted(&characters, indent, breakable),
            Style::DoubleQuoted => self.double_quoted(&characters, indent, breakable),
        }
    }

    fn plain(&mut self, characters: &[char], indent: usize, breakable: bool) {
        let mut after_space = false;
        for (character, next) in neighbours(characters) {
            let single = !after_space && next != Some(' ');
            if character == ' ' && breakable && single && self.column > BEST_WIDTH {
                self.line(indent);
            } else {
                self.put(character);
            }
            after_space = character == ' ';
        }
    }

    fn single_quoted(&mut self, characters: &[char], indent: usize, breakable: bool) {
        self.put('\'');
        let (mut after_space, mut after_break) = (false, false);
        for (at, (character, next)) in neighbours(characters).enumerate() {
            let inner = at > 0 && next.is_some();
            let single = !after_space && next != Some(' ');
            if character == ' ' {
                if breakable && inner && single && self.column > BEST_WIDTH {
                    self.line(indent);
                } else {
                    self.put(character);
                }
            } else if is_break(character) {
                if !after_break && character == '\n' {
                    self.put('\n');
                }
                self.text.push(character);
                self.column = 0;
            } else {
                if after_break {
                    self.line(indent);
                }
                self.put(character);
                if character == '\'' {
                    self.put('\'');
                }
            }
            (after_space, after_break) = (character == ' ', is_break(character));
        }
        if after_break {
            self.line(indent);
        }
        self.put('\'');
    }

    fn double_quoted(&mut self, characters: &[char], indent: usize, breakable: bool) {
        self.put('"');
        let mut after_space = false;
        for (at, (character, next)) in neighbours(characters).enumerate() {
            let inner = at > 0 && next.is_some();
            if !is_printable(character) || is_break(character) || matches!(character, '"' | '\\') {
                self.put_all(&escape(character));
            } else if character == ' ' && breakable && inner && !after_space && self.column > BEST_WIDTH {
                self.line(indent);
                if next == Some(' ') {
                    self.put('\\');
                }
            } else {
                self.put(character);
            }
            after_space = character == ' ';
        }
        self.put('"');
    }
}

fn escape(character: char) -> String {
    let short = match character {
        '\0' => '0',
        '\u{7}' => 'a',
        '\u{8}' => 'b',
        '\t' => 't',
        '\n' => 'n',
        '\u{b}' => 'v',
        '\u{c}' => 'f',
        '\r' => 'r',
        '\u{1b}' => 'e',
        '"' => '"',
        '\\' => '\\',
        '\u{85}' => 'N',
        '\u{2028}' => 'L',
        '\u{2029}' => 'P',
        _ => {
            let code = u32::from(character);
            return match code {
                0..=0xFF => format!("\\x{code:02X}"),
                0x100..=0xFFFF => format!("\\u{code:04X}"),
                _ => format!("\\U{code:08X}"),
            };
        }
    };
    format!("\\{short}")
}
