//! How commands fetch pages: by the trait, and by the AWS CLI's table.

use whitesmith_rust::plan::{PagingPlan, Plan, Request};
use whitesmith_rust::verdict::Verdicts;
use whitesmith_smithy::load::load;

/// A service with one listing.
fn plan(sdk_id: &str, operation: &str, traits: &str, input: &str, output: &str) -> Plan {
    let members = |names: &str| {
        let member = |name: &str| format!(r#""{name}": {{"target": "example#List"}}"#);
        names.split_whitespace().map(member).collect::<Vec<_>>().join(", ")
    };
    let (input, output) = (members(input), members(output));
    let text = format!(
        r#"{{"smithy": "2.0", "shapes": {{
        "example#Service": {{"type": "service", "version": "1", "operations": [{{"target": "example#{operation}"}}],
            "traits": {{"aws.protocols#awsJson1_0": {{}}, "aws.api#service": {{"sdkId": "{sdk_id}"}}}}}},
        "example#{operation}": {{"type": "operation", "input": {{"target": "example#Input"}},
            "output": {{"target": "example#Output"}}, "traits": {{{traits}}}}},
        "example#Input": {{"type": "structure", "members": {{{input}}}}},
        "example#Output": {{"type": "structure", "members": {{{output}}}}},
        "example#List": {{"type": "list", "member": {{"target": "smithy.api#String"}}}}}}}}"#
    );
    let (model, _) = load(&[("model.json", text.as_bytes())]).unwrap();
    Plan::new(&model, &Request::default()).unwrap()
}

fn paging(plan: &Plan) -> Option<&PagingPlan> {
    plan.operations[0].paging.as_ref()
}

/// The `paginated` trait.
const PAGINATED: &str =
    r#""smithy.api#paginated": {"inputToken": "nextToken", "outputToken": "nextToken", "items": "events"}"#;

#[test]
fn a_trait_says_how_pages_are_fetched() {
    let plan = plan("Some", "ListThings", PAGINATED, "nextToken", "nextToken events");
    let paging = paging(&plan).unwrap();
    assert!(!paging.is_listed);
    assert_eq!((&*paging.input_tokens, &*paging.results), (&["nextToken".to_owned()][..], &["events".to_owned()][..]));
}

#[test]
fn the_table_goes_before_the_trait_and_the_model_before_the_table() {
    let input = "ContinuationToken MaxBuckets";
    let listed = plan("S3", "ListBuckets", "", input, "ContinuationToken Buckets Owner");
    let listed = paging(&listed).unwrap();
    assert!(listed.is_listed);
    assert_eq!(listed.results, ["Buckets"]);
    assert_eq!(listed.page_size.as_deref(), Some("MaxBuckets"));
    // The table has `Prefix` as well, which this model has not.
    assert_eq!(listed.beside, ["Owner"]);
    let off = plan("CloudWatch Logs", "GetLogEvents", PAGINATED, "nextToken", "nextToken events");
    assert!(paging(&off).unwrap().results.is_empty());
}

#[test]
fn rows_that_do_not_fit_are_left_out_and_reported_as_stale() {
    let old = plan("Polly", "ListLexicons", "", "NextToken", "NextToken Lexicons");
    assert!(paging(&old).unwrap().is_listed);
    let new = plan("Polly", "ListLexicons", "", "Marker", "NextToken Lexicons");
    assert!(paging(&new).is_none());
    assert_eq!(Verdicts::of(&old, &new).stale_entries, ["pages of ListLexicons"]);
    let uncounted = plan("Polly", "ListLexicons", "", "NextToken", "NextToken Others");
    assert!(paging(&uncounted).is_none());
    assert_eq!(Verdicts::of(&old, &uncounted).stale_entries, ["pages of ListLexicons"]);
}
