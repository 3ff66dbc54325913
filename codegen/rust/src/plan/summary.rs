//! The first sentence of a documentation, as plain text.

use whitesmith_docs::{Documentation, Node, Tag};

/// The longest summary in characters; a longer first sentence is cut at a word.
const LONGEST: usize = 200;

/// The first sentence without markup, in one line; empty where there is no documentation.
pub fn summary(documentation: &Documentation) -> String {
    let mut text = String::new();
    collect(&documentation.nodes, &mut text);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let sentence = match text.find(". ") {
        Some(end) => text.get(..=end).unwrap_or(&text),
        None => &text,
    };
    cut(sentence)
}

fn collect(nodes: &[Node], out: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) => out.push_str(text),
            Node::Element(element) if matches!(element.tag, Tag::FullName | Tag::Examples | Tag::Hidden) => {}
            Node::Element(element) => {
                collect(&element.children, out);
                if matches!(element.tag, Tag::Paragraph | Tag::ListItem | Tag::LineBreak | Tag::Heading(_)) {
                    out.push(' ');
                }
            }
        }
    }
}

fn cut(sentence: &str) -> String {
    let clean: String = sentence.chars().filter(|c| !c.is_control()).collect();
    if clean.chars().count() <= LONGEST {
        return clean;
    }
    let start: String = clean.chars().take(LONGEST).collect();
    let end = start.rfind(' ').unwrap_or(start.len());
    format!("{}…", start.get(..end).unwrap_or(&start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use whitesmith_docs::parse;

    #[test]
    fn the_first_sentence_without_markup() {
        assert_eq!(summary(&parse("<p>Takes <code>it</code>. Then more.</p>")), "Takes it.");
        assert_eq!(summary(&parse("<fullname>Name</fullname><p>One</p><p>Two.</p>")), "One Two.");
        assert_eq!(summary(&parse("")), "");
        assert!(summary(&parse(&"word ".repeat(100))).ends_with("word…"));
    }
}
