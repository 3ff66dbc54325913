//! The modules of the crate of types and client.

/// A module that types live in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Module {
    /// The root of the crate, which only has documentation.
    Root,
    Types,
    Errors,
    /// A part of a long module of types, below `types`.
    TypesPart,
    /// A part of a long module of errors, below `errors`.
    ErrorsPart,
    /// The module of one operation, below `operations`.
    Operation,
}

impl Module {
    /// The name of the module in paths.
    pub fn name(self) -> &'static str {
        match self {
            Self::Root => "",
            Self::Types | Self::TypesPart => "types",
            Self::Errors | Self::ErrorsPart => "errors",
            Self::Operation => "operations",
        }
    }

    /// The path of the root as seen from the module: the generated code may be a module of another crate.
    pub fn root(self) -> &'static str {
        match self {
            Self::Root => "",
            Self::Types | Self::Errors => "super::",
            Self::TypesPart | Self::ErrorsPart | Self::Operation => "super::super::",
        }
    }

    /// Whether other types of the module may be in other files.
    pub fn is_part(self) -> bool {
        matches!(self, Self::TypesPart | Self::ErrorsPart)
    }
}
