//! Documentation trees → the reStructuredText that the AWS CLI's help makes of them.
//!
//! The AWS CLI turns each element into markup without looking at its neighbours, and its quirks decide where lines break and
//! which words stand alone; so they are kept: white space at the start of a text is lost, inline markup is followed by a
//! space, paragraphs inside list items are not separated.

use crate::{Documentation, Element, Node, Tag};

const INDENT_WIDTH: usize = 2;

/// Writes the markup of one page.
#[derive(Debug, Default)]
pub struct HelpMarkup {
    out: String,
    /// The start of each written piece: markup takes back the last piece to trim it.
    pieces: Vec<usize>,
    indent: usize,
    /// Inside a list item, paragraphs are not separated.
    in_item: bool,
    list_depth: usize,
    /// Bytes after which nested shapes are left out.
    limit: usize,
    /// Inside an element whose content does not count.
    hidden: bool,
    /// The current list item has had no text yet: white space before it is dropped.
    at_item_start: bool,
    link: Option<Box<str>>,
    /// Links without text that become references of the document, in order.
    references: Vec<Box<str>>,
    /// A documentation text closed more tags than it opened: the AWS CLI ignores all documentation after it.
    broken: bool,
    has_definition_lists: bool,
}

impl HelpMarkup {
    /// Creates an empty page that describes nested shapes until it has `limit` bytes.
    pub fn with_limit(limit: usize) -> Self {
        Self { limit, ..Self::default() }
    }

    /// The markup written so far.
    pub fn finish(mut self) -> String {
        if !self.references.is_empty() {
            self.new_paragraph();
            for link in std::mem::take(&mut self.references) {
                self.line(&format!(".. _{link}: {link}"));
            }
        }
        self.out
    }

    /// Whether the page has reached the size from which nested shapes are left out.
    pub fn is_too_long(&self) -> bool {
        self.out.len() >= self.limit
    }

    /// Whether a text had definition lists, which the markup ignores.
    pub fn has_definition_lists(&self) -> bool {
        self.has_definition_lists
    }

    /// Appends text as it is.
    pub fn write(&mut self, text: &str) {
        if !self.hidden {
            self.pieces.push(self.out.len());
            self.out.push_str(text);
        }
    }

    /// Appends an indented line.
    pub fn line(&mut self, text: &str) {
        if !self.hidden {
            self.pieces.push(self.out.len());
            self.push_indent();
            self.out.push_str(text);
            self.out.push('\n');
        }
    }

    /// Moves what follows right by one level.
    pub fn indent(&mut self) {
        self.indent += 1;
    }

    /// Moves what follows left by one level.
    pub fn dedent(&mut self) {
        self.indent = self.indent.saturating_sub(1);
    }

    /// Starts a new paragraph.
    pub fn new_paragraph(&mut self) {
        self.break_lines("\n\n");
    }

    /// Starts a new line.
    pub fn new_line(&mut self) {
        self.break_lines("\n");
    }

    /// The page's title.
    pub fn title(&mut self, text: &str) {
        self.heading(text, "*");
    }

    /// The heading of a section.
    pub fn section(&mut self, text: &str) {
        self.heading(text, "=");
    }

    /// Starts a literal block.
    pub fn start_literal(&mut self) {
        self.write("::");
        self.indent();
        self.new_paragraph();
    }

    /// Ends a literal block.
    pub fn end_literal(&mut self) {
        self.dedent();
        self.new_paragraph();
    }

    /// Starts a list.
    pub fn start_list(&mut self) {
        if self.list_depth != 0 {
            self.indent();
        }
        self.list_depth += 1;
        self.new_paragraph();
    }

    /// Ends a list.
    pub fn end_list(&mut self) {
        self.list_depth = self.list_depth.saturating_sub(1);
        if self.list_depth != 0 {
            self.dedent();
        }
        self.new_paragraph();
    }

    /// One item of a list.
    pub fn item(&mut self, text: &str) {
        self.start_item();
        self.line(text);
        self.end_item();
    }

    /// Starts an admonition: `note`, `warning` or `danger`.
    pub fn start_admonition(&mut self, directive: &str) {
        self.new_paragraph();
        self.write(&format!(".. {directive}::"));
        self.indent();
        self.new_paragraph();
    }

    /// Ends an admonition.
    pub fn end_admonition(&mut self) {
        self.dedent();
        self.new_paragraph();
    }

    /// A documentation text.
    pub fn documentation(&mut self, documentation: &Documentation) {
        if documentation.over_closed {
            self.broken = true;
        }
        if !self.broken {
            self.nodes(&documentation.nodes);
        }
    }

    /// Appends what is already markup, for fixed texts: white space is collapsed.
    pub fn fixed_text(&mut self, text: &str) {
        self.text(text);
    }

    fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Text(text) => self.text(text),
                Node::Element(element) => self.element(element),
            }
        }
    }

    fn text(&mut self, text: &str) {
        let text = if self.at_item_start {
            let trimmed = text.trim_start_matches(is_python_space);
            self.at_item_start = trimmed.is_empty();
            trimmed
        } else {
            text
        };
        if text.is_empty() || self.hidden {
            return;
        }
        self.pieces.push(self.out.len());
        let mut first = true;
        for word in text.split(is_python_space).filter(|word| !word.is_empty()) {
            if !first {
                self.out.push(' ');
            }
            first = false;
            self.out.push_str(word);
        }
        if text.ends_with(is_python_space) {
            self.out.push(' ');
        }
    }

    fn element(&mut self, element: &Element) {
        match element.tag {
            Tag::Bold => self.inline("**", element),
            Tag::Italic => self.inline("*", element),
            Tag::Code => self.inline("``", element),
            Tag::Anchor => self.anchor(element),
            Tag::Paragraph => {
                self.paragraph_break();
                self.nodes(&element.children);
                self.paragraph_break();
            }
            Tag::BulletList | Tag::NumberedList => {
                self.start_list();
                self.nodes(&element.children);
                self.end_list();
            }
            Tag::ListItem => {
                let outer_at_start = std::mem::replace(&mut self.at_item_start, true);
                self.start_item();
                self.nodes(&element.children);
                self.end_item();
                self.at_item_start &= outer_at_start;
            }
            Tag::Note => self.admonition("note", element),
            Tag::Important => self.admonition("warning", element),
            Tag::Danger => self.admonition("danger", element),
            Tag::CodeBlock => {
                self.start_literal();
                self.nodes(&element.children);
                self.end_literal();
            }
            Tag::FullName | Tag::Examples => {
                self.hidden = true;
                self.nodes(&element.children);
                self.hidden = false;
            }
            tag => {
                self.has_definition_lists |= tag == Tag::DefinitionList;
                self.nodes(&element.children);
            }
        }
    }

    fn inline(&mut self, mark: &str, element: &Element) {
        self.write(mark);
        self.nodes(&element.children);
        let Some(start) = self.pieces.pop() else {
            return;
        };
        let last = self.out.get(start..).unwrap_or_default().trim_end_matches(' ');
        // Nothing between the marks: both go, or they would mean something else.
        if last == mark {
            self.out.truncate(start);
            return;
        }
        self.out.truncate(start + last.len());
        self.pieces.push(start);
        if !self.hidden {
            self.pieces.push(self.out.len());
            self.out.extend([mark, " "]);
        }
    }

    fn admonition(&mut self, directive: &str, element: &Element) {
        self.start_admonition(directive);
        self.nodes(&element.children);
        self.end_admonition();
    }

    fn anchor(&mut self, element: &Element) {
        if let Some(link) = &element.link {
            self.link = Some(link.clone());
            self.write("`");
        } else if !element.has_attributes {
            self.write(" ");
        }
        self.nodes(&element.children);
        if let Some(link) = self.link.take().filter(|link| !link.is_empty()) {
            let last = self.take_back().unwrap_or_default();
            let last = last.trim_end_matches(' ');
            if last == "`" {
                self.put_back(&format!("`<{link}>`__"));
            } else if last.is_empty() {
                self.put_back(&link);
                if !self.references.contains(&link) {
                    self.references.push(link);
                }
                self.write("`__");
            } else {
                self.put_back(&last.replace(':', "\\:"));
                self.put_back(&format!(" <{link}>`__"));
            }
        }
        self.write(" ");
    }

    fn start_item(&mut self) {
        self.new_line();
        self.in_item = true;
        self.write("* ");
    }

    fn end_item(&mut self) {
        self.in_item = false;
        self.new_line();
    }

    fn paragraph_break(&mut self) {
        if !self.in_item {
            self.new_paragraph();
        }
    }

    fn heading(&mut self, text: &str, mark: &str) {
        let border = mark.repeat(text.chars().count());
        self.new_paragraph();
        self.write(&format!("{border}\n{text}\n{border}"));
        self.new_paragraph();
    }

    fn break_lines(&mut self, breaks: &str) {
        if !self.hidden {
            self.pieces.push(self.out.len());
            self.out.push_str(breaks);
            self.push_indent();
        }
    }

    fn push_indent(&mut self) {
        let spaces = self.indent * INDENT_WIDTH;
        self.out.extend(std::iter::repeat_n(' ', spaces));
    }

    /// Removes the piece written last and gives it back.
    fn take_back(&mut self) -> Option<String> {
        let start = self.pieces.pop()?;
        Some(self.out.split_off(start))
    }

    /// Appends a piece even where content does not count.
    fn put_back(&mut self, text: &str) {
        self.pieces.push(self.out.len());
        self.out.push_str(text);
    }
}

/// What Python's `str.split` splits at.
fn is_python_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    fn markup(html: &str) -> String {
        let mut markup = HelpMarkup::default();
        markup.documentation(&parse(html));
        markup.finish()
    }

    /// Expected values are what AWS CLI 2.36.7 writes for the same text.
    #[test]
    fn elements_become_the_aws_clis_markup() {
        for (html, expected) in [
            ("<p>a <code>b</code>, c</p>", "\n\na ``b`` , c\n\n"),
            ("a <b> x </b>y", "a **x** y"),
            ("a<b></b>b", "ab"),
            ("<a>X</a>.", " X ."),
            ("<a href=\"https://x.test\">a: b </a>!", "`a\\: b <https://x.test>`__ !"),
            ("<a href=\"https://x.test\"></a>", "`<https://x.test>`__ "),
            ("<fullname>x</fullname>y", "y"),
            ("x\u{a0} y\n", "x y "),
        ] {
            assert_eq!(markup(html), expected, "{html}");
        }
    }

    #[test]
    fn lists_nest() {
        assert_eq!(
            markup("<ul> <li> <p>a</p> <ul><li>b</li></ul> </li> </ul><p>c</p>"),
            "\n\n \n* a \n\n  \n  * b\n  \n\n \n \n\n\n\nc\n\n"
        );
    }

    #[test]
    fn nothing_is_read_after_a_text_that_closes_too_much() {
        let mut markup = HelpMarkup::default();
        markup.documentation(&parse("a"));
        markup.documentation(&parse("</p></p>b"));
        markup.documentation(&parse("c"));
        assert_eq!(markup.finish(), "a");
    }
}
