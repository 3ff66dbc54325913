//! Rust text with a known layout: types and their methods, whose form does not depend on the model.

use super::doc_lines::wrap;
use super::rust;
use whitesmith_docs::ModelText;

/// Has a function compiled where it is called, instead of with its crate: a large service has thousands of functions, of which
/// a program calls a few.
pub(super) const INLINE: &str = "#[inline]";

/// The columns of a line.
const WIDTH: usize = 100;

/// A Rust file, or a part of one, under construction.
#[derive(Debug, Default)]
pub(super) struct Code {
    text: String,
    lines: usize,
    indent: usize,
}

impl Code {
    /// The text written so far.
    pub fn finish(self) -> String {
        self.text
    }

    /// Adds what was written elsewhere, below an empty line.
    pub fn append(&mut self, other: Self) {
        if !self.is_empty() {
            self.blank();
        }
        self.text.push_str(&other.text);
        self.lines += other.lines;
    }

    /// Whether nothing is written yet.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The lines written so far.
    pub fn lines(&self) -> usize {
        self.lines
    }

    /// Writes a line; an empty one separates groups.
    pub fn line(&mut self, line: &str) {
        if !line.is_empty() {
            self.margin();
            self.text.push_str(line);
        }
        self.blank();
    }

    fn margin(&mut self) {
        self.text.extend(std::iter::repeat_n(' ', self.indent));
    }

    /// Indents what follows.
    pub fn indent(&mut self) {
        self.indent += 4;
    }

    /// Undoes one [`Self::indent`].
    pub fn outdent(&mut self) {
        self.indent = self.indent.saturating_sub(4);
    }

    /// Writes an empty line.
    pub fn blank(&mut self) {
        self.lines += 1;
        self.text.push('\n');
    }

    /// Writes a statement, on two lines if one is too short.
    pub fn statement(&mut self, head: &str, tail: &str) {
        if head.len() + 1 + tail.len() + self.indent <= WIDTH {
            return self.line(&format!("{head} {tail}"));
        }
        self.line(head);
        self.indent();
        self.line(tail);
        self.outdent();
    }

    /// Writes `head {`, an indented body and `}`.
    pub fn block(&mut self, head: &str, body: impl FnOnce(&mut Self)) {
        self.line(&format!("{head} {{"));
        self.indent();
        body(self);
        self.outdent();
        self.line("}");
    }

    /// Writes a doc comment.
    pub fn doc(&mut self, markdown: &str) {
        self.comment("///", markdown);
    }

    /// Writes the documentation of the module.
    pub fn module_doc(&mut self, markdown: &str) {
        self.comment("//!", markdown);
    }

    fn comment(&mut self, mark: &str, markdown: &str) {
        for line in wrap(markdown, WIDTH.saturating_sub(self.indent + mark.len() + 1)) {
            self.margin();
            self.text.push_str(mark);
            let line = line.trim_end();
            if !line.is_empty() {
                self.text.extend([" ", line]);
            }
            self.blank();
        }
    }

    /// Writes `#[deprecated]` for what the model deprecates.
    pub fn deprecation(&mut self, message: Option<&ModelText>) {
        match message {
            Some(message) if message.is_empty() => self.line("#[deprecated]"),
            Some(message) => self.line(&format!("#[deprecated = {}]", rust::literal(message))),
            None => {}
        }
    }

    /// Writes `head(items)tail` on one line if it fits, else with an item on each line. `brackets` are the delimiters.
    pub fn list(&mut self, head: &str, brackets: [&str; 2], items: &[String], tail: &str) {
        let [open, close] = brackets;
        // Braces of expressions have inner spaces, those of `use` do not.
        let pad = if open == "{" && !items.is_empty() && !head.ends_with("::") { " " } else { "" };
        let line = format!("{head}{open}{pad}{}{pad}{close}{tail}", items.join(", "));
        if line.len() + self.indent <= WIDTH {
            return self.line(&line);
        }
        self.line(&format!("{head}{open}"));
        self.indent();
        for item in items {
            self.line(&format!("{item},"));
        }
        self.outdent();
        self.line(&format!("{close}{tail}"));
    }

    /// Writes a macro call with a list in braces, and `tail` after it: on one line if it fits, else with an entry on each
    /// line.
    pub fn macro_call(&mut self, name: &str, arguments: &[&str], entries: &[String], tail: &str) {
        let list = if entries.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", entries.join(", ")) };
        let line = format!("{name}!({}, {list}{tail});", arguments.join(", "));
        if line.len() + self.indent <= WIDTH {
            return self.line(&line);
        }
        self.macro_head(name, arguments);
        self.indent();
        for entry in entries {
            self.line(&format!("{entry},"));
        }
        self.outdent();
        self.line(&format!("}}{tail});"));
    }

    /// Writes a macro call up to the brace that opens its list.
    pub fn macro_head(&mut self, name: &str, arguments: &[&str]) {
        let head = format!("{name}!({}, {{", arguments.join(", "));
        if head.len() + self.indent <= WIDTH {
            return self.line(&head);
        }
        self.line(&format!("{name}!("));
        self.indent();
        arguments.iter().for_each(|argument| self.line(&format!("{argument},")));
        self.outdent();
        self.line("{");
    }
}
