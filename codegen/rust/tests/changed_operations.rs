//! Comparing only the operations that differ finds what comparing everything finds.

use whitesmith_rust::plan::{Planner, Request, plan_changed};
use whitesmith_rust::verdict::Verdicts;
use whitesmith_smithy::load::load;
use whitesmith_smithy::model::Model;

/// Parts of the model, and what stands in their place.
type Edits = [(&'static str, &'static str)];

const MODEL: &str = r#"$version: "2.0"
namespace example
use aws.protocols#awsJson1_0

@awsJson1_0
service Weather {
    version: "1"
    operations: [GetCity, ListCities, DeleteCity]
    resources: [Station]
    errors: [Busy]
}
resource Station { identifiers: { id: String } read: GetStation }
@readonly
operation GetStation { input := for Station { @required $id } output := { kind: Kind } }
operation GetCity { input: GetCityInput output: City errors: [NoCity] }
operation ListCities { input := { next: String } output := { cities: Cities } }
operation DeleteCity { input := { name: String, force: Boolean } }
structure GetCityInput { name: Name }
@length(max: 10)
string Name
structure City { name: Name, twin: City, kind: Kind }
list Cities { member: City }
enum Kind { LARGE, SMALL }
structure Lonely { value: String }
@error("client")
structure NoCity { message: String }
@error("server")
structure Busy { message: String }
"#;

fn model(text: &str) -> Model {
    let (model, events) = load(&[("model.smithy", text.as_bytes())]).unwrap();
    assert!(events.iter().all(|event| !event.severity.is_failure()), "{events:?}");
    model
}

/// Compares the model with an edited one, and returns the operations that were compared. `request` chooses operations.
fn compared(edits: &Edits, request: &Request) -> Vec<String> {
    let edited = edits.iter().fold(MODEL.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replace(from, to)
    });
    let (old, new) = (model(MODEL), model(&edited));
    let mut found = Vec::new();
    for (old, new) in [(&old, &new), (&new, &old)] {
        let (old, new) = (Planner::new(old, request).unwrap(), Planner::new(new, request).unwrap());
        let parts = plan_changed(&old, &new);
        let whole = Verdicts::of(&old.plan(), &new.plan());
        assert_eq!(Verdicts::of(&parts.0, &parts.1), whole, "{edits:?}");
        found =
            [&parts.0, &parts.1].iter().flat_map(|plan| &plan.operations).map(|one| one.id.name().to_owned()).collect();
        found.sort();
        found.dedup();
    }
    found
}

#[test]
fn operations_that_reach_a_change_are_compared() {
    const ALL: &[&str] = &["DeleteCity", "GetCity", "GetStation", "ListCities"];
    let cases: &[(&Edits, &[&str])] = &[
        (&[], &[]),
        (&[("value: String", "value: Integer")], &[]),
        (&[("force: Boolean", "force: Boolean, @required why: String")], &["DeleteCity"]),
        (&[("structure NoCity { message", "structure NoCity { @required message")], &["GetCity"]),
        (&[("@length(max: 10)", "@length(max: 5)")], &["GetCity", "ListCities"]),
        (&[("LARGE, SMALL", "LARGE, MEDIUM, SMALL")], &["GetCity", "GetStation", "ListCities"]),
        (&[("list Cities { member: City }", "list Cities { member: Name }")], &["ListCities"]),
        (&[("GetCity, ListCities", "GetCity")], &["ListCities"]),
        // A type of its own where there was none.
        (&[("next: String", "next: GetCityInput")], &["GetCity", "ListCities"]),
        // Another shape takes the name.
        (
            &[("structure Lonely", "structure KIND"), ("next: String", "next: KIND")],
            &["GetCity", "GetStation", "ListCities"],
        ),
        (&[("structure Busy { message", "structure Busy { @required message")], ALL),
        (&[("errors: [Busy]", "")], ALL),
        (&[("@awsJson1_0", "@title(\"Weather\")\n@awsJson1_0")], ALL),
    ];
    for (edits, expected) in cases {
        assert_eq!(compared(edits, &Request::default()), *expected, "{edits:?}");
    }
}

#[test]
fn chosen_operations_are_compared() {
    let request = Request { operations: vec!["GetCity".to_owned()], ..Request::default() };
    assert!(compared(&[("force: Boolean", "force: String")], &request).is_empty());
    assert_eq!(compared(&[("LARGE, SMALL", "LARGE")], &request), ["GetCity"]);
}
