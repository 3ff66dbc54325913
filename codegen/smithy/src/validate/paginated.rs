//! `PaginatedTrait`: the members that page through results exist and are of the right types.

use std::collections::BTreeMap;

use super::context::{Applied, Context, Report, ticked};
use crate::model::relations::Item;
use crate::model::{Member, Severity, Shape, ShapeType};
use crate::source::Node;

/// What is asked of a member that the trait names.
struct Property {
    name: &'static str,
    /// Whether it is a path through the output; else it is a member of the input.
    is_output_path: bool,
    /// Whether it must be configured, on the operation or its service.
    is_needed: bool,
    /// The severity of `required` on the member.
    required: Option<Severity>,
    targets: &'static [ShapeType],
    discouraged: &'static [ShapeType],
}

const TOKENS: &[ShapeType] = &[ShapeType::String, ShapeType::Map];

const PROPERTIES: [Property; 4] = [
    Property {
        name: "inputToken",
        is_output_path: false,
        is_needed: true,
        required: Some(Severity::Error),
        targets: TOKENS,
        discouraged: &[ShapeType::Map],
    },
    Property {
        name: "pageSize",
        is_output_path: false,
        is_needed: false,
        required: Some(Severity::Warning),
        targets: &[ShapeType::Byte, ShapeType::Integer, ShapeType::Long, ShapeType::Short],
        discouraged: &[ShapeType::Byte, ShapeType::Long, ShapeType::Short],
    },
    Property {
        name: "outputToken",
        is_output_path: true,
        is_needed: true,
        required: Some(Severity::Danger),
        targets: TOKENS,
        discouraged: &[ShapeType::Map],
    },
    Property {
        name: "items",
        is_output_path: true,
        is_needed: false,
        required: None,
        targets: &[ShapeType::List, ShapeType::Map],
        discouraged: &[],
    },
];

type Configuration<'m> = BTreeMap<&'m str, &'m str>;

pub(super) fn check(context: &Context<'_>, report: &mut Report) {
    for (operation, value) in context.shapes_with("smithy.api#paginated") {
        if operation.as_operation().is_none() {
            continue;
        }
        let mut findings = Vec::new();
        let own = configuration(value);
        for property in &PROPERTIES {
            find(context, operation, &own, property, None, &mut findings);
        }
        if findings.is_empty() {
            for service in context.own(ShapeType::Service) {
                if !context.operations_of(service).any(|known| known.id == operation.id) {
                    continue;
                }
                let mut merged = service.traits.get("smithy.api#paginated").map(configuration).unwrap_or_default();
                merged.extend(own.clone());
                for property in &PROPERTIES {
                    find(context, operation, &merged, property, Some(service), &mut findings);
                }
            }
        }
        let applied = Applied { item: Item::Shape(operation), value };
        for (severity, suffix, message) in findings {
            report.add_at(severity, format!("PaginatedTrait{suffix}"), applied.item, applied.value.span, message);
        }
    }
}

fn configuration(value: &Node) -> Configuration<'_> {
    let entries = value.as_object().into_iter().flatten();
    entries.filter_map(|entry| entry.value.as_str().map(|path| (&*entry.key, path))).collect()
}

type Finding = (Severity, String, String);

fn find(
    context: &Context<'_>,
    operation: &Shape,
    configuration: &Configuration<'_>,
    property: &Property,
    service: Option<&Shape>,
    findings: &mut Vec<Finding>,
) {
    let within = service.map_or_else(String::new, |service| format!(" within `{}`", service.id));
    let name = property.name;
    let mut add = |severity, suffix: String, message: String| {
        findings.push((severity, suffix, format!("`{name}`{within} {message}")));
    };
    let Some(path) = configuration.get(name) else {
        if service.is_some() && property.is_needed {
            add(Severity::Error, String::new(), "is not given, neither here nor on the service".to_owned());
        }
        return;
    };
    if !property.is_output_path && path.contains('.') {
        return add(Severity::Error, String::new(), "cannot be a path".to_owned());
    }
    let Some(member) = resolve(context, operation, property, path) else {
        return add(Severity::Error, String::new(), format!("names a member `{path}`, which does not exist"));
    };
    if let Some(severity) = property.required.filter(|_| member.traits.is_required()) {
        let suffix = if severity == Severity::Error { String::new() } else { format!(".ShouldNotBeRequired.{name}") };
        add(severity, suffix, format!("names `{}`, which should not be required", member.name));
    }
    if let Some(target) = context.model().target(member).map(|target| target.shape_type) {
        let expected = ticked(property.targets.iter().map(|target| target.name()));
        // An enum is not a string here, an intEnum not an integer: page sizes and tokens are open.
        if !property.targets.contains(&target) {
            add(Severity::Error, String::new(), format!("is of type {}, not one of {expected}", target.name()));
        }
        if property.discouraged.contains(&target) {
            let suffix = format!(".WrongShapeType.{name}");
            add(Severity::Danger, suffix, format!("should not be of type {}", target.name()));
        }
    }
    if property.is_output_path && path.matches('.').count() > 1 {
        let suffix = format!(".DeeplyNested.{name}");
        add(Severity::Warning, suffix, "lies deep in the output, which makes it hard to use".to_owned());
    }
}

fn resolve<'m>(context: &Context<'m>, operation: &Shape, property: &Property, path: &str) -> Option<&'m Member> {
    let details = operation.as_operation()?;
    if !property.is_output_path {
        return context.input(details)?.member(path);
    }
    let mut structure = context.output(details)?;
    let mut found = None;
    for name in path.split('.') {
        if let Some(member) = found {
            structure = context.model().target(member)?;
        }
        found = Some(structure.member(name)?);
    }
    found
}
