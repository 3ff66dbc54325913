//! Generated models, too large to be written by hand.

use serde_json::{Map, Value, json};

use crate::fixtures::Fixture;

/// The large models, by name.
#[must_use]
pub fn all() -> Vec<Fixture> {
    let named = |name: &str, shapes: Value| {
        let model = json!({ "smithy": "2.0", "shapes": shapes });
        Fixture { name: name.to_owned(), json: model.to_string().into_bytes() }
    };
    vec![
        named("deep-lists", deep_lists(200)),
        named("deep-structures", deep_structures(200)),
        named("large-enum", large_enum(3_000)),
        named("long-documentation", long_documentation(1_000_000)),
        named("wide-structure", wide_structure(300)),
    ]
}

/// A service with one operation, whose input has the one member `it`; the operation returns what it takes.
fn service(target: &str, more: Map<String, Value>) -> Value {
    let mut shapes = json!({
        "example#Example": {
            "type": "service", "version": "1", "operations": [{ "target": "example#Use" }],
            "traits": { "aws.protocols#awsJson1_0": {}, "aws.auth#sigv4": { "name": "example" } },
        },
        "example#Use": {
            "type": "operation", "input": { "target": "example#In" }, "output": { "target": "example#In" },
        },
        "example#In": { "type": "structure", "members": { "it": { "target": target } } },
    });
    if let Some(shapes) = shapes.as_object_mut() {
        shapes.extend(more);
    }
    shapes
}

fn large_enum(values: usize) -> Value {
    let value = |number| json!({ "target": "smithy.api#Unit", "traits": { "smithy.api#enumValue": format!("value {number}") } });
    let members: Map<String, Value> = (0..values).map(|number| (format!("VALUE_{number}"), value(number))).collect();
    let shape = json!({ "type": "enum", "members": members });
    service("example#Large", Map::from_iter([("example#Large".to_owned(), shape)]))
}

/// A structure with optional members alone, and one with required members alone.
fn wide_structure(width: usize) -> Value {
    let structure = |traits: Value| {
        let member = json!({ "target": "smithy.api#String", "traits": traits });
        let members: Map<String, Value> = (0..width).map(|n| (format!("member{n}"), member.clone())).collect();
        json!({ "type": "structure", "members": members })
    };
    let mut optional = structure(json!({}));
    optional["members"]["required"] = json!({ "target": "example#Required" });
    let shapes = [
        ("example#Wide".to_owned(), optional),
        ("example#Required".to_owned(), structure(json!({ "smithy.api#required": {} }))),
    ];
    service("example#Wide", Map::from_iter(shapes))
}

/// Structures in each other, every other one by a required member.
fn deep_structures(depth: usize) -> Value {
    let shapes = (0..depth).map(|level| {
        let mut members = json!({ "text": { "target": "smithy.api#String" } });
        if level + 1 < depth {
            let traits = if level % 2 == 0 { json!({ "smithy.api#required": {} }) } else { json!({}) };
            members["below"] = json!({ "target": format!("example#Level{}", level + 1), "traits": traits });
        }
        (format!("example#Level{level}"), json!({ "type": "structure", "members": members }))
    });
    service("example#Level0", shapes.collect())
}

/// Lists in each other, with a map at every fourth level.
fn deep_lists(depth: usize) -> Value {
    let shapes = (0..depth).map(|level| {
        let target = match level + 1 < depth {
            true => format!("example#Level{}", level + 1),
            false => "smithy.api#String".to_owned(),
        };
        let shape = match level % 4 {
            3 => json!({ "type": "map", "key": { "target": "smithy.api#String" }, "value": { "target": target } }),
            _ => json!({ "type": "list", "member": { "target": target } }),
        };
        (format!("example#Level{level}"), shape)
    });
    service("example#Level0", shapes.collect())
}

/// One paragraph of so many bytes.
fn long_documentation(bytes: usize) -> Value {
    let text = "All the same word. ".repeat(bytes / 19);
    let shape = json!({ "type": "string", "traits": { "smithy.api#documentation": format!("<p>{text}</p>") } });
    service("example#Text", Map::from_iter([("example#Text".to_owned(), shape)]))
}
