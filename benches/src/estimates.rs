//! Criterion's results, read from its output files.

use std::ffi::OsStr;
use std::process::{Command, Stdio};

use anyhow::Context as _;

use crate::sample::Sample;
use crate::workspace::Workspace;

/// Runs a benchmark file of this package.
pub fn run(workspace: &Workspace, bench: &str, environment: &[(&str, &OsStr)]) -> anyhow::Result<()> {
    let status = Command::new("cargo")
        .args(["bench", "--quiet", "--package", "whitesmith-benches", "--bench", bench, "--", "--quiet", "--noplot"])
        .envs(environment.iter().copied())
        .stdout(Stdio::null())
        .current_dir(&workspace.root)
        .status()?;
    anyhow::ensure!(status.success(), "cargo bench --bench {bench} failed: {status}");
    Ok(())
}

/// The median of one benchmark, in seconds, with the bounds of its confidence interval.
pub fn read(workspace: &Workspace, group: &str, name: &str) -> anyhow::Result<Sample> {
    let path = workspace.target().join("criterion").join(group).join(name).join("new/estimates.json");
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let estimates: serde_json::Value = serde_json::from_str(&text)?;
    let median = &estimates["median"];
    let seconds = |value: &serde_json::Value| value.as_f64().map(|nanos| nanos / 1e9).context("criterion's estimates");
    Ok(Sample {
        median: seconds(&median["point_estimate"])?,
        low: seconds(&median["confidence_interval"]["lower_bound"])?,
        high: seconds(&median["confidence_interval"]["upper_bound"])?,
        runs: 100,
    })
}
