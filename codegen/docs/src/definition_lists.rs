//! Definition lists as bullet lists, for manual pages: the AWS CLI's markup ignores definition lists, which would run terms
//! and definitions together.

use std::sync::Arc;

use crate::{Documentation, Element, Node, ServicePages, Tag};

/// Returns the pages with each definition list replaced by a bullet list; `None` if there are none.
pub(super) fn as_bullet_lists(pages: &ServicePages) -> Option<ServicePages> {
    if !pages.documentations().any(|documentation| contains_list(&documentation.nodes)) {
        return None;
    }
    let mut pages = pages.clone();
    for documentation in pages.documentations_mut() {
        if contains_list(&documentation.nodes) {
            *documentation = Documentation {
                nodes: Arc::from(rewrite(&documentation.nodes)),
                over_closed: documentation.over_closed,
            };
        }
    }
    Some(pages)
}

fn contains_list(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| match node {
        Node::Text(_) => false,
        Node::Element(element) => element.tag == Tag::DefinitionList || contains_list(&element.children),
    })
}

fn rewrite(nodes: &[Node]) -> Vec<Node> {
    let rewritten = nodes.iter().map(|node| match node {
        Node::Element(element) if element.tag == Tag::DefinitionList => {
            Node::Element(plain(Tag::BulletList, items(&rewrite(&element.children))))
        }
        Node::Element(element) => Node::Element(Element { children: rewrite(&element.children), ..element.clone() }),
        Node::Text(text) => Node::Text(text.clone()),
    });
    rewritten.collect()
}

/// Returns the items: each term begins one, and everything up to the next term belongs to it.
fn items(children: &[Node]) -> Vec<Node> {
    let mut items: Vec<Vec<Node>> = Vec::new();
    for child in children {
        let begins = matches!(child, Node::Element(element) if element.tag == Tag::Term);
        if begins || items.is_empty() {
            items.push(Vec::new());
        }
        let Some(item) = items.last_mut() else { continue };
        match child {
            Node::Element(element) if element.tag == Tag::Term => item.extend(term(&element.children)),
            Node::Element(element) if element.tag == Tag::Definition => item.extend(element.children.iter().cloned()),
            other => item.push(other.clone()),
        }
    }
    items.retain(|item| item.iter().any(|node| !matches!(node, Node::Text(text) if text.trim().is_empty())));
    items.into_iter().map(|item| Node::Element(plain(Tag::ListItem, item))).collect()
}

/// A term in bold, unless it has markup of its own.
fn term(children: &[Node]) -> Vec<Node> {
    let is_text = children.iter().all(|node| matches!(node, Node::Text(_)));
    let mut nodes = if is_text { vec![Node::Element(plain(Tag::Bold, children.to_vec()))] } else { children.to_vec() };
    nodes.push(Node::Text(" ".into()));
    nodes
}

fn plain(tag: Tag, children: Vec<Node>) -> Element {
    Element { tag, link: None, has_attributes: false, children }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws_cli::HelpMarkup;
    use crate::parse;

    fn markup(html: &str) -> String {
        let documentation = parse(html);
        let mut markup = HelpMarkup::default();
        let nodes = Arc::from(rewrite(&documentation.nodes));
        markup.documentation(&Documentation { nodes, over_closed: false });
        markup.finish()
    }

    fn lines(html: &str) -> Vec<String> {
        // The markup has a space where texts meet; readers collapse them.
        let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
        markup(html).lines().map(words).filter(|line| !line.is_empty()).collect()
    }

    #[test]
    fn each_term_begins_an_item() {
        assert_eq!(
            lines(
                "<p>Kinds:</p> <dl> <dt>One</dt> <dd> <p>First.</p> </dd> <dt><code>Two</code></dt> <dd>Second.</dd> </dl>"
            ),
            ["Kinds:", "* **One** First.", "* ``Two`` Second."]
        );
        assert_eq!(lines("<dl> <dt>a</dt> <dt>b</dt> <dd>c</dd> <dd>d</dd> </dl>"), ["* **a**", "* **b** c d"]);
        assert_eq!(lines("<dl></dl>x"), ["x"]);
    }
}
