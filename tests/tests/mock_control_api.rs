//! The control API against its own description, by a public fuzzer.

use std::path::{Path, PathBuf};
use std::process::Command;

use partnercentral_selling_mock::MockServer;

/// The fuzzer, pinned.
const FUZZER: &str = "schemathesis==4.32.5";

/// The fuzzer's program, installed into the target folder; why not, where it cannot be.
fn install() -> Result<PathBuf, String> {
    let environment = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fuzzer");
    let program = environment.join("bin/schemathesis");
    if program.exists() {
        return Ok(program);
    }
    let run = |command: &mut Command| match command.output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(String::from_utf8_lossy(&output.stderr).trim().to_owned()),
        Err(error) => Err(error.to_string()),
    };
    run(Command::new("python3").args(["-m", "venv"]).arg(&environment))?;
    run(Command::new(environment.join("bin/python3")).args(["-m", "pip", "install", "--quiet", FUZZER]))?;
    Ok(program)
}

#[test]
#[ignore = "installs a fuzzer from PyPI, and takes a minute"]
fn the_control_api_is_as_described() {
    let program = match install() {
        Ok(program) => program,
        Err(reason) => {
            println!("skipped: the fuzzer cannot be installed: {reason}");
            return;
        }
    };
    let mock = MockServer::start().unwrap();
    let output = Command::new(program)
        .args(["run", "--max-examples", "40", "--seed", "1", "--no-color", "--phases", "examples,coverage,fuzzing"])
        .arg(format!("{}/_mock/openapi.yaml", mock.url()))
        .args(["--url", &mock.url()])
        // It keeps notes where it runs.
        .current_dir(env!("CARGO_TARGET_TMPDIR"))
        .output()
        .unwrap();
    let report = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{report}");
}
