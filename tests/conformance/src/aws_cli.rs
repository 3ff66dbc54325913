//! Observed behaviour of the AWS CLI for the two commands.

use crate::cargo_tests::target;
use crate::observed_cli::{CommandLine, build_program, check, generate};
use crate::suite::{Context, Tally};

/// The command line that the cases call, from the model of the observed version.
const COMMAND_LINE: CommandLine<'_> = CommandLine {
    model: "model-history/partnercentral-selling-2026-06-30.json",
    name: "partnercentral-selling",
    operations: &["StartEngagementByAcceptingInvitationTask", "StartEngagementFromOpportunityTask"],
};
/// Deliberate differences.
const WAIVERS: &str = "tests/aws-cli-waivers.txt";

/// Runs the suite.
pub fn run(context: &Context<'_>) -> anyhow::Result<Tally> {
    let folder = target(context.root).join("conformance").join("aws-cli");
    anyhow::ensure!(generate(context, &folder, &COMMAND_LINE)?, "cannot generate the command line");
    let program = build_program(context, &folder, COMMAND_LINE.name)?;
    check(context, "aws-cli/check.py", WAIVERS, &["--aws".into(), program.into()])
}
