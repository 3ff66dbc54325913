//! The control API against its own description, by a public fuzzer.

use std::path::{Path, PathBuf};
use std::process::Command;

use partnercentral_selling_mock::MockServer;

/// The fuzzer, pinned.
const FUZZER: &str = "schemathesis==4.32.5";

/// Installs the fuzzer into the target folder and returns its program.
fn install() -> PathBuf {
    let environment = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fuzzer");
    let program = environment.join("bin/schemathesis");
    if program.exists() {
        return program;
    }
    let run = |command: &mut Command| {
        let output = command.output().unwrap();
        assert!(output.status.success(), "cannot install the fuzzer: {}", String::from_utf8_lossy(&output.stderr));
    };
    run(Command::new("python3").args(["-m", "venv"]).arg(&environment));
    run(Command::new(environment.join("bin/python3")).args(["-m", "pip", "install", "--quiet", FUZZER]));
    program
}

#[test]
#[ignore = "installs a fuzzer from PyPI, and takes a minute"]
fn the_control_api_is_as_described() {
    let mock = MockServer::start().unwrap();
    let output = Command::new(install())
        .args(["run", "--max-examples", "40", "--seed", "1", "--no-color", "--phases", "examples,coverage,fuzzing"])
        .arg(format!("{}/_mock/openapi.yaml", mock.url()))
        .args(["--url", &mock.url()])
        // The fuzzer writes files to the current folder.
        .current_dir(env!("CARGO_TARGET_TMPDIR"))
        .output()
        .unwrap();
    let report = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{report}");
}
