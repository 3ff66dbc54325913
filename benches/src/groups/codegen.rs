//! Generation in a separate process, as users run it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::Context;
use crate::estimates;
use crate::process::Program;
use crate::report::{OURS, Recorder, Unit};
use crate::sample::{Sample, exponent};

const OPERATIONS: [&str; 2] = ["StartEngagementByAcceptingInvitationTask", "StartEngagementFromOpportunityTask"];
const OFFICIAL: &str = "aws-models/partnercentral-selling-2022-07-26.json";

/// Measures it.
pub fn run(context: &Context<'_>, recorder: &mut Recorder<'_>) -> anyhow::Result<()> {
    let workspace = context.workspace;
    let whitesmith = workspace.program("whitesmith", "whitesmith", "release")?.context("no package `whitesmith`")?;
    let official = workspace.corpus.join(OFFICIAL);
    if !official.is_file() {
        recorder.absent(format_args!("everything: {} does not exist", official.display()));
        return Ok(());
    }
    two_operations(context, recorder, &whitesmith, &official)?;
    reading(context, recorder, &official)?;
    every_model(context, recorder, &whitesmith)
}

fn generate(whitesmith: &Path, model: &Path, out: &Path) -> Program {
    Program::new(whitesmith).args(["codegen", "--model"]).args([model]).args(["--out"]).args([out])
}

/// Each run writes into a new, empty folder.
fn two_operations(
    context: &Context<'_>,
    recorder: &mut Recorder<'_>,
    whitesmith: &Path,
    model: &Path,
) -> anyhow::Result<()> {
    let folder = tempfile::tempdir_in(&context.workspace.scratch)?;
    let operations = OPERATIONS.iter().flat_map(|name| ["--operation", name]);
    let program =
        |round: usize| generate(whitesmith, model, &folder.path().join(round.to_string())).args(operations.clone());
    program(0).run()?;
    let runs = (1..=context.rounds).map(|round| program(round).run()).collect::<anyhow::Result<Vec<_>>>()?;
    let item = "two operations, everything";
    recorder.runs(item, OURS, &runs);
    let median = |of: fn(&crate::process::Run) -> f64| Sample::of(runs.iter().map(of)).map(|sample| sample.median);
    recorder.at_most("two operations, everything: CPU", Unit::Seconds, median(|run| run.cpu), 0.025);
    recorder.at_most(
        "two operations, everything: peak memory",
        Unit::Bytes,
        median(|run| run.peak),
        40.0 * 1_048_576.0,
    );
    let mut stages: BTreeMap<(usize, String), Vec<f64>> = BTreeMap::new();
    for round in 1..=context.rounds {
        let text = program(context.rounds + round).args(["--timings"]).output()?;
        for (place, (stage, seconds)) in text.lines().filter_map(stage).enumerate() {
            stages.entry((place, stage)).or_default().push(seconds);
        }
    }
    for ((_, stage), seconds) in stages {
        recorder.add(item, OURS, &format!("wall of {stage}"), Unit::Seconds, Sample::of(seconds));
    }
    Ok(())
}

/// A line of `--timings`: a stage's name and its milliseconds.
fn stage(line: &str) -> Option<(String, f64)> {
    let (name, time) = line.trim().strip_suffix(" ms")?.rsplit_once("  ")?;
    Some((name.trim().to_owned(), time.trim().parse::<f64>().ok()? / 1e3))
}

#[allow(clippy::cast_precision_loss, reason = "the size of a file")]
fn reading(context: &Context<'_>, recorder: &mut Recorder<'_>, model: &Path) -> anyhow::Result<()> {
    let workspace = context.workspace;
    let model = std::path::absolute(model)?;
    estimates::run(workspace, "model", &[("BENCH_MODEL", model.as_os_str())])?;
    let mut read = |subject: &str, name: &str| {
        let sample = estimates::read(workspace, "read-model", name)?;
        recorder.add("read the official model", subject, "CPU", Unit::Seconds, Some(sample));
        anyhow::Ok(sample.median)
    };
    let ours = read("whitesmith, positioned JSON", "whitesmith, positioned JSON")?;
    let loaded = read("whitesmith, semantic model", "whitesmith, semantic model")?;
    let floor = read("serde_json, Value", "serde_json, Value")?;
    recorder.at_most("parse, against serde_json::Value", Unit::Ratio, Some(ours / floor), 3.0);
    let megabytes = std::fs::metadata(&model)?.len() as f64 / 1e6;
    recorder.at_least("loading, megabytes a second of CPU", Unit::Count, Some(megabytes / loaded), 60.0);
    Ok(())
}

/// The number of rounds for a workload of that duration.
const ROUNDS: usize = 3;

#[allow(clippy::cast_precision_loss, reason = "sizes of files")]
fn every_model(context: &Context<'_>, recorder: &mut Recorder<'_>, whitesmith: &Path) -> anyhow::Result<()> {
    let folder = context.workspace.corpus.join("aws-models");
    let mut models: Vec<PathBuf> = std::fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .filter(|path| path.as_ref().is_ok_and(|path| path.extension().is_some_and(|extension| extension == "json")))
        .collect::<anyhow::Result<_>>()?;
    models.sort();
    // Removed at the end only: where files were just deleted, ext4 takes several times as long to make new ones.
    let kept = tempfile::tempdir_in(&context.workspace.scratch)?;
    let mut sums = [0.0; ROUNDS];
    let mut points = Vec::new();
    for (number, model) in models.iter().enumerate() {
        let mut cpu = Vec::new();
        for (round, sum) in sums.iter_mut().enumerate() {
            let out = kept.path().join(format!("{number}-{round}"));
            let run = generate(whitesmith, model, &out).args(["--emit", "types,docs"]).run()?;
            *sum += run.cpu;
            cpu.push(run.cpu);
        }
        let sample = Sample::of(cpu);
        let name = model.file_stem().unwrap_or_default().to_string_lossy();
        let size = std::fs::metadata(model)?.len() as f64;
        points.extend(sample.map(|sample| (size, sample.median)));
        recorder.exact(&format!("model {name}"), OURS, "size", Unit::Bytes, size);
        recorder.add(&format!("model {name}"), OURS, "CPU", Unit::Seconds, sample);
    }
    let all = Sample::of(sums);
    let item = format!("{} models, types and docs", models.len());
    recorder.add(&item, OURS, "CPU", Unit::Seconds, all);
    recorder.at_most(&format!("{item}: CPU"), Unit::Seconds, all.map(|all| all.median), 12.0);
    recorder.at_most("growth of CPU with the model's size: exponent", Unit::Count, exponent(&points), 1.1);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_are_read_from_the_timings() {
        assert_eq!(stage("   plan, emit, format     15.66 ms"), Some(("plan, emit, format".to_owned(), 0.015_66)));
        assert_eq!(stage("generated: 3 of 4 files written"), None);
    }
}
