//! `credential_process`: a command that prints credentials as JSON.
//!
//! Neither the command nor anything that it prints is shown: both may hold secrets.

use std::io::Read;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use whitesmith_jmespath::json;
use whitesmith_schema::{Number, Value};

use super::expiration::{self, ParseTime};
use crate::Credentials;

/// How long the command may run.
const TIME_LIMIT: Duration = Duration::from_secs(60);
/// How many bytes it may print.
const MAX_BYTES: u64 = 64 << 10;
/// How often a command that has closed its output is asked whether it has ended.
const POLL_INTERVAL: Duration = Duration::from_millis(5);

/// Runs the command of a profile and reads what it prints.
///
/// # Errors
/// A message, if the command cannot be run, fails, takes too long, prints too much or prints no valid credentials.
pub(super) fn run(command: &str, profile: &str, parse: ParseTime) -> Result<Credentials, String> {
    run_within(command, profile, parse, TIME_LIMIT)
}

fn run_within(command: &str, profile: &str, parse: ParseTime, limit: Duration) -> Result<Credentials, String> {
    let source = format!("the credential_process of profile `{profile}`");
    let words = shlex::split(command).ok_or_else(|| format!("{source} is not a command: unbalanced quotes"))?;
    let (program, arguments) = words.split_first().ok_or_else(|| format!("{source} is empty"))?;
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| format!("cannot run {source}: {}", error.kind()))?;
    let output = output(&mut child, Instant::now(), limit).inspect_err(|_| {
        let _ = child.kill();
        let _ = child.wait();
    });
    let output = output.map_err(|problem| match problem {
        Problem::TimedOut => format!("{source} exceeds the limit of {} seconds", limit.as_secs_f64()),
        Problem::TooLarge => format!("the output of {source} exceeds the limit of {MAX_BYTES} bytes"),
        Problem::Failed(problem) => format!("{source} failed: {problem}"),
    })?;
    read(&output, parse, &source)
}

enum Problem {
    TimedOut,
    TooLarge,
    Failed(String),
}

/// Collects the output of a command until it ends.
fn output(child: &mut Child, start: Instant, limit: Duration) -> Result<Vec<u8>, Problem> {
    let Some(stdout) = child.stdout.take() else { return Err(Problem::Failed("no output".to_owned())) };
    let (sender, receiver) = mpsc::channel();
    // A read cannot be given a deadline, waiting for its thread can.
    std::thread::spawn(move || {
        let mut output = Vec::new();
        let result = stdout.take(MAX_BYTES + 1).read_to_end(&mut output).map(|_| output);
        let _ = sender.send(result);
    });
    let output = receiver.recv_timeout(limit.saturating_sub(start.elapsed())).map_err(|_| Problem::TimedOut)?;
    let output = output.map_err(|error| Problem::Failed(error.to_string()))?;
    if output.len() as u64 > MAX_BYTES {
        return Err(Problem::TooLarge);
    }
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(output),
            Ok(Some(status)) => return Err(Problem::Failed(status.to_string())),
            Ok(None) if start.elapsed() >= limit => return Err(Problem::TimedOut),
            Ok(None) => std::thread::sleep(POLL_INTERVAL),
            Err(error) => return Err(Problem::Failed(error.to_string())),
        }
    }
}

fn read(output: &[u8], parse: ParseTime, source: &str) -> Result<Credentials, String> {
    let invalid = |problem: &str| format!("invalid output of {source}: {problem}");
    let text = std::str::from_utf8(output).map_err(|_| invalid("not valid UTF-8"))?;
    let value = json::read(text.trim()).map_err(|error| invalid(&error.to_string()))?;
    let map = value.as_map().ok_or_else(|| invalid("expected a JSON object"))?;
    if map.get("Version") != Some(&Value::Number(Number::Integer(1))) {
        return Err(invalid("expected \"Version\": 1"));
    }
    let text = |name: &str| map.get(name).and_then(Value::as_str).map(str::to_owned);
    let required = |name: &str| text(name).ok_or_else(|| invalid(&format!("missing {name}")));
    let mut credentials =
        Credentials::new(required("AccessKeyId")?, required("SecretAccessKey")?, text("SessionToken"));
    if let Some(expiration) = map.get("Expiration").filter(|value| **value != Value::Null) {
        credentials = credentials.with_expiry(expiration::check(expiration, parse, source)?);
    }
    Ok(match text("AccountId") {
        Some(account) => credentials.with_account_id(account),
        None => credentials,
    })
}

#[cfg(all(test, unix))]
mod tests {
    use super::super::expiration::parse_time;
    use super::*;

    fn key(command: &str) -> Result<String, String> {
        run(command, "p", parse_time).map(|it| it.access_key_id().to_owned())
    }

    #[test]
    fn commands_print_credentials() {
        let print = |output: &str| key(&format!("printf %s '{output}'"));
        assert_eq!(print(r#"{"Version":1,"AccessKeyId":"P","SecretAccessKey":"s"}"#), Ok("P".to_owned()));
        let with_expiration = |text: &str| {
            print(&format!(r#"{{"Version":1,"AccessKeyId":"P","SecretAccessKey":"s","Expiration":{text}}}"#))
        };
        let with_account = r#"printf %s '{"Version":1,"AccessKeyId":"P","SecretAccessKey":"s","AccountId":"123"}'"#;
        assert_eq!(run(with_account, "p", parse_time).unwrap().account_id(), Some("123"));
        assert_eq!(with_expiration("null"), Ok("P".to_owned()));
        assert_eq!(with_expiration("\"2999-01-01T00:00:00Z\""), Ok("P".to_owned()));
        assert!(
            with_expiration("\"2020-01-01T00:00:00Z\"").unwrap_err().ends_with("expired since 2020-01-01T00:00:00Z")
        );
        assert!(with_expiration("\"\"").unwrap_err().contains("invalid expiration"));
        assert!(print(r#"{"Version":2}"#).unwrap_err().contains("Version"));
        assert!(print(r#"{"Version":1,"AccessKeyId":"P"}"#).unwrap_err().ends_with("missing SecretAccessKey"));
        assert!(print("no").unwrap_err().contains("invalid JSON"));
    }

    #[test]
    fn failures_show_neither_the_command_nor_its_output() {
        for command in
            ["/none/such hush", "sh -c 'echo hush >&2; exit 1'", "sh -c 'echo hush; exit 1'", "echo hush", "'hush", ""]
        {
            let problem = key(command).unwrap_err();
            assert!(problem.contains("profile `p`") && !problem.contains("hush"), "{problem}");
        }
    }

    #[test]
    fn time_and_output_are_limited() {
        let started = Instant::now();
        let problem = run_within("sleep 60", "p", parse_time, Duration::from_millis(50)).unwrap_err();
        assert!(problem.ends_with("exceeds the limit of 0.05 seconds"), "{problem}");
        let closed = run_within("sh -c 'exec >&-; sleep 60'", "p", parse_time, Duration::from_millis(50)).unwrap_err();
        assert!(closed.contains("exceeds the limit"), "{closed}");
        assert!(started.elapsed() < Duration::from_secs(20));
        assert!(key("cat /dev/zero").unwrap_err().ends_with("exceeds the limit of 65536 bytes"));
    }
}
