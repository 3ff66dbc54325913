//! Structures, unions and enums, in whichever module they live.

mod defaults;
mod enums;

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use defaults::default_expression;
use enums::int_enum;

use super::links::{Links, Scope};
use super::rust::{doc, ident};
use super::schema;
use crate::plan::{MemberPlan, OperationPlan, Placement, Plan, Presence, RustType, ShapePlan};
use whitesmith_docs::Documentation;
use whitesmith_docs::rustdoc::{Constraint, rustdoc};
use whitesmith_smithy::model::ShapeType;

/// Writes types for one module: knows how to name other modules' types, and remembers which of the runtime's it named.
pub(super) struct Writer<'a> {
    plan: &'a Plan,
    links: &'a Links<'a>,
    /// What the documentation that is written now may link to.
    scope: Option<Scope<'a>>,
    module: &'static str,
    imports: BTreeSet<&'static str>,
    modules: BTreeSet<&'static str>,
}

/// Names of setters that `clippy` takes for operators.
const OPERATORS: &[&str] = &["add", "bitand", "bitor", "bitxor", "div", "mul", "rem", "shl", "shr", "sub"];

/// From this many arguments on, `clippy` asks for a builder.
const MANY_ARGUMENTS: usize = 8;

impl<'a> Writer<'a> {
    pub fn new(plan: &'a Plan, links: &'a Links<'a>, module: &'static str) -> Self {
        Self { plan, links, scope: None, module, imports: BTreeSet::new(), modules: BTreeSet::new() }
    }

    /// The `use` lines for everything that was named so far.
    pub fn uses(&self) -> TokenStream {
        let map = self.imports.contains("BTreeMap").then(|| {
            quote!(
                use std::collections::BTreeMap;
            )
        });
        let names: Vec<_> = self.imports.iter().filter(|name| **name != "BTreeMap").map(|name| ident(name)).collect();
        let runtime = (!names.is_empty()).then(|| quote!(use whitesmith_schema::{#(#names),*};));
        let modules = self.modules.iter().map(|name| ident(name));
        let own = (!self.modules.is_empty()).then(|| quote!(use crate::{#(#modules),*};));
        quote!(#map #runtime #own)
    }

    /// Marks a module of the crate as used.
    pub fn using(&mut self, module: &'static str) {
        if module != self.module {
            self.modules.insert(module);
        }
    }

    /// Writes for an operation from now on.
    pub fn enter(&mut self, operation: &'a OperationPlan) {
        self.scope = Some(self.links.of_operation(operation));
    }

    /// The shapes that live in this module.
    pub fn shapes(&mut self, placement: Placement) -> Vec<TokenStream> {
        let plan = self.plan;
        plan.shapes.iter().filter(|shape| shape.placement == placement).map(|shape| self.shape(shape)).collect()
    }

    fn shape(&mut self, shape: &'a ShapePlan) -> TokenStream {
        self.scope = Some(self.links.of_shape(shape, self.module));
        self.using("schema");
        match shape.shape_type {
            ShapeType::Union => self.union(shape),
            ShapeType::Enum => self.string_enum(shape),
            ShapeType::IntEnum => int_enum(self, shape),
            _ => {
                let error = shape.error.as_ref().map(|_| error_call(shape));
                let text = self.text(&shape.documentation, &[]);
                let made = self.structure(&shape.type_name, &text, shape.deprecated.as_deref(), Some(shape), false);
                quote!(#made #error)
            }
        }
    }

    /// A struct with its constructor, setters and ties to the schema. No shape means `smithy.api#Unit`. What a call
    /// returns may be dropped without a look; anything else was made for a use, and its setters return it.
    pub fn structure(
        &mut self,
        name: &str,
        docs: &str,
        deprecated: Option<&str>,
        shape: Option<&ShapePlan>,
        is_returned: bool,
    ) -> TokenStream {
        let type_name = ident(name);
        let must_use = (!is_returned).then(|| quote!(#[must_use]));
        let docs = doc(docs);
        let deprecated = deprecation(deprecated);
        let members = shape.map(|shape| shape.members.as_slice()).unwrap_or_default();
        let fields: Vec<_> = members.iter().map(|member| self.field(member)).collect();
        let constructor = self.constructor(members);
        let setters: Vec<_> = members
            .iter()
            .filter(|member| member.presence != Presence::Required)
            .map(|member| self.setter(member))
            .collect();
        let all_optional = members.iter().all(|member| member.presence == Presence::Optional);
        let none_required = members.iter().all(|member| member.presence != Presence::Required);
        let derives = if all_optional { quote!(Clone, Default, PartialEq) } else { quote!(Clone, PartialEq) };
        let default = (none_required && !all_optional).then(|| {
            quote! {
                impl Default for #type_name {
                    fn default() -> Self {
                        Self::new()
                    }
                }
            }
        });
        let schema = match shape {
            Some(shape) => {
                let path = schema::reference(self.plan, &shape.id);
                quote!(schema::#path)
            }
            None => quote!(whitesmith_schema::prelude::UNIT),
        };
        let entries = members.iter().enumerate().map(|(index, member)| entry(index, member));
        quote! {
            #docs
            #deprecated
            #[derive(#derives)]
            #must_use
            #[non_exhaustive]
            pub struct #type_name {
                #(#fields)*
            }

            impl #type_name {
                #constructor
                #(#setters)*
            }

            #default

            whitesmith_schema::structure!(#type_name, #schema, { #(#entries),* });
        }
    }

    fn field(&mut self, member: &MemberPlan) -> TokenStream {
        let docs = doc(&self.member_text(member));
        let deprecated = deprecation(member.deprecated.as_deref());
        let name = ident(&member.field);
        let of = self.rust_type(&member.rust_type);
        let of = if member.presence == Presence::Optional { quote!(Option<#of>) } else { of };
        quote!(#docs #deprecated pub #name: #of,)
    }

    fn constructor(&mut self, members: &[MemberPlan]) -> TokenStream {
        let required: Vec<_> = members.iter().filter(|member| member.presence == Presence::Required).collect();
        let arguments: Vec<_> = required
            .iter()
            .map(|member| {
                let name = ident(&member.field);
                let (of, _) = self.argument(&member.rust_type, &name);
                quote!(#name: #of)
            })
            .collect();
        let values: Vec<_> = members
            .iter()
            .map(|member| {
                let name = ident(&member.field);
                let value = match &member.presence {
                    Presence::Required => self.argument(&member.rust_type, &name).1,
                    Presence::Optional => quote!(None),
                    Presence::Default(default) => default_expression(default, &member.rust_type),
                };
                // Field init shorthand, where it says the same.
                if name == value.to_string() { quote!(#name) } else { quote!(#name: #value) }
            })
            .collect();
        let many = (required.len() >= MANY_ARGUMENTS)
            .then(|| quote!(#[allow(clippy::too_many_arguments, reason = "one argument for each required member")]));
        let docs =
            doc(if required.is_empty() { "Makes it without any member." } else { "Makes it of its required members." });
        quote! {
            #docs
            #many
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#values),* }
            }
        }
    }

    fn setter(&mut self, member: &MemberPlan) -> TokenStream {
        let name = ident(&member.field);
        let value = ident("value");
        let (of, made) = self.argument(&member.rust_type, &value);
        let made = if member.presence == Presence::Optional { quote!(Some(#made)) } else { made };
        let link = member.field.trim_start_matches("r#");
        let docs = doc(&format!("Sets [`{link}`](Self#structfield.{link})."));
        let operator = OPERATORS
            .contains(&member.field.as_str())
            .then(|| quote!(#[allow(clippy::should_implement_trait, reason = "named after the member that it sets")]));
        quote! {
            #docs
            #operator
            pub fn #name(mut self, value: #of) -> Self {
                self.#name = #made;
                self
            }
        }
    }

    /// The type of an argument for a value, and the expression that makes the value of it.
    fn argument(&mut self, of: &RustType, name: &proc_macro2::Ident) -> (TokenStream, TokenStream) {
        match of {
            RustType::Plain(plain @ ("String" | "Blob")) => {
                let of = self.rust_type(&RustType::Plain(plain));
                (quote!(impl Into<#of>), quote!(#name.into()))
            }
            RustType::Boxed(of) => {
                let of = self.rust_type(of);
                (quote!(#of), quote!(Box::new(#name)))
            }
            of => (self.rust_type(of), quote!(#name)),
        }
    }

    /// A type as this module names it.
    pub fn rust_type(&mut self, of: &RustType) -> TokenStream {
        match of {
            RustType::Plain(name) => {
                if name.starts_with(|c: char| c.is_ascii_uppercase()) && *name != "String" {
                    self.imports.insert(name);
                }
                let name = ident(name);
                quote!(#name)
            }
            RustType::Named(of) => {
                let name = ident(&of.name);
                if of.module == self.module {
                    return quote!(#name);
                }
                self.using(of.module);
                let module = ident(of.module);
                quote!(#module::#name)
            }
            RustType::List(of) => {
                let of = self.rust_type(of);
                quote!(Vec<#of>)
            }
            RustType::Map(key, value) => {
                self.imports.insert("BTreeMap");
                let (key, value) = (self.rust_type(key), self.rust_type(value));
                quote!(BTreeMap<#key, #value>)
            }
            RustType::Optional(of) => {
                let of = self.rust_type(of);
                quote!(Option<#of>)
            }
            RustType::Boxed(of) => {
                let of = self.rust_type(of);
                quote!(Box<#of>)
            }
        }
    }

    fn union(&mut self, shape: &ShapePlan) -> TokenStream {
        let type_name = ident(&shape.type_name);
        let docs = doc(&self.text(&shape.documentation, &[]));
        let deprecated = deprecation(shape.deprecated.as_deref());
        let constant = ident(&shape.constant);
        let variants: Vec<_> = shape
            .members
            .iter()
            .map(|member| {
                let docs = doc(&self.member_text(member));
                let deprecated = deprecation(member.deprecated.as_deref());
                let name = ident(&member.variant);
                let of = self.rust_type(&member.rust_type);
                quote!(#docs #deprecated #name(#of),)
            })
            .collect();
        let entries = shape.members.iter().enumerate().map(|(index, member)| {
            let index = proc_macro2::Literal::usize_unsuffixed(index);
            let name = ident(&member.variant);
            quote!(#index: #name)
        });
        quote! {
            #docs
            #deprecated
            #[derive(Clone, PartialEq)]
            #[non_exhaustive]
            #[allow(clippy::large_enum_variant, reason = "the variants are the model's")]
            pub enum #type_name {
                #(#variants)*
                /// A variant that the model did not know when this code was generated.
                Unknown,
            }

            whitesmith_schema::union!(#type_name, schema::#constant, { #(#entries),* });
        }
    }

    /// Rust documentation of a documentation tree, with what the model limits.
    pub fn text(&self, documentation: &Documentation, constraints: &[(String, String)]) -> String {
        let constraints: Vec<_> =
            constraints.iter().map(|(name, value)| Constraint { name: name.clone(), value: value.clone() }).collect();
        let resolve = |code: &str| self.scope.as_ref().and_then(|scope| scope.resolve(code));
        rustdoc(documentation, &resolve, &constraints)
    }

    fn member_text(&self, member: &MemberPlan) -> String {
        let text = self.text(&member.documentation, &member.constraints);
        if text.is_empty() { format!("`{}`", member.name) } else { text }
    }
}

fn entry(index: usize, member: &MemberPlan) -> TokenStream {
    let index = proc_macro2::Literal::usize_unsuffixed(index);
    let name = ident(&member.field);
    match &member.presence {
        Presence::Required => quote!(#index: required #name),
        Presence::Optional => match &member.default {
            Some(default) => {
                let value = default_expression(default, &member.rust_type);
                quote!(#index: optional(#value) #name)
            }
            None => quote!(#index: optional #name),
        },
        Presence::Default(default) => {
            let value = default_expression(default, &member.rust_type);
            quote!(#index: default(#value) #name)
        }
    }
}

/// Ties an error structure to [`std::error::Error`], with the member that holds its message.
fn error_call(shape: &ShapePlan) -> TokenStream {
    let type_name = ident(&shape.type_name);
    let message = shape
        .members
        .iter()
        .find(|member| member.name.eq_ignore_ascii_case("message") && member.rust_type == RustType::Plain("String"));
    let entry = message.map(|member| {
        let field = ident(&member.field);
        match member.presence {
            Presence::Optional => quote!(optional #field),
            Presence::Required | Presence::Default(_) => quote!(required #field),
        }
    });
    quote!(whitesmith_schema::error!(#type_name, { #entry });)
}

pub(super) fn deprecation(message: Option<&str>) -> Option<TokenStream> {
    message.map(|message| quote!(#[deprecated = #message]))
}
