//! Lints that names and values of a model may trip, and that its code therefore allows.

use proc_macro2::TokenStream;
use quote::quote;

use super::rust::ident;
use crate::plan::{DefaultPlan, MemberPlan, Plan};

/// Placeholder names that `clippy` disallows.
const DISALLOWED_NAMES: &[&str] = &["baz", "foo", "quux"];

/// The attributes of the crate that its model makes necessary, each with its reason.
pub(super) fn attributes(plan: &Plan) -> TokenStream {
    let is_nondescript = |name: &str| name.bytes().all(|byte| byte == b'_' || byte.is_ascii_digit());
    let allows = [
        (deprecates(plan), &["deprecated"][..], "what the model deprecates is still part of it"),
        (
            any_member(plan, |member| DISALLOWED_NAMES.contains(&member.field.as_str())),
            &["clippy", "disallowed_names"],
            "members are called that",
        ),
        (
            any_member(plan, |member| is_nondescript(&member.field)),
            &["clippy", "just_underscores_and_digits"],
            "members are called that",
        ),
        (
            any_member(plan, |member| is_float(member.default.as_ref())),
            &["clippy", "approx_constant"],
            "the defaults are the model's",
        ),
    ];
    let allows = allows.into_iter().filter(|(needed, ..)| *needed).map(|(_, path, reason)| {
        let path = path.iter().map(|segment| ident(segment));
        quote!(#![allow(#(#path)::*, reason = #reason)])
    });
    quote!(#(#allows)*)
}

fn any_member(plan: &Plan, is: impl Fn(&MemberPlan) -> bool) -> bool {
    plan.shapes.iter().flat_map(|shape| &shape.members).any(is)
}

fn is_float(default: Option<&DefaultPlan>) -> bool {
    match default {
        Some(DefaultPlan::Document(inner)) => is_float(Some(inner)),
        Some(DefaultPlan::Float(_) | DefaultPlan::EpochSeconds(_)) => true,
        _ => false,
    }
}

fn deprecates(plan: &Plan) -> bool {
    plan.operations.iter().any(|operation| operation.deprecated.is_some())
        || any_member(plan, |member| member.deprecated.is_some())
        || plan
            .shapes
            .iter()
            .any(|shape| shape.deprecated.is_some() || shape.values.iter().any(|value| value.deprecated.is_some()))
}
