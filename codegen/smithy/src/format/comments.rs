//! Comments are moved and corrected before the tree is written.

use super::tree::{Kind, Tree};
use crate::syntax::TokenKind;

/// Moves the comments after an assigned value, which are parsed as part of it, between the members.
pub(super) fn relocate(file: &mut Tree) {
    let Some(shapes) = file.child_mut(Kind::ShapeStatements) else { return };
    shapes.visit_mut(&mut |tree| {
        if tree.kind == Kind::Members {
            relocate_in(tree);
        }
    });
}

fn relocate_in(members: &mut Tree) {
    let mut children = Vec::with_capacity(members.children.len());
    let mut moved: Vec<Tree> = Vec::new();
    for mut child in std::mem::take(&mut members.children) {
        if !moved.is_empty() {
            let comments = std::mem::take(&mut moved);
            if child.kind == Kind::Space {
                child.children.splice(0..0, comments);
            } else {
                children.push(Tree::new(Kind::Space, comments));
            }
        }
        let assignment = child.child_mut(Kind::Assignment);
        if let Some(line_break) = assignment.and_then(|assignment| assignment.child_mut(Kind::Break)) {
            moved = line_break.take_following_comments();
            if !moved.is_empty() {
                line_break.children.retain(|child| child.kind != Kind::Space || child.has_comments());
            }
        }
        children.push(child);
    }
    members.children = children;
}

/// Makes ordinary comments of documentation comments that document nothing.
pub(super) fn demote(file: &mut Tree) {
    if let Some(space) = file.children.first_mut().filter(|first| first.kind == Kind::Space) {
        demote_all(space);
    }
    for kind in [Kind::ControlSection, Kind::MetadataSection] {
        if let Some(section) = file.child_mut(kind) {
            demote_all(section);
        }
    }
    let has_uses = file.child(Kind::UseSection).is_some_and(|uses| !uses.children.is_empty());
    if has_uses && let Some(namespace) = file.child_mut(Kind::NamespaceStatement) {
        demote_all(namespace);
    }
    if let Some(uses) = file.child_mut(Kind::UseSection) {
        let others = uses.children.len().saturating_sub(1);
        uses.children.iter_mut().take(others).for_each(demote_all);
    }
    if let Some(shapes) = file.child_mut(Kind::ShapeStatements) {
        demote_between(shapes);
        shapes.visit_mut(&mut demote_in);
    }
}

/// Between statements, comments before `apply`, at the end, and banners that stand alone.
fn demote_between(shapes: &mut Tree) {
    let next: Vec<Option<(bool, usize)>> = (0..shapes.children.len())
        .map(|at| {
            let next = shapes.children.get(at + 1)?;
            Some((matches!(next.kind, Kind::ApplySingular | Kind::ApplyBlock), next.line()))
        })
        .collect();
    for (child, next) in shapes.children.iter_mut().zip(next) {
        if child.kind != Kind::Break {
            continue;
        }
        let is_invalid = match next {
            None | Some((true, _)) => true,
            Some((false, line)) => is_divider(child, line),
        };
        if is_invalid {
            demote_all(child);
        }
    }
}

/// Whether a break has a banner, and a blank line before the next statement.
fn is_divider(line_break: &Tree, next_line: usize) -> bool {
    let comments = line_break.comments();
    comments.last().is_some_and(|last| next_line > last.end_line())
        && comments.iter().any(|comment| comment.is_doc_comment() && is_banner(&comment.text()))
}

/// Whether a comment is a line of slashes or begins with one.
fn is_banner(text: &str) -> bool {
    text.starts_with("////")
}

fn demote_in(tree: &mut Tree) {
    match tree.kind {
        Kind::Trait | Kind::Traits => demote_all(tree),
        Kind::Entry | Kind::Array | Kind::Assignment => {
            tree.children.iter_mut().filter(|child| child.is_value()).for_each(demote_all);
            if tree.kind == Kind::Assignment {
                let end = tree.value().map_or(0, Tree::end_line);
                tree.visit_mut(&mut |child| demote_if(child, |comment| comment.line() == end));
            }
        }
        Kind::Members | Kind::OperationBody => demote_trailing(tree),
        // Between the words of a statement, where nothing begins that could be documented.
        Kind::SimpleShape
        | Kind::MemberShape
        | Kind::EntityShape
        | Kind::Operation
        | Kind::ForResource
        | Kind::Mixins
        | Kind::Member => {
            tree.children.iter_mut().filter(|child| child.kind == Kind::Space).for_each(demote_all);
        }
        _ => {}
    }
}

/// Comments before the closing brace, and on the line of the member before them.
fn demote_trailing(members: &mut Tree) {
    let count = members.children.len();
    let mut previous_end = 0;
    for (at, child) in members.children.iter_mut().enumerate() {
        if child.kind == Kind::Space {
            let is_last = at + 2 == count;
            for comment in &mut child.children {
                demote_if(comment, |comment| is_last || comment.line() == previous_end);
            }
        }
        previous_end = child.value_end_line();
    }
}

fn demote_all(tree: &mut Tree) {
    tree.visit_mut(&mut |child| demote_if(child, |_| true));
}

fn demote_if(tree: &mut Tree, test: impl Fn(&Tree) -> bool) {
    if !tree.is_doc_comment() || !test(tree) {
        return;
    }
    if let Some(token) = tree.children.first_mut().and_then(|child| child.token.as_mut()) {
        token.kind = TokenKind::Comment;
        if !is_banner(&token.text) {
            token.text.remove(0);
        }
    }
}
