//! Every breaking change rule of the traits that come with the tool: each change is judged as the table says.

use serde_json::{Value, json};
use whitesmith_smithy::diff::diff;
use whitesmith_smithy::load::assemble;
use whitesmith_smithy::model::Model;

const TABLE: &str = include_str!("trait_rules.txt");

struct Row<'a> {
    trait_id: &'a str,
    path: Vec<&'a str>,
    change: &'a str,
    severity: &'a str,
}

fn rows() -> Vec<Row<'static>> {
    let rows = TABLE.lines().filter(|line| !line.starts_with('#')).map(|line| {
        let [trait_id, path, change, severity] = line.split(' ').collect::<Vec<_>>().try_into().unwrap();
        Row { trait_id, path: path.split('/').skip(1).collect(), change, severity }
    });
    rows.collect()
}

/// A model of one shape with one trait.
fn model(trait_id: &str, value: Option<Value>) -> Model {
    let mut traits = serde_json::Map::new();
    traits.extend(value.map(|value| (trait_id.to_owned(), value)));
    let text = json!({"smithy": "2.0", "shapes": {"example.weather#City": {"type": "string", "traits": traits}}});
    assemble(&[("model.json", text.to_string().as_bytes())]).unwrap().0
}

/// A trait's value with something at a path; without it, the innermost list or object is empty.
fn value_at(path: &[&str], inner: Option<&str>) -> Value {
    match path {
        [] => inner.map_or_else(|| json!({}), |inner| json!({"for": inner})),
        ["member"] => inner.map_or_else(|| json!([]), |inner| json!([inner])),
        ["member", rest @ ..] => json!([value_at(rest, inner)]),
        [name] => inner.map_or_else(|| json!({}), |inner| json!({*name: inner})),
        [name, rest @ ..] => json!({*name: value_at(rest, inner)}),
    }
}

/// The trait before and after a change of a kind.
fn change(row: &Row<'_>, kind: &str) -> (Model, Model) {
    let side = |inner: Option<&str>| match (inner, row.path.is_empty()) {
        (None, true) => model(row.trait_id, None),
        _ => model(row.trait_id, Some(value_at(&row.path, inner))),
    };
    match kind {
        "add" => (side(None), side(Some("a"))),
        "remove" => (side(Some("a")), side(None)),
        _ => (side(Some("a")), side(Some("b"))),
    }
}

#[test]
fn changes_are_judged_by_the_table() {
    let rows = rows();
    for row in &rows {
        for kind in ["add", "remove", "update"] {
            let same_place = |other: &&Row<'_>| other.trait_id == row.trait_id && other.path == row.path;
            let covers = |change: &str| change == kind || change == "any" || (change == "presence" && kind != "update");
            let rules = rows.iter().filter(same_place).filter(|other| covers(other.change));
            let mut expected: Vec<&str> = rules.map(|other| other.severity).collect();
            let (old, new) = change(row, kind);
            let changes = diff(&old, &new);
            let id = format!("TraitBreakingChange.{}{}.{}", kind[..1].to_uppercase(), &kind[1..], row.trait_id);
            let mut found: Vec<&str> = changes
                .iter()
                .filter(|change| change.event.id == id)
                .map(|change| change.event.severity.name())
                .collect();
            expected.sort_unstable();
            found.sort_unstable();
            assert_eq!(found, expected, "{kind} {} at {:?}", row.trait_id, row.path);
        }
    }
}

#[test]
fn no_rule_is_missing_from_the_table() {
    let named: Vec<&str> = rows().iter().map(|row| row.trait_id).collect();
    let text = json!({"smithy": "2.0", "metadata": {"named": named}}).to_string();
    let (model, _) = assemble(&[("model.json", text.as_bytes())]).unwrap();
    let rules: usize = model
        .shapes()
        .filter_map(|shape| shape.traits.get("smithy.api#trait")?.get("breakingChanges")?.as_array())
        .map(<[_]>::len)
        .sum();
    assert_eq!(rules, rows().len());
}
