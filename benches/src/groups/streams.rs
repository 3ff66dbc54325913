//! A gibibyte in either direction over loopback, against hyper alone.

use super::Context;
use super::client::in_turns;
use crate::process::{Program, Server};
use crate::report::{OURS, Recorder, Unit};
use crate::sample::Sample;

const HYPER: &str = "hyper alone";

/// Measures it.
pub fn run(context: &Context<'_>, recorder: &mut Recorder<'_>) -> anyhow::Result<()> {
    let ourselves = &context.workspace.ourselves;
    let server = Server::start(&Program::new(ourselves).args(["serve"]))?;
    for work in ["upload", "download"] {
        let program = |work: &str| Program::new(ourselves).args(["drive", work, "1", &server.url]);
        let took = in_turns(&[program(work), program(&format!("{work}-hyper"))], context.rounds)?;
        let [ours, theirs] = took.as_slice() else { continue };
        let item = format!("{work} of 1 GiB");
        let cpu = |took: &[_]| took.iter().map(|took: &whitesmith_benches::drive::Took| took.cpu).collect::<Vec<_>>();
        let wall = |took: &[_]| took.iter().map(|took: &whitesmith_benches::drive::Took| took.wall).collect::<Vec<_>>();
        for (subject, took) in [(OURS, ours), (HYPER, theirs)] {
            recorder.add(&item, subject, "CPU", Unit::Seconds, Sample::of(cpu(took)));
            recorder.add(&item, subject, "wall", Unit::Seconds, Sample::of(wall(took)));
        }
        // The same bytes in less time are a higher throughput.
        for (measure, ours, theirs) in
            [("throughput", wall(ours), wall(theirs)), ("bytes a CPU second", cpu(ours), cpu(theirs))]
        {
            let ratio = Sample::of_ratios(&theirs, &ours).map(|sample| sample.median);
            recorder.at_least(&format!("{item}: {measure} against {HYPER}"), Unit::Ratio, ratio, 0.9);
        }
    }
    Ok(())
}
