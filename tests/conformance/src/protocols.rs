//! The official protocol suites: crates are generated from their models, with the cases as tests, and the tests run.

use anyhow::Context as _;
use whitesmith_rust::{Artifact, Settings, generate, plan};
use whitesmith_smithy::load;

use crate::cargo_tests::{Crate, Outcome, Outcomes, run_tests};
use crate::endpoint_overlay::overlay;
use crate::suite::{Context, Tally};

/// The services of the suites.
const SERVICES: &[&str] = &[
    "aws.protocoltests.ec2.AwsEc2",
    "aws.protocoltests.json.JsonProtocol",
    "aws.protocoltests.json10.JsonRpc10",
    "aws.protocoltests.json10.QueryCompatibleJsonRpc10",
    "aws.protocoltests.query.AwsQuery",
    "aws.protocoltests.restjson.RestJson",
    "aws.protocoltests.restjson.validation.RestJsonValidation",
    "aws.protocoltests.restxml.RestXml",
    "aws.protocoltests.restxml.xmlns.RestXmlWithNamespace",
    "aws.protocoltests.rpcv2cbor.NonQueryCompatibleRpcV2Protocol",
    "aws.protocoltests.rpcv2cbor.QueryCompatibleRpcV2Protocol",
    "com.amazonaws.apigateway.BackplaneControlService",
    "com.amazonaws.glacier.Glacier",
    "com.amazonaws.machinelearning.AmazonML_20141212",
    "com.amazonaws.s3.AmazonS3",
    "smithy.protocoltests.rpcv2Cbor.RpcV2Protocol",
    "smithy.protocoltests.rpcv2Json.RpcV2JsonProtocol",
];

/// Services whose cases depend on endpoint rules, which the suites' models lack, with the published models that have them.
const RULES: &[(&str, &str)] = &[("com.amazonaws.s3.AmazonS3", "s3-2006-03-01.json")];
/// Why clients read a response without a required member.
const CORRECTED: &str = "a client gives a required member that a response lacks a value (Smithy 2.0, \"Client error \
     correction\")";

/// Excluded cases, by the start of their test's name, with the reason.
const LEFT_OUT: &[(&str, &str)] = &[
    (
        "ec2_query_date_time_with_negative_offset_response_server",
        "a server writes timestamps in UTC, and the case writes an offset",
    ),
    (
        "ec2_query_date_time_with_positive_offset_response_server",
        "a server writes timestamps in UTC, and the case writes an offset",
    ),
    (
        "rest_xml_date_time_with_negative_offset_response_server",
        "a server writes timestamps in UTC, and the case writes an offset",
    ),
    (
        "rest_xml_date_time_with_positive_offset_response_server",
        "a server writes timestamps in UTC, and the case writes an offset",
    ),
    ("ec2_complex_error_error_server", "the document has a member that the params of the case do not have"),
    ("complex_error_error_server", "the document has a member that the params of the case do not have"),
    ("invalid_greeting_error_error_server", "the document has a member that the params of the case do not have"),
    ("simple_scalar_properties_with_xml_preamble_response_server", "a server writes no text outside of elements"),
    (
        "query_no_input_and_no_output_with_response_metadata_response_server",
        "the document lacks the namespace that the service declares",
    ),
    (
        "all_query_string_types_request_server",
        "the params leave out the map of all query parameters, which a server fills (Smithy 2.0, `httpQueryParams` trait)",
    ),
    (
        "rest_xml_query_string_escaping_request_server",
        "the params leave out the map of all query parameters, which a server fills (Smithy 2.0, `httpQueryParams` trait)",
    ),
    (
        "rest_xml_supports_infinity_float_query_values_request_server",
        "the params leave out the map of all query parameters, which a server fills (Smithy 2.0, `httpQueryParams` trait)",
    ),
    (
        "rest_xml_supports_na_n_float_query_values_request_server",
        "the params leave out the map of all query parameters, which a server fills (Smithy 2.0, `httpQueryParams` trait)",
    ),
    (
        "rest_xml_supports_negative_infinity_float_query_values_request_server",
        "the params leave out the map of all query parameters, which a server fills (Smithy 2.0, `httpQueryParams` trait)",
    ),
    (
        "rest_xml_zero_and_false_query_values_request_server",
        "the params leave out the map of all query parameters, which a server fills (Smithy 2.0, `httpQueryParams` trait)",
    ),
    ("duplex_missing_required_initial_response_output_events_client", CORRECTED),
    ("missing_required_initial_response_output_events_client", CORRECTED),
];

/// Tests that pass: all that are not left out.
const REACHED: usize = 2531;

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
    let mut tally = Tally { demanded: Some(REACHED), ..Tally::default() };
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
    let published = RULES.iter().find(|(other, _)| *other == service).map(|(_, model)| *model);
    let rules = published.map(|model| overlay(&bytes, &context.corpus.join("aws-models").join(model))).transpose()?;
    let mut files = vec![(name.as_str(), bytes.as_slice())];
    files.extend(rules.as_ref().map(|rules| ("rules.json", rules.as_slice())));
    let (model, _) = load::load(&files)?;
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
