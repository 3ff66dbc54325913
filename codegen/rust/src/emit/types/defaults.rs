//! Default values as expressions.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::rust::{float, ident};
use crate::plan::{DefaultPlan, RustType};

/// The default of a member of a type.
pub(super) fn default_expression(default: &DefaultPlan, of: &RustType) -> TokenStream {
    match (default, of) {
        (DefaultPlan::Document(value), _) => document_expression(value),
        (DefaultPlan::Boolean(value), _) => quote!(#value),
        (DefaultPlan::Integer(value), RustType::Plain(name @ ("BigInteger" | "BigDecimal"))) => {
            let (name, value) = (ident(name), proc_macro2::Literal::i64_unsuffixed(*value));
            quote!(#name::from(#value))
        }
        (DefaultPlan::Integer(value), RustType::Named(_)) => {
            let value = proc_macro2::Literal::i64_unsuffixed(*value);
            quote!(#value.into())
        }
        (DefaultPlan::Integer(value), _) => {
            let value = proc_macro2::Literal::i64_unsuffixed(*value);
            quote!(#value)
        }
        (DefaultPlan::Float(value), RustType::Plain("BigDecimal")) => {
            let text = value.to_string();
            quote!(BigDecimal::new(#text))
        }
        #[allow(clippy::cast_possible_truncation, reason = "the member is no wider")]
        (DefaultPlan::Float(value), RustType::Plain("f32")) => {
            let value = float(*value as f32);
            quote!(#value)
        }
        (DefaultPlan::Float(value), _) => {
            let value = float(*value);
            quote!(#value)
        }
        (DefaultPlan::Big(text), RustType::Plain(name)) => {
            let name = ident(name);
            quote!(#name::new(#text))
        }
        (DefaultPlan::String(text) | DefaultPlan::Big(text), _) => quote!(#text.into()),
        (DefaultPlan::Blob(bytes), _) => {
            let bytes = proc_macro2::Literal::byte_string(bytes);
            quote!(Blob::from(&#bytes[..]))
        }
        (DefaultPlan::Timestamp(text), _) => {
            quote!(Timestamp::parse_date_time(#text).unwrap_or(Timestamp::UNIX_EPOCH))
        }
        (DefaultPlan::EpochSeconds(seconds), _) => {
            let seconds = float(*seconds);
            quote!(Timestamp::from_epoch_seconds(#seconds).unwrap_or(Timestamp::UNIX_EPOCH))
        }
        (DefaultPlan::EmptyList, _) => quote!(Vec::new()),
        (DefaultPlan::EmptyMap, _) => quote!(BTreeMap::new()),
    }
}

fn document_expression(value: &DefaultPlan) -> TokenStream {
    match value {
        DefaultPlan::Boolean(value) => quote!(Document::from(#value)),
        DefaultPlan::Integer(value) => {
            let value = proc_macro2::Literal::i64_suffixed(*value);
            quote!(Document::from(#value))
        }
        DefaultPlan::Float(value) => {
            let value = proc_macro2::Literal::f64_suffixed(*value);
            quote!(Document::from(#value))
        }
        DefaultPlan::EmptyList => quote!(Document::List(Vec::new())),
        DefaultPlan::EmptyMap => quote!(Document::Map(whitesmith_schema::ValueMap::new())),
        DefaultPlan::Big(text) => quote!(Document::Number(whitesmith_schema::Number::Big(#text.into()))),
        DefaultPlan::String(text) | DefaultPlan::Timestamp(text) => quote!(Document::from(#text)),
        DefaultPlan::Blob(_) | DefaultPlan::EpochSeconds(_) | DefaultPlan::Document(_) => quote!(Document::Null),
    }
}
