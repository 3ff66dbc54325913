//! Instructions of each workload. They hardly vary, so that a change can be compared with a committed count.

use std::collections::BTreeMap;

use anyhow::Context as _;

use super::Context;
use crate::callgrind;
use crate::report::{OURS, Recorder, Report, Unit};

/// Work without system calls, whose counts do not depend on the machine's state.
const WORKS: [&str; 7] = [
    "read-response",
    "read-response-by-hand",
    "write-request",
    "write-request-by-hand",
    "validate-request",
    "blocking-no-socket",
    "async-no-socket",
];

const GROUP: &str = "instructions";
const MEASURE: &str = "instructions";

/// Generating what is pinned, from start to end.
const CODEGEN: &str = "codegen --check";

/// The tolerated rise of a count: compilers differ by less.
const TOLERANCE: f64 = 1.10;

/// Measures it.
pub fn run(context: &Context<'_>, recorder: &mut Recorder<'_>) -> anyhow::Result<()> {
    if !callgrind::is_there() {
        recorder.absent("everything: valgrind is not installed");
        return Ok(());
    }
    let ourselves = &context.workspace.ourselves;
    for work in WORKS {
        let count = callgrind::instructions_per_call(&callgrind::driver(ourselves, true), work, "")?;
        recorder.exact(work, OURS, MEASURE, Unit::Count, count.round());
    }
    let whitesmith =
        context.workspace.program("whitesmith", "whitesmith", "release")?.context("no package `whitesmith`")?;
    let count = callgrind::instructions(&[whitesmith.as_os_str(), "codegen".as_ref(), "--check".as_ref()])?;
    recorder.exact(CODEGEN, OURS, MEASURE, Unit::Count, count);
    Ok(())
}

/// Compares the counts with the committed ones; `false` if one has risen too far.
pub fn check(context: &Context<'_>, report: &Report) -> anyhow::Result<bool> {
    let path = context.workspace.root.join("benches/instructions.json");
    let counts: BTreeMap<&str, f64> = report
        .figures
        .iter()
        .filter(|figure| figure.group == GROUP)
        .map(|figure| (figure.item.as_str(), figure.median))
        .collect();
    if counts.is_empty() {
        println!("instructions: not counted, nothing to check");
        return Ok(true);
    }
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let committed: BTreeMap<String, f64> = serde_json::from_str(&text)?;
    let risen = risen(&counts, &committed);
    for line in &risen {
        eprintln!("{line}");
    }
    if !risen.is_empty() {
        eprintln!(
            "error: work takes more instructions than benches/instructions.json says; find out why with `valgrind \
             --tool=callgrind`, or if it must be so, put in the new counts:\n{}",
            serde_json::to_string_pretty(&counts)?
        );
    }
    Ok(risen.is_empty())
}

fn risen(counts: &BTreeMap<&str, f64>, committed: &BTreeMap<String, f64>) -> Vec<String> {
    counts
        .iter()
        .filter_map(|(work, count)| {
            let before = committed.get(*work)?;
            (*count > before * TOLERANCE).then(|| format!("{work}: {count} instructions, {before} before"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_counts_that_rose_by_more_than_a_tenth_are_named() {
        let counts = BTreeMap::from([("a", 111.0), ("b", 109.0), ("new", 1.0)]);
        let committed = BTreeMap::from([("a".to_owned(), 100.0), ("b".to_owned(), 100.0)]);
        assert_eq!(risen(&counts, &committed), ["a: 111 instructions, 100 before"]);
    }
}
