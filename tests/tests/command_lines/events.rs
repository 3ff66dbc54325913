//! Commands that print events.

use std::io::{BufRead as _, BufReader};
use std::time::{Duration, Instant};

use serde_json::json;

use super::support::{Mock, failed, printed, spawn, text, tools};

fn event(text: &str) -> serde_json::Value {
    json!({ "one": { "text": text, "level": 1 } })
}

/// A mock that answers `listen` with events.
fn listening(events: &[serde_json::Value]) -> Mock {
    let mock = Mock::start("event-stream");
    mock.expect("Listen", &json!([{ "output": { "events": events } }]));
    mock
}

/// Sends answers in small pieces.
fn drip(mock: &Mock, pause_ms: u64) {
    mock.control("POST", "faults", &json!({ "fault": { "drip": { "bytes": 20, "pause_ms": pause_ms } } }));
}

#[test]
fn events_are_lines_of_json() {
    let mock = listening(&[event("a"), event("é\n"), json!({ "one": {} })]);
    let output = printed(tools(&mock.url, &["event-stream", "listen", "--text", "x"]));
    let expected =
        ["{\"one\":{\"text\":\"a\",\"level\":1}}", "{\"one\":{\"text\":\"é\\n\",\"level\":1}}", "{\"one\":{}}", ""];
    assert_eq!(output, expected.join("\n"));
}

#[test]
fn members_beside_the_events_come_first() {
    let mock = Mock::start("event-stream");
    mock.expect("Watch", &json!([{ "output": { "session": "s-1", "events": [event("a")] } }]));
    let output = printed(tools(&mock.url, &["event-stream", "watch"]));
    assert_eq!(output, "{\"session\":\"s-1\"}\n{\"one\":{\"text\":\"a\",\"level\":1}}\n");
}

#[test]
fn errors_end_the_events_as_errors_of_the_service() {
    for (error, said) in [
        (json!({ "failed": { "message": "too much" } }), "(Failed) when calling the Listen operation: too much"),
        (
            json!({ ":error": { "code": "Overloaded", "message": "later" } }),
            "(Overloaded) when calling the Listen operation: later",
        ),
    ] {
        let mock = listening(&[event("a"), error, event("b")]);
        let output = failed(tools(&mock.url, &["event-stream", "listen"]), 254);
        assert_eq!(text(&output.stdout), "{\"one\":{\"text\":\"a\",\"level\":1}}\n");
        assert!(text(&output.stderr).contains(said), "{}", text(&output.stderr));
    }
}

#[test]
fn errors_before_the_events_are_reported() {
    let mock = Mock::start("event-stream");
    mock.expect("Listen", &json!([{ "error": { "name": "Denied", "message": "no", "status": 400 } }]));
    let output = failed(tools(&mock.url, &["event-stream", "listen"]), 254);
    assert!(output.stdout.is_empty() && text(&output.stderr).contains("(Denied)"), "{}", text(&output.stderr));
}

#[test]
fn queries_apply_to_each_event() {
    let mock = listening(&[event("a"), json!({ "one": { "level": 7 } }), event("b")]);
    let listen = |more: &[&str]| printed(tools(&mock.url, &[&["event-stream", "listen"], more].concat()));
    // Nothing is printed of the event without a text.
    assert_eq!(listen(&["--query", "one.text"]), "\"a\"\n\"b\"\n");
    assert_eq!(listen(&["--query", "one.text", "--output", "text"]), "a\nb\n");
    assert_eq!(listen(&["--output", "text"]), "ONE\t1\ta\nONE\t7\nONE\t1\tb\n");
    assert_eq!(listen(&["--query", "one.{t: text}", "--output", "yaml"]), "- t: a\n- t: null\n- t: b\n");
    assert_eq!(listen(&["--output", "off"]), "");
}

#[test]
fn events_are_printed_as_they_arrive() {
    let events: Vec<_> = (0..20).map(|at| event(&at.to_string())).collect();
    let mock = listening(&events);
    drip(&mock, 50);
    let mut program = spawn(tools(&mock.url, &["event-stream", "listen"]));
    let mut lines = BufReader::new(program.0.stdout.take().unwrap()).lines();
    assert!(lines.next().unwrap().unwrap().contains("\"0\""));
    assert!(program.0.try_wait().unwrap().is_none(), "the first event came with the last one");
    assert_eq!(lines.map(Result::unwrap).count(), 19);
    assert_eq!(program.status(), 0);
}

#[test]
fn a_closed_pipe_ends_the_events() {
    let events: Vec<_> = (0..400).map(|at| event(&at.to_string())).collect();
    let mock = listening(&events);
    // All events take more than a minute.
    drip(&mock, 50);
    let mut program = spawn(tools(&mock.url, &["event-stream", "listen"]));
    let mut lines = BufReader::new(program.0.stdout.take().unwrap()).lines();
    lines.next().unwrap().unwrap();
    drop(lines);
    let started = Instant::now();
    assert_eq!(program.status(), 0);
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
}

#[test]
fn an_interrupt_ends_the_events_between_lines() {
    let events: Vec<_> = (0..400).map(|at| event(&at.to_string())).collect();
    let mock = listening(&events);
    drip(&mock, 50);
    let mut program = spawn(tools(&mock.url, &["event-stream", "listen"]));
    let mut lines = BufReader::new(program.0.stdout.take().unwrap()).lines();
    lines.next().unwrap().unwrap();
    program.signal("INT");
    assert_eq!(program.status(), 130);
    for line in lines.map(Result::unwrap) {
        serde_json::from_str::<serde_json::Value>(&line).unwrap();
    }
}

#[test]
fn streams_that_break_off_are_errors() {
    let mock = listening(&[event("a"), event("b")]);
    mock.control("POST", "faults", &json!({ "fault": { "truncate": { "bytes": 130 } } }));
    let output = failed(tools(&mock.url, &["event-stream", "listen"]), 255);
    assert!(!text(&output.stderr).contains("panicked"), "{}", text(&output.stderr));
}

#[test]
fn skeletons_show_what_is_printed() {
    let skeleton = |command: &str| {
        printed(tools("http://127.0.0.1:1", &["event-stream", command, "--generate-cli-skeleton", "output"]))
    };
    assert_eq!(skeleton("listen"), "{\"one\":{\"text\":\"text\",\"level\":0}}\n");
    assert_eq!(skeleton("watch"), "{\"session\":\"session\"}\n{\"one\":{\"text\":\"text\",\"level\":0}}\n");
}

#[test]
fn pages_say_what_is_printed() {
    let page = printed(tools("http://127.0.0.1:1", &["event-stream", "listen", "help"]));
    let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(page.contains("listen prints each event of events as it arrives, as JSON on a line of its own."), "{page}");
}
