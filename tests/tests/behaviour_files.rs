//! Behaviour files whose names are not the model's.

use whitesmith_rust::behaviour::check;
use whitesmith_rust::plan::{Plan, Request};
use whitesmith_tests::fixtures::{load, root};

fn pinned() -> (Plan, String) {
    let read = |path: &str| std::fs::read(root().join("model").join(path)).unwrap();
    let model = load(&[("model.json", &read("partnercentral-selling.json"))]);
    let operations = ["StartEngagementByAcceptingInvitationTask", "StartEngagementFromOpportunityTask"];
    let request = Request { operations: operations.map(str::to_owned).into(), ..Request::default() };
    let plan = Plan::new(&model, &request).unwrap();
    (plan, String::from_utf8(read("behaviour/partnercentral-selling.toml")).unwrap())
}

#[test]
fn the_pinned_one_fits() {
    let (plan, text) = pinned();
    assert_eq!(check(&plan, "behaviour.toml", &text), Ok(()));
    assert_eq!(check(&plan, "behaviour.toml", ""), Ok(()));
}

#[test]
fn a_wrong_name_is_found_where_it_stands() {
    let (plan, text) = pinned();
    // The text to replace, its replacement, the problem reported, and the nearest name.
    let cases = [
        ("member = \"Catalog\"", "member = \"Catalogue\"", "no operation has the input member `Catalogue`", "Catalog"),
        (
            "error = \"ValidationException\"",
            "error = \"ValidationExcepton\"",
            "no operation has the error",
            "ValidationException",
        ),
        ("message = \"Message\"\n", "message = \"Mesage\"\n", "the error has no member `Mesage`", "Message"),
        ("member = \"Reason\"", "member = \"Reasons\"", "the error has no member `Reasons`", "Reason"),
        ("field = \"FieldName\"", "field = \"FieldNames\"", "a violation has no member `FieldNames`", "FieldName"),
        ("error = \"ConflictException\"", "error = \"Conflict\"", "no operation has the error `Conflict`", ""),
        (
            "member = \"TaskStatus\"",
            "member = \"TaskState\"",
            "no operation has the output member `TaskState`",
            "TaskStatus",
        ),
        ("\nReasonCode = ", "\nReasonCodes = ", "no operation has the output member `ReasonCodes`", "ReasonCode"),
        (
            "[operations.StartEngagementByAcceptingInvitationTask.output]",
            "[operations.StartEngagement.output]",
            "the mock has no operation `StartEngagement`",
            "",
        ),
        (
            "\nOpportunityId = { value = \"{input.Identifier}\" }",
            "\nOpportunityID = { value = \"\" }",
            "the output has no member `OpportunityID`",
            "OpportunityId",
        ),
        (
            "value = \"{input.Identifier}\" }",
            "value = \"{input.Identifer}\" }",
            "the input has no member `Identifer`",
            "Identifier",
        ),
        (
            "engagement-from-opportunity-task/{output.TaskId}",
            "{output.Task}",
            "gives no value to the output member `Task`",
            "",
        ),
        (
            "identifier = \"{output.OpportunityId}\"",
            "identifier = \"{output.Opportunity}\"",
            "gives no value to the output member",
            "",
        ),
    ];
    for (right, wrong, said, nearest) in cases {
        assert!(text.contains(right), "{right}");
        let text = text.replacen(right, wrong, 1);
        let error = check(&plan, "behaviour.toml", &text).expect_err(wrong);
        assert!(error.problem.contains(said), "{wrong}: {error}");
        assert!(nearest.is_empty() || error.nearest.first().is_some_and(|name| name == nearest), "{wrong}: {error}");
        let line = text.lines().nth(error.line - 1).unwrap();
        let name = error.problem.split('`').nth(1).unwrap();
        assert!(line.contains(name) && error.shown == line, "{wrong}: {error}");
        assert!(error.to_string().starts_with(&format!("behaviour.toml:{}:{}: ", error.line, error.column)), "{error}");
    }
}

#[test]
fn what_is_no_toml_is_found_where_it_breaks_off() {
    let (plan, _) = pinned();
    let error = check(&plan, "behaviour.toml", "[isolation]\nmember = \n").unwrap_err();
    assert!(error.line == 2 && error.problem.starts_with("invalid TOML: "), "{error}");
}
