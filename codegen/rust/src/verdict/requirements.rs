//! What requests of an operation need and offer beside their members: authentication, checksums, compression, a length.

use super::Level;
use super::listing::{Item, Listing, Weights};
use crate::plan::{AuthSchemePlan, ChecksumPlan, OperationPlan, Plan};
use whitesmith_schema::ChecksumAlgorithm;

/// Old programs use what they know: it may come, but not go.
const OFFERED: Weights = Weights { changed: Level::Major, ..Weights::STRICT };

/// Old programs do it anyway, or need not do it.
const LIFTED: Weights = Weights { removed: Level::Minor, ..Weights::STRICT };

/// Old programs check a response by whatever it carries that they know.
const CHECKED: Weights = Weights { removed: Level::Minor, changed: Level::Minor, ..Weights::STRICT };

/// Lists what an operation asks of its requests, and what it offers.
pub(super) fn requirements(plan: &Plan, operation: &OperationPlan, listing: &mut Listing) {
    let name = operation.id.name();
    let mut add = |what: &str, item: Item| listing.add(format!("{name} {what}"), item.owned_by(name));
    if operation.auth.is_empty() {
        add("authentication none", Item::new("", OFFERED));
    }
    for scheme in &operation.auth {
        let (scheme, parameters) = scheme_text(plan, scheme);
        add(&format!("authentication {scheme}"), Item::new(parameters, OFFERED));
    }
    if operation.traits.unsigned_payload {
        add("unsigned payload", Item::new("", OFFERED));
    }
    if operation.compression {
        add("request compression", Item::new("gzip", OFFERED));
    }
    if let Some(checksum) = &operation.traits.checksum {
        add("request checksum", Item::new(algorithm_text(checksum), LIFTED).required(checksum.required));
        if !checksum.response_algorithms.is_empty() {
            let names: Vec<_> = checksum.response_algorithms.iter().map(|algorithm| algorithm.name()).collect();
            add("response checksum", Item::new(names.join(", "), CHECKED));
        }
    }
    if requires_length(plan, operation) {
        add("request length", Item::new("", LIFTED).required(true));
    }
}

fn scheme_text(plan: &Plan, scheme: &AuthSchemePlan) -> (&'static str, String) {
    let signing_name = || format!("for {}", plan.service.signing_name.unescaped());
    match scheme {
        AuthSchemePlan::SigV4 => ("sigv4", signing_name()),
        AuthSchemePlan::SigV4A => ("sigv4a", signing_name()),
        AuthSchemePlan::Bearer => ("bearer token", String::new()),
        AuthSchemePlan::ApiKey { name, in_query, scheme } => {
            let place = if *in_query { "query parameter" } else { "header" };
            let scheme = scheme.as_deref().map(|scheme| format!(" with {scheme}")).unwrap_or_default();
            ("API key", format!("{place} {name}{scheme}"))
        }
        AuthSchemePlan::Basic => ("basic", String::new()),
        AuthSchemePlan::Digest => ("digest", String::new()),
        AuthSchemePlan::None => ("none", String::new()),
    }
}

/// The algorithm of a request that chooses none, and the member that chooses one.
fn algorithm_text(checksum: &ChecksumPlan) -> String {
    let default = match checksum.default {
        ChecksumAlgorithm::Md5 => "MD5",
        ChecksumAlgorithm::Sha256Tree => "SHA-256 tree",
        other => other.name(),
    };
    match &checksum.algorithm_member {
        Some(member) => format!("{default}, or as {member} says"),
        None => default.to_owned(),
    }
}

fn requires_length(plan: &Plan, operation: &OperationPlan) -> bool {
    let members = plan.shape(&operation.input).map(|input| input.members.as_slice()).unwrap_or_default();
    members.iter().filter_map(|member| plan.shape(&member.target)).any(|target| {
        let wire = target.traits.wire.as_ref();
        target.traits.streaming && wire.is_some_and(|wire| wire.requires_length)
    })
}
