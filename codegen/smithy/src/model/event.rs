//! What loading and validation have to say.

use super::ShapeId;
use crate::source::{Level, Sources, Span, render};

/// How bad an event is (Smithy 2.0, "Model validation").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Put aside by a suppression.
    Suppressed,
    /// Something to know.
    Note,
    /// Something that is probably wrong.
    Warning,
    /// Something that is wrong, unless it is suppressed.
    Danger,
    /// Something that makes the model invalid.
    Error,
}

impl Severity {
    /// The severity's name in upper case, as the specification has it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Suppressed => "SUPPRESSED",
            Self::Note => "NOTE",
            Self::Warning => "WARNING",
            Self::Danger => "DANGER",
            Self::Error => "ERROR",
        }
    }

    /// The severity of a name in upper case.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Suppressed, Self::Note, Self::Warning, Self::Danger, Self::Error]
            .into_iter()
            .find(|severity| severity.name() == name)
    }

    /// Whether something has to be done about such an event: mend the model, or suppress a danger.
    #[must_use]
    pub fn is_failure(self) -> bool {
        matches!(self, Self::Danger | Self::Error)
    }
}

/// One finding about a model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// How bad it is.
    pub severity: Severity,
    /// What kind of finding: parts with dots between them, from the general to the special.
    pub id: String,
    /// The shape or member that it is about.
    pub shape: Option<ShapeId>,
    /// The finding, for people.
    pub message: String,
    /// The place that it is about.
    pub span: Span,
}

impl Event {
    /// An event of severity [`Severity::Error`].
    pub fn error(id: impl Into<String>, shape: Option<ShapeId>, span: Span, message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, id: id.into(), shape, message: message.into(), span }
    }

    /// The same event with another severity.
    #[must_use]
    pub fn at(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// The event with its place, the line and a caret.
    #[must_use]
    pub fn render(&self, sources: &Sources) -> String {
        let level = match self.severity {
            Severity::Suppressed | Severity::Note => Level::Note,
            Severity::Warning => Level::Warning,
            Severity::Danger => Level::Danger,
            Severity::Error => Level::Error,
        };
        let title = match &self.shape {
            Some(shape) => format!("{shape}: {}", self.message),
            None => self.message.clone(),
        };
        render(sources, level, Some(&self.id), &title, self.span)
    }
}
