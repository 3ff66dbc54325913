use std::cell::RefCell;

use whitesmith_schema::{Member, Operation, OperationTraits, Pagination, Schema, Value, ValueMap};

use super::*;
use crate::definition::{Command, Paging};
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
static COMMAND: Command = Command::new("list", &LIST);

static LIST_PARTS: Command = Command::new("list-parts", &LIST).with_paging(&Paging {
    input_tokens: &["Marker", "Limit"],
    output_tokens: &["Next || Parts[-1].Id", "NextLimit"],
    more_results: Some("More"),
    page_size: None,
    results: &["Parts", "Groups.Names", "Count"],
    beside: &["Owner", "Prefix"],
});
static NOT_LISTED: Command = Command::new("list-one", &LIST).with_paging(&Paging {
    input_tokens: &[],
    output_tokens: &[],
    more_results: None,
    page_size: None,
    results: &[],
    beside: &[],
});

const PARTS: [&str; 2] = [
    r#"{"More":true,"Owner":"me","Parts":[{"Id":"a"},{"Id":"b"}],"Groups":{"Names":["x"]},"Count":2,"NextLimit":"7"}"#,
    r#"{"More":false,"Owner":"you","Parts":[{"Id":"c"}],"Groups":{"Names":["y"]},"Count":1,"Next":"no more"}"#,
];

const PAGES: [&str; 3] = [
    r#"{"Result":{"Items":[1,2],"Other":true},"Next":"a"}"#,
    r#"{"Result":{"Items":[3,4]},"Next":"b"}"#,
    r#"{"Result":{"Items":[5]}}"#,
];

/// Lists over scripted pages; returns the result and the inputs of the calls.
fn list(pages: &[&str], given: &Given<'_>) -> (String, String) {
    list_by(&COMMAND, pages, given)
}

fn list_by(command: &'static Command, pages: &[&str], given: &Given<'_>) -> (String, String) {
    let paginator = Paginator::of(command).unwrap();
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
fn everything_that_grows_is_merged_beside_what_the_first_page_has() {
    let (result, calls) = list_by(&LIST_PARTS, &PARTS, &Given::default());
    let parts = r#"{"Parts":[{"Id":"a"},{"Id":"b"},{"Id":"c"}],"Groups":{"Names":["x","y"]},"Count":3"#;
    assert_eq!(result, format!(r#"{parts},"Owner":"me","Prefix":null}}"#));
    assert_eq!(calls, r#"{} {"Marker":"b","Limit":"7"}"#);
}

#[test]
fn a_cut_listing_with_several_tokens_can_be_continued() {
    let (result, _) = list_by(&LIST_PARTS, &PARTS, &at_most(1));
    let (_, token) = result.split_once(r#""NextToken":""#).unwrap();
    let token = token.trim_end_matches("\"}");
    let expected = r#"{"Marker": null, "Limit": null, "boto_truncate_amount": 1}"#;
    assert_eq!(base64_simd::STANDARD.decode_to_vec(token).unwrap(), expected.as_bytes());
    // What was not cut has been shown.
    let rest = Given { starting_token: Some(token), ..Given::default() };
    let (result, _) = list_by(&LIST_PARTS, &PARTS, &rest);
    assert!(result.starts_with(r#"{"Parts":[{"Id":"b"},{"Id":"c"}],"Groups":{"Names":["y"]},"Count":1,"#), "{result}");
    let given = Given { starting_token: Some("m___None"), ..Given::default() };
    let (_, calls) = list_by(&LIST_PARTS, &PARTS[1..], &given);
    assert_eq!(calls, r#"{"Marker":"m"}"#);
}

#[test]
fn a_page_that_says_so_is_the_last() {
    assert_eq!(list_by(&LIST_PARTS, &PARTS[1..], &Given::default()).1, "{}");
}

#[test]
fn a_command_may_have_no_pages_against_its_trait() {
    assert!(Paginator::of(&NOT_LISTED).is_none());
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
