//! What each version of Smithy allows in a file.

use crate::model::{Event, Severity, ShapeId};
use crate::source::Span;

/// The version that a file declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Version {
    V1,
    V2,
}

impl Version {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text {
            "1" | "1.0" => Some(Self::V1),
            "2" | "2.0" => Some(Self::V2),
            _ => None,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::V1 => "1.0",
            Self::V2 => "2.0",
        }
    }

    /// Whether the version has a type of shape.
    pub(crate) fn has_type(self, name: &str) -> bool {
        match self {
            Self::V1 => !matches!(name, "enum" | "intEnum"),
            Self::V2 => name != "set",
        }
    }

    /// The complaint about a type of shape that the version does not have.
    pub(crate) fn type_event(self, name: &str, id: &ShapeId, span: Span) -> Event {
        let message = format!("{name} shapes cannot be used in Smithy version {}", self.name());
        Event::error("Model", Some(id.clone()), span, message)
    }

    /// The complaint about a trait that the version does not have or does not like.
    pub(crate) fn trait_event(self, target: &ShapeId, id: &ShapeId, span: Span) -> Option<Event> {
        let error = |message: String| Some(Event::error("Model", Some(target.clone()), span, message));
        match (self, id.as_str()) {
            (Self::V1, "smithy.api#mixin") => {
                error(format!("`{target}` is a mixin, which version 1.0 of this file does not have; use Smithy 2.0"))
            }
            (Self::V1, "smithy.api#default") => {
                error("The `default` trait needs a file of Smithy version 2.0".to_owned())
            }
            (Self::V2, "smithy.api#box") => error("The `box` trait does not exist in Smithy version 2.0".to_owned()),
            (Self::V2, "smithy.api#enum") => {
                let message = "The enum trait is deprecated. Smithy 2.0 models should use the enum shape.";
                Some(Event::error("ModelDeprecation", Some(target.clone()), span, message).at(Severity::Warning))
            }
            _ => None,
        }
    }
}
