//! Splits a value into the sections of a table.

use std::collections::BTreeSet;

use whitesmith_schema::{Value, ValueMap};

use super::super::OutputError;
use super::super::scalar::{is_scalar, text};
use super::section::{Section, width};

pub fn sections(title: &str, value: &Value) -> Result<Vec<Section>, OutputError> {
    let mut builder = Builder { sections: Vec::new() };
    builder.add(Some(title), value, 0)?;
    Ok(builder.sections)
}

struct Builder {
    sections: Vec<Section>,
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null | Value::Boolean(false) => true,
        Value::String(text) => text.is_empty(),
        Value::List(items) => items.is_empty(),
        Value::Map(map) => map.is_empty(),
        Value::Number(number) => matches!(text(&Value::Number(number.clone())).as_str(), "0" | "0.0" | "-0.0"),
        _ => false,
    }
}

/// Returns the names of an object's scalars and of its other members, each sorted.
fn divide(map: &ValueMap) -> (BTreeSet<&str>, BTreeSet<&str>) {
    let (scalars, others): (Vec<_>, Vec<_>) = map.iter().partition(|(_, value)| is_scalar(value));
    let names = |entries: Vec<(_, _)>| entries.into_iter().map(|(key, _)| key).collect();
    (names(scalars), names(others))
}

impl Builder {
    fn start(&mut self, title: &str, level: usize) {
        self.sections.push(Section { title: title.to_owned(), level, ..Section::default() });
    }

    fn section(&mut self) -> &mut Section {
        if self.sections.is_empty() {
            self.sections.push(Section::default());
        }
        let last = self.sections.len() - 1;
        #[allow(clippy::indexing_slicing, reason = "there is one now")]
        &mut self.sections[last]
    }

    fn add(&mut self, title: Option<&str>, value: &Value, level: usize) -> Result<(), OutputError> {
        if is_empty(value) {
            return Ok(());
        }
        if let Some(title) = title {
            self.start(title, level);
        }
        match value {
            Value::Map(map) => self.add_object(map, level),
            Value::List(items) if matches!(items.first(), Some(Value::Map(_))) => self.add_objects(title, items, level),
            Value::List(items) => self.add_items(items),
            _ => Ok(()),
        }
    }

    fn add_items(&mut self, items: &[Value]) -> Result<(), OutputError> {
        for item in items {
            match item {
                Value::List(cells) if cells.iter().all(is_scalar) => {
                    self.section().add_row(cells.iter().map(text).collect())?;
                }
                // Observed: an object among lists and scalars is a row of its names.
                Value::Map(map) => self.section().add_row(map.iter().map(|(key, _)| key.to_owned()).collect())?,
                Value::List(_) => self.add(None, item, 0)?,
                scalar => self.section().add_row(vec![text(scalar)])?,
            }
        }
        Ok(())
    }

    fn add_object(&mut self, map: &ValueMap, level: usize) -> Result<(), OutputError> {
        let (names, others) = divide(map);
        let value = |name: &str| map.get(name).map(text).unwrap_or_default();
        let single = names.first().filter(|_| names.len() == 1);
        if let Some(name) = single {
            self.section().add_row(vec![(*name).to_owned(), value(name)])?;
        } else if !names.is_empty() {
            self.section().add_headers(&names);
            self.section().add_row(names.iter().map(|name| value(name)).collect())?;
        }
        for name in others {
            if let Some(nested) = map.get(name) {
                self.add(Some(name), nested, level + 1)?;
            }
        }
        Ok(())
    }

    fn add_objects(&mut self, title: Option<&str>, items: &[Value], level: usize) -> Result<(), OutputError> {
        let (mut names, mut others) = (BTreeSet::new(), BTreeSet::new());
        let mut maps = Vec::with_capacity(items.len());
        for item in items {
            let map = item.as_map().ok_or(OutputError::MixedList(item.kind()))?;
            let (scalars, nested) = divide(map);
            names.extend(scalars);
            others.extend(nested);
            maps.push(map);
        }
        self.section().add_headers(&names);
        for (at, map) in maps.into_iter().enumerate() {
            if at > 0 && !others.is_empty() {
                self.start(title.unwrap_or_default(), level);
                self.section().add_headers(&names);
            }
            self.section().add_row(names.iter().map(|name| map.get(name).map(text).unwrap_or_default()).collect())?;
            for name in &others {
                if let Some(nested) = map.get(name) {
                    self.add(Some(name), nested, level + 1)?;
                }
            }
        }
        Ok(())
    }
}

impl Section {
    fn add_headers(&mut self, names: &BTreeSet<&str>) {
        self.headers = names.iter().map(|name| (*name).to_owned()).collect();
        self.columns.get_or_insert(names.len());
        let headers = std::mem::take(&mut self.headers);
        self.widen(&headers);
        self.headers = headers;
    }

    pub(super) fn add_row(&mut self, row: Vec<String>) -> Result<(), OutputError> {
        let expected = *self.columns.get_or_insert(row.len());
        if row.len() != expected {
            return Err(OutputError::UnevenRows { expected, actual: row.len() });
        }
        self.widen(&row);
        self.rows.push(row);
        Ok(())
    }

    fn widen(&mut self, cells: &[String]) {
        self.widths.resize(self.widths.len().max(cells.len()), 0);
        for (widest, cell) in self.widths.iter_mut().zip(cells) {
            *widest = (*widest).max(width(cell));
        }
    }
}
