//! Programs of EC2: how large one is that uses a single operation, and how fast the mock starts.

use std::path::Path;
use std::time::Instant;

use super::large::Large;
use crate::process::{Program, Server};
use crate::report::{OURS, Recorder, Unit};
use crate::sample::Sample;

/// The operation that programs use.
const OPERATION: &str = "DescribeRegions";

pub(super) fn run(large: &Large<'_>, recorder: &mut Recorder<'_>) -> anyhow::Result<()> {
    let folder = large.folder("programs")?;
    let (whole, one) = (folder.join("whole"), folder.join("one"));
    large.generate(&large.ec2, &whole).args(["--emit", "types,client,mock"]).run()?;
    large.generate(&large.ec2, &one).args(["--emit", "types,client", "--operation", OPERATION]).run()?;
    let [of_whole, of_one] = [stripped(&whole)?, stripped(&one)?];
    let item = "program that uses one operation of EC2";
    recorder.exact(item, OURS, "stripped binary", Unit::Bytes, of_whole);
    recorder.exact("the same on a crate of that operation", OURS, "stripped binary", Unit::Bytes, of_one);
    recorder.at_most(
        &format!("{item}: size against a crate of that operation"),
        Unit::Ratio,
        Some(of_whole / of_one),
        1.1,
    );
    mock(large, recorder, &whole)
}

/// Builds a program that uses the operation, and returns its size.
#[allow(clippy::cast_precision_loss, reason = "the size of a file")]
fn stripped(workspace: &Path) -> anyhow::Result<f64> {
    let example = workspace.join("ec2/examples/one.rs");
    if let Some(folder) = example.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(
        &example,
        "fn main() -> Result<(), Box<dyn std::error::Error>> {\n    \
         let credentials = ec2::Credentials::new(\"key\", \"secret\", None);\n    \
         let client = ec2::blocking::Client::new(ec2::Config::builder().region(\"us-east-1\").credentials(credentials).build())?;\n    \
         println!(\"{:?}\", client.describe_regions(&ec2::operations::DescribeRegionsInput::new())?);\n    Ok(())\n}\n",
    )?;
    build(workspace, &["--package", "ec2", "--example", "one"]).run()?;
    let program = workspace.join("target/release/examples/one");
    let stripped = workspace.join("one");
    Program::new("strip").args(["-o"]).args([&stripped, &program]).run()?;
    Ok(std::fs::metadata(&stripped)?.len() as f64)
}

fn build(workspace: &Path, words: &[&str]) -> Program {
    Program::new("cargo")
        .args(["build", "--quiet", "--release", "--manifest-path"])
        .args([workspace.join("Cargo.toml")])
        .args(words.iter().copied())
        .args(["--target-dir"])
        .args([workspace.join("target")])
        .env("CARGO_INCREMENTAL", "0")
}

/// From the start of the mock's process until it prints its URL.
fn mock(large: &Large<'_>, recorder: &mut Recorder<'_>, workspace: &Path) -> anyhow::Result<()> {
    build(workspace, &["--package", "ec2-mock"]).run()?;
    let program = Program::new(workspace.join("target/release/ec2-mock"));
    let mut started = Vec::new();
    for _ in 0..large.context.rounds * 3 {
        let start = Instant::now();
        let server = Server::start(&program)?;
        started.push(start.elapsed().as_secs_f64());
        drop(server);
    }
    let sample = Sample::of(started);
    recorder.add("EC2's mock", OURS, "start, wall", Unit::Seconds, sample);
    recorder.at_most("EC2's mock: start", Unit::Seconds, sample.map(|sample| sample.median), 0.030);
    Ok(())
}
