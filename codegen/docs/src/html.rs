//! Documentation HTML → documentation tree. Anything is accepted: models hold unclosed, crossed and invented tags.

use std::borrow::Cow;
use std::convert::Infallible;

use html5gum::{Emitter, Error, State, Tokenizer};

use super::tree::{Documentation, TreeBuilder};

/// Names of the elements that documentation uses as markup: HTML's for text, and those of AWS's own documentation. Sorted.
#[rustfmt::skip]
const ELEMENTS: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "big", "blockquote", "bold", "br", "caption", "caution", "center", "cite", "code",
    "codeblock", "col", "colgroup", "danger", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "example",
    "examples", "figcaption", "figure", "font", "footer", "fullname", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hr", "i", "img", "important", "ins", "italics", "kbd", "li", "mark", "nav", "note", "ol", "p", "pre", "q", "s",
    "samp", "script", "section", "small", "span", "strike", "strong", "style", "sub", "summary", "sup", "table",
    "tbody", "td", "tfoot", "th", "thead", "tip", "tr", "tt", "u", "ul", "var", "warning", "wbr",
];

/// Parses the text of a `documentation` trait. Never fails; time and memory are linear in the text.
///
/// A tag that is not one of documentation's elements is text: models are full of placeholders such as
/// `arn:aws:s3:<Region>:<account-id>` and of XML samples.
pub fn parse(html: &str) -> Documentation {
    let html = escape_placeholders(html);
    let mut tree = TreeBuilder::default();
    let emitter = TreeEmitter {
        tree: &mut tree,
        text: Vec::new(),
        tag: CurrentTag::default(),
        attribute: Vec::new(),
        in_link: false,
        literal_angle: false,
        last_start_tag: Vec::new(),
    };
    // Reading a string cannot fail, and the emitter yields no tokens.
    let Ok(()) = Tokenizer::new_with_emitter(&*html, emitter).finish();
    tree.finish()
}

/// Replaces each `<` that begins a tag of an unknown element by its character reference.
fn escape_placeholders(html: &str) -> Cow<'_, str> {
    let mut escaped = String::new();
    let mut copied = 0;
    // The element that the reader is inside, if its content is not markup.
    let mut raw: Option<&str> = None;
    for (at, _) in html.match_indices('<') {
        let after = html.get(at + 1..).unwrap_or_default();
        let name = after.strip_prefix('/').unwrap_or(after);
        let end = name.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '<')).unwrap_or(name.len());
        let name = name.get(..end).unwrap_or_default();
        if let Some(element) = raw {
            if after.starts_with('/') && name.eq_ignore_ascii_case(element) {
                raw = None;
            }
            continue;
        }
        if !name.starts_with(|first: char| first.is_ascii_alphabetic()) || is_element(name) {
            raw = ["script", "style"].into_iter().find(|raw| after.starts_with(name) && name.eq_ignore_ascii_case(raw));
            continue;
        }
        escaped.push_str(html.get(copied..at).unwrap_or_default());
        escaped.push_str("&lt;");
        copied = at + 1;
    }
    if copied == 0 {
        return Cow::Borrowed(html);
    }
    escaped.push_str(html.get(copied..).unwrap_or_default());
    Cow::Owned(escaped)
}

fn is_element(name: &str) -> bool {
    const LONGEST: usize = 10;
    name.len() <= LONGEST && ELEMENTS.binary_search(&name.to_ascii_lowercase().as_str()).is_ok()
}

/// Passes the tokenizer's tokens to the tree builder.
struct TreeEmitter<'t> {
    tree: &'t mut TreeBuilder,
    text: Vec<u8>,
    tag: CurrentTag,
    /// The name of the attribute being read.
    attribute: Vec<u8>,
    /// Whether the value being read is a link's.
    in_link: bool,
    /// The next string is a `<` that begins no tag. Python's parser, which the AWS CLI uses, makes it a text of its own,
    /// and the white space around a text matters.
    literal_angle: bool,
    last_start_tag: Vec<u8>,
}

#[derive(Default)]
struct CurrentTag {
    name: Vec<u8>,
    is_end: bool,
    self_closing: bool,
    link: Option<Vec<u8>>,
    has_attributes: bool,
}

impl TreeEmitter<'_> {
    fn flush_text(&mut self) {
        if !self.text.is_empty() {
            self.tree.text(&String::from_utf8_lossy(&self.text));
            self.text.clear();
        }
    }

    fn begin_tag(&mut self, is_end: bool) {
        self.flush_text();
        self.in_link = false;
        self.tag = CurrentTag { is_end, ..CurrentTag::default() };
    }
}

impl Emitter for TreeEmitter<'_> {
    type Token = Infallible;

    fn set_last_start_tag(&mut self, last_start_tag: Option<&[u8]>) {
        self.last_start_tag = last_start_tag.unwrap_or_default().to_vec();
    }

    fn emit_eof(&mut self) {
        self.flush_text();
    }

    fn emit_error(&mut self, error: Error) {
        self.literal_angle |= matches!(error, Error::InvalidFirstCharacterOfTagName);
    }

    fn pop_token(&mut self) -> Option<Infallible> {
        None
    }

    fn emit_string(&mut self, text: &[u8]) {
        if std::mem::take(&mut self.literal_angle) && text == b"<" {
            self.flush_text();
            self.tree.text("<");
            return;
        }
        self.text.extend_from_slice(text);
    }

    fn init_start_tag(&mut self) {
        self.begin_tag(false);
    }

    fn init_end_tag(&mut self) {
        self.begin_tag(true);
    }

    fn init_comment(&mut self) {
        self.literal_angle = false;
        self.flush_text();
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        let tag = std::mem::take(&mut self.tag);
        self.in_link = false;
        let name = String::from_utf8_lossy(&tag.name).to_ascii_lowercase();
        if tag.is_end {
            self.tree.end(&name);
            return None;
        }
        let link = tag.link.map(|link| String::from_utf8_lossy(&link).into_owned().into_boxed_str());
        self.tree.start(&name, link, tag.has_attributes);
        self.last_start_tag.clear();
        self.last_start_tag.extend_from_slice(name.as_bytes());
        if tag.self_closing {
            self.tree.end(&name);
            return None;
        }
        match name.as_str() {
            "script" => Some(State::ScriptData),
            "style" => Some(State::RawText),
            _ => None,
        }
    }

    fn emit_current_comment(&mut self) {}

    fn emit_current_doctype(&mut self) {}

    fn set_self_closing(&mut self) {
        self.tag.self_closing = true;
    }

    fn set_force_quirks(&mut self) {}

    fn push_tag_name(&mut self, name: &[u8]) {
        self.tag.name.extend_from_slice(name);
    }

    fn push_comment(&mut self, _: &[u8]) {}

    fn push_doctype_name(&mut self, _: &[u8]) {}

    fn init_doctype(&mut self) {
        self.flush_text();
    }

    fn init_attribute(&mut self) {
        self.tag.has_attributes = true;
        self.attribute.clear();
        self.in_link = false;
    }

    fn init_attribute_value(&mut self) {
        self.in_link = self.attribute.eq_ignore_ascii_case(b"href") && self.tag.link.is_none();
        if self.in_link {
            self.tag.link = Some(Vec::new());
        }
    }

    fn push_attribute_name(&mut self, name: &[u8]) {
        self.attribute.extend_from_slice(name);
    }

    fn push_attribute_value(&mut self, value: &[u8]) {
        if self.in_link
            && let Some(link) = &mut self.tag.link
        {
            link.extend_from_slice(value);
        }
    }

    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}

    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}

    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}

    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.tag.is_end && self.tag.name.eq_ignore_ascii_case(&self.last_start_tag)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tree::{Element, Node};
    use super::*;

    fn outline(nodes: &[Node]) -> String {
        nodes
            .iter()
            .map(|node| match node {
                Node::Text(text) => format!("{text:?}"),
                Node::Element(Element { tag, link, children, .. }) => match link {
                    Some(link) => format!("{tag:?}<{link}>[{}]", outline(children)),
                    None => format!("{tag:?}[{}]", outline(children)),
                },
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn well_formed_text_becomes_a_tree() {
        let html = "<p>Use <a href=\"https://x.test/?a=1&amp;b\">it</a> &lt;now&gt;.</p>";
        assert_eq!(outline(&parse(html).nodes), r#"Paragraph["Use " Anchor<https://x.test/?a=1&b>["it"] " <now>."]"#);
    }

    #[test]
    fn malformed_text_loses_nothing() {
        for (html, expected) in [
            ("<p>a<p>b", r#"Paragraph["a" Paragraph["b"]]"#),
            ("<b>a<i>b</b>c</i>d", r#"Bold["a" Italic["b"] "c"] "d""#),
            ("a < b", r#""a " "<" " b""#),
            ("<h2>x<p>y</h2>z</p>", r#"Heading(2)["x" Paragraph["y" "z"]]"#),
            ("a<br>b<br/>c", r#""a" LineBreak[] "b" LineBreak[] "c""#),
            ("<script>if (a<b) x</script>y", r#"Hidden["if (a<b) x"] "y""#),
            ("<!-- c -->a", r#""a""#),
            ("<code>aws/<service-name></code>, b", r#"Code["aws/<service-name>"] ", b""#),
            ("a <Region>:<i><cluster-id></i>", r#""a <Region>:" Italic["<cluster-id>"]"#),
            (
                "<code><Scan At=\"1\"><start>50</start></Scan></code>",
                r#"Code["<Scan At=\"1\"><start>50</start></Scan>"]"#,
            ),
            ("<a href=\"https://<host>/\">x</a>", r#"Anchor<https://<host>/>["x"]"#),
            ("<B>a</B><folder name>", r#"Bold["a"] "<folder name>""#),
        ] {
            assert_eq!(outline(&parse(html).nodes), expected, "{html}");
        }
    }

    #[test]
    fn elements_are_sorted_for_the_search() {
        assert!(ELEMENTS.is_sorted());
        assert!(ELEMENTS.iter().all(|name| is_element(name)));
    }

    #[test]
    fn closing_too_much_is_noted_when_something_follows() {
        assert!(!parse("<p>a</p></p>").over_closed);
        assert!(parse("<p>a</p></p> b").over_closed);
        assert!(!parse("a</h2> b").over_closed);
    }

    #[test]
    fn depth_is_bounded_and_text_survives() {
        let html = format!("{}x{}y", "<b>".repeat(100_000), "</b>".repeat(100_000));
        let tree = parse(&html);
        assert!(!tree.over_closed);
        assert_eq!(tree.nodes.len(), 2);
    }
}
