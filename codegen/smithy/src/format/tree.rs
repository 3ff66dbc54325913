//! The tree of a file's tokens, white space and comments included.

use crate::syntax::TokenKind;

/// What a node of the tree is: the productions of the grammar that formatting tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    ControlSection,
    ControlStatement,
    MetadataSection,
    MetadataStatement,
    NamespaceStatement,
    UseSection,
    UseStatement,
    ShapeStatements,
    ShapeStatement,
    SimpleShape,
    MemberShape,
    EntityShape,
    Operation,
    ApplySingular,
    ApplyBlock,
    TypeName,
    ForResource,
    Mixins,
    Members,
    Member,
    Assignment,
    OperationBody,
    OperationTarget,
    InlineShape,
    Errors,
    Traits,
    Trait,
    TraitBody,
    TraitStructure,
    TraitNode,
    /// A string, number, keyword or shape ID.
    Scalar,
    TextBlock,
    Array,
    Object,
    Entry,
    Key,
    Namespace,
    ShapeId,
    AbsoluteShapeId,
    Identifier,
    /// White space with its comments.
    Space,
    Comment,
    /// The end of a statement, with the comments after it.
    Break,
    Token,
}

/// A token with the lines on which it begins and ends, from 1; 0 for tokens that are not of the file.
#[derive(Clone, Debug)]
pub(super) struct Lexeme {
    pub(super) kind: TokenKind,
    pub(super) text: String,
    pub(super) line: usize,
    pub(super) end_line: usize,
}

/// A node of the tree.
#[derive(Clone, Debug)]
pub(super) struct Tree {
    pub(super) kind: Kind,
    pub(super) token: Option<Lexeme>,
    pub(super) children: Vec<Tree>,
}

impl Tree {
    pub(super) fn new(kind: Kind, children: Vec<Self>) -> Self {
        Self { kind, token: None, children }
    }

    pub(super) fn leaf(token: Lexeme) -> Self {
        Self { kind: Kind::Token, token: Some(token), children: Vec::new() }
    }

    pub(super) fn child(&self, kind: Kind) -> Option<&Self> {
        self.children.iter().find(|child| child.kind == kind)
    }

    pub(super) fn child_mut(&mut self, kind: Kind) -> Option<&mut Self> {
        self.children.iter_mut().find(|child| child.kind == kind)
    }

    pub(super) fn children_of(&self, kind: Kind) -> impl Iterator<Item = &Self> {
        self.children.iter().filter(move |child| child.kind == kind)
    }

    /// Whether a node below this one is of a kind.
    pub(super) fn has(&self, kind: Kind) -> bool {
        self.any(&|tree| tree.kind == kind)
    }

    /// Whether something is true of a node below this one.
    pub(super) fn any(&self, test: &dyn Fn(&Self) -> bool) -> bool {
        self.children.iter().any(|child| test(child) || child.any(test))
    }

    /// Visits every node below this one.
    pub(super) fn visit_mut(&mut self, visit: &mut dyn FnMut(&mut Self)) {
        for child in &mut self.children {
            visit(child);
            child.visit_mut(visit);
        }
    }

    /// The first token.
    pub(super) fn first_token(&self) -> Option<&Lexeme> {
        self.token.as_ref().or_else(|| self.children.iter().find_map(Self::first_token))
    }

    /// The text of every token.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        self.write(&mut text);
        text
    }

    fn write(&self, text: &mut String) {
        if let Some(token) = &self.token {
            text.push_str(&token.text);
        }
        self.children.iter().for_each(|child| child.write(text));
    }

    /// The line of the first token of the file; 0 if there is none.
    pub(super) fn line(&self) -> usize {
        let own = self.token.as_ref().map_or(0, |token| token.line);
        if own > 0 { own } else { self.children.iter().map(Self::line).find(|line| *line > 0).unwrap_or(0) }
    }

    /// The line on which the last token of the file ends; 0 if there is none.
    pub(super) fn end_line(&self) -> usize {
        let own = self.token.as_ref().map_or(0, |token| token.end_line);
        if own > 0 { own } else { self.children.iter().rev().map(Self::end_line).find(|line| *line > 0).unwrap_or(0) }
    }

    /// The line on which the visible part of a member ends: its break does not count.
    pub(super) fn value_end_line(&self) -> usize {
        let value = self.child(Kind::Assignment).and_then(Self::value);
        value.unwrap_or(self).end_line()
    }

    /// The value of an assignment, an entry, a statement or the like.
    pub(super) fn value(&self) -> Option<&Self> {
        self.children.iter().find(|child| child.is_value())
    }

    pub(super) fn is_value(&self) -> bool {
        matches!(self.kind, Kind::Scalar | Kind::TextBlock | Kind::Array | Kind::Object)
    }

    pub(super) fn is_doc_comment(&self) -> bool {
        self.kind == Kind::Comment && self.first_token().is_some_and(|token| token.kind == TokenKind::DocComment)
    }

    /// The comments directly in this node or in its white space.
    pub(super) fn comments(&self) -> Vec<&Self> {
        let mut comments = Vec::new();
        for child in &self.children {
            match child.kind {
                Kind::Comment => comments.push(child),
                Kind::Space => comments.extend(child.children_of(Kind::Comment)),
                _ => {}
            }
        }
        comments
    }

    pub(super) fn has_comments(&self) -> bool {
        !self.comments().is_empty()
    }

    /// Takes out the comments of a break that are not on its first line: they belong to what follows.
    pub(super) fn take_following_comments(&mut self) -> Vec<Self> {
        let line = self.line();
        let mut taken = Vec::new();
        let mut keep = |child: &Self| {
            let follows = child.kind == Kind::Comment && child.line() != line;
            if follows {
                taken.push(child.clone());
            }
            !follows
        };
        self.children.retain_mut(|child| {
            if child.kind == Kind::Space {
                child.children.retain(&mut keep);
                return true;
            }
            keep(child)
        });
        taken
    }
}
