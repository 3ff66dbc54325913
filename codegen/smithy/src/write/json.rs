//! JSON on several lines.

use std::fmt::Write as _;

use crate::source::{Node, NodeValue, Quoted};

/// Writes a node as JSON with four spaces for each level, as the reference implementation does, and a line break at its
/// end.
#[must_use]
pub fn pretty(node: &Node) -> String {
    let mut text = String::new();
    write(node, 0, &mut text);
    text.push('\n');
    text
}

fn write(node: &Node, level: usize, text: &mut String) {
    match &node.value {
        NodeValue::Array(elements) if !elements.is_empty() => {
            text.push('[');
            for (at, element) in elements.iter().enumerate() {
                begin_line(at > 0, level + 1, text);
                write(element, level + 1, text);
            }
            begin_line(false, level, text);
            text.push(']');
        }
        NodeValue::Object(object) if !object.is_empty() => {
            text.push('{');
            for (at, entry) in object.iter().enumerate() {
                begin_line(at > 0, level + 1, text);
                let _ = write!(text, "{}: ", Quoted(&entry.key));
                write(&entry.value, level + 1, text);
            }
            begin_line(false, level, text);
            text.push('}');
        }
        _ => {
            let _ = write!(text, "{node}");
        }
    }
}

fn begin_line(after_another: bool, level: usize, text: &mut String) {
    if after_another {
        text.push(',');
    }
    text.push('\n');
    text.extend(std::iter::repeat_n("    ", level));
}
