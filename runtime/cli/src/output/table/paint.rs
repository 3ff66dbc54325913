//! Colors of a table.

/// Ends every colour.
const RESET: &str = "\x1b[0m";
const CELL: &str = "\x1b[1m\x1b[34m";
const EDGE: &str = "\x1b[2m\x1b[33m";

/// How a table is colored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// Without colors.
    Plain,
    /// Colored cells and outer edges.
    Coloured,
    /// The same, with a reset after each piece of the output, as the AWS CLI does without a pager.
    ColouredWithResets,
}

impl Paint {
    fn coloured(self, colour: &str, text: &str) -> String {
        if self == Self::Plain { text.to_owned() } else { format!("{colour}{text}{RESET}") }
    }

    pub(super) fn cell(self, text: &str) -> String {
        self.coloured(CELL, text)
    }

    /// Returns a line with the edges of the boxes around it.
    pub(super) fn line(self, text: &str, level: usize) -> String {
        let edges = self.coloured(EDGE, "|").repeat(level);
        let reset = if self == Self::ColouredWithResets { RESET } else { "" };
        format!("{edges}{reset}{text}{reset}{edges}{reset}\n{reset}")
    }

    /// Returns the line above the table.
    pub(super) fn top(self, text: &str) -> String {
        let reset = if self == Self::ColouredWithResets { RESET } else { "" };
        format!("{text}\n{reset}")
    }
}
