//! The examples of shorthand and JSON that pages give for options.

use crate::{MemberPage, ServicePages, ShapeKind, ShapePage};

use super::help_markup::HelpMarkup;

/// Shorthand for values nested deeper than this is not shown.
const DEEPEST_SHORTHAND: usize = 3;

/// Returns the shorthand syntax of an option as the page shows it.
pub enum Shorthand {
    /// There is none.
    Unsupported,
    /// It is too deep, or too long, to show.
    TooComplex,
    /// The value is written plainly: neither shorthand nor JSON is shown.
    Plain,
    /// An example.
    Example(String),
}

/// Examples longer than this are not shown.
const LONGEST_EXAMPLE: usize = 1 << 20;

/// The shorthand of an option's value.
pub fn shorthand(pages: &ServicePages, shape: &ShapePage, maps_nest: bool) -> Shorthand {
    let element = match (shape.kind, shape.members.as_slice()) {
        (ShapeKind::List, [element]) => Some(pages.target(element)),
        _ => None,
    };
    let is_complex = match shape.kind {
        ShapeKind::List => element.is_some_and(|element| !element.kind.is_scalar()),
        kind => !kind.is_scalar(),
    };
    if !is_complex || pages.is_document_container(shape) {
        return Shorthand::Unsupported;
    }
    if let (ShapeKind::Structure | ShapeKind::Union, [only]) = (shape.kind, shape.members.as_slice())
        && only.name == "Value"
        && pages.target(only).kind == ShapeKind::Scalar("string")
    {
        return Shorthand::Plain;
    }
    let mut writer = ShorthandWriter { pages, maps_nest, stack: Vec::new(), length: 0 };
    let example = match element {
        Some(element) => writer.value(element).map(|example| format!("{example} ...")),
        None => writer.value(shape),
    };
    example.map_or(Shorthand::TooComplex, Shorthand::Example)
}

struct ShorthandWriter<'p> {
    pages: &'p ServicePages,
    maps_nest: bool,
    /// The names of the shapes around.
    stack: Vec<&'p str>,
    /// Total size of the output so far.
    length: usize,
}

impl<'p> ShorthandWriter<'p> {
    /// The example of a value; `None` if it is too complex.
    fn value(&mut self, shape: &'p ShapePage) -> Option<String> {
        if self.stack.len() > DEEPEST_SHORTHAND || self.length > LONGEST_EXAMPLE {
            return None;
        }
        let example = match (shape.kind, shape.members.as_slice()) {
            (ShapeKind::Structure | ShapeKind::Union | ShapeKind::Document, members) => self.structure(members)?,
            (ShapeKind::List, [element]) => self.list(element)?,
            (ShapeKind::Map, [key, value]) => self.map(key, value)?,
            _ => shape.kind.type_name().to_owned(),
        };
        self.length += example.len();
        Some(example)
    }

    fn structure(&mut self, members: &'p [MemberPage]) -> Option<String> {
        let mut parts = Vec::with_capacity(members.len());
        for member in members {
            let shape = self.pages.target(member);
            if self.pages.is_document_container(shape) {
                continue;
            }
            if self.stack.contains(&shape.name.as_str()) {
                parts.push("( ... recursive ... )".to_owned());
                continue;
            }
            self.stack.push(&shape.name);
            let value = self.value(shape)?;
            self.stack.pop();
            parts.push(format!("{}={value}", member.name));
        }
        let inner = parts.join(",");
        Some(if self.stack.is_empty() { inner } else { format!("{{{inner}}}") })
    }

    fn list(&mut self, element: &'p MemberPage) -> Option<String> {
        let shape = self.pages.target(element);
        self.stack.push(&shape.name);
        let value = self.value(shape)?;
        self.stack.pop();
        Some(if !shape.kind.is_scalar() || self.stack.len() > 1 {
            format!("[{value},{value}]")
        } else {
            format!("{value},{value}")
        })
    }

    fn map(&mut self, key: &'p MemberPage, value: &'p MemberPage) -> Option<String> {
        let shape = self.pages.target(value);
        let example = if self.maps_nest {
            self.stack.push(&shape.name);
            let example = self.value(shape)?;
            self.stack.pop();
            example
        } else {
            self.value(shape)?
        };
        let mut example = format!("KeyName1={example},KeyName2={example}");
        let keys = &self.pages.target(key).values;
        if self.stack.is_empty() {
            if !keys.is_empty() {
                example.push_str("\n\nWhere valid key names are:\n");
                for key in keys {
                    example.push_str("  ");
                    example.push_str(&key.help_literal());
                    example.push('\n');
                }
            }
            Some(example)
        } else {
            Some(format!("{{{example}}}"))
        }
    }
}

/// Returns the placeholder of a simple value in an example.
pub fn example_value(shape: &ShapePage, with_values: bool) -> String {
    match shape.kind {
        ShapeKind::Scalar("string") if with_values && !shape.values.is_empty() => {
            shape.values.iter().map(|value| format!("\"{}\"", value.help_literal())).collect::<Vec<_>>().join("|")
        }
        ShapeKind::Scalar("string") => "\"string\"".to_owned(),
        ShapeKind::Scalar("boolean") => "true|false".to_owned(),
        kind => kind.type_name().to_owned(),
    }
}

/// Writes an option's value as JSON.
pub fn json(pages: &ServicePages, shape: &ShapePage, markup: &mut HelpMarkup) {
    JsonWriter { pages, markup, stack: Vec::new() }.value(shape);
}

struct JsonWriter<'p, 'm> {
    pages: &'p ServicePages,
    markup: &'m mut HelpMarkup,
    /// The names of the shapes around.
    stack: Vec<&'p str>,
}

impl<'p> JsonWriter<'p, '_> {
    fn value(&mut self, shape: &'p ShapePage) {
        let around = self.stack.iter().filter(|name| **name == shape.name).count();
        // A shape is shown once within itself.
        if around > 1 || self.markup.is_too_long() {
            if shape.kind.type_name() == "structure" {
                self.markup.write("{ ... recursive ... }");
            }
            return;
        }
        self.stack.push(&shape.name);
        match (shape.kind, shape.members.as_slice()) {
            (ShapeKind::List, [element]) => self.list(self.pages.target(element)),
            (ShapeKind::Map, [key, value]) => self.map(self.pages.target(key), self.pages.target(value)),
            (ShapeKind::Document, _) => self.markup.write("{...}"),
            (ShapeKind::Structure | ShapeKind::Union, members) => self.structure(members),
            _ => {}
        }
        self.stack.pop();
    }

    fn list(&mut self, element: &'p ShapePage) {
        self.markup.write("[");
        if element.kind.is_scalar() {
            self.markup.write(&format!("{}, ...", example_value(element, true)));
        } else {
            self.markup.indent();
            self.markup.new_line();
            self.value(element);
            self.markup.new_line();
            self.markup.write("...");
            self.markup.dedent();
            self.markup.new_line();
        }
        self.markup.write("]");
    }

    fn map(&mut self, key: &'p ShapePage, value: &'p ShapePage) {
        self.markup.write("{");
        self.markup.indent();
        self.markup.write(&format!("{}: ", example_value(key, true)));
        if value.kind.is_scalar() {
            self.markup.write(&example_value(value, true));
        } else {
            self.markup.indent();
            self.value(value);
            self.markup.dedent();
        }
        self.markup.new_line();
        self.markup.write("...");
        self.markup.dedent();
        self.markup.write("}");
    }

    fn structure(&mut self, members: &'p [MemberPage]) {
        self.markup.write("{");
        self.markup.indent();
        self.markup.new_line();
        for (index, member) in members.iter().enumerate() {
            let shape = self.pages.target(member);
            if shape.kind.is_scalar() {
                self.markup.write(&format!("\"{}\": {}", member.name, example_value(shape, true)));
            } else {
                self.markup.write(&format!("\"{}\": ", member.name));
                self.value(shape);
            }
            if index + 1 < members.len() {
                self.markup.write(",");
                self.markup.new_line();
            }
        }
        self.markup.dedent();
        self.markup.new_line();
        self.markup.write("}");
    }
}
