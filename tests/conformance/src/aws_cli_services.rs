//! Observed behaviour of the AWS CLI for many services and all protocols: every case that follows from models.

use std::collections::BTreeMap;

use anyhow::Context as _;

use crate::cargo_tests::target;
use crate::observed_cli::{CommandLine, build, check, generate};
use crate::{Context, Tally};

/// The folder of the cases.
const CASES: &str = "aws-cli-services";
/// Deliberate differences.
const WAIVERS: &str = "tests/aws-cli-services-waivers.txt";
/// The share of cases that must pass, in percent.
const DEMANDED_PERCENT: usize = 97;

/// An entry of `services.json`.
#[derive(serde::Deserialize)]
struct Service {
    /// The model, relative to the corpora or to the cases.
    model: String,
    name: String,
    protocol: String,
}

/// Runs the suite. Services of unsupported protocols are reported and count as skipped.
pub fn run(context: &Context<'_>) -> anyhow::Result<Tally> {
    let list = context.corpus.join(CASES).join("services.json");
    let text = std::fs::read_to_string(&list).with_context(|| format!("cannot read {}", list.display()))?;
    let services: BTreeMap<String, Service> = serde_json::from_str(&text).context("invalid services.json")?;
    let folder = target(context.root).join("conformance").join(CASES);
    let mut commands = Vec::new();
    for (command, service) in &services {
        let beside = format!("{CASES}/{}", service.model);
        let model = if context.corpus.join(&service.model).exists() { &service.model } else { &beside };
        let line = CommandLine { model, name: &service.name, operations: &[] };
        if generate(context, &folder, &line)? {
            commands.push((command, &service.name));
        } else {
            println!("{CASES}: left out: {command}: unsupported protocol {}", service.protocol);
        }
    }
    let built = build(context, &folder)?;
    let programs = folder.join("programs");
    std::fs::create_dir_all(&programs).with_context(|| format!("cannot create {}", programs.display()))?;
    for (command, name) in commands {
        let program = built.join(name).with_extension(std::env::consts::EXE_EXTENSION);
        std::fs::copy(&program, programs.join(command))
            .with_context(|| format!("cannot copy {}", program.display()))?;
    }
    let arguments = ["--no-custom".into(), "--present".into(), "--aws-dir".into(), programs.into()];
    let mut tally = check(context, "aws-cli-services/check.py", WAIVERS, &arguments)?;
    let count = tally.passed + tally.failed + tally.skipped;
    tally.demanded = Some(count * DEMANDED_PERCENT / 100);
    Ok(tally)
}
