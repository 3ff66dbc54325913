//! Differences between the pages of the AWS CLI's versions.

/// A layout of reference pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// Which of the three.
    pub family: Family,
    /// Two lines stand at the top of the page that are not printed; they count in the line numbers of docutils' messages.
    pub has_meta_lines: bool,
    /// The example of a map's shorthand counts as a level of nesting.
    pub maps_nest: bool,
}

/// The layouts, by the version of the AWS CLI whose pages they follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// AWS CLI 1.
    V1,
    /// AWS CLI 2.22.
    V2_22,
    /// AWS CLI 2.36: what is required, limits and values are shown throughout.
    V2_36,
}

impl Family {
    /// The family of a name in `layouts` of `services.toml`: `v1`, `v2.22` or `v2.36`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "v1" => Some(Self::V1),
            "v2.22" => Some(Self::V2_22),
            "v2.36" => Some(Self::V2_36),
            _ => None,
        }
    }
}

impl Layout {
    /// The layout of a style: `v1.36`, `v2.22`.
    pub fn of_style(style: &str) -> Option<Self> {
        let (major, minor) = style.strip_prefix('v')?.split_once('.')?;
        let minor: u32 = minor.split('.').next()?.parse().ok()?;
        let later = minor >= 40;
        match (major, minor) {
            ("1", _) => Some(Self { family: Family::V1, has_meta_lines: later, maps_nest: later }),
            ("2", 22) => Some(Self { family: Family::V2_22, has_meta_lines: false, maps_nest: false }),
            ("2", 36) => Some(Self { family: Family::V2_36, has_meta_lines: true, maps_nest: true }),
            _ => None,
        }
    }

    /// Whether members show whether they are required, their limits and their values at every depth.
    pub fn shows_limits(self) -> bool {
        self.family == Family::V2_36
    }

    /// Whether the syntax of a list shows the values that its elements may have.
    pub fn lists_values_in_syntax(self) -> bool {
        self.family != Family::V2_36
    }

    /// The folder of the layout's pages, below that of the documentation.
    pub fn folder(self) -> &'static str {
        match self.family {
            Family::V1 => "v1/",
            Family::V2_22 => "v2.22/",
            Family::V2_36 => "",
        }
    }
}
