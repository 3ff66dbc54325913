//! Constructors, setters and builders of structures.

use super::super::code::INLINE;
use super::defaults::default_expression;
use super::{Structure, Writer};
use crate::plan::{Argument, Construction, MemberPlan, Presence, RustType};

/// Names of setters that `clippy` takes for operators.
const OPERATORS: &[&str] = &["add", "bitand", "bitor", "bitxor", "div", "mul", "rem", "shl", "shr", "sub"];

/// Initial value of the metadata of an output.
const RESPONSE: &str = "_response: ResponseMetadata::default()";

impl Writer<'_> {
    /// Writes `new`, or `builder` where the arguments of `new` could be confused.
    pub(super) fn constructor(&mut self, structure: &Structure<'_>, construction: &Construction<'_>) {
        let Structure { name, builder, is_output, .. } = *structure;
        let members = structure.members();
        let article = if name.starts_with(['A', 'E', 'I', 'O']) { "an" } else { "a" };
        let value = format!("{article} `{name}`");
        let required = match construction {
            Construction::Builder(_) => {
                self.code.doc(&format!("Starts building {value} from its required members."));
                self.code.line(INLINE);
                self.code.block(&format!("pub fn builder() -> {builder}"), |code| {
                    code.line(&format!("{builder}::default()"));
                });
                return;
            }
            Construction::New(required) => required,
        };
        self.code.doc(&match required.as_slice() {
            [] if members.is_empty() => format!("Creates {value}."),
            [] => format!("Creates {value} with no member set."),
            [_] => format!("Creates {value} with its required member."),
            _ => format!("Creates {value} with its required members."),
        });
        let arguments: Vec<String> = required
            .iter()
            .map(|member| format!("{}: {}", member.field, self.argument_type(&member.rust_type)))
            .collect();
        let mut values: Vec<String> = members
            .iter()
            .map(|member| {
                let field = &member.field;
                let value = match &member.presence {
                    Presence::Required => argument_value(&member.rust_type, field),
                    _ => initial_value(member),
                };
                if value == *field { value } else { format!("{field}: {value}") }
            })
            .collect();
        if is_output {
            values.push(RESPONSE.to_owned());
        }
        self.code.line(INLINE);
        self.code.list("pub fn new", ["(", ")"], &arguments, " -> Self {");
        self.code.indent();
        if structure.is_all_optional() && !values.is_empty() {
            self.code.line("Self::default()");
        } else {
            self.code.list("Self ", ["{", "}"], &values, "");
        }
        self.close();
    }

    /// Writes the setter of a member that is not required.
    pub(super) fn setter(&mut self, member: &MemberPlan) {
        let name = &member.field;
        let of = self.argument_type(&member.rust_type);
        let value = argument_value(&member.rust_type, "value");
        let value = if member.presence == Presence::Optional { format!("Some({value})") } else { value };
        let link = name.trim_start_matches("r#");
        self.code.doc(&format!("Sets [`{link}`](Self#structfield.{link})."));
        if OPERATORS.contains(&name.as_str()) {
            self.code.line("#[allow(clippy::should_implement_trait, reason = \"the setter has its member's name\")]");
        }
        self.code.line(INLINE);
        self.code.list(
            &format!("pub fn {name}"),
            ["(", ")"],
            &["mut self".to_owned(), format!("value: {of}")],
            " -> Self {",
        );
        self.code.indent();
        self.code.line(&format!("self.{name} = {value};"));
        self.code.line("self");
        self.close();
    }

    /// Writes the builder of a structure.
    pub(super) fn builder(&mut self, structure: &Structure<'_>, required: &[&MemberPlan]) {
        let setters: Vec<String> = required
            .iter()
            .map(|member| {
                let (kind, of) = match member.rust_type.argument() {
                    Argument::Into(of) => ("into", of),
                    Argument::Boxed(of) => ("boxed", of),
                    Argument::Plain(of) => ("plain", of),
                };
                format!("{}: {kind} {}", member.field, self.rust_type(of))
            })
            .collect();
        let members = structure.members().into_iter().filter(|member| member.presence != Presence::Required);
        let mut others: Vec<String> =
            members.map(|member| format!("{}: {}", member.field, initial_value(member))).collect();
        if structure.is_output {
            others.push(RESPONSE.to_owned());
        }
        self.imports.insert("builder");
        self.code.macro_head("builder", &[structure.name, structure.builder]);
        self.code.indent();
        setters.iter().for_each(|setter| self.code.line(&format!("{setter},")));
        self.code.outdent();
        self.code.list("}, ", ["{", "}"], &others, ");");
    }

    /// The type of an argument for a value.
    fn argument_type(&mut self, of: &RustType) -> String {
        match of.argument() {
            Argument::Into(of) => format!("impl Into<{}>", self.rust_type(of)),
            Argument::Boxed(of) | Argument::Plain(of) => self.rust_type(of),
        }
    }
}

/// The value of an argument.
fn argument_value(of: &RustType, name: &str) -> String {
    match of.argument() {
        Argument::Into(_) => format!("{name}.into()"),
        Argument::Boxed(_) => format!("Box::new({name})"),
        Argument::Plain(_) => name.to_owned(),
    }
}

/// Returns the initial value of a member that is not required.
fn initial_value(member: &MemberPlan) -> String {
    match &member.presence {
        Presence::Default(default) => default_expression(default, &member.rust_type),
        _ => "None".to_owned(),
    }
}
