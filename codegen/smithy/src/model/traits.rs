//! The traits of a shape or member.

use super::ShapeId;
use crate::source::{Node, Span};

/// A trait as it is applied to a shape or member.
#[derive(Clone, Debug, PartialEq)]
pub struct AppliedTrait {
    /// The trait's ID.
    pub id: ShapeId,
    /// The value.
    pub value: Node,
}

/// The traits of a shape or member, ordered by ID.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Traits {
    entries: Vec<AppliedTrait>,
}

/// The `length` trait: inclusive bounds; on strings they count Unicode scalar values, on blobs bytes, else entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// The least length.
    pub min: Option<i64>,
    /// The greatest length.
    pub max: Option<i64>,
}

/// The `range` trait: inclusive bounds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range<'a> {
    /// The least value.
    pub min: Option<&'a Node>,
    /// The greatest value.
    pub max: Option<&'a Node>,
}

/// The `deprecated` trait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deprecated<'a> {
    /// Why, and what to use.
    pub message: Option<&'a str>,
    /// The version or date since when.
    pub since: Option<&'a str>,
}

/// The `error` trait: whose fault it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorFault {
    /// The client's.
    Client,
    /// The server's.
    Server,
}

/// The `http` trait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Http<'a> {
    /// The method.
    pub method: &'a str,
    /// The URI pattern.
    pub uri: &'a str,
    /// The status code of a success; 200 if it is not given.
    pub code: i64,
}

impl Traits {
    /// The value of a trait.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Node> {
        self.entries
            .binary_search_by(|entry| entry.id.as_str().cmp(id))
            .ok()
            .and_then(|at| self.entries.get(at))
            .map(|entry| &entry.value)
    }

    /// The value of a trait of the prelude, by its name.
    pub(crate) fn get_of_prelude(&self, name: &str) -> Option<&Node> {
        let found = self.entries.iter().find(|entry| entry.id.is_prelude() && entry.id.name() == name);
        found.map(|entry| &entry.value)
    }

    pub(crate) fn get_mut(&mut self, id: &str) -> Option<&mut Node> {
        let at = self.entries.binary_search_by(|entry| entry.id.as_str().cmp(id)).ok()?;
        self.entries.get_mut(at).map(|entry| &mut entry.value)
    }

    /// Whether a trait is applied.
    #[must_use]
    pub fn has(&self, id: &str) -> bool {
        self.get(id).is_some()
    }

    /// The traits and their values, by ID.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&ShapeId, &Node)> {
        self.entries.iter().map(|entry| (&entry.id, &entry.value))
    }

    /// How many traits are applied.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether no trait is applied.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Applies a trait; an earlier value of the same trait is replaced and returned.
    pub fn insert(&mut self, id: ShapeId, value: Node) -> Option<Node> {
        match self.entries.binary_search_by(|entry| entry.id.cmp(&id)) {
            Ok(at) => self.entries.get_mut(at).map(|entry| std::mem::replace(&mut entry.value, value)),
            Err(at) => {
                self.entries.insert(at, AppliedTrait { id, value });
                None
            }
        }
    }

    /// Takes a trait away.
    pub fn remove(&mut self, id: &str) -> Option<Node> {
        let at = self.entries.binary_search_by(|entry| entry.id.as_str().cmp(id)).ok()?;
        Some(self.entries.remove(at).value)
    }

    fn text(&self, id: &str) -> Option<&str> {
        self.get(id).and_then(Node::as_str)
    }

    /// `documentation`: CommonMark, or HTML in the models of AWS.
    #[must_use]
    pub fn documentation(&self) -> Option<&str> {
        self.text("smithy.api#documentation")
    }

    /// `required`
    #[must_use]
    pub fn is_required(&self) -> bool {
        self.has("smithy.api#required")
    }

    /// `clientOptional`
    #[must_use]
    pub fn is_client_optional(&self) -> bool {
        self.has("smithy.api#clientOptional")
    }

    /// `sensitive`
    #[must_use]
    pub fn is_sensitive(&self) -> bool {
        self.has("smithy.api#sensitive")
    }

    /// `streaming`
    #[must_use]
    pub fn is_streaming(&self) -> bool {
        self.has("smithy.api#streaming")
    }

    /// `sparse`
    #[must_use]
    pub fn is_sparse(&self) -> bool {
        self.has("smithy.api#sparse")
    }

    /// `uniqueItems`
    #[must_use]
    pub fn has_unique_items(&self) -> bool {
        self.has("smithy.api#uniqueItems")
    }

    /// `idempotencyToken`
    #[must_use]
    pub fn is_idempotency_token(&self) -> bool {
        self.has("smithy.api#idempotencyToken")
    }

    /// `input`
    #[must_use]
    pub fn is_input(&self) -> bool {
        self.has("smithy.api#input")
    }

    /// `output`
    #[must_use]
    pub fn is_output(&self) -> bool {
        self.has("smithy.api#output")
    }

    /// `mixin`
    #[must_use]
    pub fn is_mixin(&self) -> bool {
        self.has("smithy.api#mixin")
    }

    /// `trait`: the shape defines a trait.
    #[must_use]
    pub fn is_trait_definition(&self) -> bool {
        self.has("smithy.api#trait")
    }

    /// `default`, unless it is `null`, which takes a default away.
    #[must_use]
    pub fn default_value(&self) -> Option<&Node> {
        self.get("smithy.api#default").filter(|value| !value.is_null())
    }

    /// `enumValue`
    #[must_use]
    pub fn enum_value(&self) -> Option<&Node> {
        self.get("smithy.api#enumValue")
    }

    /// `length`
    #[must_use]
    pub fn length(&self) -> Option<Length> {
        let length = self.get("smithy.api#length")?;
        let bound = |name| length.get(name).and_then(Node::as_i64);
        Some(Length { min: bound("min"), max: bound("max") })
    }

    /// `range`
    #[must_use]
    pub fn range(&self) -> Option<Range<'_>> {
        let range = self.get("smithy.api#range")?;
        Some(Range { min: range.get("min"), max: range.get("max") })
    }

    /// `pattern`
    #[must_use]
    pub fn pattern(&self) -> Option<&str> {
        self.text("smithy.api#pattern")
    }

    /// `deprecated`
    #[must_use]
    pub fn deprecated(&self) -> Option<Deprecated<'_>> {
        let deprecated = self.get("smithy.api#deprecated")?;
        let text = |name| deprecated.get(name).and_then(Node::as_str);
        Some(Deprecated { message: text("message"), since: text("since") })
    }

    /// `error`
    #[must_use]
    pub fn error(&self) -> Option<ErrorFault> {
        match self.text("smithy.api#error")? {
            "client" => Some(ErrorFault::Client),
            "server" => Some(ErrorFault::Server),
            _ => None,
        }
    }

    /// `retryable`: whether it is, and whether it means throttling.
    #[must_use]
    pub fn retryable(&self) -> Option<bool> {
        let retryable = self.get("smithy.api#retryable")?;
        Some(retryable.get("throttling").and_then(Node::as_bool).unwrap_or(false))
    }

    /// `http`
    #[must_use]
    pub fn http(&self) -> Option<Http<'_>> {
        let http = self.get("smithy.api#http")?;
        Some(Http {
            method: http.get("method")?.as_str()?,
            uri: http.get("uri")?.as_str()?,
            code: http.get("code").and_then(Node::as_i64).unwrap_or(200),
        })
    }

    /// `httpError`: the status code.
    #[must_use]
    pub fn http_error(&self) -> Option<i64> {
        self.get("smithy.api#httpError").and_then(Node::as_i64)
    }

    /// `timestampFormat`
    #[must_use]
    pub fn timestamp_format(&self) -> Option<&str> {
        self.text("smithy.api#timestampFormat")
    }

    /// `mediaType`
    #[must_use]
    pub fn media_type(&self) -> Option<&str> {
        self.text("smithy.api#mediaType")
    }

    /// `jsonName`
    #[must_use]
    pub fn json_name(&self) -> Option<&str> {
        self.text("smithy.api#jsonName")
    }

    /// `xmlName`
    #[must_use]
    pub fn xml_name(&self) -> Option<&str> {
        self.text("smithy.api#xmlName")
    }

    /// `title`
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.text("smithy.api#title")
    }

    /// The place of a trait's value; [`Span::NONE`] if it is not applied.
    #[must_use]
    pub fn span(&self, id: &str) -> Span {
        self.get(id).map_or(Span::NONE, |value| value.span)
    }
}

impl IntoIterator for Traits {
    type Item = AppliedTrait;
    type IntoIter = std::vec::IntoIter<AppliedTrait>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

impl FromIterator<AppliedTrait> for Traits {
    /// Of several values for one trait the last one counts.
    fn from_iter<I: IntoIterator<Item = AppliedTrait>>(entries: I) -> Self {
        let mut traits = Self::default();
        for AppliedTrait { id, value } in entries {
            traits.insert(id, value);
        }
        traits
    }
}
