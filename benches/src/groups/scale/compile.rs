//! Compiling the crates of large services alone, beside the AWS SDK's, with one job.

use std::path::{Path, PathBuf};

use super::large::Large;
use crate::process::{Program, Run};
use crate::report::{OURS, Recorder, Unit};

/// The variable that names SageMaker's model, which is not in the corpora.
const SAGEMAKER_MODEL: &str = "BENCH_SAGEMAKER_MODEL";

const PROFILES: [&str; 2] = ["release", "dev"];

pub(super) fn run(large: &Large<'_>, recorder: &mut Recorder<'_>) -> anyhow::Result<()> {
    let workspace = large.context.workspace;
    let peer = workspace.root.join("benches/peers/large-sdk");
    let peer_target = workspace.scratch.join("peers/large-sdk");
    let sagemaker = std::env::var_os(SAGEMAKER_MODEL).map(PathBuf::from);
    for (name, sdk, model) in
        [("ec2", "aws-sdk-ec2", Some(&large.ec2)), ("sagemaker", "aws-sdk-sagemaker", sagemaker.as_ref())]
    {
        let Some(model) = model else {
            recorder.absent(format_args!("{name}: {SAGEMAKER_MODEL} names its model"));
            continue;
        };
        let folder = large.folder(name)?;
        large.generate(model, &folder).args(["--emit", "types,client", "--name", name]).run()?;
        for profile in PROFILES {
            let ours = alone(&folder, &folder.join("target"), name, profile)?;
            let item = format!("types + client of {name} alone, {profile}");
            recorder.runs(&item, OURS, &[ours]);
            if !peer_target.is_dir() {
                recorder.absent(format_args!("{item}: the SDK (`benches/peers/install large-sdk` installs it)"));
                continue;
            }
            let theirs = alone(&peer, &peer_target, sdk, profile)?;
            recorder.runs(&item, "Rust SDK", &[theirs]);
            recorder.at_most(&format!("{item}: CPU"), Unit::Ratio, Some(ours.cpu / theirs.cpu), 0.2);
            recorder.at_most(&format!("{item}: peak memory"), Unit::Ratio, Some(ours.peak / theirs.peak), 0.35);
        }
    }
    Ok(())
}

/// Compiles a package after everything that it depends on.
fn alone(workspace: &Path, target: &Path, package: &str, profile: &str) -> anyhow::Result<Run> {
    let cargo = |words: &[&str]| {
        Program::new("cargo")
            .args(words.iter().copied())
            .args(["--quiet", "--profile", profile, "--package", package, "--manifest-path"])
            .args([workspace.join("Cargo.toml")])
            .args(["--target-dir"])
            .args([target])
            .env("RUSTC_WRAPPER", "")
            .env("CARGO_INCREMENTAL", "0")
    };
    cargo(&["build"]).run()?;
    cargo(&["clean"]).run()?;
    cargo(&["build", "--jobs", "1"]).run()
}
