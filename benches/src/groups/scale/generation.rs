//! Generating whole services, all artifacts, into new folders.

use std::path::{Path, PathBuf};

use super::large::Large;
use crate::process::Run;
use crate::report::{OURS, Recorder, Unit};
use crate::sample::{Sample, exponent};

const MIB: f64 = 1_048_576.0;

pub(super) fn run(large: &Large<'_>, recorder: &mut Recorder<'_>) -> anyhow::Result<()> {
    ec2(large, &large.folder("rounds")?, recorder)?;
    every_model(large, &large.folder("models")?, recorder)
}

fn median(runs: &[Run], of: fn(&Run) -> f64) -> Option<f64> {
    Sample::of(runs.iter().map(of)).map(|sample| sample.median)
}

#[allow(clippy::cast_precision_loss, reason = "lines of files")]
fn ec2(large: &Large<'_>, folder: &Path, recorder: &mut Recorder<'_>) -> anyhow::Result<()> {
    let out = |round: usize| folder.join(round.to_string());
    large.generate(&large.ec2, &out(0)).run()?;
    let rounds = 1..=large.context.rounds;
    let runs = rounds.map(|round| large.generate(&large.ec2, &out(round)).run()).collect::<anyhow::Result<Vec<_>>>()?;
    recorder.runs("EC2, everything", OURS, &runs);
    recorder.at_most("EC2, everything: CPU", Unit::Seconds, median(&runs, |run| run.cpu), 2.0);
    recorder.at_most("EC2, everything: wall", Unit::Seconds, median(&runs, |run| run.wall), 1.1);
    recorder.at_most("EC2, everything: peak memory", Unit::Bytes, median(&runs, |run| run.peak), 250.0 * MIB);
    let longest = longest_file(&out(0))?;
    recorder.at_most("EC2, longest file of Rust: lines", Unit::Count, Some(longest as f64), 3_000.0);
    Ok(())
}

/// The lines of the longest file of Rust below a folder.
fn longest_file(folder: &Path) -> anyhow::Result<usize> {
    let mut longest = 0;
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        longest = longest.max(match path.extension() {
            _ if path.is_dir() => longest_file(&path)?,
            Some(extension) if extension == "rs" => std::fs::read_to_string(&path)?.lines().count(),
            _ => 0,
        });
    }
    Ok(longest)
}

#[allow(clippy::cast_precision_loss, reason = "sizes of files")]
fn every_model(large: &Large<'_>, folder: &Path, recorder: &mut Recorder<'_>) -> anyhow::Result<()> {
    let models = std::fs::read_dir(large.context.workspace.corpus.join("aws-models"))?;
    let models = models.map(|entry| Ok(entry?.path())).collect::<anyhow::Result<Vec<PathBuf>>>()?;
    let mut models: Vec<PathBuf> =
        models.into_iter().filter(|path| path.extension().is_some_and(|e| e == "json")).collect();
    models.push(large.ec2.clone());
    models.sort();
    let (mut sum, mut points) = (0.0, Vec::new());
    for model in &models {
        let name = model.file_stem().unwrap_or_default().to_string_lossy();
        let run = large.generate(model, &folder.join(&*name)).run()?;
        sum += run.cpu;
        let size = std::fs::metadata(model)?.len() as f64;
        points.push((size, run.cpu));
        recorder.exact(&format!("everything of {name}"), OURS, "size", Unit::Bytes, size);
        recorder.exact(&format!("everything of {name}"), OURS, "CPU", Unit::Seconds, run.cpu);
    }
    recorder.at_most(&format!("{} models, everything: CPU", models.len()), Unit::Seconds, Some(sum), 12.0);
    recorder.at_most("growth of CPU with the model's size: exponent", Unit::Count, exponent(&points), 1.05);
    Ok(())
}
