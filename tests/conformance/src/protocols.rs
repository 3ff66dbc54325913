//! The official protocol suites: crates are generated from their models, with the cases as tests, and the tests run.

use anyhow::Context as _;
use whitesmith_rust::{Artifact, Settings, generate, plan};
use whitesmith_smithy::load;

use crate::cargo_tests::{Crate, Outcome, Outcomes, run_tests};
use crate::{Context, Tally};

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

/// Cases that cannot hold, by the start of their test's name, with the reason.
const LEFT_OUT: &[(&str, &str)] = &[
    (
        "machinelearning_predict_endpoint_request_",
        "its host is the value of a member that no trait marks, by a customisation of the AWS SDKs",
    ),
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
    (
        "glacier_account_id_request_client",
        "the default of the member is a customization of the AWS SDKs, which no trait describes",
    ),
];

/// Tests that pass. Those that fail need checksums, numbers of any precision in JSON for RPC v2, and defaults of nested
/// members in servers.
const REACHED: usize = 2324;

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
