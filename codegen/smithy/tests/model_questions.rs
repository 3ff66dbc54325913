//! What can be asked of a model: closures, operations, nullability, effective traits, upgraded enums.

use whitesmith_smithy::load::load;
use whitesmith_smithy::model::{Model, ShapeId, ShapeType, nearest_names};

fn model(text: &str) -> Model {
    let (model, events) = load(&[("model.json", text.as_bytes())]).unwrap();
    assert!(events.iter().all(|event| !event.severity.is_failure()), "{events:?}");
    model
}

fn names(ids: &[ShapeId]) -> Vec<&str> {
    ids.iter().map(ShapeId::name).collect()
}

fn id(name: &str) -> ShapeId {
    ShapeId::of("a.b", name)
}

const SERVICE: &str = r#"{"smithy": "2.0", "shapes": {
    "a.b#Svc": {"type": "service", "version": "1", "operations": [{"target": "a.b#Two"}, {"target": "a.b#One"}],
        "resources": [{"target": "a.b#R"}], "errors": [{"target": "a.b#Err"}]},
    "a.b#R": {"type": "resource", "identifiers": {"id": {"target": "a.b#Id"}}, "read": {"target": "a.b#Read"},
        "resources": [{"target": "a.b#Inner"}]},
    "a.b#Inner": {"type": "resource", "collectionOperations": [{"target": "a.b#Many"}], "resources": [{"target": "a.b#R"}]},
    "a.b#One": {"type": "operation", "input": {"target": "a.b#In"}},
    "a.b#Two": {"type": "operation", "output": {"target": "a.b#Out"}},
    "a.b#Read": {"type": "operation"},
    "a.b#Many": {"type": "operation"},
    "a.b#In": {"type": "structure", "members": {"again": {"target": "a.b#In"}, "list": {"target": "a.b#List"}}},
    "a.b#Out": {"type": "structure", "members": {"level": {"target": "a.b#Level"}}},
    "a.b#List": {"type": "list", "member": {"target": "a.b#Id"}},
    "a.b#Id": {"type": "string"},
    "a.b#Level": {"type": "enum", "members": {"A": {"target": "smithy.api#Unit"}}},
    "a.b#Err": {"type": "structure", "traits": {"smithy.api#error": "client"}},
    "a.b#Unused": {"type": "string"}
}}"#;

#[test]
fn operations_are_found_through_resources() {
    let model = model(SERVICE);
    assert_eq!(names(&model.operations_of(&id("Svc"))), ["Many", "One", "Read", "Two"]);
    assert!(model.operations_of(&id("One")).is_empty());
}

#[test]
fn closures_are_as_small_as_they_can_be() {
    let model = model(SERVICE);
    let one = model.closure(&id("Svc"), Some(&[id("One")]));
    assert_eq!(names(&one), ["Err", "Id", "In", "List", "One", "Svc", "Unit"]);
    let all = model.closure(&id("Svc"), None);
    assert_eq!(
        names(&all),
        ["Err", "Id", "In", "Inner", "Level", "List", "Many", "One", "Out", "R", "Read", "Svc", "Two", "Unit"]
    );
}

#[test]
fn nullability_is_the_clients() {
    let model = model(
        r#"{"smithy": "2.0", "shapes": {
            "a.b#S": {"type": "structure", "members": {
                "plain": {"target": "smithy.api#String"},
                "required": {"target": "smithy.api#String", "traits": {"smithy.api#required": {}}},
                "defaulted": {"target": "smithy.api#Integer", "traits": {"smithy.api#default": 0}},
                "nullDefault": {"target": "smithy.api#PrimitiveInteger", "traits": {"smithy.api#default": null}},
                "clientOptional": {"target": "smithy.api#String", "traits": {"smithy.api#required": {}, "smithy.api#clientOptional": {}}}}},
            "a.b#Input": {"type": "structure", "traits": {"smithy.api#input": {}}, "members": {
                "required": {"target": "smithy.api#String", "traits": {"smithy.api#required": {}}}}},
            "a.b#Sparse": {"type": "map", "key": {"target": "smithy.api#String"}, "value": {"target": "smithy.api#String"}, "traits": {"smithy.api#sparse": {}}},
            "a.b#Dense": {"type": "list", "member": {"target": "smithy.api#String"}},
            "a.b#Union": {"type": "union", "members": {"a": {"target": "smithy.api#String"}}}
        }}"#,
    );
    for (shape, member, expected) in [
        ("S", "plain", true),
        ("S", "required", false),
        ("S", "defaulted", false),
        ("S", "nullDefault", true),
        ("S", "clientOptional", true),
        ("Input", "required", true),
        ("Sparse", "value", true),
        ("Sparse", "key", false),
        ("Dense", "member", false),
        ("Union", "a", false),
    ] {
        let container = model.shape(&id(shape)).unwrap();
        assert_eq!(model.is_nullable(container, container.member(member).unwrap()), expected, "{shape}${member}");
    }
}

#[test]
fn members_override_the_traits_of_their_targets() {
    let model = model(
        r#"{"smithy": "2.0", "shapes": {
            "a.b#T": {"type": "timestamp", "traits": {"smithy.api#timestampFormat": "date-time"}},
            "a.b#S": {"type": "structure", "members": {
                "a": {"target": "a.b#T"}, "b": {"target": "a.b#T", "traits": {"smithy.api#timestampFormat": "http-date"}}}}
        }}"#,
    );
    let shape = model.shape(&id("S")).unwrap();
    let format = |name: &str| {
        model.effective_trait(shape.member(name).unwrap(), "smithy.api#timestampFormat").and_then(|node| node.as_str())
    };
    assert_eq!(format("a"), Some("date-time"));
    assert_eq!(format("b"), Some("http-date"));
}

#[test]
fn enum_strings_become_enums_where_their_values_can_be_named() {
    let model = model(
        r#"{"smithy": "1.0", "shapes": {
            "a.b#Named": {"type": "string", "traits": {"smithy.api#enum": [{"value": "x", "name": "EX"}, {"value": "y", "name": "WHY", "documentation": "Why.", "tags": ["internal"]}]}},
            "a.b#Unnamed": {"type": "string", "traits": {"smithy.api#enum": [{"value": "t2.nano"}, {"value": "m4-large"}]}}
        }}"#,
    );
    let named = model.shape(&id("Named")).unwrap();
    assert_eq!(named.shape_type, ShapeType::Enum);
    let values: Vec<_> = named.enum_values().map(|(member, value)| (&*member.name, value.as_str().unwrap())).collect();
    assert_eq!(values, [("EX", "x"), ("WHY", "y")]);
    let why = &named.member("WHY").unwrap().traits;
    assert_eq!((why.documentation(), why.has("smithy.api#internal")), (Some("Why."), true));
    let unnamed = model.shape(&id("Unnamed")).unwrap();
    let names: Vec<_> = unnamed.members.iter().map(|member| &*member.name).collect();
    assert_eq!((unnamed.shape_type, names), (ShapeType::Enum, vec!["t2_nano", "m4_large"]));
}

#[test]
fn shape_ids_follow_the_grammar() {
    for good in ["a#b", "a.b_c#D1$_e2", "_1#__a"] {
        assert_eq!(ShapeId::parse(good).unwrap().as_str(), good);
    }
    for bad in ["", "a", "a#", "#b", "a#b$", "a#b$c$d", "1a#b", "a..b#c", "a#b-c", "a#_", "ä#b"] {
        assert!(ShapeId::parse(bad).is_err(), "{bad}");
    }
    let member = ShapeId::parse("a.b#C$d").unwrap();
    assert_eq!((member.namespace(), member.name(), member.member()), ("a.b", "C", Some("d")));
    assert_eq!(member.container(), ShapeId::of("a.b", "C"));
}

#[test]
fn near_names_are_near() {
    let names = ["ListThings", "GetThing", "DeleteThing"];
    assert_eq!(nearest_names("GetThnig", names), ["GetThing"]);
    assert_eq!(nearest_names("listthing", names), ["ListThings", "GetThing"]);
    assert!(nearest_names("Unrelated", names).is_empty());
}

#[test]
fn mixins_of_services_are_not_services() {
    let model = model(
        r#"{"smithy": "2.0", "shapes": {
            "a.b#Base": {"type": "service", "version": "1", "traits": {"smithy.api#mixin": {}}},
            "a.b#Svc": {"type": "service", "version": "1", "mixins": [{"target": "a.b#Base"}]}
        }}"#,
    );
    assert_eq!(model.services().map(|service| service.id.name()).collect::<Vec<_>>(), ["Svc"]);
}
