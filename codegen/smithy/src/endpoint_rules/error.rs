//! What is wrong with endpoint rules.

use super::growth::MOST_BYTES;
use super::types::INPUT_BYTES;
use super::types::Type;
use crate::model::nearest_names;
use crate::source::{Node, Span};

/// Invalid endpoint rules.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("invalid endpoint rules: {kind}")]
pub struct EndpointRulesError {
    /// What is wrong.
    pub kind: EndpointRulesErrorKind,
    /// Where.
    pub span: Span,
}

/// What is wrong with endpoint rules.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EndpointRulesErrorKind {
    /// An object lacks a key.
    #[error("missing `{0}`")]
    Missing(&'static str),
    /// An object has a key that means nothing there.
    #[error("unknown key `{0}`")]
    UnknownKey(String),
    /// A value has another form.
    #[error("expected {0}")]
    Expected(&'static str),
    /// A parameter has an unknown type.
    #[error("unknown type of parameter `{0}`: expected `string`, `boolean` or `stringArray`")]
    UnknownParameterType(String),
    /// A parameter's default is not of its type.
    #[error("the default of parameter `{0}` has another type")]
    DefaultType(String),
    /// A parameter has a default, but is not required.
    #[error("parameter `{0}` has a default and is not required")]
    OptionalDefault(String),
    /// A parameter is not of its built-in's type.
    #[error("parameter `{name}` is of built-in `{built_in}`: expected the type `{expected}`")]
    BuiltInType {
        /// The parameter.
        name: String,
        /// The built-in.
        built_in: String,
        /// The built-in's type.
        expected: &'static str,
    },
    /// A function that does not exist.
    #[error("unknown function `{0}`")]
    UnknownFunction(String),
    /// A call has more or fewer arguments than its function takes.
    #[error("wrong number of arguments of `{0}`")]
    ArgumentCount(String),
    /// The path of `getAttr`, or of a value in braces.
    #[error("invalid path `{0}`")]
    InvalidPath(String),
    /// A brace without its counterpart.
    #[error("unpaired brace in `{0}`")]
    UnpairedBrace(String),
    /// A name that is neither a parameter nor assigned by a condition before it.
    #[error("unknown name `{name}`{}", near.as_ref().map(|near| format!("; did you mean `{near}`?")).unwrap_or_default())]
    UnknownName {
        /// The name.
        name: String,
        /// The name in scope that is most like it.
        near: Option<String>,
    },
    /// A condition assigns a name that is in scope already.
    #[error("`{0}` is defined already")]
    Redefined(String),
    /// A value has another type than its place takes.
    #[error("expected {expected}, found {found}{}", if found.is_optional { "; `isSet` or `assign` in a condition proves that it is set" } else { "" })]
    WrongType {
        /// What the place takes.
        expected: Type,
        /// What stands there.
        found: Type,
    },
    /// A value can grow beyond what clients should hold.
    #[error(
        "`{name}` can take {size} bytes with inputs of {INPUT_BYTES}, which exceeds the limit of {MOST_BYTES} bytes"
    )]
    Growth {
        /// The name that is assigned.
        name: String,
        /// The bytes that its value can take.
        size: u64,
    },
    /// `isSet` of something that is always set.
    #[error("expected an optional value, found {0}, which is always set")]
    AlwaysSet(Type),
    /// A record or list lacks what a path names.
    #[error("{of} has no `{step}`")]
    UnknownAttribute {
        /// The record or list.
        of: Type,
        /// The step of the path.
        step: String,
    },
    /// An authentication scheme of an endpoint's properties.
    #[error("invalid authentication scheme: expected {0}")]
    AuthScheme(&'static str),
}

impl EndpointRulesErrorKind {
    pub(super) fn at(self, node: &Node) -> EndpointRulesError {
        EndpointRulesError { kind: self, span: node.span }
    }

    pub(super) fn unknown_name<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Self {
        let near = nearest_names(name, known).first().map(|near| (*near).to_owned());
        Self::UnknownName { name: name.to_owned(), near }
    }
}

/// Refuses keys of an object other than these.
pub(super) fn refuse_other_keys(node: &Node, known: &[&str]) -> Result<(), EndpointRulesError> {
    let mut entries = node.as_object().into_iter().flatten();
    match entries.find(|entry| !known.contains(&&*entry.key)) {
        Some(entry) => {
            let kind = EndpointRulesErrorKind::UnknownKey(entry.key.to_string());
            Err(EndpointRulesError { kind, span: entry.key_span })
        }
        None => Ok(()),
    }
}
