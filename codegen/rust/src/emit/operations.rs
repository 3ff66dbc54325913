//! One module an operation: input, output, error, and the type that ties them together.

use proc_macro2::TokenStream;
use quote::quote;

use super::links::Links;
use super::rust::{doc, ident};
use super::types::{Writer, deprecation};
use crate::plan::{OperationPlan, Plan};

/// The module that holds the operations' modules.
pub(super) fn index(plan: &Plan) -> TokenStream {
    let modules = plan.operations.iter().map(|operation| ident(&operation.method));
    let names = plan.operations.iter().map(|operation| ident(&operation.method));
    quote! {
        //! The operations: what goes in, what comes out, and what can go wrong.

        #(mod #modules;)*

        #(pub use #names::*;)*
    }
}

/// One operation's module.
pub(super) fn module(plan: &Plan, links: &Links<'_>, operation: &OperationPlan) -> TokenStream {
    let mut writer = Writer::new(plan, links, "operations");
    writer.enter(operation);
    let name = operation.id.name();
    let input = writer.structure(
        &operation.input_type,
        &format!("What goes into `{name}`."),
        None,
        plan.shape(&operation.input),
        false,
    );
    let output = writer.structure(
        &operation.output_type,
        &format!("What comes out of `{name}`."),
        None,
        plan.shape(&operation.output),
        true,
    );
    let error = error_enum(plan, &mut writer, operation);
    let marker = marker(plan, &mut writer, operation);
    if plan.shape(&operation.input).is_some() || plan.shape(&operation.output).is_some() {
        writer.using("schema");
    }
    let uses = writer.uses();
    let docs = super::rust::module_doc(&format!("`{}`", operation.id));
    quote! {
        #docs
        #uses
        #marker
        #input
        #output
        #error
    }
}

fn error_enum(plan: &Plan, writer: &mut Writer<'_>, operation: &OperationPlan) -> TokenStream {
    let type_name = ident(&operation.error_type);
    let variants: Vec<_> = operation
        .errors
        .iter()
        .map(|error| {
            let documentation = plan.shape(&error.id).map(|shape| shape.documentation.clone()).unwrap_or_default();
            let text = writer.text(&documentation, &[]);
            let docs = doc(&if text.is_empty() { format!("`{}`", error.variant) } else { text });
            let variant = ident(&error.variant);
            quote!(#docs #variant(errors::#variant),)
        })
        .collect();
    if !operation.errors.is_empty() {
        writer.using("errors");
    }
    let entries = operation.errors.iter().enumerate().map(|(index, error)| {
        let index = proc_macro2::Literal::usize_unsuffixed(index);
        let variant = ident(&error.variant);
        quote!(#index: #variant(errors::#variant))
    });
    let docs = doc(&format!("What the service may answer `{}` instead of its output.", operation.id.name()));
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        #[allow(clippy::large_enum_variant, reason = "the variants are the model's")]
        pub enum #type_name {
            #(#variants)*
        }

        whitesmith_schema::operation_error!(#type_name, { #(#entries),* });
    }
}

/// The type that stands for the operation; only where there is a protocol to call it by.
fn marker(plan: &Plan, writer: &mut Writer<'_>, operation: &OperationPlan) -> TokenStream {
    let text = writer.text(&operation.documentation, &[]);
    let docs = doc(&if text.is_empty() { format!("`{}`", operation.id.name()) } else { text });
    let deprecated = deprecation(operation.deprecated.as_deref());
    let type_name = ident(&operation.type_name);
    let (input, output, error) =
        (ident(&operation.input_type), ident(&operation.output_type), ident(&operation.error_type));
    let constant = ident(&operation.constant);
    let typed = (plan.service.protocol.is_some() && !operation.event_stream).then(|| {
        writer.using("schema");
        quote! {
            impl whitesmith_schema::TypedOperation for #type_name {
                type Input = #input;
                type Output = #output;
                type Error = #error;

                const SERVICE: &'static whitesmith_schema::Service = &schema::SERVICE;
                const OPERATION: &'static whitesmith_schema::Operation = &schema::#constant;
            }
        }
    });
    quote! {
        #docs
        #deprecated
        #[derive(Clone, Copy, Debug)]
        pub struct #type_name;

        #typed
    }
}
