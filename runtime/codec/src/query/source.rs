//! Reading from forms.

use std::borrow::Cow;

use whitesmith_schema::{Member, Schema};

use super::form::{Form, ROOT};
use super::names::{QueryDialect, of_entry};
use crate::read::{NextMember, Reader, Source};
use crate::{ReadError, ReadOptions};

/// Reads a form.
pub(super) type QueryReader<'a> = Reader<QuerySource<'a>, Entries>;

/// A form and a position in it.
#[derive(Debug)]
pub struct QuerySource<'a> {
    form: Form<'a>,
    dialect: QueryDialect,
    at: usize,
}

/// The nodes that remain of a list, map or structure.
#[derive(Debug)]
pub struct Entries {
    nodes: std::vec::IntoIter<usize>,
    key: &'static str,
    value: &'static str,
}

impl<'a> QueryReader<'a> {
    pub(super) fn new(body: &'a [u8], dialect: QueryDialect, options: ReadOptions) -> Result<Self, ReadError> {
        let form = Form::parse(body, options.max_depth)?;
        Ok(Self::over(QuerySource { form, dialect, at: ROOT }, options))
    }
}

impl<'a> QuerySource<'a> {
    /// Returns the entries of a list or map.
    fn entries(&self, at: Option<&'static Member>) -> Entries {
        let between = at.and_then(|at| self.dialect.between(at));
        let nodes = match between {
            None => self.form.numbered(self.at),
            Some(name) => self.form.named(self.at, name).map(|at| self.form.numbered(at)).unwrap_or_default(),
        };
        let target = at.map(|at| at.target);
        Entries {
            nodes: nodes.into_iter(),
            key: of_entry(target.and_then(Schema::map_key), "key"),
            value: of_entry(target.and_then(Schema::map_value), "value"),
        }
    }
}

impl<'a> Source<'a> for QuerySource<'a> {
    type Entries = Entries;

    fn offset(&self) -> usize {
        self.form.node(self.at).map_or(0, |node| node.offset)
    }

    fn text(&mut self, at: Option<&'static Member>) -> Result<Cow<'a, str>, ReadError> {
        let text = self.form.node(self.at).and_then(|node| node.text.clone());
        text.ok_or_else(|| self.expected("a value", at))
    }

    fn skip_scalar(&mut self) -> Result<(), ReadError> {
        Ok(())
    }

    fn open_list(&mut self, at: Option<&'static Member>) -> Result<Entries, ReadError> {
        Ok(self.entries(at))
    }

    fn next_element(&mut self, list: &mut Entries) -> Result<bool, ReadError> {
        let next = list.nodes.next();
        self.at = next.unwrap_or(self.at);
        Ok(next.is_some())
    }

    fn open_map(&mut self, at: Option<&'static Member>) -> Result<Entries, ReadError> {
        Ok(self.entries(at))
    }

    fn next_key(&mut self, map: &mut Entries) -> Result<Option<Cow<'a, str>>, ReadError> {
        let Some(entry) = map.nodes.next() else { return Ok(None) };
        self.at = entry;
        let key = self.form.named(entry, map.key).and_then(|key| self.form.node(key)?.text.clone());
        match (key, self.form.named(entry, map.value)) {
            (Some(key), Some(value)) => {
                self.at = value;
                Ok(Some(key))
            }
            _ => Err(self.expected("a map entry with a key and a value", None)),
        }
    }

    fn open_structure(&mut self) -> Result<Entries, ReadError> {
        let nodes = self.form.node(self.at).map(|node| node.children.clone()).unwrap_or_default();
        Ok(Entries { nodes: nodes.into_iter(), key: "", value: "" })
    }

    fn next_member(
        &mut self,
        structure: &mut Entries,
        schema: &'static Schema,
        expected: usize,
    ) -> Result<NextMember, ReadError> {
        let Some(at) = structure.nodes.next() else { return Ok(NextMember::End) };
        self.at = at;
        let name = self.form.node(at).map(|node| node.name.as_ref()).unwrap_or_default();
        let is_named = |member: &'static Member| self.dialect.of_member(member) == name;
        let follows = schema.members.get(expected).is_some_and(is_named);
        let index = if follows { Some(expected) } else { schema.members.iter().position(is_named) };
        Ok(index.map_or(NextMember::Unknown, NextMember::Known))
    }
}
