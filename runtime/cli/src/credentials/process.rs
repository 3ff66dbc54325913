//! `credential_process`: a command that prints credentials as JSON.

use std::process::{Command, Stdio};

use whitesmith_client::Credentials;
use whitesmith_schema::{Number, Value};

use crate::json;

/// Runs the command and reads what it prints. The error says what is wrong, and nothing of what was printed on standard
/// output, which may be secret.
pub fn run(command: &str) -> Result<Credentials, String> {
    let words = shlex::split(command).filter(|words| !words.is_empty());
    let words = words.ok_or_else(|| format!("The credential_process {command} is no command"))?;
    let (program, arguments) = words.split_first().ok_or("The credential_process is empty")?;
    let output = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("The credential_process {program} cannot be run ({error})"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!("The credential_process {program} failed: {}", said.trim()));
    }
    let text = String::from_utf8(output.stdout).map_err(|_| unreadable(program, "its output is not UTF-8"))?;
    let value = json::read(text.trim()).map_err(|error| unreadable(program, &error.to_string()))?;
    let map = value.as_map().ok_or_else(|| unreadable(program, "its output is no JSON object"))?;
    if map.get("Version") != Some(&Value::Number(Number::Integer(1))) {
        return Err(unreadable(program, "its output has no \"Version\": 1"));
    }
    let text = |name: &str| map.get(name).and_then(Value::as_str).map(str::to_owned);
    let required = |name: &str| text(name).ok_or_else(|| unreadable(program, &format!("its output lacks {name}")));
    Ok(Credentials::new(required("AccessKeyId")?, required("SecretAccessKey")?, text("SessionToken")))
}

fn unreadable(program: &str, problem: &str) -> String {
    format!("The credentials of the credential_process {program} cannot be read: {problem}")
}
