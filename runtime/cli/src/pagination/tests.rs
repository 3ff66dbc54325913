use std::cell::RefCell;

use whitesmith_schema::{Member, Operation, OperationTraits, Pagination, Schema, Value, ValueMap};

use super::*;
use crate::definition::Command;
use crate::failure::Failure;
use crate::json;

static TEXT: Schema = Schema::string("forge#Text");
static INPUT: Schema =
    Schema::structure("forge#ListRequest", &[Member::new("Marker", &TEXT), Member::new("Limit", &TEXT)]);
static TRAITS: OperationTraits = OperationTraits::NONE.with_pagination(Pagination {
    input_token: "Marker",
    output_token: "Next",
    items: Some("Result.Items"),
    page_size: Some("Limit"),
});
static LIST: Operation = Operation::new("forge#List", "List", &INPUT, &INPUT).with_traits(&TRAITS);
static COMMAND: Command = Command::new("list", &LIST, crate::Page::Text(""));

const PAGES: [&str; 3] = [
    r#"{"Result":{"Items":[1,2],"Other":true},"Next":"a"}"#,
    r#"{"Result":{"Items":[3,4]},"Next":"b"}"#,
    r#"{"Result":{"Items":[5]}}"#,
];

/// Lists over scripted pages; returns the result and the inputs of the calls.
fn list(pages: &[&str], given: &Given<'_>) -> (String, String) {
    let paginator = Paginator::of(&COMMAND).unwrap();
    let inputs = RefCell::new(Vec::new());
    let call = |input: &ValueMap| {
        let mut inputs = inputs.borrow_mut();
        inputs.push(json::to_compact_ascii(&Value::Map(input.clone())));
        match pages[(inputs.len() - 1).min(pages.len() - 1)] {
            "error" => Err(Failure::general("it failed")),
            page => Ok(json::read(page).unwrap()),
        }
    };
    let mut input = ValueMap::new();
    let start = paginator.prepare(given, &mut input).unwrap();
    let merged = paginator.merged(&mut paginator.pages(&call, input, start, given.max_items));
    let shown = match merged {
        Ok(value) => json::to_compact_ascii(&value),
        Err(failure) => failure.message,
    };
    (shown, inputs.borrow().join(" "))
}

fn at_most(items: i64) -> Given<'static> {
    Given { max_items: Some(items), ..Given::default() }
}

#[test]
fn all_pages_are_merged() {
    let (result, calls) = list(&PAGES, &Given::default());
    assert_eq!(result, r#"{"Result":{"Items":[1,2,3,4,5]}}"#);
    assert_eq!(calls, r#"{} {"Marker":"a"} {"Marker":"b"}"#);
    let (_, calls) = list(&PAGES, &Given { page_size: Some(Value::from(2)), ..Given::default() });
    assert_eq!(calls, r#"{"Limit":2} {"Limit":2,"Marker":"a"} {"Limit":2,"Marker":"b"}"#);
}

#[test]
fn a_listing_that_is_cut_off_can_be_continued() {
    for (most, items, next) in [(1, "1", "2,3,4,5"), (2, "1,2", "3,4,5"), (3, "1,2,3", "4,5"), (4, "1,2,3,4", "5")] {
        let (result, _) = list(&PAGES, &at_most(most));
        let expected = format!(r#"{{"Result":{{"Items":[{items}]}},"NextToken":""#);
        let token = result.strip_prefix(&expected).and_then(|rest| rest.strip_suffix("\"}"));
        let token = token.unwrap_or_else(|| panic!("{most}: {result}"));
        let rest = Given { starting_token: Some(token), ..Given::default() };
        // The service answers with the page that the token names.
        let pages = if most < 2 {
            &PAGES[..]
        } else if most < 4 {
            &PAGES[1..]
        } else {
            &PAGES[2..]
        };
        assert_eq!(list(pages, &rest).0, format!(r#"{{"Result":{{"Items":[{next}]}}}}"#), "{most}");
    }
    assert_eq!(list(&PAGES, &at_most(5)).0, r#"{"Result":{"Items":[1,2,3,4,5]}}"#);
}

#[test]
fn limits_below_one_do_what_slices_of_python_do() {
    assert!(list(&PAGES, &at_most(0)).0.starts_with(r#"{"Result":{"Items":[]},"NextToken""#));
    assert!(list(&PAGES, &at_most(-1)).0.starts_with(r#"{"Result":{"Items":[1]},"NextToken""#));
}

#[test]
fn pages_may_be_empty() {
    let pages = [r#"{"Result":{"Items":[]},"Next":"a"}"#, r#"{"Next":"b"}"#, r#"{"Result":{"Items":[1]},"Next":""}"#];
    assert_eq!(list(&pages, &Given::default()).0, r#"{"Result":{"Items":[1]}}"#);
    assert_eq!(list(&["{}"], &Given::default()).0, "{}");
}

#[test]
fn errors_and_repeated_tokens_end_a_listing() {
    assert_eq!(list(&[PAGES[0], "error"], &Given::default()).0, "it failed");
    let (result, calls) = list(&[PAGES[0], PAGES[0]], &Given::default());
    assert!(result.contains("received the same token twice"), "{result}");
    assert_eq!(calls, r#"{} {"Marker":"a"}"#);
}

#[test]
fn the_operations_own_options_are_recognized() {
    let paginator = Paginator::of(&COMMAND).unwrap();
    let names: Vec<&str> = paginator.flags().map(|flag| flag.name).collect();
    assert_eq!(names, [STARTING_TOKEN, PAGE_SIZE, MAX_ITEMS]);
    let input = |name: &'static str| [(name, Value::from("x"))].into_iter().collect::<ValueMap>();
    assert!(paginator.is_used_by_hand(&input("Marker")) && paginator.is_used_by_hand(&input("Limit")));
    assert!(!paginator.is_used_by_hand(&input("Other")));
    assert_eq!(at_most(1).names(), [MAX_ITEMS]);
}
