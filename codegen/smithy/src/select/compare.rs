//! Comparing attribute values (Smithy 2.0, "Attribute comparison").

use super::attribute::Attribute;
use super::syntax::Comparator;

/// Whether a comparison holds.
pub(super) fn holds(comparator: Comparator, left: &Attribute<'_>, right: &Attribute<'_>, fold_case: bool) -> bool {
    match comparator {
        Comparator::Exists => match &*right.text() {
            "true" => left.is_present(),
            "false" => !left.is_present(),
            _ => false,
        },
        Comparator::ProjectionEqual => {
            projections(left, right, |a, b| subset(a, b, fold_case) && subset(b, a, fold_case))
        }
        Comparator::ProjectionNotEqual => {
            !projections(left, right, |a, b| subset(a, b, fold_case) && subset(b, a, fold_case))
        }
        Comparator::Subset => projections(left, right, |a, b| subset(a, b, fold_case)),
        Comparator::ProperSubset => {
            projections(left, right, |a, b| subset(a, b, fold_case) && !subset(b, a, fold_case))
        }
        comparator => {
            let right = right.flattened();
            left.flattened().iter().any(|a| right.iter().any(|b| single(comparator, a, b, fold_case)))
        }
    }
}

fn projections(
    left: &Attribute<'_>,
    right: &Attribute<'_>,
    test: impl Fn(&[&Attribute<'_>], &[&Attribute<'_>]) -> bool,
) -> bool {
    let both = matches!((left, right), (Attribute::Projection(_), Attribute::Projection(_)));
    both && test(&left.flattened(), &right.flattened())
}

fn subset(left: &[&Attribute<'_>], right: &[&Attribute<'_>], fold_case: bool) -> bool {
    left.iter().all(|a| right.iter().any(|b| single(Comparator::Equal, a, b, fold_case)))
}

fn single(comparator: Comparator, left: &Attribute<'_>, right: &Attribute<'_>, fold_case: bool) -> bool {
    if !left.is_present() || !right.is_present() {
        return false;
    }
    let (left, right) = (left.text(), right.text());
    if fold_case {
        return texts(comparator, &left.to_lowercase(), &right.to_lowercase());
    }
    texts(comparator, &left, &right)
}

fn texts(comparator: Comparator, left: &str, right: &str) -> bool {
    let numbers = || Some((left.parse::<f64>().ok()?, right.parse::<f64>().ok()?));
    match comparator {
        Comparator::Equal => left == right,
        Comparator::NotEqual => left != right,
        Comparator::StartsWith => left.starts_with(right),
        Comparator::EndsWith => left.ends_with(right),
        Comparator::Contains => left.contains(right),
        Comparator::Greater => numbers().is_some_and(|(a, b)| a > b),
        Comparator::GreaterOrEqual => numbers().is_some_and(|(a, b)| a >= b),
        Comparator::Less => numbers().is_some_and(|(a, b)| a < b),
        Comparator::LessOrEqual => numbers().is_some_and(|(a, b)| a <= b),
        _ => false,
    }
}
