//! Observed behaviour of the AWS CLI for many services and all protocols: every case that follows from models, against one
//! program for all of them. The sample has the services that are quickest to build for the most cases.

use std::collections::BTreeMap;

use anyhow::Context as _;

use crate::cargo_tests::target;
use crate::observed_cli::{CombinedCommandLine, build_program, check, generate_combined};
use crate::suite::{Context, Tally};

/// The folder of the cases.
const CASES: &str = "aws-cli-services";
/// The name of the program.
const PROGRAM: &str = "aws";
/// Deliberate differences.
const WAIVERS: &str = "tests/aws-cli-services-waivers.txt";
/// The share of cases that must pass, in percent.
const DEMANDED_PERCENT: usize = 97;
/// The services of the sample: every protocol, waiters, pages, streams and files.
const SAMPLE: &[&str] = &[
    "arc-region-switch",
    "iot-data",
    "kms",
    "mediastore-data",
    "partnercentral-revenue-measurement",
    "polly",
    "route53",
    "sns",
    "sqs",
    "sts",
];

/// An entry of `services.json`.
#[derive(serde::Deserialize)]
struct Service {
    /// The model, relative to the corpora or to the cases.
    model: String,
}

/// Runs the cases of all services.
pub fn run(context: &Context<'_>) -> anyhow::Result<Tally> {
    run_services(context, CASES, |_| true)
}

/// Runs the cases of the sample.
pub fn run_sample(context: &Context<'_>) -> anyhow::Result<Tally> {
    run_services(context, "aws-cli-services-sample", |service| SAMPLE.contains(&service))
}

fn run_services(context: &Context<'_>, suite: &str, is_chosen: impl Fn(&str) -> bool) -> anyhow::Result<Tally> {
    let list = context.corpus.join(CASES).join("services.json");
    let text = std::fs::read_to_string(&list).with_context(|| format!("cannot read {}", list.display()))?;
    let mut services: BTreeMap<String, Service> = serde_json::from_str(&text).context("invalid services.json")?;
    services.retain(|command, _| is_chosen(command));
    let folder = target(context.root).join("conformance").join(suite);
    let model = |service: &Service| {
        let beside = format!("{CASES}/{}", service.model);
        if context.corpus.join(&service.model).exists() { service.model.clone() } else { beside }
    };
    let models: Vec<String> = services.values().map(model).collect();
    generate_combined(context, &folder, &CombinedCommandLine { models: &models, name: PROGRAM })?;
    let program = build_program(context, &folder, PROGRAM)?;
    let chosen = services.into_keys().collect::<Vec<_>>().join(",");
    let arguments =
        ["--no-custom".into(), "--services".into(), chosen.into(), "--aws".into(), program.into_os_string()];
    let mut tally = check(context, "aws-cli-services/check.py", WAIVERS, &arguments)?;
    let count = tally.passed + tally.failed + tally.skipped;
    tally.demanded = Some(count * DEMANDED_PERCENT / 100);
    Ok(tally)
}
