//! Text that comes from a model, and its escaping for each kind of generated file.

use crate::markdown_blocks;

/// Text from a model. It may hold anything: line breaks, quotes, markup, control characters.
///
/// It implements neither `Display` nor `Deref`, so that writers have to choose the escaping for the kind of file.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModelText(Box<str>);

impl<T: Into<Box<str>>> From<T> for ModelText {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

impl ModelText {
    /// Whether there is no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The unescaped text: for comparisons, or as the value of a string literal.
    #[must_use]
    pub fn unescaped(&self) -> &str {
        &self.0
    }

    /// One line of Markdown, for pages and doc comments, in which nothing is markup.
    #[must_use]
    pub fn markdown(&self) -> String {
        markdown_blocks::finish_line(&markdown_blocks::escaped(&self.0), true)
    }

    /// A code span of Markdown; empty for white space alone.
    #[must_use]
    pub fn markdown_code(&self) -> String {
        let mut code = String::new();
        markdown_blocks::code_into(&mut code, &self.0);
        code
    }

    /// One line of the AWS CLI's help markup, within a literal.
    #[must_use]
    pub fn help_literal(&self) -> String {
        self.0.chars().map(|c| if c == '\n' { ' ' } else { c }).filter(|c| !markdown_blocks::is_hidden(*c)).collect()
    }

    /// A TOML basic string with its quotes.
    #[must_use]
    pub fn toml(&self) -> String {
        toml_string(&self.0)
    }
}

/// A text as a TOML basic string with its quotes: control and bidirectional characters are escaped.
#[must_use]
pub fn toml_string(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if markdown_blocks::is_hidden(c) => quoted.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_on_its_line() {
        for hostile in
            ["a\n\n    fn main() {}", "a\r\nb", "# a", "- a", "1. a", "```\na\n```", "\u{202e}a\u{0}b\u{2066}"]
        {
            let text = ModelText::from(hostile);
            for written in [text.markdown(), text.markdown_code(), text.help_literal(), text.toml()] {
                assert!(!written.contains(markdown_blocks::is_hidden), "{written:?}");
            }
            let markdown = text.markdown();
            assert!(!markdown.starts_with(['#', '-', '`', '1', ' ']) || markdown.starts_with("1\\"), "{markdown:?}");
        }
        assert_eq!(ModelText::from("a\"b\\\n").toml(), "\"a\\\"b\\\\\\u000A\"");
    }
}
