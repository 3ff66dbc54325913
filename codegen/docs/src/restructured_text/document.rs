//! The blocks of a parsed reStructuredText page.

use std::ops::Deref;
use std::sync::Arc;

/// A block of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// The heading of a section; what follows it belongs to it.
    Section(String),
    /// A paragraph.
    Paragraph(Arc<[Inline]>),
    /// An indented part.
    Quote(Blocks),
    /// The attribution of the quote around it.
    Attribution(Arc<[Inline]>),
    /// A list with bullets.
    BulletList(Vec<Blocks>),
    /// A list with numbers or letters.
    NumberedList {
        /// How its items are numbered.
        sequence: Sequence,
        /// The number of the first item.
        start: usize,
        /// The items.
        items: Vec<Blocks>,
    },
    /// Terms, each with what it means.
    DefinitionList(Vec<(Arc<[Inline]>, Blocks)>),
    /// Text printed as it is.
    Literal(String),
    /// A labelled, indented part.
    Admonition(Admonition, Blocks),
    /// A message of the parser about the page, which docutils prints in its place.
    Message(Message),
    /// Nothing to print.
    Invisible,
}

impl Block {
    /// Whether the block depends on where in its page it stands.
    fn has_lines(&self) -> bool {
        let inlines = |parts: &[Inline]| parts.iter().any(Inline::has_line);
        match self {
            Self::Paragraph(parts) | Self::Attribution(parts) => inlines(parts),
            Self::Quote(blocks) | Self::Admonition(_, blocks) => blocks.has_lines,
            Self::BulletList(items) | Self::NumberedList { items, .. } => items.iter().any(|item| item.has_lines),
            Self::DefinitionList(entries) => entries.iter().any(|(term, blocks)| inlines(term) || blocks.has_lines),
            Self::Message(_) => true,
            Self::Section(_) | Self::Literal(_) | Self::Invisible => false,
        }
    }
}

/// Blocks within a block, which several pages may share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocks {
    blocks: Arc<[Block]>,
    has_lines: bool,
}

impl From<Vec<Block>> for Blocks {
    fn from(blocks: Vec<Block>) -> Self {
        Self { has_lines: blocks.iter().any(Block::has_lines), blocks: blocks.into() }
    }
}

impl Deref for Blocks {
    type Target = [Block];

    fn deref(&self) -> &[Block] {
        &self.blocks
    }
}

impl Blocks {
    /// Whether any of them depends on where in its page it stands.
    pub(super) fn has_lines(&self) -> bool {
        self.has_lines
    }

    /// The blocks, to be changed: if others share them, those keep what they have.
    pub(super) fn make_mut(&mut self) -> &mut [Block] {
        Arc::make_mut(&mut self.blocks)
    }
}

/// A part of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Plain text.
    Text(String),
    /// Bold or italic text or a literal, which look alike in ASCII.
    Marked(String),
    /// A link, of which only the text is printed.
    Reference(String),
    /// Markup that could not be understood.
    Problematic(String),
    /// A reference to something that the page may define elsewhere.
    Unresolved(Unresolved),
}

impl Inline {
    /// Whether the part depends on where in its page it stands.
    pub(super) fn has_line(&self) -> bool {
        matches!(self, Self::Unresolved(_))
    }

    /// The text without its form.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) | Self::Marked(text) | Self::Reference(text) | Self::Problematic(text) => text,
            Self::Unresolved(reference) => &reference.text,
        }
    }
}

/// A reference that is resolved once the whole page has been read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unresolved {
    /// The target.
    pub target: Target,
    /// Its markup.
    pub source: String,
    /// Its text.
    pub text: String,
    /// The line of its paragraph.
    pub line: usize,
}

/// The target of a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A section or link by its name.
    Name,
    /// The next link without a name.
    Anonymous,
    /// A text to put in its place.
    Substitution,
}

/// The label of an admonition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admonition {
    /// `note`
    Note,
    /// `warning`
    Warning,
    /// `danger`
    Danger,
}

impl Admonition {
    /// Returns the line above the text.
    pub fn label(self) -> &'static str {
        match self {
            Self::Note => "NOTE:",
            Self::Warning => "WARNING:",
            Self::Danger => "!DANGER!:",
        }
    }
}

/// How the items of a list are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sequence {
    /// 1, 2, 3
    Arabic,
    /// a, b, c
    LowerAlpha,
    /// A, B, C
    UpperAlpha,
    /// i, ii, iii
    LowerRoman,
    /// I, II, III
    UpperRoman,
}

/// A message about the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The severity.
    pub level: Level,
    /// The line of the page, from 1; 0 if unknown.
    pub line: usize,
    /// The problem.
    pub text: String,
    /// The part of the page that is meant, if it is shown.
    pub source: Option<String>,
}

/// Severity of a message; lesser ones are not printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// `WARNING/2`
    Warning,
    /// `ERROR/3`
    Error,
}

impl Message {
    /// Returns the line above the message.
    pub fn title(&self) -> String {
        let level = match self.level {
            Level::Warning => "WARNING/2",
            Level::Error => "ERROR/3",
        };
        let line = match self.line {
            0 => String::new(),
            line => format!(", line {line}"),
        };
        format!("System Message: {level} (<string>:{line})")
    }

    pub(super) fn warning(line: usize, text: impl Into<String>) -> Self {
        Self { level: Level::Warning, line, text: text.into(), source: None }
    }

    pub(super) fn error(line: usize, text: impl Into<String>) -> Self {
        Self { level: Level::Error, line, text: text.into(), source: None }
    }
}
