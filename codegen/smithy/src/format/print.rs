//! Writes the tree.

use super::brackets::{Brackets, block};
use super::layout::Doc;
use super::tree::{Kind, Tree};
use crate::model::is_identifier;
use crate::syntax::{TokenKind, text_block_lines};

/// Writes trees, and keeps the comments that are to stand above the next statement.
pub(super) struct Printer {
    width: usize,
    pending: Doc,
}

impl Printer {
    pub(super) fn new(width: usize) -> Self {
        Self { width, pending: Doc::Empty }
    }

    /// Writes a file.
    pub(super) fn file(&mut self, file: &Tree) -> String {
        let mut doc = file.children.first().filter(|first| first.kind == Kind::Space).map_or(Doc::Empty, space);
        for kind in [Kind::ControlSection, Kind::MetadataSection] {
            doc = doc.then(self.section(file, kind));
        }
        if let Some(namespace) = file.child(Kind::NamespaceStatement) {
            let statement = Doc::Line.then(self.flush()).then(Doc::text("namespace "));
            let statement = statement.then(text_of(namespace, Kind::Namespace)).then(self.line_break(namespace, false));
            doc = doc.then(statement).then(Doc::Line).then(self.section(file, Kind::UseSection)).then(Doc::Line);
        } else {
            doc = doc.then(Doc::Line);
        }
        if let Some(shapes) = file.child(Kind::ShapeStatements) {
            doc = doc.then(self.statements(shapes));
        }
        let text = doc.then(self.flush()).render(self.width);
        let mut trimmed = String::with_capacity(text.len());
        for line in text.trim().split('\n') {
            trimmed.push_str(line.trim_end_matches([' ', '\t']));
            trimmed.push('\n');
        }
        trimmed
    }

    fn flush(&mut self) -> Doc {
        std::mem::take(&mut self.pending)
    }

    /// Statements of a section: one that takes several lines has blank lines around it.
    fn section(&mut self, file: &Tree, kind: Kind) -> Doc {
        let Some(section) = file.child(kind).filter(|section| !section.children.is_empty()) else { return Doc::Empty };
        let mut doc = Doc::Line;
        let mut after_blank = true;
        let count = section.children.len();
        for (at, statement) in section.children.iter().enumerate() {
            let text = self.section_statement(statement).render(self.width);
            let is_long = text.contains('\n');
            if is_long && !after_blank {
                doc = doc.then(Doc::Line);
            }
            doc = doc.then(Doc::text(text));
            after_blank = is_long && at + 1 < count;
            if after_blank {
                doc = doc.then(Doc::Line);
            }
            doc = doc.then(Doc::Line);
        }
        doc
    }

    fn section_statement(&mut self, statement: &Tree) -> Doc {
        let doc = self.flush();
        let doc = match statement.kind {
            Kind::ControlStatement => doc.then(Doc::text("$")).then(key(statement)).then(Doc::text(": ")),
            Kind::MetadataStatement => doc.then(Doc::text("metadata ")).then(key(statement)).then(Doc::text(" = ")),
            _ => doc.then(Doc::text("use ")).then(text_of(statement, Kind::AbsoluteShapeId)),
        };
        let value = statement.value().map_or(Doc::Empty, |value| self.value(value, false));
        doc.then(value).then(self.line_break(statement, false))
    }

    fn statements(&mut self, shapes: &Tree) -> Doc {
        let mut doc = Doc::Empty;
        for (at, pair) in shapes.children.chunks(2).enumerate() {
            if at > 0 {
                doc = doc.then(Doc::Line);
            }
            for child in pair {
                let written =
                    if child.kind == Kind::Break { self.comments_after(child, true) } else { self.statement(child) };
                doc = doc.then(written);
            }
            doc = doc.then(Doc::Line);
        }
        doc
    }

    fn line_break(&mut self, owner: &Tree, is_statement: bool) -> Doc {
        owner.child(Kind::Break).map_or(Doc::Empty, |line_break| self.comments_after(line_break, is_statement))
    }

    /// The comments of a break: those on its line stay, those below stand above the next statement, except for those that
    /// follow a shape without a blank line.
    fn comments_after(&mut self, line_break: &Tree, after_shape: bool) -> Doc {
        self.pending = Doc::Empty;
        let mut doc = Doc::Empty;
        let line = line_break.line();
        let mut previous = line;
        for comment in line_break.comments() {
            let at = comment.line();
            if at == line {
                doc = doc.then(Doc::text(" ")).then(write_comment(comment));
                previous = at;
            } else if after_shape && !comment.is_doc_comment() && at == previous + 1 {
                doc = doc.then(Doc::Line).then(write_comment(comment));
                previous = at;
            } else {
                self.pending = self.flush().then(write_comment(comment)).then(Doc::Line);
            }
        }
        doc
    }

    fn statement(&mut self, statement: &Tree) -> Doc {
        let doc = self.flush();
        let id = text_of(statement, Kind::ShapeId);
        match statement.kind {
            Kind::ApplySingular => {
                let applied = statement.child(Kind::Trait).map_or(Doc::Empty, |applied| self.one_trait(applied));
                doc.then(hoisted(statement)).then(Doc::text("apply ")).then(id).then(Doc::text(" ")).then(applied)
            }
            Kind::ApplyBlock => {
                let traits = statement.child(Kind::Traits).map_or(Doc::Empty, |traits| self.traits(traits));
                let body = Doc::Line.then(traits).indent();
                let open = hoisted(statement).then(Doc::text("apply ")).then(id).then(Doc::text(" {")).then(body);
                let text = open.render(self.width).trim().to_owned();
                doc.then(Doc::text(text)).then(Doc::Line).then(Doc::text("}"))
            }
            _ => statement.children.iter().fold(doc, |doc, child| {
                let written = if child.kind == Kind::Traits { self.traits(child) } else { self.shape(child) };
                doc.then(written)
            }),
        }
    }

    fn shape(&mut self, shape: &Tree) -> Doc {
        let type_name = text_of(shape, Kind::TypeName);
        match shape.kind {
            Kind::MemberShape => {
                let members = shape.child(Kind::Members).map(|members| self.members(members));
                hoisted(shape).then(self.head(shape, type_name, members))
            }
            Kind::Operation => {
                let body = shape.child(Kind::OperationBody).map(|body| self.members(body));
                hoisted(shape).then(self.head(shape, type_name, body))
            }
            Kind::EntityShape => {
                let body = shape.child(Kind::Object).map(|object| {
                    let children = self.inside(object, |printer, child| printer.entity_entry(child));
                    Doc::LineOr(" ").then(Brackets::new("{", "}", children).break_hard(object).write())
                });
                hoisted(shape).then(self.head(shape, type_name, body))
            }
            _ => self.head(shape, type_name, None),
        }
    }

    /// What stands before the members of a shape, and the members.
    fn head(&mut self, shape: &Tree, type_name: Doc, members: Option<Doc>) -> Doc {
        let resource =
            shape.child(Kind::ForResource).map(|resource| Doc::text("for ").then(text_of(resource, Kind::ShapeId)));
        let mixins = shape.child(Kind::Mixins).map(|mixins| {
            let children =
                self.inside(mixins, |_, child| (child.kind == Kind::ShapeId).then(|| Doc::text(child.text())));
            Doc::text("with ").then(Brackets::new("[", "]", children).break_hard(mixins).write())
        });
        let parts =
            [Some(type_name), shape.child(Kind::Identifier).map(|name| Doc::text(name.text())), resource, mixins];
        let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
        let head = Doc::join(&Doc::text(" "), parts);
        members.map_or(head.clone(), |members| head.then(members.group()))
    }

    /// The children of something in brackets, with its comments.
    fn inside(&mut self, tree: &Tree, mut write: impl FnMut(&mut Self, &Tree) -> Option<Doc>) -> Vec<Doc> {
        let mut docs = Vec::new();
        for child in &tree.children {
            match child.kind {
                Kind::Space => docs.extend(child.children_of(Kind::Comment).map(write_comment)),
                Kind::Comment => docs.push(write_comment(child)),
                _ => docs.extend(write(self, child).filter(|doc| !doc.is_empty())),
            }
        }
        docs
    }

    fn members(&mut self, container: &Tree) -> Doc {
        let is_spread = has_annotations(container);
        let separator = if is_spread { Doc::Line.then(Doc::Line) } else { Doc::Line };
        let is_shown = |child: &&Tree| match child.kind {
            Kind::Token => false,
            Kind::Space => child.has_comments(),
            _ => true,
        };
        if !is_spread && !container.children.iter().any(|child| is_shown(&child)) {
            return Doc::LineOr(" ").then(Doc::text("{}")).group();
        }
        let mut docs: Vec<Doc> = Vec::new();
        let mut current = self.flush();
        let mut after_comment = false;
        let mut previous_end = None;
        let mut children = container.children.iter().peekable();
        while let Some(child) = children.next() {
            if is_shown(&child) && child.kind == Kind::Space {
                let has_next = children.peek().is_some_and(|next| next.kind != Kind::Token);
                for comment in child.children_of(Kind::Comment) {
                    let is_same_line = previous_end == Some(comment.line());
                    let last = docs.last_mut().filter(|_| is_same_line && (has_next || !is_spread));
                    if let Some(last) = last {
                        *last = std::mem::take(last).then(Doc::text(" ")).then(write_comment(comment));
                        continue;
                    }
                    if after_comment {
                        current = current.then(Doc::Line);
                    }
                    after_comment = true;
                    current = current.then(write_comment(comment));
                }
            } else if is_shown(&child) {
                if after_comment {
                    current = current.then(Doc::Line);
                    after_comment = false;
                }
                docs.push(current.then(self.member(child)));
                current = self.flush();
            }
            previous_end = Some(child.value_end_line());
        }
        if !current.is_empty() {
            docs.push(current);
        }
        block(Doc::LineOr(" ").then(Doc::text("{")), Doc::join(&separator, docs), "}")
    }

    fn member(&mut self, member: &Tree) -> Doc {
        match member.kind {
            Kind::OperationTarget => self.operation_target(member),
            Kind::Errors => {
                let children = self.inside(&after_colon(member), |_, child| {
                    (child.kind == Kind::ShapeId).then(|| Doc::text(child.text()))
                });
                let errors = Brackets::new("[", "]", children).break_always().write();
                before_list(member).then(Doc::text("errors: ")).then(errors)
            }
            _ => {
                let mut doc = Doc::Empty;
                for child in &member.children {
                    doc = doc.then(match child.kind {
                        Kind::Traits => self.traits(child),
                        Kind::Identifier => Doc::text(child.text()),
                        Kind::ShapeId => Doc::text(": ").then(Doc::text(child.text())),
                        Kind::Token if child.text() == "$" => Doc::text("$"),
                        Kind::Assignment => {
                            let value = child.value().map_or(Doc::Empty, |value| self.value(value, false));
                            Doc::text(" = ").then(value).then(self.line_break(child, false))
                        }
                        _ => Doc::Empty,
                    });
                }
                doc
            }
        }
    }

    fn operation_target(&mut self, property: &Tree) -> Doc {
        let doc = hoisted(property).then(text_of(property, Kind::Key));
        let Some(inline) = property.child(Kind::InlineShape) else {
            return doc.then(Doc::text(": ")).then(text_of(property, Kind::ShapeId));
        };
        let members = inline.child(Kind::Members).map(|members| self.members(members));
        let traits = inline.child(Kind::Traits);
        if inline.has_comments() || traits.is_some_and(|traits| traits.child(Kind::Trait).is_some()) {
            let traits = traits.map_or(Doc::Empty, |traits| self.traits(traits));
            let shape = self.head(inline, Doc::Empty, members);
            let inline = Doc::text(" :=").then(Doc::Line).then(hoisted(inline)).then(traits).then(shape);
            return doc.then(inline.indent());
        }
        doc.then(self.head(inline, Doc::text(" :="), members))
    }

    fn traits(&mut self, traits: &Tree) -> Doc {
        if traits.children.is_empty() {
            return Doc::Empty;
        }
        let shown = traits.children.iter().filter(|child| child.kind == Kind::Trait || child.has_comments());
        let docs: Vec<Doc> =
            shown.map(|child| if child.kind == Kind::Trait { self.one_trait(child) } else { space(child) }).collect();
        Doc::join(&Doc::Line, docs).then(Doc::Line)
    }

    fn one_trait(&mut self, applied: &Tree) -> Doc {
        let doc = Doc::text("@").then(text_of(applied, Kind::ShapeId));
        let Some(body) = applied.child(Kind::TraitBody) else { return doc };
        let content = body.children.iter().find(|child| matches!(child.kind, Kind::TraitStructure | Kind::TraitNode));
        let Some(content) = content else { return doc };
        let mut children = Vec::new();
        for child in &body.children {
            match child.kind {
                Kind::TraitStructure | Kind::TraitNode => {
                    children.extend(self.inside(child, |printer, child| match child.kind {
                        Kind::Entry => Some(printer.entry(child)),
                        _ if child.is_value() => Some(printer.value(child, false)),
                        _ => None,
                    }))
                }
                Kind::Space => children.extend(child.children_of(Kind::Comment).map(write_comment)),
                _ => {}
            }
        }
        let brackets = Brackets::new("(", ")", children);
        let brackets = if content.kind == Kind::TraitStructure {
            brackets.break_wide(body, self.width)
        } else if body.has_comments() || content.has_comments() {
            brackets.break_always()
        } else if content.value().is_some_and(|value| matches!(value.kind, Kind::Array | Kind::Object)) {
            brackets.inline()
        } else {
            brackets.break_hard(body)
        };
        doc.then(brackets.write())
    }

    fn value(&mut self, value: &Tree, in_array: bool) -> Doc {
        match value.kind {
            Kind::Array => {
                let children =
                    self.inside(value, |printer, child| child.is_value().then(|| printer.value(child, true)));
                Brackets::new("[", "]", children).break_wide(value, self.width).write()
            }
            Kind::Object => {
                let children =
                    self.inside(value, |printer, child| (child.kind == Kind::Entry).then(|| printer.entry(child)));
                let brackets = Brackets::new("{", "}", children);
                let brackets =
                    if in_array { brackets.break_unless_empty() } else { brackets.break_wide(value, self.width) };
                brackets.write()
            }
            Kind::TextBlock => text_block(&value.text()),
            _ => Doc::text(value.text()),
        }
    }

    fn entry(&mut self, entry: &Tree) -> Doc {
        let value = entry.value().map_or(Doc::Empty, |value| self.value(value, false));
        self.entry_with(entry, value)
    }

    fn entry_with(&mut self, entry: &Tree, value: Doc) -> Doc {
        let is_text_block = entry.value().is_some_and(|value| value.kind == Kind::TextBlock);
        let value = if is_text_block { value.indent() } else { value };
        hoisted(entry).then(key(entry)).then(Doc::text(": ")).then(value)
    }

    /// An entry of a service or resource: bound shapes stand on lines of their own.
    fn entity_entry(&mut self, entry: &Tree) -> Option<Doc> {
        if entry.kind != Kind::Entry {
            return None;
        }
        let value = entry.value()?;
        let name = text_of(entry, Kind::Key).render(usize::MAX);
        let brackets = match (name.as_str(), value.kind) {
            ("resources" | "operations" | "collectionOperations" | "errors", Kind::Array) => {
                let children =
                    self.inside(value, |printer, child| child.is_value().then(|| printer.value(child, true)));
                Brackets::new("[", "]", children)
            }
            ("identifiers" | "properties" | "rename", Kind::Object) => {
                let children =
                    self.inside(value, |printer, child| (child.kind == Kind::Entry).then(|| printer.entry(child)));
                Brackets::new("{", "}", children)
            }
            _ => return Some(self.entry(entry)),
        };
        Some(self.entry_with(entry, brackets.break_unless_empty().write()))
    }
}

fn text_of(tree: &Tree, kind: Kind) -> Doc {
    tree.child(kind).map_or(Doc::Empty, |child| Doc::text(child.text()))
}

/// A key, without quotes where it needs none.
fn key(tree: &Tree) -> Doc {
    let text = tree.child(Kind::Key).map(Tree::text).unwrap_or_default();
    let unquoted = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).filter(|text| is_identifier(text));
    Doc::text(unquoted.unwrap_or(&text))
}

/// The comments of white space, each on its line.
fn space(space: &Tree) -> Doc {
    Doc::join(&Doc::Line, space.children_of(Kind::Comment).map(write_comment))
}

/// Comments at odd places, to stand above.
fn hoisted(tree: &Tree) -> Doc {
    tree.comments().into_iter().fold(Doc::Empty, |doc, comment| doc.then(write_comment(comment)).then(Doc::Line))
}

/// The comments between the name of a list and its bracket.
fn before_list(property: &Tree) -> Doc {
    let is_bracket = |child: &&Tree| child.first_token().is_some_and(|token| token.kind == TokenKind::LeftBracket);
    let before = property.children.iter().take_while(|child| !is_bracket(child)).cloned().collect();
    hoisted(&Tree::new(Kind::Errors, before))
}

fn after_colon(property: &Tree) -> Tree {
    let is_bracket = |child: &&Tree| child.first_token().is_some_and(|token| token.kind == TokenKind::LeftBracket);
    let after = property.children.iter().skip_while(|child| !is_bracket(child)).cloned().collect();
    Tree::new(Kind::Errors, after)
}

fn write_comment(comment: &Tree) -> Doc {
    let text = comment.text();
    let text = text.trim();
    let is_documentation = comment.is_doc_comment();
    let prefix = if is_documentation { "///" } else { "//" };
    let content = text.get(prefix.len()..).unwrap_or("");
    let is_spaced =
        content.is_empty() || content.starts_with([' ', '\t']) || (is_documentation && content.starts_with('/'));
    Doc::text(if is_spaced { format!("{prefix}{content}") } else { format!("{prefix} {content}") })
}

/// A text block, indented as what is around it.
fn text_block(lexeme: &str) -> Doc {
    let content = lexeme.get(3..lexeme.len().saturating_sub(3)).unwrap_or("");
    let content = text_block_lines(content).unwrap_or_default();
    let mut lines = vec![Doc::text("\"\"\"")];
    lines.extend(content.split('\n').map(|line| Doc::text(line.trim_end_matches([' ', '\t']))));
    if let Some(Doc::Text(last)) = lines.last_mut() {
        // Only trailing spaces separated this quote from the closing ones: it needs an escape now.
        if let Some(before) = last.strip_suffix('"').filter(|before| !ends_in_escape(before)) {
            *last = format!("{before}\\\"");
        }
        // The quotes stand on their own line if the text ends with a line break.
        last.push_str("\"\"\"");
    }
    Doc::join(&Doc::Line, lines)
}

/// Whether a backslash at the end of a text escapes what follows.
fn ends_in_escape(text: &str) -> bool {
    text.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
}

/// Whether members are kept apart by blank lines: one has a trait or a comment that is not beside it.
fn has_annotations(container: &Tree) -> bool {
    if container.has(Kind::Trait) {
        return true;
    }
    let mut previous: Option<&Tree> = None;
    for child in &container.children {
        if child.kind == Kind::Space {
            let end = previous.map_or(0, Tree::value_end_line);
            let is_assigned = previous.is_some_and(|member| member.child(Kind::Assignment).is_some());
            let stands_alone = |comment: &Tree| comment.line() != end && !(is_assigned && comment.line() == end + 1);
            if child.children_of(Kind::Comment).any(stands_alone) {
                return true;
            }
        } else if child.kind != Kind::Token && has_inner_comment(child) {
            return true;
        }
        previous = Some(child);
    }
    false
}

/// Whether a member has a comment other than that beside its value.
fn has_inner_comment(tree: &Tree) -> bool {
    tree.children.iter().any(|child| match child.kind {
        Kind::Comment => true,
        Kind::Assignment => child.children.iter().any(|child| child.kind != Kind::Break && has_inner_comment(child)),
        _ => has_inner_comment(child),
    })
}
