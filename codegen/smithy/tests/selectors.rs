//! Selectors and what they select from `selectors/model.json`.

use whitesmith_smithy::load::assemble;
use whitesmith_smithy::model::relations::Relations;
use whitesmith_smithy::select::Selector;

/// A selector, and the names that it selects in the namespace `a.b`, sorted.
const CASES: &[(&str, &str)] = &[
    ("service", "Svc"),
    ("serviceType", "Break Get List Part Read Svc Thing"),
    ("string", "Id Level"),
    ("enum", "Level"),
    ("simpleType", "Id Level"),
    ("collection", "Words"),
    ("set", "Words"),
    ("number", ""),
    ("union > member", "Choice$again Choice$one"),
    ("enum > member", "Level$HIGH Level$LOW"),
    ("[trait|readonly]", "List Read"),
    ("operation :not([trait|readonly])", "Break Get"),
    ("[trait|smithy.api#error = client, server]", "Broken"),
    ("[trait|error = CLIENT]", ""),
    ("[trait|error = CLIENT i]", "Broken"),
    ("[trait|title ^= 'A ']", "Svc"),
    ("[trait|title $= ice]", "Svc"),
    ("[trait|title *= \"Serv\"]", "Svc"),
    ("service [trait|title ?= true]", "Svc"),
    ("service [trait|documentation ?= true]", ""),
    ("service [trait|documentation ?= false]", "Svc"),
    ("[id|name = Id]", "Id"),
    ("[id = 'a.b#Id']", "Id"),
    ("[id|member = again]", "Choice$again"),
    ("[id|namespace = a.b] [id|name|(length) = 3] :is(service, operation)", "Get Svc"),
    ("[service|version = 2024]", "Svc"),
    ("[trait|length|min >= 1]", "Id"),
    ("[trait|length|max < 3]", ""),
    ("[trait|length|max <= 3]", "Id"),
    ("member [trait|range|max > 9.5]", "GetInput$count"),
    ("[trait|tags|(values) = y]", "Break"),
    ("[trait|tags|(length) = 2]", "Break"),
    ("[trait|tags|(values)|(first) = x]", "Break Id"),
    ("[trait|(keys) = 'smithy.api#internal']", "Part"),
    ("[@trait|range: @{min} = 1 && @{max} = 10]", "GetInput$count"),
    ("[@trait|range: @{min} > @{max}]", ""),
    ("[@trait|a.b#marker: @{x|(values)} = @{y}]", ""),
    ("[@trait|a.b#marker: @{x|(values)} = @{y} i]", "Id"),
    ("[@trait: @{a.b#marker|x|(values)} {<} @{tags|(values)}]", "Id"),
    ("[@trait: @{a.b#marker|x|(values)} {=} @{tags|(values)}]", "Id"),
    ("[@trait: @{a.b#marker|x|(values)} {<<} @{tags|(values)}]", ""),
    ("[@trait|a.b#marker: @{x|(values)} {!=} @{x|(values)}]", ""),
    ("operation -[input]-> structure", "GetInput"),
    ("operation -[input, output]-> structure", "GetInput ReadOutput"),
    ("structure <-[error]- operation", "Get"),
    ("resource > operation", "Break List Read"),
    ("resource -[read]-> *", "Read"),
    ("resource -[identifier]-> *", "Id"),
    ("resource -[instanceOperation]-> *", "Break Read"),
    ("resource -[bound]-> *", "Svc Thing"),
    ("structure -[mixin]-> *", "Common"),
    ("string -[trait]-> [id|namespace = a.b]", "marker"),
    ("union < member", "Choice$again ReadOutput$choice"),
    ("union ~> union", ""),
    ("operation [id|name = Get] ~> enum", "Level"),
    ("service ~> resource", "Part Thing"),
    ("structure :test(> member [trait|required])", "GetInput"),
    ("structure > :test(member > union)", "ReadOutput$choice"),
    ("structure :is([trait|error], [trait|mixin])", "Broken Common"),
    ("structure :each([trait|error])", "Broken"),
    ("service :topdown([trait|internal])", "Break Part"),
    ("service :topdown(service, [trait|internal])", "Get Svc Thing"),
    ("resource [id|name = Part] :recursive(<-[resource]-)", "Svc Thing"),
    (":in(operation -[input]-> *)", ""),
    ("structure :in(:root(operation -[input]-> *))", "GetInput"),
    ("service $ops(~> operation) ~> operation :test(${ops}) [trait|readonly]", "List Read"),
    (
        "service $all(~> operation) $read(~> operation [trait|readonly]) [@: @{var|all|id|name} = Get] ${read}",
        "List Read",
    ),
    ("operation :unknownFunction(*)", ""),
    ("operation -[noSuchRelation]-> *", ""),
];

#[test]
fn select_what_they_should() {
    let (model, events) = assemble(&[("model.json", include_bytes!("selectors/model.json"))]).unwrap();
    assert!(events.is_empty(), "{events:?}");
    let relations = Relations::new(&model);
    let mut wrong = Vec::new();
    for (text, expected) in CASES {
        let selector = Selector::parse(text).unwrap_or_else(|error| unreachable!("{text}: {error}"));
        let selected = selector.select(&relations).unwrap();
        let items = selected.into_iter().filter_map(|at| relations.item(at));
        let mut names: Vec<&str> = items.filter_map(|item| item.id().as_str().strip_prefix("a.b#")).collect();
        names.sort_unstable();
        if names.join(" ") != *expected {
            wrong.push(format!("{text}: expected {expected}, selected {}", names.join(" ")));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn one_item_is_selected_as_all_are() {
    let (model, _) = assemble(&[("model.json", include_bytes!("selectors/model.json"))]).unwrap();
    let relations = Relations::new(&model);
    let is_own = |at: &usize| relations.item(*at).unwrap().id().namespace() == "a.b";
    let own: Vec<usize> = (0..relations.len()).filter(is_own).collect();
    for (text, _) in CASES {
        let selector = Selector::parse(text).unwrap();
        let selected = selector.select(&relations).unwrap();
        for at in &own {
            let id = relations.item(*at).unwrap().id();
            assert_eq!(selector.selects(&relations, *at).unwrap(), selected.contains(at), "{text}: {id}");
        }
    }
}

#[test]
fn mistakes_have_a_place() {
    for (text, message) in [
        ("", "Syntax error at line 1 column 1, near ``: Unexpected selector EOF"),
        ("structure >\n  strukture", "Syntax error at line 2 column 12, near ``: Unknown shape type: strukture"),
        (
            "[trait|",
            "Syntax error at line 1 column 8, near ``: Expected a valid identifier character, but found '[EOF]'",
        ),
        (
            ":not(string, integer)",
            "Syntax error at line 1 column 2, near `not(string, integer)`: The :not function requires a single selector argument",
        ),
        (":topdown(a, b, c)", "Syntax error at line 1 column 11, near `, b, c)`: Unknown shape type: a"),
        ("[a='b", "Syntax error at line 1 column 4, near `'b`: Expected ' to close b"),
        ("string)", "Syntax error at line 1 column 7, near `)`: Unexpected selector character: )"),
        ("[a ~ b]", "Syntax error at line 1 column 4, near `~ b]`: Expected a comparator or ']'"),
    ] {
        assert_eq!(Selector::parse(text).unwrap_err().to_string(), message, "{text}");
    }
    let deep = format!("{}*{}", ":is(".repeat(1_000), ")".repeat(1_000));
    assert!(Selector::parse(&deep).unwrap_err().to_string().contains("nested more than"));
    assert!(Selector::parse(&"[id]".repeat(10_000)).unwrap_err().to_string().contains("more than"));
}
