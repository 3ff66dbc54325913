//! Structures, unions and enums, in whichever module they live.

mod construction;
mod defaults;
mod enums;
mod events;

use std::collections::BTreeSet;

use defaults::default_expression;

use super::code::Code;
use super::links::{Links, Scope};
use super::module::Module;
use crate::plan::{Construction, MemberPlan, OperationPlan, Presence, RustType, ShapePlan};
use whitesmith_docs::rustdoc::rustdoc;
use whitesmith_docs::{Documentation, ModelText};
use whitesmith_smithy::model::ShapeType;

/// Writes the types of one module and remembers which names they use.
pub(super) struct Writer<'a> {
    links: &'a Links<'a>,
    /// Link targets for the documentation that is being written.
    scope: Option<Scope<'a>>,
    module: Module,
    imports: BTreeSet<&'static str>,
    modules: BTreeSet<&'static str>,
    pub code: Code,
}

/// A structure to write: what inputs and outputs have in common with other structures.
pub(super) struct Structure<'a> {
    pub name: &'a str,
    pub builder: &'a str,
    pub docs: &'a str,
    pub deprecated: Option<&'a ModelText>,
    /// `None` stands for `smithy.api#Unit`.
    pub shape: Option<&'a ShapePlan>,
    /// Whether it is an operation's output, which knows its response.
    pub is_output: bool,
}

impl<'a> Structure<'a> {
    /// The members that are fields.
    fn members(&self) -> Vec<&'a MemberPlan> {
        self.shape.into_iter().flat_map(ShapePlan::fields).collect()
    }

    fn is_all_optional(&self) -> bool {
        self.members().iter().all(|member| member.presence == Presence::Optional)
    }
}

impl<'a> Writer<'a> {
    pub fn new(links: &'a Links<'a>, module: Module) -> Self {
        Self { links, scope: None, module, imports: BTreeSet::new(), modules: BTreeSet::new(), code: Code::default() }
    }

    /// Puts the module's documentation and the `use` declarations of everything that was named above the types.
    pub fn finish(self, docs: &str) -> String {
        let mut head = Code::default();
        head.module_doc(docs);
        head.blank();
        let mut uses: Vec<(String, Vec<String>)> = Vec::new();
        if self.imports.contains("BTreeMap") {
            uses.push(("std::collections".to_owned(), vec!["BTreeMap".to_owned()]));
        }
        let runtime: Vec<_> =
            self.imports.iter().filter(|name| **name != "BTreeMap").map(ToString::to_string).collect();
        uses.push(("whitesmith_schema".to_owned(), runtime));
        let root = self.module.root().trim_end_matches(':').to_owned();
        uses.push((root, self.modules.iter().map(ToString::to_string).collect()));
        uses.retain(|(_, names)| !names.is_empty());
        for (path, names) in &uses {
            match names.as_slice() {
                [name] => head.line(&format!("use {path}::{name};")),
                names => head.list(&format!("use {path}::"), ["{", "}"], names, ";"),
            }
        }
        let head = head.finish();
        let body = self.code.finish();
        let gap = if uses.is_empty() || body.is_empty() { "" } else { "\n" };
        format!("{head}{gap}{body}")
    }

    /// Adds what another writer has written for the same module.
    pub fn append(&mut self, other: Self) {
        self.imports.extend(other.imports);
        self.modules.extend(other.modules);
        self.code.append(other.code);
    }

    /// Marks a module of the crate as used.
    pub fn using(&mut self, module: &'static str) {
        if module != self.module.name() {
            self.modules.insert(module);
        }
    }

    /// Writes for an operation from now on.
    pub fn enter(&mut self, operation: &'a OperationPlan) {
        self.scope = Some(self.links.of_operation(operation));
    }

    /// Writes a shape below those that are written already.
    pub fn shape(&mut self, shape: &'a ShapePlan) {
        if !self.code.is_empty() {
            self.code.blank();
        }
        self.scope = Some(self.links.of_shape(shape, self.module));
        self.using("schema");
        match shape.shape_type {
            ShapeType::Union => self.union(shape),
            ShapeType::Enum => self.string_enum(shape),
            ShapeType::IntEnum => self.int_enum(shape),
            _ => {
                let docs = self.text(&shape.documentation, &[]);
                self.structure(&Structure {
                    name: &shape.type_name,
                    builder: &shape.builder,
                    docs: &docs,
                    deprecated: shape.deprecated.as_ref(),
                    shape: Some(shape),
                    is_output: false,
                });
                self.error_call(shape);
            }
        }
    }

    /// Writes a struct with its constructor, its setters and its ties to the schema.
    pub fn structure(&mut self, structure: &Structure<'_>) {
        let Structure { name, docs, deprecated, shape, is_output, .. } = *structure;
        let members = structure.members();
        let construction = Construction::of(shape.map(|shape| shape.members.as_slice()).unwrap_or_default());
        self.code.doc(docs);
        self.code.deprecation(deprecated);
        self.code.line(if structure.is_all_optional() { "#[derive(Clone, Default)]" } else { "#[derive(Clone)]" });
        // Calls return outputs: dropping one needs no warning.
        if !is_output {
            self.code.line("#[must_use]");
        }
        self.code.line("#[non_exhaustive]");
        if members.is_empty() && !is_output {
            self.code.line(&format!("pub struct {name} {{}}"));
        } else {
            self.open(&format!("pub struct {name}"));
            for member in &members {
                self.field(member);
            }
            if is_output {
                self.imports.insert("ResponseMetadata");
                self.code.line("_response: ResponseMetadata,");
            }
            self.close();
        }
        self.code.blank();
        self.open(&format!("impl {name}"));
        self.constructor(structure, &construction);
        for member in members.iter().filter(|member| member.presence != Presence::Required) {
            self.code.blank();
            self.setter(member);
        }
        self.close();
        if !structure.is_all_optional() && matches!(&construction, Construction::New(required) if required.is_empty()) {
            self.code.blank();
            self.open(&format!("impl Default for {name}"));
            self.code.block("fn default() -> Self", |code| code.line("Self::new()"));
            self.close();
        }
        self.code.blank();
        let schema = match shape {
            Some(shape) => format!("schema::{}", shape.constant),
            None => "whitesmith_schema::prelude::UNIT".to_owned(),
        };
        let entries: Vec<_> = members.iter().map(|member| entry(member)).collect();
        let tail = if is_output { ", _response" } else { "" };
        self.macro_call("structure", &[name, &schema], &entries, tail);
        if let Construction::Builder(required) = &construction {
            self.builder(structure, required);
        }
    }

    /// Imports a macro of the runtime and calls it.
    pub fn macro_call(&mut self, name: &'static str, arguments: &[&str], entries: &[String], tail: &str) {
        self.imports.insert(name);
        self.code.macro_call(name, arguments, entries, tail);
    }

    fn open(&mut self, head: &str) {
        self.code.line(&format!("{head} {{"));
        self.code.indent();
    }

    fn close(&mut self) {
        self.code.outdent();
        self.code.line("}");
    }

    fn field(&mut self, member: &MemberPlan) {
        let mut docs = self.member_text(member);
        if member.is_streaming_body {
            docs.push_str("\n\nClients send and return these bytes beside the structure, as a stream.");
        }
        self.code.doc(&docs);
        self.code.deprecation(member.deprecated.as_ref());
        let of = self.rust_type(&member.rust_type);
        let of = if member.presence == Presence::Optional { format!("Option<{of}>") } else { of };
        self.code.line(&format!("pub {}: {of},", member.field));
    }

    /// A type as this module names it.
    pub fn rust_type(&mut self, of: &RustType) -> String {
        match of {
            RustType::Plain(name) => {
                if name.starts_with(|c: char| c.is_ascii_uppercase()) && *name != "String" {
                    self.imports.insert(name);
                }
                (*name).to_owned()
            }
            RustType::Named(of) if of.module == self.module.name() && self.module.is_part() => {
                format!("super::{}", of.name)
            }
            RustType::Named(of) if of.module == self.module.name() => of.name.clone(),
            RustType::Named(of) => {
                self.using(of.module);
                format!("{}::{}", of.module, of.name)
            }
            RustType::List(of) => format!("Vec<{}>", self.rust_type(of)),
            RustType::Map(key, value) => {
                self.imports.insert("BTreeMap");
                format!("BTreeMap<{}, {}>", self.rust_type(key), self.rust_type(value))
            }
            RustType::Optional(of) => format!("Option<{}>", self.rust_type(of)),
            RustType::Boxed(of) => format!("Box<{}>", self.rust_type(of)),
        }
    }

    fn union(&mut self, shape: &ShapePlan) {
        let name = &shape.type_name;
        let docs = self.text(&shape.documentation, &[]);
        self.code.doc(&docs);
        self.code.deprecation(shape.deprecated.as_ref());
        self.code.line("#[derive(Clone)]");
        self.code.line("#[non_exhaustive]");
        self.code.line("#[allow(clippy::large_enum_variant, reason = \"the variants are the model's\")]");
        self.open(&format!("pub enum {name}"));
        for member in shape.variants() {
            let docs = self.member_text(member);
            self.code.doc(&docs);
            self.code.deprecation(member.deprecated.as_ref());
            let of = self.rust_type(&member.rust_type);
            self.code.line(&format!("{}({of}),", member.variant));
        }
        self.code.doc(match shape.is_event_union() {
            true => "An event that the model did not know when this code was generated.",
            false => "A variant that the model did not know when this code was generated.",
        });
        self.code.line("Unknown,");
        self.close();
        self.code.blank();
        let entries: Vec<_> = shape.variants().map(|member| member.variant.clone()).collect();
        let schema = format!("schema::{}", shape.constant);
        self.macro_call("union", &[name, &schema], &entries, "");
        if shape.is_event_union() {
            self.event_errors(shape);
        }
    }

    /// Documentation of the model as Markdown of a doc comment, with the constraints.
    pub fn text(&self, documentation: &Documentation, constraints: &[(&'static str, ModelText)]) -> String {
        let resolve = |code: &str| self.scope.as_ref().and_then(|scope| scope.resolve(code));
        rustdoc(documentation, &resolve, constraints)
    }

    fn member_text(&self, member: &MemberPlan) -> String {
        let text = self.text(&member.documentation, &member.constraints);
        if text.is_empty() { format!("`{}`", member.name) } else { text }
    }

    /// Ties an error structure to [`std::error::Error`], with the member that holds its message.
    fn error_call(&mut self, shape: &ShapePlan) {
        let Some(error) = &shape.error else { return };
        let message = error.message.and_then(|index| shape.members.get(index)).map(|member| {
            let presence = if member.presence == Presence::Optional { "optional" } else { "required" };
            format!("{presence} {}", member.field)
        });
        self.macro_call("error", &[&shape.type_name], message.as_slice(), "");
    }
}

/// A member in the call of the macro that ties a structure to its schema.
fn entry(member: &MemberPlan) -> String {
    let field = &member.field;
    match (&member.presence, &member.default) {
        (Presence::Required, _) => format!("required {field}"),
        (Presence::Optional | Presence::Beside, None) => format!("optional {field}"),
        (Presence::Optional | Presence::Beside, Some(default)) => {
            format!("optional({}) {field}", default_expression(default, &member.rust_type))
        }
        (Presence::Default(default), _) => {
            format!("default({}) {field}", default_expression(default, &member.rust_type))
        }
    }
}
