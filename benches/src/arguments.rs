//! The options of `cargo xtask bench`. The front door compiles this file as well, so that it shows them without building
//! what measures.

use std::path::PathBuf;

/// Arguments of the benchmarks.
#[derive(clap::Args)]
pub struct Bench {
    /// What to measure: codegen, types, client, rest, streams, start-up, call, mock, soak, build, scale, size, instructions. All
    /// but soak, build and scale unless said: they take long.
    #[arg(value_name = "GROUP")]
    pub groups: Vec<String>,
    /// The number of measurements of each item.
    #[arg(long, default_value_t = 15, value_name = "COUNT")]
    pub rounds: usize,
    /// Where to write the figures, instead of target/bench/<time>.json.
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
    /// Shows the change against an earlier file of figures.
    #[arg(long, value_name = "FILE")]
    pub compare: Option<PathBuf>,
    /// Draws the figures as SVG, into benches/plots.
    #[arg(long)]
    pub plot: bool,
    /// With the group `instructions`: exit with 1 if a count is more than a tenth above benches/instructions.json.
    #[arg(long)]
    pub check: bool,
    /// The folder of the corpora, instead of WHITESMITH_CORPUS or ../shared/conformance.
    #[arg(long, value_name = "DIR")]
    pub corpus: Option<PathBuf>,
}
