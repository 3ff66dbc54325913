//! JSON text of a model's node.

use whitesmith_smithy::source::{Node, NodeValue};

/// The node as JSON on one line.
pub(super) fn compact(node: &Node) -> String {
    let mut text = String::new();
    write(&mut text, node);
    text
}

fn write(out: &mut String, node: &Node) {
    match &node.value {
        NodeValue::Null => out.push_str("null"),
        NodeValue::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        NodeValue::Number(number) => out.push_str(&number.to_string()),
        NodeValue::String(text) => string(out, text),
        NodeValue::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push_str(", ");
                }
                write(out, item);
            }
            out.push(']');
        }
        NodeValue::Object(object) => {
            out.push('{');
            for (index, entry) in object.iter().enumerate() {
                if index > 0 {
                    out.push_str(", ");
                }
                string(out, &entry.key);
                out.push_str(": ");
                write(out, &entry.value);
            }
            out.push('}');
        }
    }
}

fn string(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => {
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    out.push_str(&format!("\\u{unit:04x}"));
                }
            }
            c => out.push(c),
        }
    }
    out.push('"');
}
