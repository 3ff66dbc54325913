//! Headers of cases.

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::Failure;

/// The headers of a message that comes in.
pub(crate) fn received(headers: &[(&str, &str)]) -> Result<HeaderMap, Failure> {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        let name = HeaderName::try_from(*name).map_err(|error| Failure::step("the case's header", &error))?;
        map.append(name, HeaderValue::try_from(*value).map_err(|error| Failure::step("the case's header", &error))?);
    }
    Ok(map)
}

/// Compares the headers of a message that goes out.
pub(crate) fn check(
    expected: &[(&str, &str)],
    required: &[&str],
    forbidden: &[&str],
    found: &HeaderMap,
) -> Result<(), Failure> {
    for (name, value) in expected {
        let values: Vec<_> = found.get_all(*name).iter().map(|value| value.to_str().unwrap_or("no text")).collect();
        if normal(&values.join(", ")) != normal(value) {
            return Err(Failure::differs(&format!("header {name}"), value, &values));
        }
    }
    if let Some(name) = required.iter().find(|name| !found.contains_key(**name)) {
        return Err(Failure(format!("header {name} is missing")));
    }
    if let Some(name) = forbidden.iter().find(|name| found.contains_key(**name)) {
        return Err(Failure(format!("header {name} is there and must not be")));
    }
    Ok(())
}

/// Lists of values differ in nothing by the white space after their commas.
fn normal(value: &str) -> String {
    value.split(',').map(str::trim).collect::<Vec<_>>().join(", ")
}
