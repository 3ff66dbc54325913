//! Validating EC2's model, and comparing it with a second version and updating to it.

use std::path::Path;

use anyhow::Context as _;
use serde::de::IgnoredAny;
use serde_json::json;

use super::large::Large;
use crate::process::Program;
use crate::report::{OURS, Recorder, Unit};
use crate::sample::Sample;

pub(super) fn run(large: &Large<'_>, recorder: &mut Recorder<'_>) -> anyhow::Result<()> {
    let folder = large.folder("versions")?;
    let newer = folder.join("newer.json");
    edit(&large.ec2, &newer)?;
    let program = |command: &str| Program::new(&large.whitesmith).args([command]);
    let mut measure = |item: &str, program: &dyn Fn() -> anyhow::Result<Program>, bound: f64| {
        let runs = (0..large.context.rounds).map(|_| program()?.run()).collect::<anyhow::Result<Vec<_>>>()?;
        recorder.runs(item, OURS, &runs);
        let cpu = Sample::of(runs.iter().map(|run| run.cpu)).map(|sample| sample.median);
        recorder.at_most(&format!("{item}: CPU"), Unit::Seconds, cpu, bound);
        anyhow::Ok(())
    };
    measure("validate EC2", &|| Ok(program("validate").args([&large.ec2])), 1.0)?;
    measure("diff of two versions of EC2", &|| Ok(program("diff").args([&large.ec2, &newer]).args(["--all"])), 0.6)?;
    let project = folder.join("project");
    program("init").args([&project]).run()?;
    program("add").args([&large.ec2]).inside(&project).run()?;
    let mut versions = [&newer, &large.ec2].into_iter().cycle();
    let mut update = || {
        let version = versions.next().context("no version")?;
        Ok(program("update").args(["--yes"]).args([version]).inside(&project))
    };
    let update = std::cell::RefCell::new(&mut update);
    measure("update of EC2", &|| (update.borrow_mut())(), 2.0)
}

/// Writes a second version of a model: with another documentation, another value of an enum and another member. Everything
/// else keeps its order, which counts for shapes.
fn edit(model: &Path, newer: &Path) -> anyhow::Result<()> {
    let mut text = std::fs::read_to_string(model)?;
    let at = after(&text, "RunInstances", "\"smithy.api#documentation\": \"")?;
    text.insert_str(at, "<p>Another sentence.</p>");
    for (shape, member) in [
        ("InstanceType", json!({"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "new.metal"}})),
        (
            "DescribeInstancesRequest",
            json!({"target": "smithy.api#String", "traits": {"smithy.api#documentation": "<p>A new member.</p>"}}),
        ),
    ] {
        let members = after(&text, shape, "\"members\": ")?;
        let end = members + object_length(text.get(members..).unwrap_or_default()).context("no members")? - 1;
        text.insert_str(end, &format!(", \"NewMember\": {member}"));
    }
    Ok(std::fs::write(newer, text)?)
}

/// The position after the first occurrence of `text` behind the key of one of EC2's shapes.
fn after(model: &str, shape: &str, text: &str) -> anyhow::Result<usize> {
    let key = format!("\"com.amazonaws.ec2#{shape}\": ");
    let start = model.find(&key).with_context(|| format!("no {shape}"))?;
    let found = model.get(start..).and_then(|rest| rest.find(text)).with_context(|| format!("no {text} in {shape}"))?;
    Ok(start + found + text.len())
}

/// The length of the JSON object that a text begins with.
fn object_length(text: &str) -> Option<usize> {
    let mut objects = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
    objects.next()?.ok()?;
    Some(objects.byte_offset())
}
