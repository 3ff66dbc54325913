//! Calls by clients, without a socket and to a server on the same machine.

use std::collections::BTreeMap;
use std::path::PathBuf;

use whitesmith_benches::drive::Took;

use super::Context;
use crate::callgrind;
use crate::peers::Peer;
use crate::process::{Program, Server};
use crate::report::{OURS, Recorder, Unit};
use crate::sample::Sample;

/// Workloads and their repetitions in one run; interpreted peers do a tenth.
const WORKS: [(&str, u64); 5] = [
    ("blocking-no-socket", 20_000),
    ("async-no-socket", 20_000),
    ("blocking", 5_000),
    ("async", 5_000),
    ("async-32", 16_000),
];

/// Workloads by peer, and our bound against each.
const PEERS: [(Peer, &str); 10] = [
    (Peer::RustSdk, "async-no-socket"),
    (Peer::RustSdk, "async"),
    (Peer::RustSdk, "async-32"),
    (Peer::ByHand, "blocking-no-socket"),
    (Peer::ByHand, "blocking"),
    (Peer::Boto3, "blocking"),
    (Peer::JavaScript, "async"),
    (Peer::JavaScript, "async-32"),
    (Peer::Boto3, "blocking-no-socket"),
    (Peer::JavaScript, "async-no-socket"),
];

/// Our workload, the peer, and the bound on our share of the peer's CPU time.
const BOUNDS: [(&str, Peer, f64); 5] = [
    ("async-no-socket", Peer::RustSdk, 0.30),
    ("async", Peer::RustSdk, 0.5),
    ("async-32", Peer::RustSdk, 0.5),
    ("restJson1-no-socket", Peer::RustSdkRest, 0.35),
    ("restXml-no-socket", Peer::RustSdkRest, 0.35),
];

/// Measures it.
pub fn run(context: &Context<'_>, recorder: &mut Recorder<'_>) -> anyhow::Result<()> {
    let ourselves = &context.workspace.ourselves;
    let server = Server::start(&Program::new(ourselves).args(["serve"]))?;
    let mut installed: BTreeMap<&str, (Peer, Vec<PathBuf>)> = BTreeMap::new();
    for (peer, _) in PEERS {
        match peer.command(context.workspace) {
            Some(words) => drop(installed.insert(peer.name(), (peer, words))),
            None if !recorder.report.absent.iter().any(|line| line.ends_with(peer.name())) => {
                recorder.absent(format_args!("not installed: {}", peer.name()));
            }
            None => {}
        }
    }
    for (work, calls) in WORKS {
        let mut drivers = vec![(OURS, calls, Program::new(ourselves).args(["drive"]))];
        for (peer, works) in PEERS {
            if works != work {
                continue;
            }
            let Some((_, words)) = installed.get(peer.name()) else { continue };
            let (program, rest) = words.split_at(1);
            let is_interpreted = matches!(peer, Peer::Boto3 | Peer::JavaScript);
            let calls = if is_interpreted { calls / 10 } else { calls };
            drivers.extend(program.first().map(|program| (peer.name(), calls, Program::new(program).args(rest))));
        }
        let programs: Vec<Program> = drivers
            .iter()
            .map(|(_, calls, driver)| driver.clone().args([work, &calls.to_string(), &server.url]))
            .collect();
        let took = in_turns(&programs, context.rounds)?;
        record(recorder, work, &drivers, &took);
    }
    allocations(context, recorder, ourselves, &server.url)
}

pub(super) fn in_turns(programs: &[Program], rounds: usize) -> anyhow::Result<Vec<Vec<Took>>> {
    let mut all = vec![Vec::new(); programs.len()];
    for _ in 0..rounds {
        for (program, all) in programs.iter().zip(&mut all) {
            all.push(serde_json::from_str(&program.output()?)?);
        }
    }
    Ok(all)
}

#[allow(clippy::cast_precision_loss, reason = "numbers of calls")]
pub(super) fn record(recorder: &mut Recorder<'_>, work: &str, drivers: &[(&str, u64, Program)], took: &[Vec<Took>]) {
    let cpu = |took: &[Took]| took.iter().map(|took| took.cpu / took.calls as f64).collect::<Vec<_>>();
    for ((subject, ..), took) in drivers.iter().zip(took) {
        recorder.add(work, subject, "CPU a call", Unit::Seconds, Sample::of(cpu(took)));
        let wall = took.iter().map(|took| took.wall / took.calls as f64);
        recorder.add(work, subject, "wall a call", Unit::Seconds, Sample::of(wall));
    }
    let Some(ours) = took.first() else { return };
    for (bounded, peer, bound) in BOUNDS {
        let position = drivers.iter().position(|(subject, ..)| *subject == peer.name());
        if let (true, Some(theirs)) = (bounded == work, position.and_then(|position| took.get(position))) {
            let ratio = Sample::of_ratios(&cpu(ours), &cpu(theirs)).map(|sample| sample.median);
            recorder.at_most(&format!("{work}: CPU against the {}", peer.name()), Unit::Ratio, ratio, bound);
        }
    }
}

fn allocations(
    context: &Context<'_>,
    recorder: &mut Recorder<'_>,
    ourselves: &std::path::Path,
    url: &str,
) -> anyhow::Result<()> {
    if !callgrind::is_there() {
        recorder.absent("allocations: valgrind is not installed");
        return Ok(());
    }
    let mut count = |subject: &str, driver: &[&std::ffi::OsStr], work: &str| {
        let [blocks, bytes] = callgrind::allocations_per_call(driver, work, url)?;
        recorder.exact(work, subject, "allocations a call", Unit::Count, blocks);
        recorder.exact(work, subject, "bytes allocated a call", Unit::Bytes, bytes);
        anyhow::Ok(())
    };
    for (work, _) in WORKS.iter().filter(|(work, _)| *work != "async-32") {
        count(OURS, &callgrind::driver(ourselves, true), work)?;
    }
    for (peer, work) in [(Peer::RustSdk, "async-no-socket"), (Peer::ByHand, "blocking-no-socket")] {
        if let Some(program) = peer.command(context.workspace).and_then(|words| words.into_iter().next()) {
            count(peer.name(), &callgrind::driver(&program, false), work)?;
        }
    }
    Ok(())
}
