//! Queries of cases.

use crate::Failure;

/// Compares a query: each parameter as often as the case has it, in any order.
pub(crate) fn check(expected: &[&str], required: &[&str], forbidden: &[&str], found: &str) -> Result<(), Failure> {
    let given: Vec<&str> = found.split('&').filter(|parameter| !parameter.is_empty()).collect();
    let count = |list: &[&str], wanted: &str| list.iter().filter(|parameter| **parameter == wanted).count();
    if let Some(parameter) = expected.iter().find(|parameter| count(expected, parameter) != count(&given, parameter)) {
        return Err(Failure::differs(&format!("query parameter {parameter}"), &expected, &given));
    }
    let has = |name: &str| given.iter().any(|parameter| parameter.split('=').next() == Some(name));
    if let Some(name) = required.iter().find(|name| !has(name)) {
        return Err(Failure(format!("query parameter {name} is missing")));
    }
    if let Some(name) = forbidden.iter().find(|name| has(name)) {
        return Err(Failure(format!("query parameter {name} is there and must not be")));
    }
    Ok(())
}
