//! Validation (Smithy 2.0, "Model validation"): one small file for each family of rules, named as the events are.

mod authentication;
mod aws_checksums;
mod aws_cloudformation;
mod aws_endpoint_discovery;
mod aws_endpoints;
mod aws_iam;
mod aws_protocols;
mod aws_service;
mod aws_tagging;
mod configuration;
mod constraints;
mod context;
mod contracts;
mod defaults;
mod documents;
mod endpoint_rule_sets;
mod endpoint_rules;
mod enums;
mod event_stream_tests;
mod examples;
mod exclusive_members;
mod http_bindings;
mod http_labels;
mod http_members;
mod http_semantics;
mod http_uri;
mod http_uri_conflicts;
mod idempotency;
mod jmespath;
mod json_names;
mod linters;
mod media_types;
mod member_references;
mod metadata_entries;
mod metadata_types;
mod mqtt;
mod node_constraints;
mod node_findings;
mod node_values;
mod operations;
mod paginated;
mod private_access;
mod property_bindings;
mod protocol_tests;
mod recursion;
mod references;
mod resource_bindings;
mod resource_cycles;
mod resource_identifiers;
mod resource_lifecycle;
mod resource_properties;
mod rpc_v2;
mod rules;
mod selector_validators;
mod service_names;
mod sets;
mod severities;
mod shape_closures;
mod shape_ids;
mod single_bindings;
mod smoke_tests;
mod streaming;
mod targets;
mod test_cases;
mod timestamps;
mod trait_creation;
mod trait_definitions;
mod trait_shapes;
mod trait_targets;
mod trait_validators;
mod trait_values;
mod unions;
mod unit_type;
mod unreferenced;
mod uri_pattern;
mod waiters;
mod xml;

use crate::model::relations::Relations;
use crate::model::{Event, Model, Severity, Suppressions};
use context::{Context, Report};
use rules::{RULES, Stage};

/// Validates a model as the reference does: rules whose findings would make later ones meaningless come first, and errors
/// among them end the validation. `loading` are the events of [`super::assemble`]; they are among the events that are
/// returned, with suppressions and overrides applied to all, sorted by place.
#[must_use]
pub fn validate(model: &Model, loading: Vec<Event>) -> Vec<Event> {
    let relations = Relations::new(model);
    let context = Context::new(&relations);
    let mut report = Report::new(loading);
    trait_shapes::check(&context, &mut report);
    trait_creation::check(&context, &mut report);
    // What does not even load is not validated: every further finding would be about something else.
    let stages = if report.has_errors() { &[][..] } else { &[Stage::Correctness, Stage::Critical, Stage::Other] };
    severities::check(model, &mut report);
    let validators = metadata_entries::read(model, &mut report);
    for stage in stages.iter().copied() {
        for rule in RULES.iter().filter(|rule| rule.stage == stage) {
            (rule.check)(&context, &mut report);
        }
        if stage == Stage::Other {
            validators.iter().for_each(|validator| validator.check(&context, &mut report));
        }
        if report.has_errors() {
            break;
        }
    }
    let mut events = report.into_events();
    // What is not wrong with the prelude is nobody's concern.
    events.retain(|event| {
        event.severity == Severity::Error || event.shape.as_ref().is_none_or(|shape| !shape.is_prelude())
    });
    let suppressions = Suppressions::of(model);
    for event in &mut events {
        suppressions.apply(event);
    }
    events.sort_by(|a, b| (a.span, &a.id, &a.shape, &a.message).cmp(&(b.span, &b.id, &b.shape, &b.message)));
    events.dedup();
    events
}

/// Checks only what generated code would stumble over: references to shapes that do not exist or may not stand there,
/// lists and maps that hold nothing but themselves, and defaults that do not fit their members. A fraction of the time of [`validate`].
#[must_use]
pub fn check_shapes(model: &Model) -> Vec<Event> {
    let relations = Relations::new(model);
    let context = Context::new(&relations);
    let mut report = Report::new(Vec::new());
    targets::check(&context, &mut report);
    recursion::check(&context, &mut report);
    defaults::check(&context, &mut report);
    report.into_events()
}

/// The rules that are done, by the names that their events have.
pub fn rule_names() -> impl Iterator<Item = &'static str> {
    RULES.iter().map(|rule| rule.name)
}

/// Whether events make their model invalid: one is an error. (A danger does not; it asks to be suppressed or mended.)
#[must_use]
pub fn is_invalid(events: &[Event]) -> bool {
    events.iter().any(|event| event.severity == Severity::Error)
}
