//! `Service`: the names of shapes in a service's closure differ, and renames make sense.

use std::collections::BTreeMap;

use foldhash::HashSet;

use super::context::{Context, Report};
use crate::model::relations::Item;
use crate::model::{Service, Severity, Shape, ShapeId, ShapeType, Traits, is_identifier};

const ID: &str = "Service";

pub(super) fn check(context: &Context<'_>, report: &mut Report) {
    for shape in context.own(ShapeType::Service) {
        let (Some(service), Some(at)) = (shape.as_service(), context.index(&shape.id)) else { continue };
        let closure: Vec<Item<'_>> =
            context.relations.reachable(at).into_iter().filter_map(|at| context.relations.item(at)).collect();
        check_names(context, report, shape, service, &closure);
        check_renames(report, shape, service, &closure);
    }
}

/// How many shapes of its name a shape is reported with.
const MOST_PAIRS: usize = 20;

fn renamed<'s>(service: &'s Service, id: &ShapeId) -> Option<&'s str> {
    service.rename.iter().find(|(shape, _)| shape.target == *id).map(|(_, name)| &**name)
}

fn check_names(
    context: &Context<'_>,
    report: &mut Report,
    service_shape: &Shape,
    service: &Service,
    closure: &[Item<'_>],
) {
    let mut by_name: BTreeMap<String, Vec<&Shape>> = BTreeMap::new();
    for shape in closure.iter().filter_map(|item| item.as_shape()) {
        let name = renamed(service, &shape.id).unwrap_or(shape.id.name());
        by_name.entry(name.to_lowercase()).or_default().push(shape);
    }
    for shapes in by_name.into_values().filter(|shapes| shapes.len() > 1) {
        for shape in &shapes {
            for other in shapes.iter().filter(|other| other.id != shape.id).take(MOST_PAIRS) {
                let severity = severity(context, shape, other);
                let message = format!(
                    "In the closure of `{}` the name is also that of `{}`; `rename` on the service can tell them apart",
                    service_shape.id, other.id
                );
                report.add(severity, ID, *shape, message);
            }
        }
    }
}

/// Simple shapes and lists that are the same in all but their namespace may share a name.
fn severity(context: &Context<'_>, a: &Shape, b: &Shape) -> Severity {
    let mut pair = Some((a, b));
    let mut seen = HashSet::default();
    let mut result = Severity::Note;
    while let Some((a, b)) = pair.take() {
        let may_share = |shape: &Shape| shape.shape_type.is_simple() || shape.shape_type == ShapeType::List;
        let same = a.shape_type == b.shape_type && same_traits(&a.traits, &b.traits);
        if !may_share(a) || !may_share(b) || !same {
            return Severity::Error;
        }
        if a.shape_type != ShapeType::List || !seen.insert((&a.id, &b.id)) {
            break;
        }
        result = Severity::Warning;
        let (Some(a_member), Some(b_member)) = (a.member("member"), b.member("member")) else { break };
        if !same_traits(&a_member.traits, &b_member.traits) {
            return Severity::Error;
        }
        pair = context.model().target(a_member).zip(context.model().target(b_member));
    }
    result
}

fn same_traits(a: &Traits, b: &Traits) -> bool {
    a.len() == b.len() && a.iter().zip(b.iter()).all(|((a, x), (b, y))| a == b && x == y)
}

fn check_renames(report: &mut Report, shape: &Shape, service: &Service, closure: &[Item<'_>]) {
    for (from, to) in &service.rename {
        let from = &from.target;
        let mut error = |message: String| report.error(ID, shape, format!("The rename of `{from}` {message}"));
        if !is_identifier(to) {
            error(format!("is to `{to}`, which cannot be a name"));
        } else if **to == *from.name() {
            error("does not change its name".to_owned());
        }
        match closure.iter().find(|item| item.id() == from) {
            None => error("is of a shape that is not in the service".to_owned()),
            Some(item) if matches!(item.type_name(), "member" | "resource" | "operation") => {
                error(format!("is of type {}, which cannot be renamed", item.type_name()));
            }
            Some(_) => {}
        }
    }
}
