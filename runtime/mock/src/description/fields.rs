//! Reading the fields of descriptions.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use serde_json::{Map, Value as Json};

use crate::place::{At, DescriptionError};

/// The fields of an object that is read.
#[derive(Debug)]
pub(super) struct Fields<'a> {
    at: At<'a>,
    entries: &'a Map<String, Json>,
}

impl<'a> Fields<'a> {
    /// Opens an object, which may have only the known fields.
    pub(super) fn open(json: &'a Json, at: At<'a>, known: &[&str]) -> Result<Self, DescriptionError> {
        let entries = json.as_object().ok_or_else(|| at.invalid("expected an object"))?;
        match entries.keys().find(|key| !known.contains(&key.as_str())) {
            Some(unknown) => Err(at.unknown("field", unknown, known.iter().copied())),
            None => Ok(Self { at, entries }),
        }
    }

    /// The place of a field.
    pub(super) fn at<'b>(&'b self, key: &'b str) -> At<'b> {
        self.at.member(key)
    }

    /// Returns a field; `None` if it is null or left out.
    pub(super) fn get(&self, key: &str) -> Option<&'a Json> {
        self.entries.get(key).filter(|value| !value.is_null())
    }

    /// Reports a field that is left out.
    pub(super) fn missing(&self, key: &str) -> DescriptionError {
        self.at.invalid(format!("missing field `{key}`"))
    }

    pub(super) fn text(&self, key: &str) -> Result<Option<String>, DescriptionError> {
        self.read(key, "a string", |json| json.as_str().map(str::to_owned))
    }

    pub(super) fn integer(&self, key: &str, range: RangeInclusive<u64>) -> Result<Option<u64>, DescriptionError> {
        let expected = match (range.start(), range.end()) {
            (start, &u64::MAX) => format!("an integer of at least {start}"),
            (start, end) => format!("an integer between {start} and {end}"),
        };
        self.read(key, &expected, |json| json.as_u64().filter(|number| range.contains(number)))
    }

    pub(super) fn number(&self, key: &str, range: RangeInclusive<f64>) -> Result<Option<f64>, DescriptionError> {
        let expected = format!("a number between {} and {}", range.start(), range.end());
        self.read(key, &expected, |json| json.as_f64().filter(|number| range.contains(number)))
    }

    pub(super) fn object(&self, key: &str) -> Result<Option<&'a Map<String, Json>>, DescriptionError> {
        self.read(key, "an object", Json::as_object)
    }

    /// Reads an object of strings.
    pub(super) fn texts(&self, key: &str) -> Result<BTreeMap<String, String>, DescriptionError> {
        let text = |(name, json): (&String, &Json)| Some((name.clone(), json.as_str()?.to_owned()));
        let read = |json: &Json| json.as_object()?.iter().map(text).collect();
        Ok(self.read(key, "an object of strings", read)?.unwrap_or_default())
    }

    fn read<T>(
        &self,
        key: &str,
        expected: &str,
        read: impl FnOnce(&'a Json) -> Option<T>,
    ) -> Result<Option<T>, DescriptionError> {
        let Some(json) = self.get(key) else { return Ok(None) };
        read(json).map(Some).ok_or_else(|| self.at(key).invalid(format!("expected {expected}")))
    }
}

/// Reads one of several alternatives: its name alone, or an object with the name as its only field.
pub(super) fn alternative<'a>(
    json: &'a Json,
    at: &At<'_>,
    what: &str,
    known: &[&'static str],
) -> Result<(&'static str, &'a Json), DescriptionError> {
    let (name, content) = match json {
        Json::String(name) => (name, &Json::Null),
        Json::Object(entries) => match entries.iter().next() {
            Some(only) if entries.len() == 1 => only,
            _ => return Err(at.invalid(format!("expected one of {}", known.join(", ")))),
        },
        _ => return Err(at.invalid(format!("expected one of {}", known.join(", ")))),
    };
    match known.iter().find(|known| *known == name) {
        Some(known) => Ok((known, content)),
        None => Err(at.unknown(what, name, known.iter().copied())),
    }
}
