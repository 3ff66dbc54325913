//! The one place where a complaint becomes text: a title, `file:line:column`, the line and a caret.

use annotate_snippets::{AnnotationKind, Group, Level as Heading, Origin, Renderer, Snippet};

use super::{Sources, Span};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Something to know.
    Note,
    /// Something to look at.
    Warning,
    /// Something that is very probably wrong.
    Danger,
    /// Something that stops the work.
    Error,
}

/// Characters of a line that are shown around the place: models written on one line must not fill the screen.
const SHOWN_BEFORE: usize = 60;
const SHOWN_FROM: usize = 100;

/// Renders one complaint, without colour and without a line break at its end. Control characters are made visible, so
/// that a model cannot steer a terminal.
#[must_use]
pub fn render(sources: &Sources, level: Level, id: Option<&str>, title: &str, span: Span) -> String {
    let heading = match level {
        Level::Note => Heading::NOTE,
        Level::Warning => Heading::WARNING,
        Level::Danger => Heading::ERROR.with_name("danger"),
        Level::Error => Heading::ERROR,
    };
    let mut title = heading.primary_title(visible(title));
    if let Some(id) = id {
        title = title.id(visible(id));
    }
    let Some(place) = sources.place(span) else {
        return Renderer::plain().render(&[Group::with_title(title)]);
    };
    let window = Window::around(sources.text(span.file), span);
    let snippet = Snippet::source(window.text)
        .line_start(place.line)
        .annotation(AnnotationKind::Primary.span(window.start..window.end));
    let file = visible(place.file);
    let report = if window.is_cut {
        // The column that the snippet would count is not that of the whole line.
        title.element(Origin::path(file).line(place.line).char_column(place.column)).element(snippet)
    } else {
        title.element(snippet.path(file))
    };
    Renderer::plain().render(&[report])
}

/// The part of a line that is shown, and the annotated bytes in it.
struct Window {
    text: String,
    start: usize,
    end: usize,
    /// Whether the line begins before it.
    is_cut: bool,
}

impl Window {
    fn around(text: &str, span: Span) -> Self {
        let start = span.start as usize;
        let before = text.get(..start).unwrap_or("");
        let from = text.get(start..).unwrap_or("");
        // Lines can be as long as files: no more is looked at than is shown.
        let is_break = |c: char| matches!(c, '\n' | '\r');
        let near = before.char_indices().rev().take_while(|(_, c)| !is_break(*c)).take(SHOWN_BEFORE);
        let cut_before = near.last().map_or(start, |(at, _)| at);
        let is_cut = before.get(..cut_before).is_some_and(|rest| !rest.is_empty() && !rest.ends_with(is_break));
        let is_past = |(count, (_, c)): &(usize, (usize, char))| *count == SHOWN_FROM || is_break(*c);
        let end_of_line = from.char_indices().enumerate().find(is_past);
        let cut_from = end_of_line.map_or(from.len(), |(_, (at, _))| at);
        let goes_on = end_of_line.is_some_and(|(_, (_, c))| !is_break(c));
        let mut shown = String::new();
        if is_cut {
            shown.push('…');
        }
        shown.push_str(before.get(cut_before..).unwrap_or(""));
        let start = shown.len();
        shown.push_str(from.get(..cut_from).unwrap_or(""));
        let length = (span.end.saturating_sub(span.start) as usize).max(1);
        let end = (start + length).min(shown.len());
        if goes_on {
            shown.push('…');
        }
        Self { text: shown, start, end, is_cut }
    }
}

/// Control characters as escapes.
fn visible(text: &str) -> String {
    if !text.contains(char::is_control) {
        return text.to_owned();
    }
    text.chars().flat_map(|c| if c.is_control() { c.escape_default().collect() } else { vec![c] }).collect()
}
