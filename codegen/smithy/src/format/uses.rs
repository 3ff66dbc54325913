//! `use` statements are sorted, and those that nothing uses go.

use std::collections::BTreeSet;

use foldhash::HashMap;

use super::tree::{Kind, Lexeme, Tree};
use crate::syntax::TokenKind;

/// A `use` statement with the comments that move with it.
struct Use {
    id: Tree,
    /// The comment on the same line.
    comment: Option<Tree>,
    /// The comments above.
    leading: Vec<Tree>,
}

/// Sorts the statements by their text. The comments above a statement are parsed as those after the statement before it,
/// and move along.
pub(super) fn sort(file: &mut Tree) {
    let Some(section) = file.child_mut(Kind::UseSection).filter(|section| !section.children.is_empty()) else { return };
    let statements = std::mem::take(&mut section.children);
    let Some(namespace) =
        file.child_mut(Kind::NamespaceStatement).and_then(|namespace| namespace.child_mut(Kind::Break))
    else {
        return;
    };
    let mut leading = namespace.take_following_comments();
    let mut uses = Vec::new();
    for mut statement in statements {
        let mut following = Vec::new();
        let mut comment = None;
        if let Some(line_break) = statement.child_mut(Kind::Break) {
            following = line_break.take_following_comments();
            comment = line_break.comments().into_iter().next().cloned();
        }
        let id = statement.children.into_iter().find(|child| child.kind == Kind::AbsoluteShapeId);
        if let Some(id) = id {
            uses.push(Use { id, comment, leading: std::mem::replace(&mut leading, following) });
        }
    }
    uses.sort_by_cached_key(|used| used.id.text());
    let first = uses.first_mut().map(|first| std::mem::take(&mut first.leading)).unwrap_or_default();
    append_comments(namespace, first);
    let mut following: Vec<Vec<Tree>> = uses.iter_mut().skip(1).map(|used| std::mem::take(&mut used.leading)).collect();
    following.push(leading);
    let sorted = uses.into_iter().zip(following).map(|(used, following)| statement(used, following)).collect();
    if let Some(section) = file.child_mut(Kind::UseSection) {
        section.children = sorted;
    }
}

fn append_comments(line_break: &mut Tree, comments: Vec<Tree>) {
    match line_break.child_mut(Kind::Space) {
        Some(space) => space.children.extend(comments),
        None => line_break.children.push(Tree::new(Kind::Space, comments)),
    }
}

fn statement(used: Use, following: Vec<Tree>) -> Tree {
    let line = used.id.line();
    let end = match used.comment {
        Some(comment) => comment,
        None => Tree::leaf(Lexeme { kind: TokenKind::Newline, text: "\n".to_owned(), line, end_line: line + 1 }),
    };
    let line_break = Tree::new(Kind::Break, vec![end, Tree::new(Kind::Space, following)]);
    Tree::new(Kind::UseStatement, vec![used.id, line_break])
}

/// Removes statements whose shape is not mentioned. The comments above a statement that goes go with it.
pub(super) fn remove_unused(file: &mut Tree) {
    let Some(shapes) = file.child(Kind::ShapeStatements) else { return };
    let mut mentioned = BTreeSet::new();
    collect_names(shapes, &mut mentioned);
    let Some(section) = file.child_mut(Kind::UseSection) else { return };
    // Of two imports of one name only the last counts, as in the reference.
    let names: Vec<String> = section.children.iter().map(name_of).collect();
    let last: HashMap<&String, usize> = names.iter().enumerate().map(|(at, name)| (name, at)).collect();
    let is_removed: Vec<bool> =
        names.iter().enumerate().map(|(at, name)| !mentioned.contains(name) && last.get(name) == Some(&at)).collect();
    let mut statements = std::mem::take(&mut section.children);
    let mut breaks: Vec<&mut Tree> = Vec::new();
    let namespace = file.child_mut(Kind::NamespaceStatement).and_then(|namespace| namespace.child_mut(Kind::Break));
    breaks.extend(namespace);
    breaks.extend(statements.iter_mut().filter_map(|statement| statement.child_mut(Kind::Break)));
    move_comments(&mut breaks, &is_removed);
    let mut removed = is_removed.iter();
    statements.retain(|_| removed.next() != Some(&true));
    if let Some(section) = file.child_mut(Kind::UseSection) {
        section.children = statements;
    }
}

/// `breaks` are those of the namespace statement and of each `use` statement; each holds the comments above the statement
/// after it.
fn move_comments(breaks: &mut [&mut Tree], is_removed: &[bool]) {
    let mut target = 0;
    for at in 0..breaks.len() {
        let holder_is_removed = at > 0 && is_removed.get(at - 1) == Some(&true);
        let next_is_removed = is_removed.get(at) == Some(&true);
        if !holder_is_removed {
            target = at;
        }
        if !holder_is_removed && !next_is_removed {
            continue;
        }
        let comments = breaks.get_mut(at).map(|holder| holder.take_following_comments()).unwrap_or_default();
        if let Some(target) = breaks.get_mut(target).filter(|_| !next_is_removed && !comments.is_empty()) {
            append_comments(target, comments);
        }
    }
}

fn name_of(statement: &Tree) -> String {
    let id = statement.child(Kind::AbsoluteShapeId).map(Tree::text).unwrap_or_default();
    id.split_once('#').map_or(String::new(), |(_, name)| name.to_owned())
}

fn collect_names(tree: &Tree, names: &mut BTreeSet<String>) {
    if tree.kind == Kind::ShapeId {
        let text = tree.text();
        if !text.contains('#') {
            names.insert(text.split('$').next().unwrap_or("").to_owned());
        }
    }
    tree.children.iter().for_each(|child| collect_names(child, names));
}
