//! Lints that names and values of a model trip, which its code therefore allows.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::rust::ident;
use crate::plan::{DefaultPlan, MemberPlan, Plan, RustType};
use whitesmith_smithy::model::ShapeId;

/// Placeholder names that `clippy` disallows.
const DISALLOWED_NAMES: &[&str] = &["baz", "foo", "quux"];

/// The number of layers from which `clippy` may ask for an alias.
const COMPLEX: usize = 6;

/// The compiler's limit unless a crate sets another.
const RECURSION_LIMIT: usize = 128;

/// The part of the limit that one level of nesting takes at most: the structure and its `Option`, twice.
const LIMIT_A_LEVEL: usize = 4;

/// The depth of nested structures that the compiler's limit allows.
const DEEPEST_BY_DEFAULT: usize = RECURSION_LIMIT / LIMIT_A_LEVEL;

/// Why deprecated names are used.
const DEPRECATED: &str = "deprecated items are still part of the model";

/// The attributes that the crate needs because of its model, each with its reason.
pub(super) fn attributes(plan: &Plan) -> TokenStream {
    let is_nondescript = |name: &str| name.bytes().all(|byte| byte == b'_' || byte.is_ascii_digit());
    let allows = [
        (deprecates(plan), &["deprecated"][..], DEPRECATED),
        (
            any_member(plan, |member| DISALLOWED_NAMES.contains(&member.field.as_str())),
            &["clippy", "disallowed_names"],
            "the model's members have these names",
        ),
        (
            any_member(plan, |member| is_nondescript(&member.field)),
            &["clippy", "just_underscores_and_digits"],
            "the model's members have these names",
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

/// The attributes of a crate that names only the operations, their inputs, outputs and errors.
pub(super) fn attributes_beside(plan: &Plan) -> TokenStream {
    let is_deprecated = |id| plan.shape(id).is_some_and(|shape| shape.deprecated.is_some());
    let names_deprecated = plan.operations.iter().any(|operation| {
        operation.deprecated.is_some() || is_deprecated(&operation.input) || is_deprecated(&operation.output)
    });
    let limit = recursion_limit(plan);
    let allow = names_deprecated.then(|| quote!(#![allow(deprecated, reason = #DEPRECATED)]));
    quote!(#limit #allow)
}

/// The recursion limit that the compiler needs for deeply nested structures.
fn recursion_limit(plan: &Plan) -> Option<TokenStream> {
    let depth = deepest_nesting(plan);
    (depth > DEEPEST_BY_DEFAULT).then(|| {
        let limit = (LIMIT_A_LEVEL * depth + RECURSION_LIMIT).to_string();
        quote!(#![recursion_limit = #limit])
    })
}

/// The depth of the deepest nesting of structures. Boxes, lists and maps end a nesting, so there are no cycles.
fn deepest_nesting(plan: &Plan) -> usize {
    let mut depths: HashMap<&ShapeId, usize> = HashMap::new();
    for shape in &plan.shapes {
        // Each shape with the members that are not looked at yet, and the depth below those that are.
        let mut path = vec![(shape, shape.members.iter(), 0)];
        while let Some((shape, members, below)) = path.last_mut() {
            let mut held = members.filter(|member| matches!(member.rust_type, RustType::Named(_)));
            let Some(target) = held.find_map(|member| plan.shape(&member.target)) else {
                let depth = *below + 1;
                depths.insert(&shape.id, depth);
                path.pop();
                if let Some((_, _, below)) = path.last_mut() {
                    *below = depth.max(*below);
                }
                continue;
            };
            match depths.get(&target.id) {
                Some(depth) => *below = (*below).max(*depth),
                None => path.push((target, target.members.iter(), 0)),
            }
        }
    }
    depths.into_values().max().unwrap_or_default()
}

/// The depth of a type.
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
