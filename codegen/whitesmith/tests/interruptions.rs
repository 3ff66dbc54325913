//! Processes that are killed, and processes that run at the same time.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::workspace::Workspace;

/// A service whose structure has these members.
fn model(members: &[&str]) -> String {
    let members: Vec<String> =
        members.iter().map(|name| format!("\"{name}\": {{\"target\": \"smithy.api#String\"}}")).collect();
    format!(
        r#"{{"smithy": "2.0", "shapes": {{
            "example#Weather": {{"type": "service", "version": "1", "operations": [{{"target": "example#Ping"}}],
                "traits": {{"aws.protocols#awsJson1_0": {{}}}}}},
            "example#Ping": {{"type": "operation", "input": {{"target": "example#In"}}}},
            "example#In": {{"type": "structure", "members": {{{}}}}}}}}}"#,
        members.join(", ")
    )
}

/// Starts a command and kills it after a while.
fn kill_after(workspace: &Workspace, arguments: &[&str], time: Duration) {
    let mut running = Command::new(env!("CARGO_BIN_EXE_whitesmith"))
        .args(arguments)
        .current_dir(workspace.root())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(time);
    // It may have ended by itself.
    let _ = running.kill();
    running.wait().unwrap();
}

#[test]
fn a_run_that_was_killed_at_any_time_is_repaired_by_the_next() {
    let first = Workspace::empty();
    first.write("model.json", model(&["one"]).as_bytes());
    let command = ["codegen", "--model", "model.json", "--emit", "types", "--out", "out"];
    let start = Instant::now();
    first.succeed(&command);
    let took = start.elapsed();
    let (old, fresh) = (first.files("out"), {
        first.write("model.json", model(&["one", "two"]).as_bytes());
        first.succeed(&command);
        first.files("out")
    });
    assert!(old != fresh);
    for step in 0..6 {
        for has_old in [false, true] {
            let workspace = Workspace::empty();
            if has_old {
                workspace.write("model.json", model(&["one"]).as_bytes());
                workspace.succeed(&command);
            }
            workspace.write("model.json", model(&["one", "two"]).as_bytes());
            kill_after(&workspace, &command, took * step / 5);
            workspace.succeed(&command);
            assert!(workspace.files("out") == fresh, "killed after {step} fifths, over old files: {has_old}");
        }
    }
}

#[test]
fn files_that_a_power_failure_cut_short_are_generated_again() {
    let workspace = Workspace::empty();
    workspace.write("model.json", model(&["one"]).as_bytes());
    let command = ["codegen", "--model", "model.json", "--emit", "types", "--out", "out"];
    workspace.succeed(&command);
    let whole = workspace.files("out");
    let text = workspace.read("out/weather/src/lib.rs");
    for length in [0, text.len() / 2] {
        workspace.write("out/weather/src/lib.rs", &text.as_bytes()[..length]);
        workspace.succeed(&command);
        assert!(workspace.files("out") == whole, "after {length} bytes");
    }
}

#[test]
fn updates_at_once_follow_each_other() {
    let workspace = Workspace::new("weather", model(&["one"]).as_bytes(), "1.0.0", "");
    workspace.succeed(&["codegen"]);
    workspace.write("next1.json", model(&["one", "two"]).as_bytes());
    workspace.write("next2.json", model(&["one", "three"]).as_bytes());
    std::thread::scope(|scope| {
        let runs = ["next1.json", "next2.json"].map(|next| {
            let workspace = &workspace;
            scope.spawn(move || workspace.run(&["update", next, "--yes"]))
        });
        for run in runs {
            let outcome = run.join().unwrap();
            assert_eq!(outcome.status, 0, "{outcome:#?}");
        }
    });
    // One added a member; the other replaced it, on what the first had left.
    let log = workspace.read("generated/weather/CHANGELOG.md");
    let versions: Vec<&str> = log.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    assert_eq!(versions, ["2.0.0", "1.1.0"], "{log}");
    workspace.succeed(&["codegen", "--check"]);
    assert!(workspace.read("model/services.toml").contains("version = \"2.0.0\""));
}
