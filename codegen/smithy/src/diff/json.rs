//! Values of traits and metadata as they stand in messages.

use std::fmt::Write;

use crate::source::{Node, NodeValue};

/// JSON over several lines, four spaces a level.
pub(super) fn pretty(node: &Node) -> String {
    let mut text = String::new();
    write_pretty(node, 0, &mut text);
    text
}

/// JSON for the middle of a sentence: in backticks, or fenced when it takes more than one line.
pub(super) fn ticked(node: &Node) -> String {
    if let NodeValue::String(_) = node.value {
        let quoted = node.to_string();
        let bare = quoted.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(&quoted);
        return format!("`{bare}`");
    }
    let text = pretty(node);
    if text.contains('\n') { format!("\n```\n{text}\n```\n") } else { format!("`{text}`") }
}

fn write_pretty(node: &Node, depth: usize, text: &mut String) {
    match &node.value {
        NodeValue::Array(elements) if !elements.is_empty() => {
            text.push('[');
            for (at, element) in elements.iter().enumerate() {
                next_line(at, depth, text);
                write_pretty(element, depth + 1, text);
            }
            close(']', depth, text);
        }
        NodeValue::Object(object) if !object.is_empty() => {
            text.push('{');
            for (at, entry) in object.iter().enumerate() {
                next_line(at, depth, text);
                // Writing to a string cannot fail.
                let _ = write!(text, "{}: ", Node::synthetic(NodeValue::String(entry.key.clone())));
                write_pretty(&entry.value, depth + 1, text);
            }
            close('}', depth, text);
        }
        _ => {
            let _ = write!(text, "{node}");
        }
    }
}

fn next_line(at: usize, depth: usize, text: &mut String) {
    text.push_str(if at == 0 { "\n" } else { ",\n" });
    text.extend(std::iter::repeat_n("    ", depth + 1));
}

fn close(bracket: char, depth: usize, text: &mut String) {
    text.push('\n');
    text.extend(std::iter::repeat_n("    ", depth));
    text.push(bracket);
}
