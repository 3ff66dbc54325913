//! The files that were read, and the places in them.

use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

use memchr::memchr2_iter;

/// A file of [`Sources`], by its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

impl FileId {
    /// The file of nodes that no file holds.
    pub const NONE: FileId = FileId(u32::MAX);
}

/// A range of bytes in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The first byte, counted from 0.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// The place of what was made by the tool, not read.
    pub const NONE: Span = Span { file: FileId::NONE, start: 0, end: 0 };

    /// Whether this is a place in a file.
    #[must_use]
    pub fn is_some(self) -> bool {
        self.file != FileId::NONE
    }
}

/// Why a file could not be added.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SourceError {
    /// Offsets are 32 bits wide.
    #[error("{name}: the file has {size} bytes; at most {max} are supported", max = u32::MAX - 1)]
    TooLarge {
        /// The file's name.
        name: String,
        /// Its size in bytes.
        size: usize,
    },
    /// JSON is UTF-8.
    #[error("{name}: the file is not UTF-8: byte {offset} does not belong to a character")]
    NotUtf8 {
        /// The file's name.
        name: String,
        /// Where the first wrong byte is.
        offset: usize,
    },
}

#[derive(Debug)]
struct File {
    built_in: bool,
    name: Box<str>,
    text: Cow<'static, str>,
    /// Where lines start; found when a place is first asked for.
    lines: OnceLock<Vec<usize>>,
    /// How many characters come before each block; found when a place in a long line is first asked for.
    blocks: OnceLock<Vec<usize>>,
}

/// Lines that are longer are counted once: otherwise many places in one long line would take long.
const BLOCK: usize = 4096;

impl File {
    fn lines(&self) -> &[usize] {
        self.lines.get_or_init(|| {
            let bytes = self.text.as_bytes();
            let ends_line = |at: &usize| match bytes.get(*at) {
                Some(b'\r') => bytes.get(at + 1) != Some(&b'\n'),
                _ => true,
            };
            std::iter::once(0).chain(memchr2_iter(b'\n', b'\r', bytes).filter(ends_line).map(|at| at + 1)).collect()
        })
    }
}

impl File {
    /// How many characters come before a byte of a line.
    fn characters_before(&self, line_start: usize, start: usize) -> usize {
        let bytes = self.text.as_bytes();
        if start.saturating_sub(line_start) <= BLOCK {
            return characters(bytes.get(line_start..start).unwrap_or_default());
        }
        let blocks = self.blocks.get_or_init(|| {
            let counts = bytes.chunks(BLOCK).scan(0, |before, block| {
                let start = *before;
                *before += characters(block);
                Some(start)
            });
            counts.collect()
        });
        let before = |at: usize| {
            let block = at / BLOCK;
            let known = blocks.get(block).copied().unwrap_or(0);
            known + characters(bytes.get(block * BLOCK..at).unwrap_or_default())
        };
        before(start).saturating_sub(before(line_start))
    }
}

/// How many characters begin in some bytes of UTF-8.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

/// What some editors begin a file with. It does not count as a column.
pub(super) const BYTE_ORDER_MARK: char = '\u{feff}';

/// A place for people: both numbers count from 1, columns count characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// The file's name, as it was given.
    pub file: &'a str,
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// The loaded files: names and text.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<File>,
}

impl Sources {
    /// No files.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes up a file.
    ///
    /// # Errors
    /// When the bytes are not UTF-8, or are more than a [`Span`] can count.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> Result<FileId, SourceError> {
        if bytes.len() >= u32::MAX as usize {
            return Err(SourceError::TooLarge { name: name.to_owned(), size: bytes.len() });
        }
        let text = std::str::from_utf8(bytes)
            .map_err(|error| SourceError::NotUtf8 { name: name.to_owned(), offset: error.valid_up_to() })?;
        Ok(self.push(name, Cow::Owned(text.to_owned()), false))
    }

    /// Takes up a file that comes with the tool.
    pub(crate) fn add_built_in(&mut self, name: &str, text: &'static str) -> FileId {
        self.push(name, Cow::Borrowed(text), true)
    }

    fn push(&mut self, name: &str, text: Cow<'static, str>, built_in: bool) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(File { built_in, name: name.into(), text, lines: OnceLock::new(), blocks: OnceLock::new() });
        id
    }

    /// The text of a file; empty for [`FileId::NONE`].
    #[must_use]
    pub fn text(&self, file: FileId) -> &str {
        self.files.get(file.0 as usize).map_or("", |file| &file.text)
    }

    /// The name of a file, as it was given; `None` for [`FileId::NONE`].
    #[must_use]
    pub fn name(&self, file: FileId) -> Option<&str> {
        self.files.get(file.0 as usize).map(|file| &*file.name)
    }

    /// Whether a file comes with the tool.
    #[must_use]
    pub fn is_built_in(&self, file: FileId) -> bool {
        self.files.get(file.0 as usize).is_some_and(|file| file.built_in)
    }

    /// The bytes of a span as text; empty for [`Span::NONE`].
    #[must_use]
    pub fn snippet(&self, span: Span) -> &str {
        self.text(span.file).get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// Where a span starts; `None` for [`Span::NONE`].
    #[must_use]
    pub fn place(&self, span: Span) -> Option<Place<'_>> {
        let file = self.files.get(span.file.0 as usize)?;
        let start = span.start as usize;
        let line = file.lines().partition_point(|line_start| *line_start <= start);
        let line_start = file.lines().get(line.saturating_sub(1)).copied().unwrap_or(0);
        let before = file.text.get(line_start..start)?;
        let mark = usize::from(before.starts_with(BYTE_ORDER_MARK));
        let column = file.characters_before(line_start, start) - mark + 1;
        Some(Place { file: &file.name, line, column })
    }
}
