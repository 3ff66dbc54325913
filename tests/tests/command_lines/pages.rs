//! Listings: pages, their tokens and their limits.

use serde_json::{Value, json};

use super::support::{Mock, failed, printed, text, tools};

/// A mock with five things on three pages.
fn mock() -> Mock {
    let mock = Mock::start("pages-and-waiters");
    let things = |names: &[&str]| -> Vec<Value> { names.iter().map(|name| json!({ "Name": name })).collect() };
    let page = |names: &[&str], next: Option<&str>| {
        let mut output = json!({ "Things": things(names), "Total": 5 });
        if let Some(next) = next {
            output["NextToken"] = json!(next);
        }
        json!([{ "output": output }])
    };
    for (token, page) in [("n2", page(&["c", "d"], Some("n3"))), ("n3", page(&["e"], None))] {
        let when = json!({ "NextToken": token });
        mock.control("POST", "expectations", &json!({ "operation": "ListThings", "when": when, "respond": page }));
    }
    mock.expect("ListThings", &page(&["a", "b"], Some("n2")));
    mock
}

fn list(mock: &Mock, more: &[&str]) -> std::process::Command {
    tools(&mock.url, &[&["pages-and-waiters", "list-things"], more].concat())
}

fn json_of(mock: &Mock, more: &[&str]) -> Value {
    serde_json::from_str(&printed(list(mock, more))).unwrap()
}

fn names(result: &Value) -> Vec<&str> {
    result["Things"].as_array().unwrap().iter().map(|thing| thing["Name"].as_str().unwrap()).collect()
}

#[test]
fn all_pages_are_merged() {
    let mock = mock();
    let result = json_of(&mock, &[]);
    assert_eq!(names(&result), ["a", "b", "c", "d", "e"]);
    assert_eq!(result.as_object().unwrap().len(), 1, "{result}");
    assert_eq!(mock.count("ListThings"), 3);
}

#[test]
fn a_listing_can_be_continued_wherever_it_was_cut() {
    for size in 1..=6 {
        let mock = mock();
        let (mut all, mut token, mut runs) = (Vec::new(), None::<String>, 0);
        loop {
            let size = size.to_string();
            let mut words = vec!["--max-items", &size];
            words.extend(token.iter().flat_map(|token| ["--starting-token", token.as_str()]));
            let result = json_of(&mock, &words);
            all.extend(names(&result).into_iter().map(str::to_owned));
            runs += 1;
            token = result["NextToken"].as_str().map(str::to_owned);
            if token.is_none() {
                break;
            }
        }
        assert_eq!(all, ["a", "b", "c", "d", "e"], "{size} at a time");
        assert_eq!(runs, 5_usize.div_ceil(size), "{size} at a time");
    }
}

#[test]
fn tokens_of_the_service_continue_a_listing() {
    let mock = mock();
    assert_eq!(names(&json_of(&mock, &["--starting-token", "n2"])), ["c", "d", "e"]);
    assert_eq!(names(&json_of(&mock, &["--starting-token", "n2___1"])), ["d", "e"]);
}

#[test]
fn one_page_is_printed_whole() {
    let mock = mock();
    let result = json_of(&mock, &["--no-paginate"]);
    assert_eq!((names(&result), &result["NextToken"], &result["Total"]), (vec!["a", "b"], &json!("n2"), &json!(5)));
    assert_eq!(names(&json_of(&mock, &["--next-token", "n3"])), ["e"]);
    assert_eq!(mock.count("ListThings"), 2);
    let output = failed(list(&mock, &["--no-paginate", "--max-items", "1"]), 252);
    assert!(text(&output.stderr).contains("--max-items"), "{}", text(&output.stderr));
}

#[test]
fn no_items_is_a_warning() {
    let mock = mock();
    let output = list(&mock, &["--max-items", "0"]).output().unwrap();
    let result: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), names(&result)), (Some(0), vec![]));
    assert!(
        result["NextToken"].is_string() && text(&output.stderr).contains("--max-items"),
        "{}",
        text(&output.stderr)
    );
    assert_eq!(names(&json_of(&mock, &["--starting-token", result["NextToken"].as_str().unwrap()])).len(), 5);
}

#[test]
fn limits_that_are_no_numbers_are_refused() {
    let mock = mock();
    for words in [["--page-size", "many"], ["--max-items", "all"], ["--page-size", "1.5"], ["--max-items", ""]] {
        let output = failed(list(&mock, &words), 252);
        assert!(text(&output.stderr).contains(words[0]), "{}", text(&output.stderr));
    }
    assert_eq!(mock.count("ListThings"), 0);
}

#[test]
fn text_is_printed_page_by_page() {
    let mock = mock();
    let printed = |words: &[&str]| printed(list(&mock, words));
    assert_eq!(printed(&["--output", "text"]), "THINGS\ta\nTHINGS\tb\nTHINGS\tc\nTHINGS\td\nTHINGS\te\n");
    assert_eq!(printed(&["--output", "text", "--query", "length(Things)"]), "2\n2\n1\n");
    assert_eq!(printed(&["--query", "length(Things)"]), "5\n");
}

#[test]
fn a_listing_is_presigned_as_its_first_page() {
    let mock = mock();
    let result = json_of(&mock, &["--presign", "--page-size", "1", "--expires-in", "60"]);
    assert_eq!(result["Body"], "{\"MaxResults\": 1}");
    assert!(result["Url"].as_str().unwrap().contains("X-Amz-Expires=60"), "{result}");
    assert_eq!(mock.count("ListThings"), 0);
}

#[test]
fn a_presigned_request_can_be_sent() {
    let mock = mock();
    let result = json_of(&mock, &["--presign"]);
    let mut command = std::process::Command::new("curl");
    command.args(["--silent", "--fail", "--request", "POST", "--data", result["Body"].as_str().unwrap()]);
    for (name, value) in result["Headers"].as_object().unwrap() {
        command.args(["--header", &format!("{name}: {}", value.as_str().unwrap())]);
    }
    command.arg(result["Url"].as_str().unwrap());
    let page: Value = serde_json::from_str(&printed(command)).unwrap();
    assert_eq!(names(&page), ["a", "b"]);
}
