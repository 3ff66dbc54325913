//! Lints that names and values of a model may trip, and that its code therefore allows.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::rust::ident;
use crate::plan::{DefaultPlan, MemberPlan, Plan, RustType};
use whitesmith_smithy::model::ShapeId;

/// Placeholder names that `clippy` disallows.
const DISALLOWED_NAMES: &[&str] = &["baz", "foo", "quux"];

/// From this many layers on, `clippy` may ask for an alias.
const COMPLEX: usize = 6;

/// The compiler's limit unless a crate sets another.
const RECURSION_LIMIT: usize = 128;

/// How much of the limit a structure within a structure takes at most: its own and that of the `Option` around it, twice.
const LIMIT_A_LEVEL: usize = 4;

/// How deep structures may stand in each other within the compiler's limit.
const DEEPEST_BY_DEFAULT: usize = RECURSION_LIMIT / LIMIT_A_LEVEL;

/// Why deprecated names are used.
const DEPRECATED: &str = "what the model deprecates is still part of it";

/// The attributes of the crate that its model makes necessary, each with its reason.
pub(super) fn attributes(plan: &Plan) -> TokenStream {
    let is_nondescript = |name: &str| name.bytes().all(|byte| byte == b'_' || byte.is_ascii_digit());
    let allows = [
        (deprecates(plan), &["deprecated"][..], DEPRECATED),
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
            any_member(plan, |member| layers(&member.rust_type) >= COMPLEX),
            &["clippy", "type_complexity"],
            "the types are nested as in the model",
        ),
        (
            any_member(plan, |member| is_float(member.default.as_ref())),
            &["clippy", "approx_constant"],
            "the defaults are the model's",
        ),
    ];
    let limit = recursion_limit(plan);
    let allows = allows.into_iter().filter(|(needed, ..)| *needed).map(|(_, path, reason)| {
        let path = path.iter().map(|segment| ident(segment));
        quote!(#![allow(#(#path)::*, reason = #reason)])
    });
    quote!(#limit #(#allows)*)
}

/// The attributes of a crate that names the operations, their inputs, outputs and errors, and nothing else of the model.
pub(super) fn attributes_beside(plan: &Plan) -> TokenStream {
    let is_deprecated = |id| plan.shape(id).is_some_and(|shape| shape.deprecated.is_some());
    let names_deprecated = plan.operations.iter().any(|operation| {
        operation.deprecated.is_some() || is_deprecated(&operation.input) || is_deprecated(&operation.output)
    });
    let limit = recursion_limit(plan);
    let allow = names_deprecated.then(|| quote!(#![allow(deprecated, reason = #DEPRECATED)]));
    quote!(#limit #allow)
}

/// The limit that the compiler needs for structures that stand deep in each other.
fn recursion_limit(plan: &Plan) -> Option<TokenStream> {
    let depth = deepest_nesting(plan);
    (depth > DEEPEST_BY_DEFAULT).then(|| {
        let limit = (LIMIT_A_LEVEL * depth + RECURSION_LIMIT).to_string();
        quote!(#![recursion_limit = #limit])
    })
}

/// How many structures stand in each other, where most do. Boxes, lists and maps end a nesting, so that there are no cycles.
fn deepest_nesting(plan: &Plan) -> usize {
    let mut depths: HashMap<&ShapeId, usize> = HashMap::new();
    for shape in &plan.shapes {
        let mut path = vec![shape];
        while let Some(shape) = path.last().copied() {
            let held = || shape.members.iter().filter(|member| matches!(member.rust_type, RustType::Named(_)));
            let targets = || held().filter_map(|member| plan.shape(&member.target));
            if let Some(next) = targets().find(|target| !depths.contains_key(&target.id)) {
                path.push(next);
                continue;
            }
            let below = targets().filter_map(|target| depths.get(&target.id)).max().copied().unwrap_or_default();
            depths.insert(&shape.id, below + 1);
            path.pop();
        }
    }
    depths.into_values().max().unwrap_or_default()
}

/// How many types stand in each other.
fn layers(of: &RustType) -> usize {
    match of {
        RustType::Plain(_) | RustType::Named(_) => 1,
        RustType::List(of) | RustType::Map(_, of) | RustType::Optional(of) | RustType::Boxed(of) => 1 + layers(of),
    }
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
