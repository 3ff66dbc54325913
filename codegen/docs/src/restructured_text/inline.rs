//! Markup within a paragraph.

use super::addresses;
use super::document::{Inline, Message, Target, Unresolved};
use super::punctuation::{are_quotes, marked_word, may_begin_after, may_end_before};

/// Longer names are not references. This bounds the time that hostile text takes.
const LONGEST_NAME: usize = 1024;

/// Paragraphs longer than this are read as plain text. docutils refuses such lines altogether (its `line-length-limit`, as the
/// AWS CLI sets it).
const LONGEST_PARAGRAPH: usize = 50_000;

/// Reads the text of a paragraph that begins on `line`. Problems are appended to `messages`.
pub(super) fn parse(text: &str, line: usize, messages: &mut Vec<Message>) -> Vec<Inline> {
    let escaped = escape(text);
    if escaped.len() > LONGEST_PARAGRAPH {
        return vec![Inline::Text(unescape(&escaped))];
    }
    let mut parser = Parser { line, messages, out: Vec::new(), endless: Vec::new() };
    parser.run(&escaped);
    parser.out
}

struct Parser<'m> {
    line: usize,
    messages: &'m mut Vec<Message>,
    out: Vec<Inline>,
    /// Marks that have no end in the rest of the text and need not be searched for again.
    endless: Vec<&'static str>,
}

/// A place where markup begins.
struct Start {
    at: usize,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Strong,
    Emphasis,
    Literal,
    Target,
    Substitution,
    /// A name and one or two underscores, that many bytes long in all.
    Reference {
        name: usize,
        whole: usize,
    },
    Interpreted,
}

/// Result of parsing inline markup: the text up to `before` is plain, the parts follow, and parsing continues at `after`.
struct Outcome {
    before: usize,
    after: usize,
    parts: Vec<Inline>,
}

impl Parser<'_> {
    fn run(&mut self, text: &str) {
        let mut rest = text;
        // Plain text that the last steps left over, in front of `rest`.
        let mut plain_start = 0;
        let mut position = 0;
        while let Some(start) = next_start(rest) {
            let outcome = self.read(rest, &start);
            if !outcome.parts.is_empty() {
                let plain = text.get(plain_start..position + outcome.before);
                self.plain(plain.unwrap_or_default());
                self.out.extend(outcome.parts);
                plain_start = position + outcome.after;
            }
            position += outcome.after;
            rest = rest.get(outcome.after..).unwrap_or_default();
        }
        self.plain(text.get(plain_start..).unwrap_or_default());
    }

    fn read(&mut self, rest: &str, start: &Start) -> Outcome {
        let at = start.at;
        match start.kind {
            Kind::Strong => self.object(rest, at, "**", "strong"),
            Kind::Emphasis => self.object(rest, at, "*", "emphasis"),
            Kind::Literal => self.object(rest, at, "``", "literal"),
            Kind::Target => self.object(rest, at, "_`", "target"),
            Kind::Substitution => self.object(rest, at, "|", "substitution_reference"),
            Kind::Interpreted => self.interpreted(rest, at),
            Kind::Reference { name, whole } => {
                let text = rest.get(at..at + name).unwrap_or_default();
                let source = rest.get(at..at + whole).unwrap_or_default();
                Outcome { before: at, after: at + whole, parts: vec![self.unresolved(source, text)] }
            }
        }
    }

    /// Markup that ends with the mark that it began with.
    fn object(&mut self, rest: &str, at: usize, mark: &str, name: &'static str) -> Outcome {
        let inner_start = at + mark.len();
        if is_quoted(rest, at, inner_start) {
            return Outcome { before: inner_start, after: inner_start, parts: Vec::new() };
        }
        let inner = rest.get(inner_start..).unwrap_or_default();
        let end_mark = if mark == "_`" { "`" } else { mark };
        let found = if self.endless.contains(&name) { End::Nowhere } else { find_end(inner, end_mark, name) };
        if matches!(found, End::Nowhere) && !self.endless.contains(&name) {
            self.endless.push(name);
        }
        let End::At(end, length) = found else {
            self.messages.push(Message::warning(self.line, format!("Inline {name} start-string without end-string.")));
            return Outcome { before: at, after: inner_start, parts: vec![Inline::Problematic(mark.to_owned())] };
        };
        let text = inner.get(..end).unwrap_or_default();
        let part = match name {
            "literal" => Inline::Marked(restore(text)),
            "target" => Inline::Text(String::new()),
            "substitution_reference" => {
                let source = rest.get(at..inner_start + end + length).unwrap_or_default();
                self.unresolved(source, text)
            }
            _ => Inline::Marked(unescape(text)),
        };
        Outcome { before: at, after: inner_start + end + length, parts: vec![part] }
    }

    /// Text between single back quotes: a title, or a link.
    fn interpreted(&mut self, rest: &str, at: usize) -> Outcome {
        let inner_start = at + 1;
        if is_quoted(rest, at, inner_start) {
            return Outcome { before: inner_start, after: inner_start, parts: Vec::new() };
        }
        let inner = rest.get(inner_start..).unwrap_or_default();
        let found = if self.endless.contains(&"`") { End::Nowhere } else { find_interpreted_end(inner) };
        if matches!(found, End::Nowhere) && !self.endless.contains(&"`") {
            self.endless.push("`");
        }
        let End::At(end, underscores) = found else {
            self.messages.push(Message::warning(
                self.line,
                "Inline interpreted text or phrase reference start-string without end-string.",
            ));
            return Outcome { before: at, after: inner_start, parts: vec![Inline::Problematic("`".to_owned())] };
        };
        let text = inner.get(..end).unwrap_or_default();
        let after = inner_start + end + 1 + underscores;
        let part = if underscores == 0 {
            Inline::Marked(unescape(text))
        } else if let Some(link) = embedded_link(text) {
            let label = text.get(..link.start).unwrap_or_default();
            let label = if label.is_empty() { link.address } else { label };
            Inline::Reference(unescape(label))
        } else {
            let source = rest.get(at..after).unwrap_or_default();
            self.unresolved(source, text)
        };
        Outcome { before: at, after, parts: vec![part] }
    }

    /// Text without markup, in which addresses are links.
    fn plain(&mut self, mut text: &str) {
        while let Some((start, end)) = addresses::find(text) {
            self.push_text(text.get(..start).unwrap_or_default());
            let address = unescape(text.get(start..end).unwrap_or_default());
            self.out.push(Inline::Reference(address));
            text = text.get(end..).unwrap_or_default();
        }
        self.push_text(text);
    }

    fn unresolved(&self, source: &str, text: &str) -> Inline {
        let target = if source.starts_with('|') {
            Target::Substitution
        } else if source.ends_with("__") {
            Target::Anonymous
        } else {
            Target::Name
        };
        Inline::Unresolved(Unresolved { target, source: restore(source), text: unescape(text), line: self.line })
    }

    fn push_text(&mut self, text: &str) {
        if !text.is_empty() {
            self.out.push(Inline::Text(unescape(text)));
        }
    }
}

/// The start of the next markup.
fn next_start(rest: &str) -> Option<Start> {
    let mut previous: Option<char> = None;
    // The end of the word here, and of what it holds up to its last underscore: no reference begins behind that.
    let (mut word_end, mut marked_end) = (0, 0);
    for (at, c) in rest.char_indices() {
        let may_begin = previous.is_none_or(may_begin_after);
        previous = Some(c);
        if !may_begin {
            continue;
        }
        let kind = match c {
            '*' | '`' | '|' | '_' => punctuation_start(rest.get(at..).unwrap_or_default()),
            c if c.is_alphanumeric() => {
                let tail = rest.get(at..).unwrap_or_default();
                if at >= word_end {
                    let (word, marked) = marked_word(tail, &['_'], LONGEST_NAME);
                    (word_end, marked_end) = (at + word, at + marked);
                }
                if at < marked_end { reference_start(tail) } else { None }
            }
            _ => None,
        };
        if let Some(kind) = kind {
            return Some(Start { at, kind });
        }
    }
    None
}

fn punctuation_start(tail: &str) -> Option<Kind> {
    let (kind, length) = if tail.starts_with("**") {
        (Kind::Strong, 2)
    } else if tail.starts_with('*') {
        (Kind::Emphasis, 1)
    } else if tail.starts_with("``") {
        (Kind::Literal, 2)
    } else if tail.starts_with("_`") {
        (Kind::Target, 2)
    } else if tail.starts_with('|') && !tail.starts_with("||") {
        (Kind::Substitution, 1)
    } else if tail.starts_with('`') {
        (Kind::Interpreted, 1)
    } else {
        return None;
    };
    let next = tail.get(length..)?.chars().next();
    (!next.is_some_and(char::is_whitespace)).then_some(kind)
}

/// A name that one or two underscores end: the longest that works.
fn reference_start(tail: &str) -> Option<Kind> {
    let mut ends = Vec::new();
    let mut end = 0;
    while end < LONGEST_NAME {
        let part = tail.get(end..)?;
        let length = part.find(|c: char| !c.is_alphanumeric()).unwrap_or(part.len());
        if length == 0 {
            break;
        }
        end += length;
        ends.push(end);
        match tail.as_bytes().get(end) {
            Some(b'-' | b'.' | b'_' | b'+' | b':') => end += 1,
            _ => break,
        }
    }
    for name in ends.into_iter().rev() {
        for underscores in ["__", "_"] {
            let after = tail.get(name..)?.strip_prefix(underscores);
            if after.is_some_and(|after| after.chars().next().is_none_or(may_end_before)) {
                return Some(Kind::Reference { name, whole: name + underscores.len() });
            }
        }
    }
    None
}

/// Markup right inside quotes or brackets of its own is none: `"*"`, `(*)`.
fn is_quoted(rest: &str, at: usize, after: usize) -> bool {
    let Some(before) = rest.get(..at).and_then(|text| text.chars().next_back()) else {
        return false;
    };
    match rest.get(after..).and_then(|text| text.chars().next()) {
        Some(next) => are_quotes(before, next),
        None => true,
    }
}

/// The end of markup.
enum End {
    /// Offset and length of the end mark.
    At(usize, usize),
    /// At once: the markup is empty.
    Empty,
    /// Not in the rest of the text.
    Nowhere,
}

/// The end of markup that ends with `mark`.
fn find_end(inner: &str, mark: &str, name: &str) -> End {
    let literal = name == "literal";
    let mut from = 0;
    while let Some(found) = inner.get(from..).and_then(|rest| rest.find(mark)) {
        let at = from + found;
        let before = inner.get(..at).and_then(|text| text.chars().next_back());
        let allowed = before.is_none_or(|c| !c.is_whitespace() && (literal || c != '\0'));
        let mut length = mark.len();
        if name == "substitution_reference" {
            let rest = inner.bytes().skip(at + length).take(2);
            length += rest.take_while(|byte| *byte == b'_').count();
        }
        if allowed && ends_before(inner, at + length) {
            return if at > 0 { End::At(at, length) } else { End::Empty };
        }
        from = at + 1;
    }
    End::Nowhere
}

/// Whether markup may end at an offset.
fn ends_before(text: &str, at: usize) -> bool {
    text.get(at..).is_some_and(|rest| rest.chars().next().is_none_or(may_end_before))
}

/// The end of text between single back quotes, and the number of underscores after it.
fn find_interpreted_end(inner: &str) -> End {
    let mut from = 0;
    while let Some(found) = inner.get(from..).and_then(|rest| rest.find('`')) {
        let at = from + found;
        let mut before = inner.get(..at).unwrap_or_default().chars().rev();
        let allowed = match before.next() {
            Some(c) if c.is_whitespace() || c == '\0' => before.next() == Some('\0'),
            _ => true,
        };
        if allowed {
            let rest = inner.bytes().skip(at + 1).take(2);
            let most = rest.take_while(|byte| *byte == b'_').count();
            let underscores = (0..=most).rev().find(|count| ends_before(inner, at + 1 + count));
            if let Some(underscores) = underscores {
                return if at > 0 { End::At(at, underscores) } else { End::Empty };
            }
        }
        from = at + 1;
    }
    End::Nowhere
}

/// The address in angle brackets that ends a link's text.
struct EmbeddedLink<'t> {
    /// The end of the text before it.
    start: usize,
    address: &'t str,
}

fn embedded_link(text: &str) -> Option<EmbeddedLink<'_>> {
    let body = text.strip_suffix('>')?;
    let mut open = None;
    let mut previous = None;
    for (at, c) in body.char_indices() {
        if previous != Some('\0') {
            match c {
                '<' => open = Some(at),
                '>' => open = None,
                _ => {}
            }
        }
        previous = Some(c);
    }
    let open = open?;
    let address = body.get(open + 1..)?;
    let first = address.chars().next()?;
    let last = address.chars().next_back()?;
    let before = body.get(..open)?;
    let label = before.trim_end_matches([' ', '\n']);
    let separated = label.len() < before.len() || before.is_empty();
    if first.is_whitespace() || last.is_whitespace() || last == '\0' || !separated {
        return None;
    }
    Some(EmbeddedLink { start: label.len(), address })
}

/// A backslash and the character after it become NUL and that character, so that no markup is seen in them.
fn escape(text: &str) -> String {
    if !text.contains(['\\', '\0']) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                out.push('\0');
                out.extend(chars.next());
            }
            '\0' => {}
            c => out.push(c),
        }
    }
    out
}

/// The text that escapes stand for; an escaped space stands for nothing.
fn unescape(text: &str) -> String {
    if text.contains('\0') { text.replace("\0 ", "").replace("\0\n", "").replace('\0', "") } else { text.to_owned() }
}

/// The text as it was before escaping.
fn restore(text: &str) -> String {
    text.replace('\0', "\\")
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    /// Each address and reference begins the search for the next one, in a word that never ends.
    #[test]
    fn many_addresses_in_one_word_take_linear_time() {
        let least = |text: &str| {
            let time = || {
                let started = Instant::now();
                parse(text, 1, &mut Vec::new());
                started.elapsed()
            };
            (0..2).map(|_| time()).min().unwrap_or_default().max(Duration::from_millis(1))
        };
        for text in ["a_b:c@", "a@b-", "a_-", "x.y@z,"] {
            let times = LONGEST_PARAGRAPH / text.len();
            let (small, large) = (text.repeat(times / 16), text.repeat(times / 2));
            // Quadratic work would take 64 times as long.
            assert!(
                least(&large) < least(&small) * 24,
                "{text}: eight times the size takes more than 24 times as long"
            );
        }
    }

    fn parsed(text: &str) -> (String, Vec<String>) {
        let mut messages = Vec::new();
        let parts = parse(text, 1, &mut messages)
            .into_iter()
            .map(|part| match part {
                Inline::Text(text) => text,
                Inline::Marked(text) => format!("[{text}]"),
                Inline::Reference(text) => format!("<{text}>"),
                Inline::Unresolved(reference) => format!("<?{}?{}>", reference.source, reference.text),
                Inline::Problematic(text) => format!("!{text}!"),
            })
            .collect::<String>();
        (parts, messages.into_iter().map(|message| message.text).collect())
    }

    /// Expected values are docutils' reading of the same text.
    #[test]
    fn markup_is_read_as_docutils_reads_it() {
        for (text, expected) in [
            ("a ``b`` c", "a [b] c"),
            ("a **b c** d *e*", "a [b c] d [e]"),
            ("x*y*z", "x*y*z"),
            ("(*)", "(*)"),
            ("a * b", "a * b"),
            ("``\\d+``", "[\\d+]"),
            ("a\\d \\*b*", "ad *b*"),
            ("`t\\: u <https://x.test>`__ .", "<t: u> ."),
            ("`<https://x.test>`__", "<https://x.test>"),
            ("see https://x.test.", "see <https://x.test>."),
            ("a `b` c", "a [b] c"),
            ("my_bucket x", "my_bucket x"),
            ("a foo_bar_ b", "a <?foo_bar_?foo_bar> b"),
        ] {
            let (read, messages) = parsed(text);
            assert_eq!((read.as_str(), messages.len()), (expected, 0), "{text}");
        }
    }

    #[test]
    fn markup_without_an_end_is_reported() {
        let (read, messages) = parsed("a *b and ``c");
        assert_eq!(read, "a !*!b and !``!c");
        assert_eq!(
            messages,
            ["Inline emphasis start-string without end-string.", "Inline literal start-string without end-string."]
        );
    }
}
