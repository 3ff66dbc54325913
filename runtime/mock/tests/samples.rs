//! Samples satisfy the constraints of their shapes, and follow the seed.

use std::path::PathBuf;

use whitesmith_mock::Sampler;
use whitesmith_schema::{Constraints, EnumValue, Member, Schema, ShapeType, Structure};

static LABEL: Schema =
    Schema::string("example#Label").with_constraints(&Constraints::new().with_length(Some(20), Some(22)));
static ARN_OR_ID: Schema = Schema::string("example#ArnOrId")
    .with_constraints(&Constraints::new().with_pattern("(?=.{1,255}$)(arn:.*|engi-[0-9a-z]{13})"));
static TAG_KEY: Schema = Schema::string("example#TagKey")
    .with_constraints(&Constraints::new().with_pattern(r"^(?=.{1,128}$)([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$"));
static LONG_WORD: Schema = Schema::string("example#LongWord")
    .with_constraints(&Constraints::new().with_pattern("^[a-z]+(-[a-z]+)*$").with_length(Some(64), Some(70)));
static COLOR: Schema = Schema::string_enum(
    "example#Color",
    &[EnumValue::string("RED", "red"), EnumValue::string("BLUE", "blue"), EnumValue::string("GREEN", "green")],
);
static SIDES: Schema = Schema::int_enum("example#Sides", &[EnumValue::integer("THREE", 3)]);
static PORT: Schema = Schema::simple("example#Port", ShapeType::Integer)
    .with_constraints(&Constraints::new().with_range(Some("1024"), Some("1030")));
static BELOW: Schema =
    Schema::simple("example#Below", ShapeType::Long).with_constraints(&Constraints::new().with_range(None, Some("-7")));
static RATIO: Schema = Schema::simple("example#Ratio", ShapeType::Double)
    .with_constraints(&Constraints::new().with_range(Some("0.1"), Some("0.2")));
static PRICE: Schema = Schema::simple("example#Price", ShapeType::BigDecimal)
    .with_constraints(&Constraints::new().with_range(Some("1e30"), None));
static DATA: Schema =
    Schema::simple("example#Data", ShapeType::Blob).with_constraints(&Constraints::new().with_length(Some(3), Some(3)));
static COLORS: Schema = Schema::list("example#Colors", &[Member::new("member", &COLOR)])
    .with_unique_items()
    .with_constraints(&Constraints::new().with_length(Some(3), None));
static TREES: Schema = Schema::list("example#Trees", &[Member::new("member", &TREE)]);
static BY_NAME: Schema = Schema::map("example#ByName", &[Member::new("key", &TAG_KEY), Member::new("value", &PORT)])
    .with_constraints(&Constraints::new().with_length(Some(4), None));
static CHOICE: Schema = Schema::union("example#Choice", &[Member::new("More", &TREE), Member::new("Port", &PORT)]);
static TREE: Schema = Schema::structure(
    "example#Tree",
    &[
        Member::new("Label", &LABEL).with_required(),
        Member::new("Arn", &ARN_OR_ID),
        Member::new("LongWord", &LONG_WORD),
        Member::new("Left", &TREE),
        Member::new("Children", &TREES).with_required(),
        Member::new("Choice", &CHOICE).with_required(),
        Member::new("Colors", &COLORS),
        Member::new("Sides", &SIDES),
        Member::new("Port", &PORT),
        Member::new("Below", &BELOW),
        Member::new("Ratio", &RATIO),
        Member::new("Price", &PRICE),
        Member::new("Data", &DATA),
        Member::new("ByName", &BY_NAME),
    ],
);

#[test]
fn satisfy_every_constraint_and_set_every_member() {
    for seed in 0..200 {
        let members = Sampler::new(seed).structure(&TREE);
        whitesmith_validation::validate(&Structure { schema: &TREE, members: &members })
            .unwrap_or_else(|violations| panic!("seed {seed}: {violations}\n{members:?}"));
        for member in TREE.members.iter().filter(|member| member.name != "Left") {
            assert!(members.contains_key(member.name), "seed {seed} left out {}", member.name);
        }
    }
}

#[test]
fn follow_the_seed() {
    let tree = |seed| Sampler::new(seed).structure(&TREE);
    assert_eq!(tree(1), tree(1));
    assert_ne!(tree(1), tree(2));
}

#[test]
fn a_shape_that_requires_itself_has_none() {
    static LOOP: Schema = Schema::structure("example#Loop", &[Member::new("Next", &LOOP).with_required()]);
    assert!(Sampler::new(1).structure(&LOOP).is_empty());
}

fn patterns(node: &serde_json::Value, found: &mut Vec<(String, Option<(u64, u64)>)>) {
    match node {
        serde_json::Value::Object(entries) => {
            if let Some(pattern) = entries.get("smithy.api#pattern").and_then(|pattern| pattern.as_str()) {
                let length = entries.get("smithy.api#length").map(|length| {
                    let bound =
                        |name: &str, open: u64| length.get(name).and_then(serde_json::Value::as_u64).unwrap_or(open);
                    (bound("min", 0), bound("max", 10_000_000))
                });
                found.push((pattern.to_owned(), length));
            }
            entries.values().for_each(|value| patterns(value, found));
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| patterns(item, found)),
        _ => {}
    }
}

#[test]
#[ignore = "needs the corpora"]
fn match_the_patterns_of_real_models() {
    let corpus = std::env::var_os("WHITESMITH_CORPUS").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/conformance")),
        PathBuf::from,
    );
    let models = std::fs::read_dir(corpus.join("aws-models"));
    let models = models.unwrap_or_else(|error| panic!("no corpus of models at {}: {error}", corpus.display()));
    let mut found = Vec::new();
    for model in models {
        let path = model.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "json") {
            patterns(&serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap(), &mut found);
        }
    }
    found.sort();
    found.dedup();
    let missed: Vec<_> = found
        .iter()
        .filter(|(pattern, length)| {
            let mut constraints = Constraints::new().with_pattern(pattern.clone().leak());
            if let Some((min, max)) = length {
                constraints = constraints.with_length(Some(*min), Some(*max));
            }
            let schema = Schema::string("example#Text").with_constraints(Box::leak(Box::new(constraints)));
            let member: &'static Member = Box::leak(Box::new(Member::new("Text", Box::leak(Box::new(schema)))));
            Sampler::new(1).member(member).is_none()
        })
        .collect();
    println!("{} of {} patterns missed: {missed:#?}", missed.len(), found.len());
    assert!(missed.len() * 100 <= found.len(), "more than one in a hundred is missed");
}
