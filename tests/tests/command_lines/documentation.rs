//! The examples of `docs/command-line.md`, run as they are written.

use std::process::Command;

use partnercentral_selling_mock::MockServer;
use serde_json::json;
use whitesmith_tests::programs;

use super::support::{Mock, isolate, text};

const PAGE: &str = include_str!("../../../docs/command-line.md");

/// A command and what it prints; `…` stands for any text.
struct Example {
    command: String,
    output: Vec<&'static str>,
}

fn examples() -> Vec<Example> {
    let blocks = PAGE.split("```console\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    let mut examples: Vec<Example> = Vec::new();
    for line in blocks.flat_map(str::lines).filter(|line| !line.is_empty()) {
        match (line.strip_prefix("$ "), examples.last_mut()) {
            (Some(command), _) => examples.push(Example { command: command.to_owned(), output: Vec::new() }),
            (None, Some(example)) if example.command.ends_with('\\') => example.command += &format!("\n{line}"),
            (None, Some(example)) => example.output.push(line),
            (None, None) => panic!("output without a command: {line}"),
        }
    }
    examples
}

/// Whether a line is as expected, with any text for `…`.
fn fits(line: &str, expected: &str) -> bool {
    let mut parts = expected.trim_end().split('…');
    let Some(mut rest) = line.trim_end().strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let parts: Vec<&str> = parts.collect();
    let is_open = parts.last().is_some_and(|last| last.is_empty());
    for part in parts {
        match rest.split_once(part) {
            Some((_, behind)) => rest = behind,
            None => return false,
        }
    }
    rest.is_empty() || is_open
}

#[test]
fn examples_print_what_the_page_says() {
    let selling = MockServer::start().unwrap();
    let (events, pages, streams) =
        (Mock::start("event-stream"), Mock::start("pages-and-waiters"), Mock::start("streaming"));
    let lines = [("started", 1), ("done", 2)].map(|(text, level)| json!({ "one": { "text": text, "level": level } }));
    events.expect("Listen", &json!([{ "output": { "events": lines } }]));
    pages.expect("GetThing", &json!([{ "output": { "Thing": { "Name": "boiler", "State": "CREATING" } } }]));
    streams.expect("Get", &json!([{ "output": { "type": "text/plain", "body": "aGVsbG8gdGhlcmU=" } }]));

    let folder = tempfile::tempdir().unwrap();
    let folders = [programs::of_fixtures("tools"), programs::of_workspace("partnercentral-selling")];
    let folders = folders.map(|path| path.parent().unwrap());
    let path = std::env::join_paths(
        folders.into_iter().map(Into::into).chain(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())),
    );
    let examples = examples();
    assert!(examples.len() >= 10, "{}", examples.len());
    for example in examples {
        let url = match &example.command {
            command if command.starts_with("partnercentral-selling ") => selling.url(),
            command if command.contains("event-stream") => events.url.clone(),
            command if command.contains("streaming") => streams.url.clone(),
            _ => pages.url.clone(),
        };
        let mut command = Command::new("bash");
        isolate(&mut command);
        command.args(["-c", &format!("{{ {}\n}} 2>&1", example.command)]).current_dir(folder.path());
        command.env("PATH", path.as_ref().unwrap()).env("AWS_ENDPOINT_URL", url).env("AWS_REGION", "us-east-1");
        command.env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE").env("AWS_SECRET_ACCESS_KEY", "secret");
        let printed = text(&command.output().unwrap().stdout);
        let printed: Vec<&str> = printed.lines().filter(|line| !line.is_empty()).collect();
        let fits = printed.len() == example.output.len()
            && printed.iter().zip(&example.output).all(|(line, expected)| fits(line, expected));
        assert!(fits, "$ {}\n{}\ninstead of\n{}", example.command, printed.join("\n"), example.output.join("\n"));
    }
}
