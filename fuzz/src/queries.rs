//! Query languages: JMESPath, and selectors of Smithy.

use std::sync::LazyLock;

use whitesmith_jmespath::{Query, json};
use whitesmith_schema::Value;
use whitesmith_smithy::load;
use whitesmith_smithy::model::Model;
use whitesmith_smithy::model::relations::Relations;
use whitesmith_smithy::select::Selector;

/// An expression, and from the second line on what it is applied to.
pub(crate) fn jmespath(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (expression, value) = text.split_once('\n').unwrap_or((&text, "{\"a\": [1, {\"b\": \"c\"}], \"d\": null}"));
    let value = match json::read(value) {
        Ok(value) => value,
        Err(error) => {
            let _ = error.to_string();
            Value::Null
        }
    };
    for written in [json::to_pretty(&value), json::to_compact_ascii(&value)] {
        let again = json::read(&written).unwrap_or_else(|error| panic!("{error}: {written}"));
        assert_eq!(json::to_compact_ascii(&again), json::to_compact_ascii(&value));
    }
    match Query::compile(expression) {
        Ok(query) => match query.search(&value) {
            Ok(found) => drop(json::to_pretty(&found)),
            Err(error) => drop(error.to_string()),
        },
        Err(error) => drop(error.to_string()),
    }
}

const MODEL: &[u8] = include_bytes!("../../tests/fixtures/shapes/model.json");

static SHAPES: LazyLock<Model> = LazyLock::new(|| load::assemble(&[("model.json", MODEL)]).expect("a model").0);

pub(crate) fn selector(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    match Selector::parse(&text) {
        Ok(selector) => drop(selector.select(&Relations::new(&SHAPES)).map_err(|error| error.to_string())),
        Err(error) => drop(error.to_string()),
    }
}
