//! `ConditionKeys`, `ConditionKeyValueTrait`, `DefineConditionKeysTrait`: the keys of conditions in policies.
//! `IamAction`, `IamResourceTrait`, `IamResourceTraitConflictingName`: names of actions and resources in policies.

use std::collections::{BTreeMap, BTreeSet};

use super::context::{Context, Report, ticked};
use crate::model::relations::Item;
use crate::model::{Member, Reference, Severity, Shape, ShapeId, ShapeType};
use crate::source::Node;

const SERVICE: &str = "aws.api#service";
const ARN: &str = "aws.api#arn";
const IAM_RESOURCE: &str = "aws.iam#iamResource";
const DEFINE_KEYS: &str = "aws.iam#defineConditionKeys";
const KEY_VALUE: &str = "aws.iam#conditionKeyValue";
const NO_INFERENCE: &str = "aws.iam#disableConditionKeyInference";
const RESOLVED_KEYS: &str = "aws.iam#serviceResolvedConditionKeys";

/// The name of the trait, else the shape's name.
fn resource_name(resource: &Shape) -> &str {
    let named = resource.traits.get(IAM_RESOURCE).and_then(|value| value.get("name")?.as_str());
    named.unwrap_or(resource.id.name())
}

/// The condition keys of a service of AWS.
struct Keys<'m> {
    service: &'m Shape,
    /// What keys without a prefix are prefixed with.
    namespace: String,
    /// The keys that the service defines, and those of the identifiers of its resources.
    known: BTreeSet<String>,
}

impl<'m> Keys<'m> {
    fn of(context: &Context<'m>, service: &'m Shape) -> Option<Self> {
        let value = service.traits.get(SERVICE)?;
        let namespace = value.get("arnNamespace").and_then(Node::as_str);
        let namespace = namespace.map_or_else(|| service.id.name().to_lowercase(), str::to_owned);
        let mut keys = Self { service, namespace, known: BTreeSet::new() };
        let defined = service.traits.get(DEFINE_KEYS).and_then(Node::as_object).into_iter().flatten();
        keys.known = defined.map(|entry| keys.full(&entry.key)).collect();
        if !service.traits.has(NO_INFERENCE) {
            let resources = service.as_service().map(|service| &*service.resources).unwrap_or_default();
            keys.infer(context, resources, &[], &mut BTreeSet::new());
        }
        Some(keys)
    }

    /// Adds keys for the identifiers that resources do not share with their parent.
    fn infer(
        &mut self,
        context: &Context<'m>,
        resources: &'m [Reference],
        parent: &[(Box<str>, Reference)],
        seen: &mut BTreeSet<&'m ShapeId>,
    ) {
        for resource in resources.iter().filter_map(|resource| context.model().shape(&resource.target)) {
            let Some(details) = resource.as_resource().filter(|_| seen.insert(&resource.id)) else { continue };
            if !resource.traits.has(NO_INFERENCE) {
                let own = details.identifiers.iter().filter(|(name, _)| !parent.iter().any(|(known, _)| known == name));
                for (name, _) in own.filter(|(_, target)| context.model().shape(&target.target).is_some()) {
                    let mut characters = name.chars();
                    let first = characters.next().map(|first| first.to_ascii_uppercase()).unwrap_or_default();
                    let key = format!("{}:{}{first}{}", self.namespace, resource_name(resource), characters.as_str());
                    self.known.insert(key);
                }
            }
            self.infer(context, &details.resources, &details.identifiers, seen);
        }
    }

    fn full(&self, key: &str) -> String {
        if key.contains(':') { key.to_owned() } else { format!("{}:{key}", self.namespace) }
    }

    fn expected(&self) -> String {
        format!("expected one of {}", ticked(&self.known))
    }
}

/// The members of an operation's input that give the value of a key.
fn key_values<'m>(context: &Context<'m>, operation: &'m Shape) -> Vec<(&'m Shape, &'m Member, &'m Node)> {
    let input = operation.as_operation().and_then(|details| context.input(details));
    let members = input.into_iter().flat_map(|input| input.members.iter().map(move |member| (input, member)));
    members.filter_map(|(input, member)| member.traits.get(KEY_VALUE).map(|value| (input, member, value))).collect()
}

/// Keys that are used are defined.
pub(super) fn check_keys(context: &Context<'_>, report: &mut Report) {
    const ID: &str = "ConditionKeys";
    for (service, _) in context.shapes_with(SERVICE) {
        let Some(keys) = Keys::of(context, service) else { continue };
        let mut resolved = BTreeSet::new();
        if let Some(value) = keys.service.traits.get(RESOLVED_KEYS) {
            resolved = value.strings().map(|key| keys.full(key)).collect();
            let undefined: Vec<&String> = resolved.difference(&keys.known).collect();
            if !undefined.is_empty() {
                let message = format!("undefined condition keys {}: {}", ticked(undefined), keys.expected());
                report.add_at(Severity::Error, ID, service, value.span, message);
            }
        }
        for operation in context.operations_of(service) {
            let used = operation.traits.get("aws.iam#conditionKeys").into_iter().flat_map(Node::strings);
            let used: BTreeSet<String> = used.map(|key| keys.full(key)).collect();
            for key in used.iter().filter(|key| !keys.known.contains(*key) && !key.starts_with("aws:")) {
                let message = format!("undefined condition key `{key}` of `{}`: {}", service.id, keys.expected());
                report.error(ID, operation, message);
            }
            for (input, member, value) in key_values(context, operation) {
                let key = keys.full(value.as_str().unwrap_or_default());
                let item = Item::Member(input, member);
                if !keys.known.contains(&key) {
                    let message = format!("undefined condition key `{key}` of `{}`: {}", service.id, keys.expected());
                    report.add_at(Severity::Error, ID, item, value.span, message);
                }
                if resolved.contains(&key) {
                    let message = format!("the service `{}` resolves the condition key `{key}` itself", service.id);
                    report.add_at(Severity::Error, ID, item, value.span, message);
                }
            }
        }
    }
}

/// One member gives the value of a key.
pub(super) fn check_key_values(context: &Context<'_>, report: &mut Report) {
    if context.with_trait(KEY_VALUE).is_empty() {
        return;
    }
    for (service, _) in context.shapes_with(SERVICE) {
        let Some(keys) = Keys::of(context, service) else { continue };
        for operation in context.operations_of(service) {
            let mut members: BTreeMap<String, Vec<&str>> = BTreeMap::new();
            let values = key_values(context, operation);
            for (_, member, value) in &values {
                members.entry(keys.full(value.as_str().unwrap_or_default())).or_default().push(&member.name);
            }
            let input = values.first().map(|(input, ..)| *input);
            for (key, members) in members.iter().filter(|(_, members)| members.len() > 1) {
                if let Some(input) = input {
                    let message = format!(
                        "several members give the condition key `{key}` of `{}` its value: {}",
                        operation.id,
                        ticked(members)
                    );
                    report.error("ConditionKeyValueTrait", input, message);
                }
            }
        }
    }
}

/// Only keys that the service resolves can be required.
pub(super) fn check_definitions(context: &Context<'_>, report: &mut Report) {
    for (service, value) in context.shapes_with(DEFINE_KEYS) {
        let Some(keys) = Keys::of(context, service) else { continue };
        let resolved: Vec<&str> = service.traits.get(RESOLVED_KEYS).into_iter().flat_map(Node::strings).collect();
        for entry in value.as_object().into_iter().flatten() {
            let key = keys.full(&entry.key);
            let is_required = entry.value.get("required").and_then(Node::as_bool) == Some(true);
            if is_required && !resolved.contains(&&*key) {
                let message =
                    format!("the required condition key `{key}` must be one of `serviceResolvedConditionKeys`");
                report.add_at(Severity::Error, "DefineConditionKeysTrait", service, value.span, message);
            }
        }
    }
}

/// `iamAction` and the traits that it replaces.
pub(super) fn check_actions(context: &Context<'_>, report: &mut Report) {
    const REPLACED: [(&str, &str); 3] = [
        ("name", "aws.iam#actionName"),
        ("documentation", "aws.iam#actionPermissionDescription"),
        ("requiredActions", "aws.iam#requiredActions"),
    ];
    for (operation, action) in context.shapes_with("aws.iam#iamAction") {
        for (property, id) in REPLACED {
            let is_set = action.get(property).is_some_and(|value| value.as_array().is_none_or(|list| !list.is_empty()));
            if let Some(value) = operation.traits.get(id).filter(|_| is_set) {
                let message = format!("`aws.iam#iamAction` has `{property}`, so the deprecated `{id}` cannot be there");
                let id = format!("IamAction.ConflictingProperty.{property}");
                report.add_at(Severity::Error, id, operation, value.span, message);
            }
        }
        let resources = |kind: &str| action.get("resources").and_then(|all| all.get(kind)).and_then(Node::as_object);
        let optional = resources("optional");
        let both: Vec<&str> = resources("required")
            .into_iter()
            .flatten()
            .map(|entry| &*entry.key)
            .filter(|name| optional.is_some_and(|optional| optional.get(name).is_some()))
            .collect();
        if !both.is_empty() {
            let message = format!("resources are both required and optional: {}", ticked(both));
            report.add_at(Severity::Danger, "IamAction.Resources.DuplicateEntries", operation, action.span, message);
        }
    }
}

/// The name of a resource is a part of its ARN.
pub(super) fn check_resources(context: &Context<'_>, report: &mut Report) {
    for (resource, value) in context.shapes_with(IAM_RESOURCE) {
        let Some(arn) = resource.traits.get(ARN) else { continue };
        let name = value.get("name").and_then(Node::as_str);
        let name = name.map_or_else(|| resource.id.name().to_lowercase(), str::to_owned);
        let template = arn.get("template").and_then(Node::as_str).unwrap_or_default();
        let is_absolute = arn.get("absolute").and_then(Node::as_bool) == Some(true);
        if !is_absolute && !template.split(['/', ':']).any(|part| part == name) {
            let message = format!("the name `{name}` is not part of the resource's ARN `{template}`");
            report.add(Severity::Danger, "IamResourceTrait", resource, message);
        }
    }
}

/// The resources of a service have different names, whatever the case of letters.
pub(super) fn check_resource_names(context: &Context<'_>, report: &mut Report) {
    for service in context.own(ShapeType::Service) {
        let mut resources: BTreeMap<String, Vec<&ShapeId>> = BTreeMap::new();
        for resource in context.resources_of(service) {
            resources.entry(resource_name(resource).to_lowercase()).or_default().push(&resource.id);
        }
        for (name, ids) in resources.iter().filter(|(_, ids)| ids.len() > 1) {
            let message = format!("several resources have the IAM name `{name}`: {}", ticked(ids));
            report.error("IamResourceTraitConflictingName", service, message);
        }
    }
}
