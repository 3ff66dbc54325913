//! The tokens of the IDL.

/// The kind of a token (Smithy 2.0, "Smithy IDL", lexical notes).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// Spaces and tabs.
    Space,
    /// One line break: LF, CR LF or CR.
    Newline,
    Comma,
    /// `// …` with its line break.
    Comment,
    /// `/// …` with its line break.
    DocComment,
    At,
    /// A string in quotes.
    String,
    /// A string in triple quotes.
    TextBlock,
    Colon,
    /// `:=`
    Walrus,
    Identifier,
    Dot,
    Pound,
    Dollar,
    Number,
    LeftBrace,
    RightBrace,
    LeftBracket,
    RightBracket,
    LeftParen,
    RightParen,
    Equal,
    /// The end of the file.
    End,
    /// Text that is not a token.
    Error(LexicalError),
}

/// Why text is not a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LexicalError {
    Character,
    Slash,
    Number,
    Identifier,
    OpenString,
    OpenTextBlock,
}

impl TokenKind {
    /// Whether the token separates others and means nothing else. Commas do not mean more.
    pub(crate) fn is_whitespace(self) -> bool {
        matches!(self, Self::Space | Self::Newline | Self::Comma | Self::Comment)
    }

    /// The token as messages name it.
    pub(super) fn description(self) -> &'static str {
        match self {
            Self::Space => "a space",
            Self::Newline | Self::Comment => "a line break",
            Self::Comma => "`,`",
            Self::DocComment => "a documentation comment",
            Self::At => "`@`",
            Self::String => "a string",
            Self::TextBlock => "a text block",
            Self::Colon => "`:`",
            Self::Walrus => "`:=`",
            Self::Identifier => "an identifier",
            Self::Dot => "`.`",
            Self::Pound => "`#`",
            Self::Dollar => "`$`",
            Self::Number => "a number",
            Self::LeftBrace => "`{`",
            Self::RightBrace => "`}`",
            Self::LeftBracket => "`[`",
            Self::RightBracket => "`]`",
            Self::LeftParen => "`(`",
            Self::RightParen => "`)`",
            Self::Equal => "`=`",
            Self::End => "the end of the file",
            Self::Error(_) => "an unexpected character",
        }
    }
}

impl LexicalError {
    pub(super) fn description(self) -> &'static str {
        match self {
            Self::Character => "Unexpected character",
            Self::Slash => "Expected a second `/` to begin a comment",
            Self::Number => "Invalid number: expected a digit after `-`, `.` and the exponent",
            Self::Identifier => "Invalid identifier: expected a letter or a digit after `_`",
            Self::OpenString => "Unterminated string",
            Self::OpenTextBlock => "Unterminated text block",
        }
    }
}

/// A token and its bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) start: usize,
    pub(crate) end: usize,
}
