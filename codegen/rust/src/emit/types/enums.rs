//! Enums of strings and of whole numbers.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Writer, deprecation};
use crate::emit::rust::{doc, ident};
use crate::plan::{EnumValuePlan, ShapePlan};

impl Writer<'_> {
    pub(super) fn string_enum(&mut self, shape: &ShapePlan) -> TokenStream {
        self.imports.insert("UnknownValue");
        let type_name = ident(&shape.type_name);
        let docs = doc(&self.text(&shape.documentation, &[]));
        let deprecated = deprecation(shape.deprecated.as_deref());
        let constant = ident(&shape.constant);
        let variants: Vec<_> = shape.distinct_values().map(|value| self.variant(value)).collect();
        let entries = shape.distinct_values().map(|value| {
            let name = ident(&value.variant);
            let text = value.text.as_deref().unwrap_or_default();
            quote!(#name = #text)
        });
        quote! {
            #docs
            #deprecated
            #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
            #[non_exhaustive]
            pub enum #type_name {
                #(#variants)*
                /// A value that the model did not know when this code was generated.
                Unknown(UnknownValue),
            }

            whitesmith_schema::string_enum!(#type_name, schema::#constant, { #(#entries),* });
        }
    }

    fn variant(&mut self, value: &EnumValuePlan) -> TokenStream {
        let mut text = self.text(&value.documentation, &[]);
        if text.is_empty() {
            let wire = value.text.clone().or(value.number.map(|number| number.to_string())).unwrap_or_default();
            whitesmith_docs::markdown_blocks::code_into(&mut text, &wire);
        }
        let docs = doc(&text);
        let deprecated = deprecation(value.deprecated.as_deref());
        let name = ident(&value.variant);
        quote!(#docs #deprecated #name,)
    }
}

pub(super) fn int_enum(writer: &mut Writer<'_>, shape: &ShapePlan) -> TokenStream {
    let type_name = ident(&shape.type_name);
    let docs = doc(&writer.text(&shape.documentation, &[]));
    let deprecated = deprecation(shape.deprecated.as_deref());
    let constant = ident(&shape.constant);
    let variants: Vec<_> = shape.distinct_values().map(|value| writer.variant(value)).collect();
    let entries = shape.distinct_values().map(|value| {
        let name = ident(&value.variant);
        let number = proc_macro2::Literal::i32_unsuffixed(value.number.unwrap_or_default());
        quote!(#name = #number)
    });
    quote! {
        #docs
        #deprecated
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum #type_name {
            #(#variants)*
            /// A value that the model did not know when this code was generated.
            Unknown(i32),
        }

        whitesmith_schema::int_enum!(#type_name, schema::#constant, { #(#entries),* });
    }
}
