//! Members that may be absent and could not be before, or the other way round.

use super::change::Side;
use super::differences::{Differences, Pair, Subject};
use super::report::Report;
use crate::model::{Model, Severity, Shape, ShapeType};
use crate::source::Node;

const REQUIRED: &str = "smithy.api#required";
const CLIENT_OPTIONAL: &str = "smithy.api#clientOptional";
const DEFAULT: &str = "smithy.api#default";
const INPUT: &str = "smithy.api#input";

/// `ChangedNullability`
pub(super) fn changed(differences: &Differences<'_>, report: &mut Report) {
    for pair in &differences.changed {
        if pair.members().is_some() {
            member(differences, *pair, report);
        }
        let Some((old, new)) = pair.shapes_of(ShapeType::Structure) else { continue };
        if !pair.trait_added(INPUT) && !pair.trait_removed(INPUT) {
            continue;
        }
        for after in &new.members {
            let Some(before) = old.member(&after.name) else { continue };
            // Members that changed themselves have their own pair.
            if before.target == after.target && before.traits == after.traits {
                member(
                    differences,
                    Pair { old: Subject::Member(before, old), new: Subject::Member(after, new) },
                    report,
                );
            }
        }
    }
}

fn is_nullable(model: &Model, subject: Subject<'_>) -> bool {
    match subject {
        Subject::Member(member, container) => model.is_nullable(container, member),
        Subject::Shape(_) => false,
    }
}

fn has_input(subject: Subject<'_>) -> bool {
    matches!(subject, Subject::Member(_, container) if container.traits.is_input())
}

/// A reason why a member's nullability changed.
struct Reason {
    severity: Severity,
    id: &'static str,
    text: String,
    /// Whether the reason lies with the structure that has the member.
    of_container: bool,
}

impl Reason {
    fn new(severity: Severity, id: &'static str, text: impl Into<String>) -> Self {
        Self { severity, id, text: text.into(), of_container: false }
    }
}

fn member(differences: &Differences<'_>, pair: Pair<'_>, report: &mut Report) {
    let (Subject::Member(old, _), Subject::Member(_, container)) = (pair.old, pair.new) else { return };
    let was_nullable = is_nullable(differences.old, pair.old);
    if was_nullable == is_nullable(differences.new, pair.new) {
        return;
    }
    let (from, to) = if was_nullable { ("nullable", "non-nullable") } else { ("non-nullable", "nullable") };
    let message = format!("Member `{}` changed from {from} to {to}", old.name);
    let reasons = reasons(differences, pair, container);
    if reasons.is_empty() {
        report.add_old(Severity::Error, "ChangedNullability", pair.old, message);
        return;
    }
    for reason in reasons {
        let place = if reason.of_container { (Side::New, container.span) } else { (Side::Old, old.span) };
        let id = format!("ChangedNullability.{}", reason.id);
        report.add_at(reason.severity, &id, Some(&old.id), place, format!("{message}: {}", reason.text));
    }
}

fn reasons(differences: &Differences<'_>, pair: Pair<'_>, container: &Shape) -> Vec<Reason> {
    let mut reasons = Vec::new();
    match (has_input(pair.old), has_input(pair.new)) {
        (true, false) => {
            let text = format!("The `@input` trait was removed from {}", container.id);
            let reason = Reason::new(Severity::Error, "RemovedInputTrait", text);
            reasons.push(Reason { of_container: true, ..reason });
        }
        (false, true) => {
            let text = format!("The `@input` trait was added to {}", container.id);
            let reason = Reason::new(Severity::Danger, "AddedInputTrait", text);
            reasons.push(Reason { of_container: true, ..reason });
        }
        (false, false) => presence_reasons(differences, pair, &mut reasons),
        (true, true) => {}
    }
    null_default_reason(pair, &mut reasons);
    reasons
}

/// Reasons of `required`, `clientOptional` and `default`, outside of inputs.
fn presence_reasons(differences: &Differences<'_>, pair: Pair<'_>, reasons: &mut Vec<Reason>) {
    let target = pair.new.as_member().and_then(|member| differences.new.target(member));
    // Generators that treat these as optional whatever the model says are not broken.
    let aggregate = target.filter(|target| matches!(target.shape_type, ShapeType::Structure | ShapeType::Union));
    let new = pair.new.traits();
    if pair.trait_added(CLIENT_OPTIONAL) && pair.trait_in_both(REQUIRED) {
        reasons.push(Reason::new(
            Severity::Error,
            "AddedClientOptionalTrait",
            "The `@clientOptional` trait was added to a `@required` member.",
        ));
    } else if pair.trait_removed(CLIENT_OPTIONAL) && pair.trait_in_both(REQUIRED) {
        reasons.push(Reason::new(
            Severity::Error,
            "RemovedClientOptionalTrait",
            "The `@clientOptional` trait was removed from a `@required` member.",
        ));
    } else if pair.trait_added(REQUIRED) && !new.is_client_optional() {
        reasons.push(match aggregate {
            Some(target) => Reason::new(
                Severity::Warning,
                "AddedRequiredTrait.StructureOrUnion",
                of_aggregate("The `@required` trait was added to a member", target),
            ),
            None => Reason::new(Severity::Error, "AddedRequiredTrait", "The `@required` trait was added to a member."),
        });
    }
    if pair.trait_added(DEFAULT) && !pair.trait_removed(REQUIRED) {
        reasons.push(Reason::new(
            Severity::Error,
            "AddedDefaultTrait",
            "The `@default` trait was added to a member that was not previously `@required`.",
        ));
    }
    if pair.trait_removed(REQUIRED) && !new.has(DEFAULT) && !pair.old.traits().is_client_optional() {
        reasons.push(match aggregate {
            Some(target) => Reason::new(
                Severity::Warning,
                "RemovedRequiredTrait.StructureOrUnion",
                of_aggregate("The @required trait was removed from a member", target),
            ),
            None => Reason::new(
                Severity::Error,
                "RemovedRequiredTrait",
                "The @required trait was removed and not replaced with the @default trait and @addedDefault trait.",
            ),
        });
    }
}

fn of_aggregate(what: &str, target: &Shape) -> String {
    format!(
        "{what} that targets a {}. This is backward compatible in generators that always treat structures and unions \
         as optional (e.g., AWS generators)",
        target.shape_type.name()
    )
}

fn null_default_reason(pair: Pair<'_>, reasons: &mut Vec<Reason>) {
    let (Some(old), Some(new)) = (pair.old.traits().get(DEFAULT), pair.new.traits().get(DEFAULT)) else { return };
    let id = match (old.is_null(), new.is_null()) {
        (false, true) => "AddedNullDefault",
        (true, false) => "RemovedNullDefault",
        _ => return,
    };
    let text = format!("The `@default` trait was changed from `{}` to `{}`.", bare(old), bare(new));
    reasons.push(Reason::new(Severity::Error, id, text));
}

/// A value without the quotes of a string.
fn bare(value: &Node) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
