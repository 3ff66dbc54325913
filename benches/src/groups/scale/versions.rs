//! Validating EC2's model, and comparing it with a second version and updating to it.

use std::path::Path;

use anyhow::Context as _;
use serde_json::{Value, json};

use super::large::Large;
use crate::process::Program;
use crate::report::{OURS, Recorder, Unit};
use crate::sample::Sample;

pub(super) fn run(large: &Large<'_>, recorder: &mut Recorder<'_>) -> anyhow::Result<()> {
    let folder = large.folder()?;
    let newer = folder.path().join("newer.json");
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
    let project = folder.path().join("project");
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

/// Writes a second version of a model: with another documentation, another value of an enum and another member.
fn edit(model: &Path, newer: &Path) -> anyhow::Result<()> {
    const SPACE: &str = "com.amazonaws.ec2#";
    let mut model: Value = serde_json::from_slice(&std::fs::read(model)?)?;
    let mut shape = |name: &str| model["shapes"].get_mut(format!("{SPACE}{name}")).map(Value::take);
    let mut instance_type = shape("InstanceType").context("no InstanceType")?;
    instance_type["members"]["zz_new_metal"] =
        json!({"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "zz-new.metal"}});
    let mut request = shape("DescribeInstancesRequest").context("no DescribeInstancesRequest")?;
    request["members"]["NewMember"] =
        json!({"target": "smithy.api#String", "traits": {"smithy.api#documentation": "<p>A new member.</p>"}});
    let mut operation = shape("RunInstances").context("no RunInstances")?;
    operation["traits"]["smithy.api#documentation"] = "<p>Another documentation.</p>".into();
    for (name, shape) in
        [("InstanceType", instance_type), ("DescribeInstancesRequest", request), ("RunInstances", operation)]
    {
        model["shapes"][format!("{SPACE}{name}")] = shape;
    }
    std::fs::write(newer, serde_json::to_vec(&model)?)?;
    Ok(())
}
