//! Errors of plots.

/// Converts an error of plotters.
pub fn failure(error: impl std::fmt::Display) -> anyhow::Error {
    anyhow::anyhow!("cannot draw the plot: {error}")
}
