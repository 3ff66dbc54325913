//! A call from the shell to a server on the same machine.

use super::Context;
use super::start_up::COMMAND;
use crate::peers::Peer;
use crate::process::{Program, Run, Server, in_turns};
use crate::report::{OURS, Recorder, Unit};
use crate::sample::Sample;

const ARGUMENTS: [&str; 7] = [
    "start-engagement-by-accepting-invitation-task",
    "--catalog",
    "Sandbox",
    "--client-token",
    "0a1b2c3d-4e5f-4678-9abc-def012345678",
    "--identifier",
    "engi-4f7k2m9qx1zbt",
];
const BODY: &str =
    r#"{"Catalog":"Sandbox","ClientToken":"0a1b2c3d-4e5f-4678-9abc-def012345678","Identifier":"engi-4f7k2m9qx1zbt"}"#;
const KEY: (&str, &str) = ("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");

/// Measures it.
pub fn run(context: &Context<'_>, recorder: &mut Recorder<'_>) -> anyhow::Result<()> {
    let (package, binary) = COMMAND;
    let Some(command) = context.workspace.program(package, binary, "release")? else {
        recorder.absent(format_args!("everything: no package {package}"));
        return Ok(());
    };
    let server = Server::start(&Program::new(&context.workspace.ourselves).args(["serve"]))?;
    let mut subjects = vec![(OURS, isolated(Program::new(command)).args(ARGUMENTS))];
    if Program::new("curl").args(["--aws-sigv4", "aws:amz", "--version"]).is_there() {
        subjects.push(("curl", curl()));
    } else {
        recorder.absent("not installed: curl with --aws-sigv4");
    }
    let fast = subjects.iter().map(|(_, program)| aim(program, &server.url)).collect::<Vec<_>>();
    let fast = in_turns(&fast, context.rounds * 4)?;
    let mut runs: Vec<(&str, Vec<Run>)> = subjects.iter().map(|(subject, _)| *subject).zip(fast).collect();
    for peer in [Peer::AwsCliV1, Peer::AwsCliV2] {
        let Some(words) = peer.command(context.workspace) else {
            recorder.absent(format_args!("not installed: {}", peer.name()));
            continue;
        };
        let program = Program::new(words.first().cloned().unwrap_or_default()).args(["partnercentral-selling"]);
        let program = aim(&isolated(program.args(ARGUMENTS)), &server.url);
        runs.extend(in_turns(&[program], context.rounds.min(5))?.into_iter().map(|runs| (peer.name(), runs)));
    }
    let median = |runs: &[Run]| Sample::of(runs.iter().map(|run| run.cpu)).map(|sample| sample.median);
    let ours = runs.first().and_then(|(_, runs)| median(runs));
    for (subject, runs) in &runs {
        recorder.runs("call", subject, runs);
        let ratio = |of: f64, by: f64| of / by;
        match *subject {
            "curl" => {
                let ratio = ours.zip(median(runs)).map(|(ours, theirs)| ratio(ours, theirs));
                recorder.at_most("CPU against curl", Unit::Ratio, ratio, 2.0);
            }
            OURS => {}
            cli => {
                let ratio = ours.zip(median(runs)).map(|(ours, theirs)| ratio(theirs, ours));
                recorder.at_least(&format!("CPU of {cli} against ours"), Unit::Ratio, ratio, 80.0);
            }
        }
    }
    Ok(())
}

/// Neither the user's files nor a metadata service are read.
fn isolated(program: Program) -> Program {
    [
        ("AWS_ACCESS_KEY_ID", KEY.0),
        ("AWS_SECRET_ACCESS_KEY", KEY.1),
        ("AWS_DEFAULT_REGION", "us-east-1"),
        ("AWS_CONFIG_FILE", "/nonexistent"),
        ("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent"),
        ("AWS_EC2_METADATA_DISABLED", "true"),
        ("AWS_PAGER", ""),
    ]
    .into_iter()
    .fold(program, |program, (name, value)| program.env(name, value))
}

fn curl() -> Program {
    Program::new("curl").args(["--silent", "--fail", "--aws-sigv4", "aws:amz:us-east-1:partnercentral-selling"]).args([
        "--user",
        &format!("{}:{}", KEY.0, KEY.1),
        "--header",
        "Content-Type: application/x-amz-json-1.0",
        "--header",
        "X-Amz-Target: AWSPartnerCentralSelling.StartEngagementByAcceptingInvitationTask",
        "--data",
        BODY,
    ])
}

/// The options of the AWS CLI, of our command line, and their equivalents of curl.
fn aim(program: &Program, url: &str) -> Program {
    let name = if program.is_named("curl") { "--url" } else { "--endpoint-url" };
    program.clone().args([name, url])
}
