//! Structures, unions and enums, in whichever module they live.

mod defaults;
mod enums;
mod events;

use std::collections::BTreeSet;

use defaults::default_expression;
pub(super) use events::error_enum;

use super::code::Code;
use super::links::{Links, Scope};
use crate::plan::{Construction, MemberPlan, OperationPlan, Presence, RustType, ShapePlan};
use whitesmith_docs::rustdoc::rustdoc;
use whitesmith_docs::{Documentation, ModelText};
use whitesmith_smithy::model::ShapeType;

/// Writes the types of one module and remembers which names they use.
pub(super) struct Writer<'a> {
    links: &'a Links<'a>,
    /// What the documentation that is written now may link to.
    scope: Option<Scope<'a>>,
    module: Module,
    imports: BTreeSet<&'static str>,
    modules: BTreeSet<&'static str>,
    pub code: Code,
}

/// A module that types live in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Module {
    /// The root of the crate, which only has documentation.
    Root,
    Types,
    Errors,
    /// A part of a long module of types, below `types`.
    TypesPart,
    /// A part of a long module of errors, below `errors`.
    ErrorsPart,
    /// The module of one operation, below `operations`.
    Operation,
}

impl Module {
    /// The name of the module in paths.
    pub fn name(self) -> &'static str {
        match self {
            Self::Root => "",
            Self::Types | Self::TypesPart => "types",
            Self::Errors | Self::ErrorsPart => "errors",
            Self::Operation => "operations",
        }
    }

    /// The path of the root as seen from the module: the generated code may be a module of another crate.
    pub fn root(self) -> &'static str {
        match self {
            Self::Root => "",
            Self::Types | Self::Errors => "super::",
            Self::TypesPart | Self::ErrorsPart | Self::Operation => "super::super::",
        }
    }

    /// Whether other types of the module may be in other files.
    pub fn is_part(self) -> bool {
        matches!(self, Self::TypesPart | Self::ErrorsPart)
    }
}

/// A structure to write: what inputs and outputs have in common with other structures.
pub(super) struct Structure<'a> {
    pub name: &'a str,
    pub builder: &'a str,
    pub docs: &'a str,
    pub deprecated: Option<&'a ModelText>,
    /// `None` stands for `smithy.api#Unit`.
    pub shape: Option<&'a ShapePlan>,
    /// Whether calls return it: dropping it then needs no warning.
    pub is_returned: bool,
}

/// Names of setters that `clippy` takes for operators.
const OPERATORS: &[&str] = &["add", "bitand", "bitor", "bitxor", "div", "mul", "rem", "shl", "shr", "sub"];

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
                    is_returned: false,
                });
                self.error_call(shape);
            }
        }
    }

    /// Writes a struct with its constructor, its setters and its ties to the schema.
    pub fn structure(&mut self, structure: &Structure<'_>) {
        let Structure { name, builder, docs, deprecated, shape, is_returned } = *structure;
        let all_members = shape.map(|shape| shape.members.as_slice()).unwrap_or_default();
        let fields: Vec<_> = shape.into_iter().flat_map(ShapePlan::fields).collect();
        let members: Vec<&MemberPlan> = fields.iter().map(|(_, member)| *member).collect();
        let members = members.as_slice();
        let all_optional = members.iter().all(|member| member.presence == Presence::Optional);
        let construction = Construction::of(all_members);
        self.code.doc(docs);
        self.code.deprecation(deprecated);
        self.code.line(if all_optional {
            "#[derive(Clone, Default, PartialEq)]"
        } else {
            "#[derive(Clone, PartialEq)]"
        });
        if !is_returned {
            self.code.line("#[must_use]");
        }
        self.code.line("#[non_exhaustive]");
        if members.is_empty() {
            self.code.line(&format!("pub struct {name} {{}}"));
        } else {
            self.open(&format!("pub struct {name}"));
            for member in members {
                self.field(member);
            }
            self.close();
        }
        self.code.blank();
        self.open(&format!("impl {name}"));
        self.constructor(name, builder, members, &construction, all_optional);
        for member in members.iter().filter(|member| member.presence != Presence::Required) {
            self.code.blank();
            self.setter(member);
        }
        self.close();
        if !all_optional && matches!(&construction, Construction::New(required) if required.is_empty()) {
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
        let entries: Vec<_> = fields.iter().map(|(index, member)| entry(*index, member)).collect();
        self.code.macro_call("whitesmith_schema::structure", &[name, &schema], &entries);
        if let Construction::Builder(required) = &construction {
            self.builder(name, builder, members, required);
        }
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

    fn constructor(
        &mut self,
        name: &str,
        builder: &str,
        members: &[&MemberPlan],
        construction: &Construction<'_>,
        all_optional: bool,
    ) {
        let article = if name.starts_with(['A', 'E', 'I', 'O']) { "an" } else { "a" };
        let value = format!("{article} `{name}`");
        let required = match construction {
            Construction::Builder(_) => {
                self.code.doc(&format!("Starts building {value} from its required members."));
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
            .map(|member| format!("{}: {}", member.field, self.argument(&member.rust_type, &member.field).0))
            .collect();
        let values: Vec<String> = members
            .iter()
            .map(|member| {
                let field = &member.field;
                let value = match &member.presence {
                    Presence::Required => self.argument(&member.rust_type, field).1,
                    _ => initial_value(member),
                };
                if value == *field { value } else { format!("{field}: {value}") }
            })
            .collect();
        self.code.list("pub fn new", ["(", ")"], &arguments, " -> Self {");
        self.code.indent();
        if all_optional && !members.is_empty() {
            self.code.line("Self::default()");
        } else {
            self.code.list("Self ", ["{", "}"], &values, "");
        }
        self.close();
    }

    fn setter(&mut self, member: &MemberPlan) {
        let name = &member.field;
        let (of, value) = self.argument(&member.rust_type, "value");
        let value = if member.presence == Presence::Optional { format!("Some({value})") } else { value };
        let link = name.trim_start_matches("r#");
        self.code.doc(&format!("Sets [`{link}`](Self#structfield.{link})."));
        if OPERATORS.contains(&name.as_str()) {
            self.code.line("#[allow(clippy::should_implement_trait, reason = \"the setter has its member's name\")]");
        }
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

    fn builder(&mut self, name: &str, builder: &str, members: &[&MemberPlan], required: &[&MemberPlan]) {
        let setters: Vec<String> = required
            .iter()
            .map(|member| {
                let (kind, of) = match &member.rust_type {
                    RustType::Plain("String" | "Blob") => ("into", self.rust_type(&member.rust_type)),
                    RustType::Boxed(of) => ("boxed", self.rust_type(of)),
                    of => ("plain", self.rust_type(of)),
                };
                format!("{}: {kind} {of}", member.field)
            })
            .collect();
        let others: Vec<String> = members
            .iter()
            .filter(|member| member.presence != Presence::Required)
            .map(|member| format!("{}: {}", member.field, initial_value(member)))
            .collect();
        self.code.blank();
        self.code.macro_head("whitesmith_schema::builder", &[name, builder]);
        self.code.indent();
        setters.iter().for_each(|setter| self.code.line(&format!("{setter},")));
        self.code.outdent();
        self.code.list("}, ", ["{", "}"], &others, ");");
    }

    /// The type of an argument for a value, and the expression of the value.
    fn argument(&mut self, of: &RustType, name: &str) -> (String, String) {
        match of {
            RustType::Plain("String" | "Blob") => {
                (format!("impl Into<{}>", self.rust_type(of)), format!("{name}.into()"))
            }
            RustType::Boxed(of) => (self.rust_type(of), format!("Box::new({name})")),
            of => (self.rust_type(of), name.to_owned()),
        }
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
        self.code.line("#[derive(Clone, PartialEq)]");
        self.code.line("#[non_exhaustive]");
        self.code.line("#[allow(clippy::large_enum_variant, reason = \"the variants are the model's\")]");
        self.open(&format!("pub enum {name}"));
        for (_, member) in shape.variants() {
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
        let entries: Vec<_> = shape.variants().map(|(index, member)| format!("{index}: {}", member.variant)).collect();
        let schema = format!("schema::{}", shape.constant);
        self.code.macro_call("whitesmith_schema::union", &[name, &schema], &entries);
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
        let message = error.message.and_then(|index| shape.members.get(index));
        let entry = message.map(|member| {
            let presence = if member.presence == Presence::Optional { "optional" } else { "required" };
            format!(" {presence} {} ", member.field)
        });
        self.code.blank();
        let entry = entry.unwrap_or_default();
        self.code.line(&format!("whitesmith_schema::error!({}, {{{entry}}});", shape.type_name));
    }
}

/// What a member that is not required starts as.
fn initial_value(member: &MemberPlan) -> String {
    match &member.presence {
        Presence::Default(default) => default_expression(default, &member.rust_type),
        _ => "None".to_owned(),
    }
}

fn entry(index: usize, member: &MemberPlan) -> String {
    let field = &member.field;
    match (&member.presence, &member.default) {
        (Presence::Required, _) => format!("{index}: required {field}"),
        (Presence::Optional | Presence::Beside, None) => format!("{index}: optional {field}"),
        (Presence::Optional | Presence::Beside, Some(default)) => {
            format!("{index}: optional({}) {field}", default_expression(default, &member.rust_type))
        }
        (Presence::Default(default), _) => {
            format!("{index}: default({}) {field}", default_expression(default, &member.rust_type))
        }
    }
}
