//! The input's skeleton as YAML, with a comment for each member.

use std::fmt::Write;

use whitesmith_schema::{EnumValue, Member, Schema, ShapeType, Value};

use super::sample::{is_cut_off, scalar};
use crate::yaml;

/// Spaces per level.
const INDENT: usize = 2;

/// Returns an input with all members. The comments say what is required, what a member is for, and its values.
pub fn input_yaml(schema: &'static Schema) -> String {
    let mut writer = Writer { out: String::new(), within: Vec::new() };
    writer.within.push(schema.id);
    if schema.members.is_empty() {
        writer.out.push_str("{}\n");
    } else {
        writer.members(schema, 0, false);
    }
    writer.out
}

struct Writer {
    out: String,
    within: Vec<&'static str>,
}

fn comment(member: &Member) -> String {
    let mut parts = Vec::new();
    if member.required {
        parts.push("[REQUIRED]".to_owned());
    }
    parts.push(member.doc.to_owned());
    if matches!(member.target.shape_type, ShapeType::Enum) {
        let values: Vec<&str> = member.target.values.iter().filter_map(EnumValue::as_str).collect();
        parts.push(format!("Valid values are: {}.", values.join(", ")));
    }
    parts.join(" ")
}

impl Writer {
    /// Writes the members of a structure; `begun` if a dash precedes the first one.
    fn members(&mut self, schema: &'static Schema, indent: usize, begun: bool) {
        let mut commented = false;
        for (at, member) in schema.members.iter().enumerate() {
            if at > 0 || !begun {
                self.out.extend(std::iter::repeat_n(' ', indent));
            }
            let name = yaml::scalar(&Value::from(member.name), 0);
            let _ = write!(self.out, "{}:", name.trim_start());
            let comment = comment(member);
            // Observed: two spaces precede the first comment of a block.
            let comment = match comment.trim() {
                "" => String::new(),
                _ if commented => format!(" # {comment}"),
                _ => format!("  # {comment}"),
            };
            commented = !comment.is_empty();
            self.value(member.target, indent, &comment);
        }
    }

    /// Writes a value after its name or dash, with the line's comment.
    fn value(&mut self, schema: &'static Schema, indent: usize, comment: &str) {
        self.within.push(schema.id);
        match schema.shape_type {
            ShapeType::Structure | ShapeType::Union
                if !is_cut_off(schema, &self.within) && !schema.members.is_empty() =>
            {
                let _ = writeln!(self.out, "{comment}");
                self.members(schema, indent + INDENT, false);
            }
            ShapeType::Structure | ShapeType::Union => {
                let _ = writeln!(self.out, " {{}}{comment}");
            }
            ShapeType::List => {
                let _ = writeln!(self.out, "{comment}");
                if let Some(member) = schema.list_member() {
                    self.out.extend(std::iter::repeat_n(' ', indent));
                    self.item(member.target, indent);
                }
            }
            ShapeType::Map => {
                let _ = writeln!(self.out, "{comment}");
                if let Some(member) = schema.map_value() {
                    self.out.extend(std::iter::repeat_n(' ', indent + INDENT));
                    self.out.push_str("KeyName:");
                    self.value(member.target, indent + INDENT, "");
                }
            }
            ShapeType::Blob => {
                let _ = writeln!(self.out, " !!binary ''{comment}");
            }
            _ => {
                let _ = writeln!(self.out, "{}{comment}", yaml::scalar(&scalar(schema), indent));
            }
        }
        self.within.pop();
    }

    fn item(&mut self, schema: &'static Schema, indent: usize) {
        self.out.push('-');
        self.within.push(schema.id);
        let is_structure = matches!(schema.shape_type, ShapeType::Structure | ShapeType::Union);
        if is_structure && !is_cut_off(schema, &self.within) && !schema.members.is_empty() {
            self.out.push(' ');
            self.members(schema, indent + INDENT, true);
        } else if schema.shape_type == ShapeType::List {
            self.out.push(' ');
            if let Some(member) = schema.list_member() {
                self.item(member.target, indent + INDENT);
            }
        } else if let (ShapeType::Map, Some(member)) = (schema.shape_type, schema.map_value()) {
            self.out.push_str(" KeyName:");
            self.value(member.target, indent + INDENT, "");
        } else {
            self.within.pop();
            self.value(schema, indent, "");
            return;
        }
        self.within.pop();
    }
}
