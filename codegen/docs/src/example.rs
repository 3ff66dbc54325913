//! Examples of commands and values: the model's own where it has some.

use crate::json::string_into;
use crate::markdown_blocks::is_hidden;
use crate::{CommandPage, Json, MemberPage, ModelText, ServicePages, ShapeKind, ShapePage};

/// An example of a command's use.
pub struct Invocation {
    /// The title, which may be empty.
    pub title: ModelText,
    /// The command, for a shell.
    pub invocation: String,
    /// The output.
    pub output: Option<String>,
}

/// Values nested deeper than this are left out.
const DEEPEST: usize = 6;

/// Bytes after which a value grows no more.
const LONGEST: usize = 1 << 16;

/// The examples of a command: those of the model, or one with what is required.
pub fn of_command(pages: &ServicePages, command: &CommandPage) -> Vec<Invocation> {
    let from_model: Vec<Invocation> = command
        .examples
        .iter()
        .map(|example| Invocation {
            title: example.title.clone(),
            invocation: with_input(pages, command, example.input.as_ref()),
            output: example.output.as_ref().map(Json::pretty),
        })
        .collect();
    if !from_model.is_empty() {
        return from_model;
    }
    let output = command
        .output
        .map(|output| pages.shape(output))
        .filter(|shape| !shape.members.is_empty())
        .map(|shape| json(pages, shape, ""));
    vec![Invocation { title: ModelText::default(), invocation: with_required(pages, command), output }]
}

/// A value of a shape as JSON, laid out over lines; `name` is what a string is called.
pub fn json(pages: &ServicePages, shape: &ShapePage, name: &str) -> String {
    let mut out = String::new();
    Value { pages, out: &mut out, stack: Vec::new() }.write(shape, name);
    out
}

fn head(pages: &ServicePages, command: &CommandPage) -> String {
    format!("{} {}", pages.name, command.command)
}

fn tail(command: &CommandPage) -> &'static str {
    if command.has_output_file { " \\\n    out.bin" } else { "" }
}

fn with_input(pages: &ServicePages, command: &CommandPage, input: Option<&Json>) -> String {
    let mut out = head(pages, command);
    let members = command.input.map(|input| pages.shape(input).members.as_slice()).unwrap_or_default();
    for option in &command.options {
        let Some(value) = members.get(option.member).and_then(|member| input?.get(&member.name)) else { continue };
        out.push_str(" \\\n    ");
        match (value, option.name.flags().nth(1)) {
            (Json::Boolean(false), Some(negative)) => out.push_str(negative),
            (Json::Boolean(true), Some(_)) => out.push_str(option.name.positive()),
            _ => {
                let text = value.as_str().map_or_else(|| one_line(&value.pretty()), str::to_owned);
                out.push_str(option.name.positive());
                out.push(' ');
                out.push_str(&quoted(&text));
            }
        }
    }
    out.push_str(tail(command));
    out
}

fn with_required(pages: &ServicePages, command: &CommandPage) -> String {
    let mut out = head(pages, command);
    let members = command.input.map(|input| pages.shape(input).members.as_slice()).unwrap_or_default();
    for option in command.options.iter().filter(|option| option.is_required) {
        let Some(member) = members.get(option.member) else { continue };
        out.push_str(" \\\n    ");
        out.push_str(option.name.positive());
        if let Some(value) = argument(pages, member) {
            out.push(' ');
            out.push_str(&value);
        }
    }
    out.push_str(tail(command));
    out
}

/// An argument for a member; a flag has none. What only the reader knows is a variable of the shell.
fn argument(pages: &ServicePages, member: &MemberPage) -> Option<String> {
    let shape = pages.target(member);
    Some(match shape.kind {
        ShapeKind::Scalar("boolean") => return None,
        ShapeKind::Scalar("string") => match shape.values.first() {
            Some(value) => quoted(value.unescaped()),
            None => format!("\"${}\"", variable(&member.name)),
        },
        ShapeKind::Scalar("timestamp") => "2025-01-31T12:00:00Z".to_owned(),
        ShapeKind::Scalar("blob") => "fileb://in.bin".to_owned(),
        ShapeKind::StreamingBlob => "in.bin".to_owned(),
        ShapeKind::Scalar(_) => {
            member.limits.min.as_ref().or(shape.limits.min.as_ref()).map_or("1", ModelText::unescaped).to_owned()
        }
        _ => quoted(&one_line(&json(pages, shape, &member.name))),
    })
}

/// A name in the form of the shell's variables.
fn variable(name: &str) -> String {
    crate::naming_cli::hyphenated(name)
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' })
        .collect()
}

/// A word for a POSIX shell.
fn quoted(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@%+,".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    let text: String = text.chars().filter(|c| !is_hidden(*c)).collect();
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// Laid-out JSON as one line.
fn one_line(json: &str) -> String {
    json.lines().map(str::trim_start).collect::<Vec<_>>().join(" ")
}

struct Value<'p, 'o> {
    pages: &'p ServicePages,
    out: &'o mut String,
    stack: Vec<&'p str>,
}

impl<'p> Value<'p, '_> {
    fn write(&mut self, shape: &'p ShapePage, name: &str) {
        let too_deep =
            self.stack.len() >= DEEPEST || self.stack.contains(&shape.name.as_str()) || self.out.len() > LONGEST;
        self.stack.push(&shape.name);
        match (shape.kind, shape.members.as_slice()) {
            (ShapeKind::List, [element]) if !too_deep => {
                self.open('[');
                self.write(self.pages.target(element), name);
                self.close(']');
            }
            (ShapeKind::Map, [key, value]) if !too_deep => {
                self.open('{');
                let key = self.pages.target(key).values.first().map_or("key", ModelText::unescaped);
                self.string(key);
                self.out.push_str(": ");
                self.write(self.pages.target(value), name);
                self.close('}');
            }
            (ShapeKind::Structure | ShapeKind::Union, members) if !too_deep && !members.is_empty() => {
                let count = if shape.kind == ShapeKind::Union { 1 } else { members.len() };
                self.open('{');
                for (index, member) in members.iter().take(count).enumerate() {
                    if index > 0 {
                        self.out.push(',');
                        self.new_line();
                    }
                    self.string(&member.name);
                    self.out.push_str(": ");
                    self.write(self.pages.target(member), &member.name);
                }
                self.close('}');
            }
            (ShapeKind::List, _) => self.out.push_str("[]"),
            (ShapeKind::Map | ShapeKind::Structure | ShapeKind::Union | ShapeKind::Document, _) => {
                self.out.push_str("{}")
            }
            (kind, _) => self.scalar(kind.type_name(), shape, name),
        }
        self.stack.pop();
    }

    fn scalar(&mut self, type_name: &str, shape: &ShapePage, name: &str) {
        match type_name {
            "boolean" => self.out.push_str("true"),
            "integer" | "long" | "float" | "double" => {
                self.out.push_str(shape.limits.min.as_ref().map_or("0", ModelText::unescaped));
            }
            "timestamp" => self.out.push_str("\"1970-01-01T00:00:00\""),
            _ => {
                self.string(shape.values.first().map_or(name, ModelText::unescaped));
            }
        }
    }

    fn string(&mut self, text: &str) {
        string_into(self.out, text);
    }

    fn open(&mut self, bracket: char) {
        self.out.push(bracket);
        self.new_line();
    }

    fn close(&mut self, bracket: char) {
        self.out.push('\n');
        let indent = self.stack.len().saturating_sub(1) * 2;
        self.out.extend(std::iter::repeat_n(' ', indent));
        self.out.push(bracket);
    }

    fn new_line(&mut self) {
        self.out.push('\n');
        self.out.extend(std::iter::repeat_n(' ', self.stack.len() * 2));
    }
}
