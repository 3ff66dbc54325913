//! Summaries: the first sentence of a documentation as plain text.

use whitesmith_docs::{Documentation, Node, Tag};

/// Maximum length of a summary in characters; a longer sentence is cut at a word.
const LONGEST: usize = 200;

/// Returns the first sentence on one line, without markup; empty if there is no documentation.
pub fn summary(documentation: &Documentation) -> String {
    let mut text = String::new();
    collect(&documentation.nodes, &mut text);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    cut(&first_sentence(&text))
}

/// Returns the text up to its first full stop or colon. What a colon announces (a list, values, a condition) is not part
/// of the summary, which then ends in a full stop (AWS CLI 2.36.7, comments of `yaml-input` skeletons, observed).
fn first_sentence(text: &str) -> String {
    let end = text.find(". ").into_iter().chain(text.find(": ")).chain(text.strip_suffix(':').map(str::len)).min();
    match end.and_then(|end| text.get(..end)) {
        Some(sentence) => format!("{sentence}."),
        None => text.to_owned(),
    }
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
        assert_eq!(summary(&parse("<p>Returned values:</p><ul><li>One.</li></ul>")), "Returned values.");
        assert_eq!(summary(&parse("<p>The model: if set, more. Then.</p>")), "The model.");
        assert_eq!(summary(&parse("<p>As of 10:30 today.</p>")), "As of 10:30 today.");
        assert_eq!(summary(&parse("")), "");
        assert!(summary(&parse(&"word ".repeat(100))).ends_with("word…"));
    }
}
