//! `ServiceTagging`, `TagEnabledService`, `TaggableResource`, `TagResourcePropertyName`, `TagResourcePropertyType`: how
//! resources are tagged.

use super::context::{Context, Report};
use super::property_bindings::PropertyBindings;
use crate::model::{Member, Severity, Shape, ShapeType};
use crate::source::Node;

const TAG_ENABLED: &str = "aws.api#tagEnabled";
const TAGGABLE: &str = "aws.api#taggable";
const ARN: &str = "aws.api#arn";

/// An operation that services have for all their resources.
struct TagApi {
    /// The key in `apiConfig`.
    key: &'static str,
    /// The operation's name unless `apiConfig` has another.
    default_name: &'static str,
    is_valid: fn(&Context<'_>, &Shape) -> bool,
}

const TAG_APIS: [TagApi; 3] = [
    TagApi { key: "tagApi", default_name: "TagResource", is_valid: is_tag_operation },
    TagApi { key: "untagApi", default_name: "UntagResource", is_valid: is_untag_operation },
    TagApi { key: "listTagsApi", default_name: "ListTagsForResource", is_valid: is_list_tags_operation },
];

fn configured<'n>(value: &'n Node, api: &TagApi) -> Option<&'n str> {
    value.get("apiConfig")?.get(api.key)?.as_str()
}

/// The operation that a service has for an API: the configured one if it is bound, else the one of the default name.
fn operation_of<'m>(context: &Context<'m>, service: &'m Shape, value: &Node, api: &TagApi) -> Option<&'m Shape> {
    let bound = &service.as_service()?.operations;
    let configured = configured(value, api).and_then(|id| bound.iter().find(|operation| operation.target == *id));
    let default = || bound.iter().rfind(|operation| operation.target.name() == api.default_name);
    context.model().shape(&configured.or_else(default)?.target)
}

fn has_tag_apis(context: &Context<'_>, service: &Shape) -> bool {
    let Some(value) = service.traits.get(TAG_ENABLED) else { return false };
    let is_valid =
        |api: &TagApi| operation_of(context, service, value, api).is_some_and(|op| (api.is_valid)(context, op));
    TAG_APIS.iter().all(is_valid)
}

fn is_string(shape: &Shape) -> bool {
    matches!(shape.shape_type, ShapeType::String | ShapeType::Enum)
}

fn targets_string(context: &Context<'_>, member: &Member) -> bool {
    context.model().target(member).is_some_and(is_string)
}

/// A list of pairs of strings, or a map of strings.
fn is_tags_shape(context: &Context<'_>, shape: &Shape) -> bool {
    match shape.shape_type {
        ShapeType::List => {
            let element = shape.member("member").and_then(|member| context.model().target(member));
            element.is_some_and(|element| {
                element.shape_type == ShapeType::Structure
                    && element.members.len() == 2
                    && element.members.iter().all(|member| targets_string(context, member))
            })
        }
        ShapeType::Map => shape.member("value").is_some_and(|value| targets_string(context, value)),
        _ => false,
    }
}

fn is_tags_name(context: &Context<'_>, name: &str) -> bool {
    context.matches_pattern("^[T|t]ag(s|s?[M|m]ap|[L|l]ist)$", name) == Some(true)
}

fn has_one_tags_member(context: &Context<'_>, shape: &Shape) -> bool {
    let is_tags = |member: &&Member| {
        is_tags_name(context, &member.name)
            && context.model().target(member).is_some_and(|target| is_tags_shape(context, target))
    };
    shape.members.iter().filter(is_tags).count() == 1
}

fn has_one_keys_member(context: &Context<'_>, shape: &Shape) -> bool {
    let is_list_of_strings = |target: &Shape| {
        target.shape_type == ShapeType::List
            && target.member("member").is_some_and(|element| targets_string(context, element))
    };
    let is_keys = |member: &&Member| {
        context.matches_pattern("^[T|t]ag[K|k]eys$", &member.name) == Some(true)
            && context.model().target(member).is_some_and(is_list_of_strings)
    };
    shape.members.iter().filter(is_keys).count() == 1
}

fn has_arn_member(context: &Context<'_>, shape: &Shape) -> bool {
    let is_arn = |name: &str| context.matches_pattern("^([R|r]esource)?([A|a]rn|ARN)?$", name) == Some(true);
    shape.members.iter().any(|member| is_arn(&member.name) && targets_string(context, member))
}

fn input<'m>(context: &Context<'m>, operation: &'m Shape) -> Option<&'m Shape> {
    operation.as_operation().and_then(|details| context.input(details))
}

fn output<'m>(context: &Context<'m>, operation: &'m Shape) -> Option<&'m Shape> {
    operation.as_operation().and_then(|details| context.output(details))
}

fn is_tag_operation(context: &Context<'_>, operation: &Shape) -> bool {
    input(context, operation).is_some_and(|input| has_one_tags_member(context, input) && has_arn_member(context, input))
}

fn is_untag_operation(context: &Context<'_>, operation: &Shape) -> bool {
    input(context, operation).is_some_and(|input| has_one_keys_member(context, input) && has_arn_member(context, input))
}

fn is_list_tags_operation(context: &Context<'_>, operation: &Shape) -> bool {
    input(context, operation).is_some_and(|input| has_arn_member(context, input))
        && output(context, operation).is_some_and(|output| has_one_tags_member(context, output))
}

/// Services have the operations that tag resources.
pub(super) fn check_operations(context: &Context<'_>, report: &mut Report) {
    for (service, value) in context.shapes_with(TAG_ENABLED) {
        for api in &TAG_APIS {
            let (severity, message) = match operation_of(context, service, value, api) {
                Some(operation) if (api.is_valid)(context, operation) => continue,
                Some(operation) => {
                    let message = format!("`{}` does not have the form of `{}`", operation.id, api.default_name);
                    (Severity::Danger, message)
                }
                None => {
                    let name = configured(value, api).unwrap_or(api.default_name);
                    (Severity::Warning, format!("a service with `{TAG_ENABLED}` should have an operation `{name}`"))
                }
            };
            report.add_at(severity, "ServiceTagging", service, value.span, message);
        }
    }
}

/// Services that enable tags have resources with tags and the operations for them.
pub(super) fn check_services(context: &Context<'_>, report: &mut Report) {
    const ID: &str = "TagEnabledService";
    for (service, value) in context.shapes_with(TAG_ENABLED) {
        if !context.resources_of(service).iter().any(|resource| resource.traits.has(TAGGABLE)) {
            let message = format!("a service with `{TAG_ENABLED}` must have a resource with `{TAGGABLE}`");
            report.error(ID, service, message);
        }
        let disables = value.get("disableDefaultOperations").and_then(Node::as_bool) == Some(true);
        if !disables && !has_tag_apis(context, service) {
            let names = TAG_APIS.map(|api| format!("`{}`", api.default_name)).join(", ");
            let message = format!("a service with `{TAG_ENABLED}` should have the operations {names}");
            report.add(Severity::Warning, ID, service, message);
        }
        let bound = service.as_service().map(|service| &*service.operations).unwrap_or_default();
        for api in &TAG_APIS {
            let renamed = configured(value, api).filter(|id| id.rsplit('#').next() != Some(api.default_name));
            if let Some(id) = renamed.filter(|_| bound.iter().any(|op| op.target.name() == api.default_name)) {
                let (key, name) = (api.key, api.default_name);
                let message =
                    format!("`apiConfig.{key}` is `{id}`, so the bound operation `{name}` is not used for tags");
                report.add_at(Severity::Warning, ID, service, value.span, message);
            }
        }
    }
}

/// Resources with tags can be tagged in one way or another, but not when they are updated.
pub(super) fn check_resources(context: &Context<'_>, report: &mut Report) {
    const ID: &str = "TaggableResource";
    let is_used = !context.with_trait(TAGGABLE).is_empty() || !context.with_trait(TAG_ENABLED).is_empty();
    if !is_used {
        return;
    }
    let properties = PropertyBindings::new(context);
    for service in context.own(ShapeType::Service) {
        let has_apis = has_tag_apis(context, service);
        for resource in context.resources_of(service) {
            if let Some(value) = resource.traits.get(TAGGABLE) {
                check_resource(context, report, &properties, resource, value, service, has_apis);
            } else if resource.traits.has(ARN) && has_apis {
                let message = format!("the resource probably should have `{TAGGABLE}`");
                report.add(Severity::Warning, ID, resource, message);
            } else {
                continue;
            }
            if !service.traits.has(TAG_ENABLED) {
                let message = format!("a service with resources that can be tagged should have `{TAG_ENABLED}`");
                report.add(Severity::Warning, ID, service, message);
            }
        }
    }
}

fn check_resource(
    context: &Context<'_>,
    report: &mut Report,
    properties: &PropertyBindings<'_>,
    resource: &Shape,
    value: &Node,
    service: &Shape,
    has_apis: bool,
) {
    const ID: &str = "TaggableResource";
    let Some(details) = resource.as_resource() else { return };
    let property = value.get("property").and_then(Node::as_str);
    let takes_tags = |operation: &Shape| {
        let members = input(context, operation).map(|input| &*input.members).unwrap_or_default();
        property.is_some_and(|property| members.iter().any(|member| properties.name(member) == Some(property)))
    };
    let shape = |id: &Option<crate::model::Reference>| id.as_ref().and_then(|id| context.model().shape(&id.target));
    let update = shape(&details.update).filter(|operation| takes_tags(operation));
    let put =
        shape(&details.put).filter(|operation| takes_tags(operation) && !resource.traits.has("smithy.api#noReplace"));
    if update.or(put).is_some()
        && let Some(operation) = shape(&details.update).or_else(|| shape(&details.put))
    {
        let message = "tags should not be updated with the resource: changing them may change who has access";
        report.add(Severity::Danger, ID, operation, message);
    }
    let operation = |api: &TagApi| {
        let id = configured(value, api)?;
        context.model().shape_named(id).filter(|shape| shape.shape_type == ShapeType::Operation)
    };
    let [tag, untag, list] = TAG_APIS.each_ref().map(operation);
    let has_own_operations =
        tag.is_some_and(|tag| {
            takes_tags(tag) && input(context, tag).is_some_and(|input| has_one_tags_member(context, input))
        }) && untag.and_then(|untag| input(context, untag)).is_some_and(|input| has_one_keys_member(context, input))
            && list.and_then(|list| output(context, list)).is_some_and(|output| has_one_tags_member(context, output));
    if has_own_operations {
        return;
    }
    if !has_apis {
        let message =
            format!("the resource has no operations for its tags, and `{}` has none for all its resources", service.id);
        report.add(Severity::Danger, ID, resource, message);
    } else if !resource.traits.has(ARN) {
        let message = format!("only operations of the service tag the resource, so it must have `{ARN}`");
        report.error(ID, resource, message);
    }
}

/// The property that holds tags is called so.
pub(super) fn check_property_names(context: &Context<'_>, report: &mut Report) {
    for (resource, value) in context.shapes_with(TAGGABLE) {
        let property = value.get("property").and_then(Node::as_str);
        if property.is_some_and(|property| !is_tags_name(context, property)) {
            let message = "the property that holds tags should be called `tags`";
            report.add(Severity::Warning, "TagResourcePropertyName", resource, message);
        }
    }
}

/// The property that holds tags is a list of pairs or a map.
pub(super) fn check_property_types(context: &Context<'_>, report: &mut Report) {
    for (resource, value) in context.shapes_with(TAGGABLE) {
        let Some(details) = resource.as_resource() else { continue };
        let property = value.get("property").and_then(Node::as_str);
        let property = property.and_then(|property| details.properties.iter().find(|(name, _)| **name == *property));
        let target = property.and_then(|(_, target)| context.model().shape(&target.target));
        if let Some(target) = target.filter(|target| !is_tags_shape(context, target)) {
            let message = format!("expected `{}` to be a list of pairs of strings or a map of strings", target.id);
            report.error("TagResourcePropertyType", resource, message);
        }
    }
}
