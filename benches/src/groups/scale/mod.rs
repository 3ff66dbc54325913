//! What large services cost: generating them, comparing and updating them, compiling and starting what was generated.

mod compile;
mod generation;
mod large;
mod programs;
mod versions;

use anyhow::Context as _;

use large::Large;

use super::Context;
use crate::report::Recorder;

/// Measures it. It takes half an hour, most of which is compiling.
pub fn run(context: &Context<'_>, recorder: &mut Recorder<'_>) -> anyhow::Result<()> {
    let workspace = context.workspace;
    let whitesmith = workspace.program("whitesmith", "whitesmith", "release")?.context("no package `whitesmith`")?;
    let folders = tempfile::tempdir_in(&workspace.scratch)?;
    let large = Large { context: *context, whitesmith, ec2: workspace.corpus.join(large::EC2), folders };
    if !large.ec2.is_file() {
        recorder.absent(format_args!("everything: {} does not exist", large.ec2.display()));
        return Ok(());
    }
    generation::run(&large, recorder)?;
    versions::run(&large, recorder)?;
    compile::run(&large, recorder)?;
    programs::run(&large, recorder)
}
