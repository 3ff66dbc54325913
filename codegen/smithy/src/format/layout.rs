//! Documents that are laid out to a width, after Philip Wadler's "A prettier printer".

/// A document.
#[derive(Clone, Debug, Default)]
pub(super) enum Doc {
    #[default]
    Empty,
    Text(String),
    /// A line break.
    Line,
    /// A line break, or this text in a group that fits on its line.
    LineOr(&'static str),
    Concat(Vec<Doc>),
    Indent(usize, Box<Doc>),
    /// Breaks at every [`Doc::LineOr`], or at none if it fits.
    Group(Box<Doc>),
}

/// Levels are indented by this many spaces.
pub(super) const INDENT: usize = 4;

impl Doc {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(super) fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    pub(super) fn then(self, next: Self) -> Self {
        match (self, next) {
            (Self::Empty, next) => next,
            (first, Self::Empty) => first,
            (Self::Concat(mut parts), next) => {
                parts.push(next);
                Self::Concat(parts)
            }
            (first, next) => Self::Concat(vec![first, next]),
        }
    }

    pub(super) fn indent(self) -> Self {
        Self::Indent(INDENT, Box::new(self))
    }

    pub(super) fn group(self) -> Self {
        Self::Group(Box::new(self))
    }

    /// Joins documents with a separator between them.
    pub(super) fn join(separator: &Self, docs: impl IntoIterator<Item = Self>) -> Self {
        let mut joined = Vec::new();
        for (at, doc) in docs.into_iter().enumerate() {
            if at > 0 {
                joined.push(separator.clone());
            }
            joined.push(doc);
        }
        if joined.is_empty() { Self::Empty } else { Self::Concat(joined) }
    }

    /// Lays the document out.
    pub(super) fn render(&self, width: usize) -> String {
        let mut text = String::new();
        let mut column = 0;
        let mut rest: Vec<Item<'_>> = vec![Item { indent: 0, is_flat: false, doc: self }];
        while let Some(Item { indent, is_flat, doc }) = rest.pop() {
            match doc {
                Self::Empty => {}
                Self::Text(piece) => {
                    text.push_str(piece);
                    column = match piece.rfind('\n') {
                        Some(at) => piece.get(at + 1..).map_or(0, |line| line.chars().count()),
                        None => column + piece.chars().count(),
                    };
                }
                Self::LineOr(alternative) if is_flat => {
                    text.push_str(alternative);
                    column += alternative.len();
                }
                Self::Line | Self::LineOr(_) => {
                    text.push('\n');
                    text.extend(std::iter::repeat_n(' ', indent));
                    column = indent;
                }
                Self::Concat(parts) => {
                    rest.extend(parts.iter().rev().map(|doc| Item { indent, is_flat, doc }));
                }
                Self::Indent(more, doc) => rest.push(Item { indent: indent + more, is_flat, doc }),
                Self::Group(doc) => {
                    let item = Item { indent, is_flat: true, doc };
                    let is_flat = is_flat || fits(width.saturating_sub(column), item, &rest);
                    rest.push(Item { is_flat, ..item });
                }
            }
        }
        text
    }
}

#[derive(Clone, Copy)]
struct Item<'a> {
    indent: usize,
    is_flat: bool,
    doc: &'a Doc,
}

/// Whether what comes before the next line break fits in a width.
fn fits(width: usize, item: Item<'_>, rest: &[Item<'_>]) -> bool {
    let mut left = width;
    let mut rest = rest.iter().rev();
    let mut items = vec![item];
    loop {
        let Some(Item { indent, is_flat, doc }) = items.pop().or_else(|| rest.next().copied()) else { return true };
        let piece: &str = match doc {
            Doc::Empty => continue,
            Doc::Text(piece) => piece,
            Doc::LineOr(alternative) if is_flat => alternative,
            Doc::Line | Doc::LineOr(_) => return true,
            Doc::Concat(parts) => {
                items.extend(parts.iter().rev().map(|doc| Item { indent, is_flat, doc }));
                continue;
            }
            Doc::Indent(_, doc) | Doc::Group(doc) => {
                items.push(Item { indent, is_flat, doc });
                continue;
            }
        };
        let line = piece.split('\n').next().unwrap_or("");
        let length = line.chars().count();
        if length > left {
            return false;
        }
        if line.len() < piece.len() {
            return true;
        }
        left -= length;
    }
}
