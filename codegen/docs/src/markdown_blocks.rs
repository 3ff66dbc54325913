//! Documentation tree → Markdown blocks, for pages and for doc comments.

use crate::{Documentation, Element, Node, Tag};

/// Resolves code in the documentation to the target of a link.
pub type Resolve<'r> = &'r dyn Fn(&str) -> Option<String>;

/// Renders the whole tree; blocks are separated by blank lines, without one at the end.
pub fn render(documentation: &Documentation, resolve: Resolve<'_>) -> String {
    let mut writer =
        Writer { resolve, out: String::new(), line: String::new(), indent: 0, pending: Break::None, marker: None };
    writer.nodes(&documentation.nodes);
    writer.end_block();
    writer.out
}

/// Renders the tree as one line of inline Markdown, blocks joined by spaces.
pub fn render_inline(documentation: &Documentation, resolve: Resolve<'_>) -> String {
    let mut line = String::new();
    inline(&documentation.nodes, resolve, &mut line);
    finish_line(&line, false)
}

/// Appends text with everything escaped that Markdown or HTML would read as markup; control characters are dropped.
pub fn escape_into(out: &mut String, text: &str) {
    let is_markup = |c| matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&');
    let mut rest = text;
    let is_special = |c: char| is_markup(c) || is_hidden(c) && !c.is_whitespace();
    while let Some((plain, tail)) = rest.find(is_special).and_then(|at| rest.split_at_checked(at)) {
        out.push_str(plain);
        let mut tail = tail.chars();
        match tail.next() {
            Some('&') => out.push_str("&amp;"),
            Some(c) if is_markup(c) => out.extend(['\\', c]),
            _ => {}
        }
        rest = tail.as_str();
    }
    out.push_str(rest);
}

/// Text as [`escape_into`] writes it.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_into(&mut out, text);
    out
}

/// Whether a character is a control character or reverses the direction of text. The compiler rejects the latter, since they
/// disguise source code.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Appends text as a code span that ends where it should, whatever the text holds; nothing for white space alone.
pub fn code_into(out: &mut String, text: &str) {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text: String = text.chars().filter(|c| !is_hidden(*c)).collect();
    if text.is_empty() {
        return;
    }
    let fence = "`".repeat(longest_run(&text, '`') + usize::from(text.contains('`')).max(1));
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    out.push_str(&fence);
    out.push_str(pad);
    out.push_str(&text);
    out.push_str(pad);
    out.push_str(&fence);
}

fn longest_run(text: &str, wanted: char) -> usize {
    let mut longest = 0;
    let mut run = 0;
    for c in text.chars() {
        run = if c == wanted { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

/// The separator before the next block.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Break {
    None,
    Line,
    Paragraph,
}

struct Writer<'r> {
    resolve: Resolve<'r>,
    out: String,
    /// Inline Markdown gathered for the current paragraph.
    line: String,
    indent: usize,
    pending: Break,
    /// The bullet or number that the next block starts with.
    marker: Option<String>,
}

impl Writer<'_> {
    fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Text(_) => inline(std::slice::from_ref(node), self.resolve, &mut self.line),
                Node::Element(element) => self.element(element),
            }
        }
    }

    fn element(&mut self, element: &Element) {
        match element.tag {
            Tag::Anchor | Tag::Bold | Tag::Strong | Tag::Italic | Tag::Emphasis | Tag::Code => {
                inline_element(element, self.resolve, &mut self.line);
            }
            Tag::Other => self.nodes(&element.children),
            Tag::FullName | Tag::Examples | Tag::Hidden => {}
            Tag::LineBreak => {
                if !self.line.trim().is_empty() {
                    self.end_block();
                    self.pending = Break::Paragraph;
                }
            }
            Tag::Paragraph | Tag::Block | Tag::Table | Tag::DefinitionList | Tag::Definition => {
                self.block(&element.children);
            }
            Tag::TableRow => self.block(&element.children),
            Tag::TableCell => {
                self.nodes(&element.children);
                self.line.push(' ');
            }
            Tag::Term | Tag::Heading(_) => self.heading(&element.children),
            Tag::Note => self.admonition("Note", &element.children),
            Tag::Important => self.admonition("Important", &element.children),
            Tag::Danger => self.admonition("Danger", &element.children),
            Tag::CodeBlock | Tag::Preformatted => self.code_block(&element.children),
            Tag::BulletList | Tag::NumberedList => self.list(element),
            Tag::ListItem => {
                self.end_block();
                self.item(element, "- ");
            }
        }
    }

    fn block(&mut self, children: &[Node]) {
        self.end_block();
        self.nodes(children);
        self.end_block();
    }

    /// Headings become bold paragraphs: the model's levels mean nothing in the page that holds them.
    fn heading(&mut self, children: &[Node]) {
        self.end_block();
        let mut text = String::new();
        inline(children, self.resolve, &mut text);
        let text = text.trim();
        if !text.is_empty() {
            self.line = if text.contains('*') { text.to_owned() } else { format!("**{text}**") };
        }
        self.end_block();
    }

    fn admonition(&mut self, label: &str, children: &[Node]) {
        self.end_block();
        self.line = format!("**{label}:** ");
        // The label joins the first paragraph of the note.
        let mut rest = children;
        while let [Node::Text(text), tail @ ..] = rest {
            if !text.trim().is_empty() {
                break;
            }
            rest = tail;
        }
        if let [Node::Element(first), tail @ ..] = rest
            && first.tag == Tag::Paragraph
        {
            self.nodes(&first.children);
            self.end_block();
            rest = tail;
        }
        self.nodes(rest);
        self.end_block();
    }

    fn code_block(&mut self, children: &[Node]) {
        self.end_block();
        let mut text = String::new();
        plain_text(children, &mut text);
        let text = text.trim_matches('\n').trim_end();
        if text.trim().is_empty() {
            return;
        }
        let fence = "`".repeat(longest_run(text, '`').max(2) + 1);
        self.begin_block();
        self.out.push_str(&fence);
        self.out.push_str("text");
        for line in text.lines() {
            self.new_line();
            self.out.extend(line.replace('\t', "    ").chars().filter(|c| !is_hidden(*c)));
        }
        self.new_line();
        self.out.push_str(&fence);
        self.pending = Break::Paragraph;
    }

    fn list(&mut self, element: &Element) {
        let nested = self.indent > 0;
        self.end_block();
        if nested {
            self.pending = self.pending.min(Break::Line);
        }
        let mut number = 0;
        for child in &element.children {
            match child {
                Node::Element(item) if item.tag == Tag::ListItem => {
                    self.end_block();
                    number += 1;
                    if element.tag == Tag::NumberedList {
                        self.item(item, &format!("{number}. "));
                    } else {
                        self.item(item, "- ");
                    }
                }
                other => self.nodes(std::slice::from_ref(other)),
            }
        }
        self.end_block();
        self.pending = if nested { Break::Line } else { Break::Paragraph };
    }

    fn item(&mut self, item: &Element, marker: &str) {
        self.marker = Some(marker.to_owned());
        self.indent += marker.len();
        self.nodes(&item.children);
        self.end_block();
        self.indent -= marker.len();
        if self.marker.take().is_none() {
            self.pending = Break::Line;
        }
    }

    fn end_block(&mut self) {
        let line = finish_line(&std::mem::take(&mut self.line), true);
        if line.is_empty() {
            return;
        }
        self.begin_block();
        self.out.push_str(&line);
        self.pending = Break::Paragraph;
    }

    fn begin_block(&mut self) {
        let marker = self.marker.take();
        if !self.out.is_empty() {
            // Without a blank line, a paragraph would continue the item above it.
            let is_next_item = marker.is_some() && self.pending != Break::Paragraph;
            self.out.push_str(if is_next_item { "\n" } else { "\n\n" });
        }
        let indent = self.indent - marker.as_ref().map_or(0, String::len);
        self.out.extend(std::iter::repeat_n(' ', indent));
        self.out.push_str(marker.as_deref().unwrap_or_default());
    }

    fn new_line(&mut self) {
        self.out.push('\n');
        self.out.extend(std::iter::repeat_n(' ', self.indent));
    }
}

/// Inline content; blocks within it are read through.
fn inline(nodes: &[Node], resolve: Resolve<'_>, out: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) => text_into(out, text),
            Node::Element(element) => inline_element(element, resolve, out),
        }
    }
}

fn inline_element(element: &Element, resolve: Resolve<'_>, out: &mut String) {
    match element.tag {
        Tag::FullName | Tag::Examples | Tag::Hidden => {}
        Tag::Code => {
            let mut text = String::new();
            plain_text(&element.children, &mut text);
            code_or_item(&text, resolve, out);
        }
        Tag::Anchor => anchor(element, resolve, out),
        Tag::Bold | Tag::Strong => wrapped("**", element, resolve, out),
        Tag::Italic | Tag::Emphasis => wrapped("*", element, resolve, out),
        Tag::LineBreak => out.push(' '),
        Tag::Other | Tag::CodeBlock | Tag::Preformatted => inline(&element.children, resolve, out),
        _ => {
            // A block inside a line: the space keeps the next text apart from its last word.
            inline(&element.children, resolve, out);
            out.push(' ');
        }
    }
}

fn anchor(element: &Element, resolve: Resolve<'_>, out: &mut String) {
    let mut text = String::new();
    inline(&element.children, resolve, &mut text);
    let address = element.link.as_deref().and_then(address);
    match address {
        Some(address) => {
            let trimmed = text.trim();
            let label = if trimmed.is_empty() {
                let mut label = String::new();
                escape_into(&mut label, &address);
                label
            } else {
                unlinked(element)
            };
            surround(out, &text, &format!("[{label}](<{address}>)"));
        }
        None if element.link.is_none() => {
            let mut plain = String::new();
            plain_text(&element.children, &mut plain);
            if resolve(plain.trim()).is_some() {
                code_or_item(&plain, resolve, out);
            } else {
                out.push_str(&text);
            }
        }
        None => out.push_str(&text),
    }
}

/// A link's text without links inside it.
fn unlinked(element: &Element) -> String {
    let mut text = String::new();
    without_links(&element.children, &mut text);
    finish_line(&text, false)
}

fn without_links(nodes: &[Node], out: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) => escape_into(out, text),
            Node::Element(element) => match element.tag {
                Tag::FullName | Tag::Examples | Tag::Hidden => {}
                Tag::Code => {
                    let mut text = String::new();
                    plain_text(&element.children, &mut text);
                    code_into(out, &text);
                }
                Tag::Bold | Tag::Strong => {
                    let mut inner = String::new();
                    without_links(&element.children, &mut inner);
                    emphasised("**", &inner, out);
                }
                _ => without_links(&element.children, out),
            },
        }
    }
}

fn wrapped(mark: &str, element: &Element, resolve: Resolve<'_>, out: &mut String) {
    let mut text = String::new();
    inline(&element.children, resolve, &mut text);
    emphasised(mark, &text, out);
}

/// Puts marks next to words: Markdown does not recognize them next to white space.
fn emphasised(mark: &str, text: &str, out: &mut String) {
    let trimmed = text.trim();
    if trimmed.is_empty() || trimmed.contains('*') || out.ends_with('*') {
        out.push_str(text);
    } else {
        surround(out, text, &format!("{mark}{trimmed}{mark}"));
    }
}

/// Puts the white space that surrounds `text` around `marked`.
fn surround(out: &mut String, text: &str, marked: &str) {
    if text.starts_with(char::is_whitespace) {
        out.push(' ');
    }
    out.push_str(marked);
    if text.ends_with(char::is_whitespace) {
        out.push(' ');
    }
}

fn code_or_item(text: &str, resolve: Resolve<'_>, out: &mut String) {
    let name = text.trim();
    let mut marked = String::new();
    code_into(&mut marked, name);
    if marked.is_empty() {
        out.push_str(text);
        return;
    }
    if let Some(path) = resolve(name) {
        marked = if path == name { format!("[{marked}]") } else { format!("[{marked}]({path})") };
    }
    surround(out, text, &marked);
}

fn plain_text(nodes: &[Node], out: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) => out.push_str(text),
            Node::Element(element) if element.tag == Tag::LineBreak => out.push('\n'),
            Node::Element(element) => plain_text(&element.children, out),
        }
    }
}

/// Returns the address in a form that a Markdown link may hold; `None` for schemes that documentation has no use for.
fn address(link: &str) -> Option<String> {
    let link = link.trim();
    let scheme_is_good = ["https://", "http://", "mailto:"]
        .iter()
        .any(|scheme| link.get(..scheme.len()).is_some_and(|s| s.eq_ignore_ascii_case(scheme)));
    if !scheme_is_good {
        return None;
    }
    let mut out = String::with_capacity(link.len());
    for c in link.chars() {
        match c {
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '\\' => out.push_str("%5C"),
            '(' => out.push_str("%28"),
            ')' => out.push_str("%29"),
            '[' => out.push_str("%5B"),
            ']' => out.push_str("%5D"),
            c if c.is_whitespace() => out.push_str("%20"),
            c if is_hidden(c) => {}
            c => out.push(c),
        }
    }
    Some(out)
}

/// Text with bare addresses marked as links, the rest escaped.
fn text_into(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some((before, tail)) = next_address(rest) {
        escape_into(out, before);
        let ends = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | ')' | ']' | '`');
        let word = tail.split(ends).next().unwrap_or_default();
        let word = word.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_']);
        match address(word) {
            Some(address) if address.len() > "https://".len() => {
                out.push('<');
                out.push_str(&address);
                out.push('>');
            }
            _ => escape_into(out, word),
        }
        rest = tail.strip_prefix(word).unwrap_or_default();
    }
    escape_into(out, rest);
}

/// The text before the next bare address, and the rest from there on.
fn next_address(text: &str) -> Option<(&str, &str)> {
    text.match_indices("://").find_map(|(at, _)| {
        let before = text.get(..at)?;
        let scheme = ["https", "http"].into_iter().find(|scheme| before.ends_with(scheme))?;
        text.split_at_checked(at - scheme.len())
    })
}

/// White space collapsed and, at the start of a block, the characters escaped that would make it another kind of block.
pub(crate) fn finish_line(line: &str, starts_block: bool) -> String {
    let mut out = String::with_capacity(line.len() + 1);
    for word in line.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    if starts_block {
        let digits = out.bytes().take_while(u8::is_ascii_digit).count();
        let at = match out.as_bytes().get(digits) {
            Some(b'.' | b')') if digits > 0 => Some(digits),
            Some(b'#' | b'+' | b'-' | b'=') if digits == 0 => Some(0),
            _ => None,
        };
        if let Some(at) = at {
            out.insert(at, '\\');
        }
    }
    out
}
