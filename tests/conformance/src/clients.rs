//! Third-party clients against the mock of the pinned service: `tests/clients/README.md`.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::Context as _;
use whitesmith::workspace::cargo;

use crate::suite::{Context, Tally};

/// The crate whose program is the mock.
const MOCK: &str = "partnercentral-selling-mock";
/// Names of clients with commas: only these are run.
const CHOICE: &str = "WHITESMITH_CLIENTS";
/// The AWS CLI version 2, if it is not `aws` on the path.
const AWS_CLI_V2: &str = "WHITESMITH_AWS_CLI_V2";
/// The first minor version of it that knows the service.
const AWS_CLI_V2_MINOR: u32 = 22;

/// A client: how it is installed, and the command that runs its cases.
struct Client {
    name: &'static str,
    prepare: fn(&Places) -> anyhow::Result<Command>,
}

const CLIENTS: &[Client] = &[
    Client { name: "boto3", prepare: boto3 },
    Client { name: "aws-cli", prepare: aws_cli },
    Client { name: "aws-cli-v2", prepare: aws_cli_v2 },
    Client { name: "javascript", prepare: javascript },
    Client { name: "rust", prepare: rust },
];

/// The folders of the clients' sources and of their installations.
pub struct Places {
    pub sources: PathBuf,
    installed: PathBuf,
}

impl Places {
    /// The places in a checkout.
    pub fn of(root: &Path) -> anyhow::Result<Self> {
        let places = Self { sources: root.join("tests/clients"), installed: root.join("target/clients") };
        std::fs::create_dir_all(&places.installed)?;
        Ok(places)
    }
}

/// Runs the suite.
pub fn run(context: &Context<'_>) -> anyhow::Result<Tally> {
    let places = Places::of(context.root)?;
    let choice = std::env::var(CHOICE).ok();
    let chosen =
        |client: &&Client| choice.as_ref().is_none_or(|names| names.split(',').any(|name| name == client.name));
    let mut build = cargo();
    let mock = Mock::start(build.args(["run", "--quiet", "--package", MOCK, "--"]).current_dir(context.root))?;
    let mut tally = Tally::default();
    for client in CLIENTS.iter().filter(chosen) {
        match (client.prepare)(&places) {
            Ok(mut command) => run_cases(client.name, command.env("MOCK_URL", &mock.url), &mut tally)?,
            Err(error) => {
                println!("clients: {} left out: {error:#}", client.name);
                tally.skipped += 1;
            }
        }
    }
    Ok(tally)
}

/// Runs a client's cases: a line each, `ok NAME` or `FAIL NAME: why`.
pub fn run_cases(client: &str, command: &mut Command, tally: &mut Tally) -> anyhow::Result<()> {
    let output = command.stderr(Stdio::inherit()).output().with_context(|| format!("cannot run {client}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let (mut passed, mut failed) = (0, 0);
    for line in text.lines() {
        if line.starts_with("ok ") {
            passed += 1;
        } else if line.starts_with("FAIL ") {
            failed += 1;
            println!("{client}: {line}");
        }
    }
    if failed == 0 && (passed == 0 || !output.status.success()) {
        failed = 1;
        println!("{client} ended with {} after {passed} cases", output.status);
    }
    println!("{client} ran: {passed} of {} cases passed", passed + failed);
    tally.passed += passed;
    tally.failed += failed;
    Ok(())
}

/// A running mock, which ends with the suite.
pub struct Mock {
    process: Child,
    pub url: String,
}

impl Mock {
    /// Starts a mock by the command of its program.
    pub fn start(command: &mut Command) -> anyhow::Result<Self> {
        let mut process =
            command.args(["--log-level", "warn"]).stdout(Stdio::piped()).spawn().context("cannot start the mock")?;
        let mut url = String::new();
        if let Some(output) = process.stdout.take() {
            BufReader::new(output).read_line(&mut url)?;
        }
        let url = url.trim().to_owned();
        let mock = Self { process, url };
        anyhow::ensure!(mock.url.starts_with("http://"), "the mock's first line is not a URL: `{}`", mock.url);
        Ok(mock)
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        // Nothing more can be done about a mock that is gone already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Runs an installer; its output is shown only when it fails.
fn install(command: &mut Command) -> anyhow::Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().with_context(|| format!("cannot run `{program}`"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    let last = said.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default();
    anyhow::ensure!(output.status.success(), "`{program}` ended with {}: {last}", output.status);
    Ok(())
}

/// The folder of programs of a Python environment with both of Python's clients.
fn python(places: &Places) -> anyhow::Result<PathBuf> {
    let environment = places.installed.join("python");
    let programs = environment.join("bin");
    if !programs.join("python3").exists() {
        install(Command::new("python3").args(["-m", "venv"]).arg(&environment))?;
    }
    let requirements = places.sources.join("requirements.txt");
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"];
    install(Command::new(programs.join("python3")).args(pip).arg(requirements))?;
    Ok(programs)
}

fn boto3(places: &Places) -> anyhow::Result<Command> {
    python_program(places, "boto3_client.py")
}

/// A program in Python, beside the clients that it uses.
pub fn python_program(places: &Places, program: &str) -> anyhow::Result<Command> {
    let mut command = Command::new(python(places)?.join("python3"));
    command.arg(places.sources.join(program)).env("PYTHONDONTWRITEBYTECODE", "1");
    Ok(command)
}

fn aws_cli(places: &Places) -> anyhow::Result<Command> {
    let programs = python(places)?;
    let mut command = Command::new(programs.join("python3"));
    command.arg(places.sources.join("aws_cli.py")).env("PYTHONDONTWRITEBYTECODE", "1");
    command.env("AWS_COMMAND", programs.join("aws"));
    Ok(command)
}

/// Version 2 is not in a package registry: it is used where it is installed.
fn aws_cli_v2(places: &Places) -> anyhow::Result<Command> {
    let program = std::env::var_os(AWS_CLI_V2).unwrap_or_else(|| "aws".into());
    let advice = format!("install it, or name it in {AWS_CLI_V2}");
    let output = Command::new(&program).arg("--version").output();
    let output = output.with_context(|| format!("cannot run {}; {advice}", program.display()))?;
    let said = String::from_utf8_lossy(&output.stdout);
    let version = said.strip_prefix("aws-cli/").and_then(|rest| rest.split(' ').next()).unwrap_or_default();
    let minor = version.strip_prefix("2.").and_then(|rest| rest.split('.').next()?.parse::<u32>().ok());
    anyhow::ensure!(
        minor.is_some_and(|minor| minor >= AWS_CLI_V2_MINOR),
        "{} is `{}`, not version 2.{AWS_CLI_V2_MINOR} or later; {advice}",
        program.display(),
        said.trim(),
    );
    let mut command = Command::new("python3");
    command.arg(places.sources.join("aws_cli.py")).env("PYTHONDONTWRITEBYTECODE", "1").env("AWS_COMMAND", program);
    Ok(command)
}

fn javascript(places: &Places) -> anyhow::Result<Command> {
    javascript_program(places, "javascript_client.mjs")
}

/// A program in JavaScript, with the folder of its packages.
pub fn javascript_program(places: &Places, program: &str) -> anyhow::Result<Command> {
    let packages = places.installed.join("javascript");
    std::fs::create_dir_all(&packages)?;
    std::fs::copy(places.sources.join("package.json"), packages.join("package.json"))?;
    install(Command::new("npm").args(["install", "--silent", "--no-audit", "--no-fund"]).current_dir(&packages))?;
    let mut command = Command::new("node");
    command.arg(places.sources.join(program)).env("PACKAGES", packages);
    Ok(command)
}

fn rust(places: &Places) -> anyhow::Result<Command> {
    let manifest = places.sources.join("rust/Cargo.toml");
    let target = places.installed.join("rust");
    install(cargo().args(["build", "--quiet", "--manifest-path"]).arg(manifest).env("CARGO_TARGET_DIR", &target))?;
    Ok(Command::new(target.join("debug/mock-client")))
}
