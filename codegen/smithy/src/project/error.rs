//! Why a project, or a projection of it, cannot be made.

use crate::source::SourceError;

/// Why a `smithy-build.json` cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ProjectError {
    /// The file cannot be added to the sources.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The file is not JSON, or says something that means nothing.
    #[error("{rendered}")]
    Invalid {
        /// What is wrong, with its place and line.
        rendered: String,
    },
    /// The file has no projection of a name.
    #[error("unknown projection `{name}`{hint}")]
    UnknownProjection {
        /// The name.
        name: String,
        /// The nearest name, if there is one.
        hint: String,
    },
}

/// Why a projection cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum TransformError {
    /// The project does not have the projection.
    #[error(transparent)]
    Project(#[from] Box<ProjectError>),
    /// Projections apply each other.
    #[error("projection `{0}` applies itself")]
    Recursive(String),
    /// There is no such transform.
    #[error("unknown transform `{name}`{hint}")]
    Unknown {
        /// The transform's name.
        name: String,
        /// The nearest name, if there is one.
        hint: String,
    },
    /// The arguments of a transform mean nothing.
    #[error("transform `{name}`: {problem}")]
    Arguments {
        /// The transform's name.
        name: String,
        /// What is wrong with them.
        problem: String,
    },
}
