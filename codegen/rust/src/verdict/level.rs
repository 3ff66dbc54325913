//! How much a change asks of users.

use std::fmt;

/// The steps of semantic versioning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Nothing changed.
    None,
    /// Something changed that no user's code can see.
    Patch,
    /// Something was added.
    Minor,
    /// Something that users may rely on is gone or different.
    Major,
}

impl Level {
    /// The level's name in lower case.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
