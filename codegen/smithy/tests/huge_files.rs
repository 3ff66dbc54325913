//! Files that are larger than any model: linear time, and success or an error with its place.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use whitesmith_smithy::load::assemble;
use whitesmith_smithy::validate;

const HEAD: &str = "$version: \"2\"\nnamespace a.b\n";

/// What a file consists of, and the place of the first error, if there is one.
struct Case {
    name: &'static str,
    write: fn(size: usize) -> Vec<u8>,
    error: Option<&'static str>,
}

const CASES: [Case; 9] = [
    Case {
        name: "a text block",
        write: |size| between("@documentation(\"\"\"\n", "    words\n", "    \"\"\")\nstring A\n", size),
        error: None,
    },
    Case {
        name: "a text block without an end",
        write: |size| between("@documentation(\"\"\"\n", "    words\n", "", size),
        error: Some("huge.smithy:3:16"),
    },
    Case { name: "comments", write: |size| between("", "// words of a comment\n", "string A\n", size), error: None },
    Case {
        name: "documentation comments",
        write: |size| between("", "/// words of a comment\n", "string A\n", size),
        error: None,
    },
    Case { name: "one line", write: |size| between("@tags([", "\"some tag\", ", "])\nstring A\n", size), error: None },
    Case { name: "open brackets", write: |size| between("@tags(", "[", "", size), error: Some("huge.smithy:3:71") },
    Case { name: "garbage", write: |size| between("", "{ ] } = ( $ # ", "", size), error: Some("huge.smithy:3:1") },
    Case { name: "shapes", write: shapes, error: None },
    Case { name: "members", write: members, error: None },
];

fn between(start: &str, repeated: &str, end: &str, size: usize) -> Vec<u8> {
    format!("{HEAD}{start}{}{end}", repeated.repeat(size / repeated.len())).into_bytes()
}

/// Structures that lead to each other, 80 bytes each.
fn shapes(size: usize) -> Vec<u8> {
    let count = size / 80;
    let mut text = HEAD.to_owned();
    for at in 0..count {
        let next = at * 7 % count;
        let _ = write!(text, "structure S{at:07} {{\n    @required\n    name: String\n    next: S{next:07}\n}}\n\n");
    }
    text.into_bytes()
}

fn members(size: usize) -> Vec<u8> {
    let mut text = format!("{HEAD}structure S {{\n");
    for at in 0..size / 40 {
        let _ = write!(text, "    @required\n    m{at:07}: String\n");
    }
    text.push_str("}\n");
    text.into_bytes()
}

/// Loads and validates a file; returns how long that took.
fn check(case: &Case, bytes: &[u8]) -> Duration {
    let start = Instant::now();
    let (model, events) = assemble(&[("huge.smithy", bytes)]).unwrap();
    let events = validate::validate(&model, events);
    let time = start.elapsed();
    let failures: Vec<String> =
        events.iter().filter(|event| event.severity.is_failure()).map(|event| event.render(model.sources())).collect();
    match case.error {
        None => assert!(failures.is_empty(), "{}: {:?}", case.name, failures.first()),
        Some(place) => {
            assert!(failures.first().is_some_and(|first| first.contains(place)), "{}: {failures:?}", case.name)
        }
    }
    assert!(failures.iter().all(|failure| failure.len() < 2_000), "{}: the line is cut", case.name);
    time
}

fn compare(small: usize, large: usize, rounds: usize) {
    for case in &CASES {
        let (few, many) = ((case.write)(small), (case.write)(large));
        let least = (0..rounds).map(|_| check(case, &few)).min().unwrap();
        let time = check(case, &many);
        println!("{}: {} bytes in {least:?}, {} bytes in {time:?}", case.name, few.len(), many.len());
        let factor = u32::try_from(2 * large / small).unwrap();
        let limit = least.max(Duration::from_millis(5)) * factor;
        assert!(time < limit, "{}: {time:?} for {large} bytes, but {least:?} for {small}", case.name);
    }
}

#[test]
fn time_is_linear_in_the_size() {
    compare(50_000, 1_000_000, 3);
}

#[test]
#[ignore = "files of 100 MB, for optimized builds"]
fn time_is_linear_up_to_100_megabytes() {
    compare(10_000_000, 100_000_000, 1);
}
