//! The documentation tree: what a `documentation` trait says, free of HTML's syntax.

use std::sync::Arc;

/// The parsed text of one `documentation` trait. Clones share the tree.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Documentation {
    /// The top-level pieces, in order.
    pub nodes: Arc<[Node]>,
    /// An end tag closed more than was open and something followed it. Renderers for people ignore this; the AWS CLI
    /// stops reading documentation there.
    pub over_closed: bool,
}

impl Documentation {
    /// Bytes of its texts.
    pub fn text_len(&self) -> usize {
        fn of(nodes: &[Node]) -> usize {
            let len = |node: &Node| match node {
                Node::Text(text) => text.len(),
                Node::Element(element) => of(&element.children),
            };
            nodes.iter().map(len).sum()
        }
        of(&self.nodes)
    }
}

/// A piece of documentation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// Text between two tags, character references resolved, white space as written.
    Text(Box<str>),
    /// An element and what it encloses.
    Element(Element),
}

/// An element of the documentation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// The element's meaning.
    pub tag: Tag,
    /// The target of a link; other elements have none.
    pub link: Option<Box<str>>,
    /// Whether the start tag had attributes: the AWS CLI treats `<a>` without any as mere emphasis.
    pub has_attributes: bool,
    /// The nodes between the start tag and the end tag.
    pub children: Vec<Node>,
}

/// The elements that documentation uses, by meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tag {
    /// `<a>`
    Anchor,
    /// `<b>` or `<bold>`
    Bold,
    /// `<strong>`: bold to people, plain to the AWS CLI
    Strong,
    /// `<i>` or `<italics>`
    Italic,
    /// `<em>`, `<var>`, `<cite>`, `<dfn>`: italic to people, plain to the AWS CLI
    Emphasis,
    /// `<code>`
    Code,
    /// `<codeblock>`
    CodeBlock,
    /// `<pre>`
    Preformatted,
    /// `<p>`
    Paragraph,
    /// `<note>`
    Note,
    /// `<important>`
    Important,
    /// `<danger>`
    Danger,
    /// `<ul>`
    BulletList,
    /// `<ol>`
    NumberedList,
    /// `<li>`
    ListItem,
    /// `<dl>`
    DefinitionList,
    /// `<dt>`
    Term,
    /// `<dd>`
    Definition,
    /// `<h1>` to `<h6>`
    Heading(u8),
    /// `<br>`
    LineBreak,
    /// `<table>`
    Table,
    /// `<tr>`
    TableRow,
    /// `<td>` or `<th>`
    TableCell,
    /// `<div>`, `<section>`, `<blockquote>`: a block without a meaning of its own
    Block,
    /// `<fullname>`: the service's name, not part of the text
    FullName,
    /// `<examples>`: not part of the text
    Examples,
    /// `<script>`, `<style>`: never shown to people
    Hidden,
    /// Anything else: its content counts, it does not
    Other,
}

impl Tag {
    /// The element's meaning by its lower-case HTML name.
    pub fn from_name(name: &str) -> Self {
        match name {
            "a" => Self::Anchor,
            "b" | "bold" => Self::Bold,
            "strong" => Self::Strong,
            "i" | "italics" => Self::Italic,
            "em" | "var" | "cite" | "dfn" => Self::Emphasis,
            "code" => Self::Code,
            "codeblock" => Self::CodeBlock,
            "pre" => Self::Preformatted,
            "p" => Self::Paragraph,
            "note" => Self::Note,
            "important" => Self::Important,
            "danger" => Self::Danger,
            "ul" => Self::BulletList,
            "ol" => Self::NumberedList,
            "li" => Self::ListItem,
            "dl" => Self::DefinitionList,
            "dt" => Self::Term,
            "dd" => Self::Definition,
            "h1" => Self::Heading(1),
            "h2" => Self::Heading(2),
            "h3" => Self::Heading(3),
            "h4" => Self::Heading(4),
            "h5" => Self::Heading(5),
            "h6" => Self::Heading(6),
            "br" => Self::LineBreak,
            "table" => Self::Table,
            "tr" => Self::TableRow,
            "td" | "th" => Self::TableCell,
            "div" | "section" | "blockquote" => Self::Block,
            "fullname" => Self::FullName,
            "examples" => Self::Examples,
            "script" | "style" => Self::Hidden,
            _ => Self::Other,
        }
    }

    /// Whether the AWS CLI's help gives the element a form; others it reads through.
    pub fn is_known_to_aws_cli(self) -> bool {
        matches!(
            self,
            Self::Anchor
                | Self::Bold
                | Self::Italic
                | Self::Code
                | Self::CodeBlock
                | Self::Paragraph
                | Self::Note
                | Self::Important
                | Self::Danger
                | Self::BulletList
                | Self::NumberedList
                | Self::ListItem
                | Self::FullName
                | Self::Examples
        )
    }

    /// Whether HTML gives the element no end tag.
    fn is_void(self) -> bool {
        matches!(self, Self::LineBreak)
    }
}

/// Builds a tree from start tags, end tags and text in the order they stand.
///
/// An end tag of an element that the AWS CLI knows closes the innermost such element, whatever its name: this is how the
/// AWS CLI reads crossed tags, and any reading of malformed text is as good as another. Other end tags close their own
/// start tag if nothing known lies between.
#[derive(Debug, Default)]
pub(super) struct TreeBuilder {
    root: Vec<Node>,
    open: Vec<Element>,
    /// Known elements that are open, counting those too deep to have a node.
    known_open: usize,
    /// Start tags that got no node because of [`MAX_DEPTH`].
    too_deep: usize,
    closed_too_much: bool,
    over_closed: bool,
}

/// Elements nested deeper than this are read through, so that renderers may recurse.
const MAX_DEPTH: usize = 100;

impl TreeBuilder {
    pub(super) fn start(&mut self, name: &str, link: Option<Box<str>>, has_attributes: bool) {
        let tag = Tag::from_name(name);
        let known = tag.is_known_to_aws_cli();
        self.over_closed |= self.closed_too_much && known;
        if known {
            self.known_open += 1;
        }
        if self.open.len() >= MAX_DEPTH {
            if known {
                self.too_deep += 1;
            }
            return;
        }
        let element = Element { tag, link, has_attributes, children: Vec::new() };
        if tag.is_void() {
            self.push(Node::Element(element));
        } else {
            self.open.push(element);
        }
    }

    pub(super) fn end(&mut self, name: &str) {
        let tag = Tag::from_name(name);
        if tag.is_known_to_aws_cli() {
            self.over_closed |= self.closed_too_much;
            if self.known_open == 0 {
                self.closed_too_much = true;
                return;
            }
            self.known_open -= 1;
            if self.too_deep > 0 {
                self.too_deep -= 1;
                return;
            }
            while let Some(element) = self.open.pop() {
                let done = element.tag.is_known_to_aws_cli();
                self.push(Node::Element(element));
                if done {
                    break;
                }
            }
            return;
        }
        let within_reach = self
            .open
            .iter()
            .rev()
            .take_while(|element| !element.tag.is_known_to_aws_cli())
            .position(|element| element.tag == tag);
        for _ in 0..within_reach.map_or(0, |position| position + 1) {
            if let Some(element) = self.open.pop() {
                self.push(Node::Element(element));
            }
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        self.over_closed |= self.closed_too_much;
        self.push(Node::Text(text.into()));
    }

    pub(super) fn finish(mut self) -> Documentation {
        while let Some(element) = self.open.pop() {
            self.push(Node::Element(element));
        }
        Documentation { nodes: self.root.into(), over_closed: self.over_closed }
    }

    fn push(&mut self, node: Node) {
        match self.open.last_mut() {
            Some(parent) => parent.children.push(node),
            None => self.root.push(node),
        }
    }
}
