//! Paragraphs as groff sees them: characters, spaces, and what stands between.

/// A paragraph under construction: characters, spaces, and where breaks are allowed or forbidden.
#[derive(Debug, Default)]
pub struct Paragraph {
    /// [`Atom`]s, as bytes since those are hashed at once.
    atoms: Vec<u8>,
}

/// A character, or what stands between characters. Printable ASCII stands for itself, in one column; bytes from
/// [`Atom::SPACE`] on are spaces, as wide as they are above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Atom(pub u8);

impl Atom {
    /// The end of an input line: a space where a line may end.
    pub const LINE_END: Self = Self(0x80);
    /// A space where no line may end.
    pub const NO_BREAK_SPACE: Self = Self(0x81);
    /// A hyphen that is part of the text; a line may end after it if letters surround it.
    pub const HYPHEN: Self = Self(0x82);
    /// A place after a hyphen of the text where a line may end.
    pub const BREAK_POINT: Self = Self(0x83);
    /// A place where a line may end with a hyphen.
    pub const HYPHEN_POINT: Self = Self(0x84);
    /// The letters after it stay together.
    pub const NO_HYPHENATION: Self = Self(0x85);
    /// Nothing, but it keeps `\%` from being at the start of a word.
    pub const NOTHING: Self = Self(0x86);
    /// A space without a width, where a line may end.
    const SPACE: u8 = 0x87;

    pub fn space(width: u8) -> Self {
        Self(Self::SPACE.saturating_add(width))
    }

    pub fn is_glyph(self) -> bool {
        self.0 < Self::LINE_END.0
    }

    pub fn width(self) -> i64 {
        match self {
            Self(byte) if byte >= Self::SPACE => i64::from(byte - Self::SPACE),
            Self::BREAK_POINT | Self::HYPHEN_POINT | Self::NO_HYPHENATION | Self::NOTHING => 0,
            _ => 1,
        }
    }

    pub fn is_space(self) -> bool {
        self.is_breakable_space() || self == Self::NO_BREAK_SPACE
    }

    pub fn is_breakable_space(self) -> bool {
        self.is_wide_space() || self == Self::LINE_END
    }

    fn is_wide_space(self) -> bool {
        self.0 >= Self::SPACE
    }

    /// Whether the atom is part of a word for hyphenation.
    pub fn is_inside_word(self) -> bool {
        self.is_glyph() || matches!(self, Self::HYPHEN | Self::NO_BREAK_SPACE | Self::NOTHING)
    }
}

impl Paragraph {
    /// Appends ASCII text; each space is one column, and spaces in a row are one wide space.
    pub fn text(&mut self, text: &[u8]) {
        for byte in text {
            self.byte(*byte);
        }
    }

    /// Appends printable ASCII without spaces.
    pub fn word(&mut self, word: &[u8]) {
        self.atoms.extend_from_slice(word);
    }

    /// Appends one ASCII character or space. No line is as wide as the widest space that there is.
    pub fn byte(&mut self, byte: u8) {
        match (byte, self.atoms.last_mut()) {
            (b' ', Some(last)) if Atom(*last).is_wide_space() => *last = last.saturating_add(1),
            (b' ', _) => self.push(Atom::space(1)),
            (byte, _) => self.push(Atom(byte)),
        }
    }

    /// Ends an input line within the paragraph: trailing spaces go, one space follows, two after the end of a sentence.
    pub fn line_end(&mut self) {
        while self.last().is_some_and(Atom::is_wide_space) {
            self.atoms.pop();
        }
        if self.atoms.is_empty() {
            return;
        }
        let sentence_ends = self
            .atoms
            .iter()
            .rev()
            .find_map(|atom| match Atom(*atom) {
                Atom(b')' | b']' | b'*') | Atom::NO_HYPHENATION | Atom::NOTHING => None,
                Atom(b'.' | b'?' | b'!') => Some(true),
                _ => Some(false),
            })
            .unwrap_or(false);
        self.push(if sentence_ends { Atom::space(2) } else { Atom::LINE_END });
    }

    /// Appends a space that stays with its neighbours but is widened with the others.
    pub fn no_break_space(&mut self) {
        self.push(Atom::NO_BREAK_SPACE);
    }

    /// Appends a space that is never widened and never ends a line.
    pub fn fixed_space(&mut self) {
        self.push(Atom(b' '));
    }

    /// groff's `\%`: before a word, it must not be hyphenated; within a word, it may be hyphenated here.
    pub fn hyphenation_mark(&mut self) {
        let is_within_word = self.last().is_some_and(|last| last.is_glyph() || last == Atom::HYPHEN);
        self.push(if is_within_word { Atom::HYPHEN_POINT } else { Atom::NO_HYPHENATION });
    }

    /// Appends a hyphen after which a line may end, as groff reads a plain `-`; other hyphens are [`Self::byte`]s.
    pub fn breakable_hyphen(&mut self) {
        self.push(Atom::HYPHEN);
    }

    /// groff's `\&`.
    pub fn nothing(&mut self) {
        self.push(Atom::NOTHING);
    }

    /// The paragraph as [`Atom`]s, which begins anew.
    pub(super) fn take_atoms(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.atoms)
    }

    /// Begins anew in the memory of atoms that nobody needs any more.
    pub(super) fn reuse(&mut self, mut atoms: Vec<u8>) {
        atoms.clear();
        self.atoms = atoms;
    }

    fn push(&mut self, atom: Atom) {
        self.atoms.push(atom.0);
    }

    fn last(&self) -> Option<Atom> {
        self.atoms.last().copied().map(Atom)
    }

    /// Whether nothing has been appended.
    pub fn is_empty(&self) -> bool {
        self.atoms.is_empty()
    }
}
