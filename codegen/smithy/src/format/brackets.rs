//! Values and lists in brackets: on one line with commas, or each on its own.

use super::layout::{Doc, INDENT};
use super::tree::{Kind, Tree};
use crate::syntax::TokenKind;

/// Something in brackets.
pub(super) struct Brackets {
    open: &'static str,
    close: &'static str,
    children: Vec<Doc>,
    is_broken: bool,
    is_inline: bool,
}

impl Brackets {
    pub(super) fn new(open: &'static str, close: &'static str, children: Vec<Doc>) -> Self {
        Self { open, close, children, is_broken: false, is_inline: false }
    }

    /// Breaks if something in the subject needs a line break.
    pub(super) fn break_hard(mut self, subject: &Tree) -> Self {
        self.is_broken = has_hard_line(subject);
        self
    }

    /// Breaks if something in the subject needs a line break, or if it is wider than a line.
    pub(super) fn break_wide(self, subject: &Tree, width: usize) -> Self {
        let mut brackets = self.break_hard(subject);
        if !brackets.is_broken && !brackets.children.is_empty() {
            let flat = brackets.on_one_line(0).render(usize::MAX);
            brackets.is_broken = flat.chars().count() > width;
        }
        brackets
    }

    pub(super) fn break_always(mut self) -> Self {
        self.is_broken = true;
        self
    }

    pub(super) fn break_unless_empty(mut self) -> Self {
        self.is_broken = !self.children.is_empty();
        self
    }

    /// Keeps what is inside on the lines of the brackets.
    pub(super) fn inline(mut self) -> Self {
        self.is_inline = true;
        self
    }

    pub(super) fn write(self) -> Doc {
        if self.is_broken {
            return block(Doc::text(self.open), Doc::join(&Doc::Line, self.children), self.close);
        }
        self.on_one_line(if self.is_inline { 0 } else { INDENT })
    }

    fn on_one_line(&self, indent: usize) -> Doc {
        let line = if !self.children.is_empty() && self.open == "{" {
            Doc::LineOr(" ")
        } else if self.children.len() > 1 {
            Doc::LineOr("")
        } else {
            Doc::Empty
        };
        let children = Doc::join(&Doc::LineOr(", "), self.children.iter().cloned());
        let inner = Doc::Indent(indent, Box::new(line.clone().then(children)));
        Doc::text(self.open).then(inner).then(line).then(Doc::text(self.close)).group()
    }
}

/// Something in brackets on lines of its own.
pub(super) fn block(open: Doc, contents: Doc, close: &'static str) -> Doc {
    open.then(Doc::Line.then(contents).indent()).then(Doc::Line).then(Doc::text(close))
}

/// Whether something in a tree needs a line break.
fn has_hard_line(tree: &Tree) -> bool {
    tree.any(&|child| {
        matches!(child.kind, Kind::Comment | Kind::TextBlock | Kind::Array | Kind::Object)
            || child.token.as_ref().is_some_and(|token| token.kind == TokenKind::String && token.line != token.end_line)
    })
}
