//! The official protocol suites: crates are generated from their models, with the cases as tests, and the tests run.

use anyhow::Context as _;
use whitesmith_rust::{Artifact, Settings, generate, plan};
use whitesmith_smithy::load;

use crate::cargo_tests::{Crate, Outcome, Outcomes, run_tests};
use crate::{Context, Tally};

/// The suites of protocols that clients and servers are generated for.
const SERVICES: &[&str] = &[
    "aws.protocoltests.json10.JsonRpc10",
    "aws.protocoltests.json10.QueryCompatibleJsonRpc10",
    "aws.protocoltests.json.JsonProtocol",
    "com.amazonaws.machinelearning.AmazonML_20141212",
    "smithy.protocoltests.rpcv2Cbor.RpcV2Protocol",
];

/// Cases whose expectation follows from no trait, with the reason.
const LEFT_OUT: &[(&str, &str)] = &[(
    "machinelearning_predict_endpoint",
    "its host is the value of a member that no trait marks, by a customisation of the AWS SDKs",
)];

/// Runs the suite.
pub fn run(context: &Context<'_>) -> anyhow::Result<Tally> {
    let mut crates = Vec::new();
    for service in SERVICES {
        crates.extend(generated(context, service)?);
    }
    let names: Vec<String> = crates.iter().map(|generated| generated.name.clone()).collect();
    let mut workspace = Crate::workspace("protocol-conformance", &names);
    for generated in &crates {
        for file in &generated.files {
            workspace.file(&format!("{}/{}", generated.name, file.path), file.contents.clone());
        }
    }
    let folder = workspace.write(context.root)?;
    let mut tally = Tally::default();
    for name in &names {
        let outcomes = run_tests(context.root, &folder, &["-p", name, "--test", "protocol"])?;
        count(name, &outcomes, &mut tally);
    }
    Ok(tally)
}

/// The crates of a suite's model.
fn generated(context: &Context<'_>, service: &str) -> anyhow::Result<Vec<whitesmith_rust::Crate>> {
    let path = context.corpus.join("protocol-tests").join(format!("{service}.json"));
    let name = path.display().to_string();
    let bytes = std::fs::read(&path).with_context(|| name.clone())?;
    let (model, _) = load::assemble(&[(&name, &bytes)])?;
    let (namespace, shape) = service.rsplit_once('.').unwrap_or_default();
    let settings = Settings {
        request: plan::Request { service: Some(format!("{namespace}#{shape}")), ..plan::Request::default() },
        artifacts: [Artifact::Types, Artifact::Client, Artifact::Tests].into(),
        header: "Generated for a conformance suite.".to_owned(),
        version: "0.0.0".to_owned(),
        runtime: "{runtime}".to_owned(),
        ..Settings::default()
    };
    Ok(generate(&model, &settings).with_context(|| name.clone())?.crates)
}

fn count(name: &str, outcomes: &Outcomes, tally: &mut Tally) {
    let mut own = Tally::default();
    for (test, outcome) in outcomes {
        let reason = LEFT_OUT.iter().find(|(case, _)| test.starts_with(case)).map(|(_, reason)| *reason);
        match (outcome, reason) {
            (Outcome::Passed, _) => own.passed += 1,
            (Outcome::Failed, Some(reason)) => {
                own.skipped += 1;
                println!("protocols: {name}: {test} is left out: {reason}");
            }
            (Outcome::Failed, None) => {
                own.failed += 1;
                println!("protocols: {name}: {test} failed");
            }
        }
    }
    println!("protocols: {name}: {} passed, {} failed, {} skipped", own.passed, own.failed, own.skipped);
    tally.passed += own.passed;
    tally.failed += own.failed;
    tally.skipped += own.skipped;
}
