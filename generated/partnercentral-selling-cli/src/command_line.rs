// Generated from partnercentral-selling.json (SHA-256 c3d25834fb2af76529be1c0eace65ca98c7c8cc26b83e521cb3c005c0cdae148).
// Not to be edited: run `cargo xtask codegen` to make it again.

//! The commands and their options.

use partnercentral_selling::{endpoint, schema};
use whitesmith_cli::protocol::{AwsJson1_0, dynamic};
use whitesmith_cli::{Command, CommandLine, CommandOption};

/// The service's command line.
pub static COMMAND_LINE: CommandLine = CommandLine {
    name: "partnercentral-selling",
    version: env!("CARGO_PKG_VERSION"),
    service: &schema::SERVICE,
    protocol: dynamic::<AwsJson1_0>(),
    resolve_endpoint: endpoint::resolve,
    commands: &[
        START_ENGAGEMENT_BY_ACCEPTING_INVITATION_TASK,
        START_ENGAGEMENT_FROM_OPPORTUNITY_TASK,
    ],
};

const START_ENGAGEMENT_BY_ACCEPTING_INVITATION_TASK: Command = Command::new(
        "start-engagement-by-accepting-invitation-task",
        &schema::START_ENGAGEMENT_BY_ACCEPTING_INVITATION_TASK,
        include_str!("../docs/start-engagement-by-accepting-invitation-task.txt"),
    )
    .with_options(
        &[
            CommandOption::value("--catalog", "Catalog"),
            CommandOption::value("--client-token", "ClientToken"),
            CommandOption::value("--identifier", "Identifier"),
            CommandOption::value("--tags", "Tags"),
        ],
    );

const START_ENGAGEMENT_FROM_OPPORTUNITY_TASK: Command = Command::new(
        "start-engagement-from-opportunity-task",
        &schema::START_ENGAGEMENT_FROM_OPPORTUNITY_TASK,
        include_str!("../docs/start-engagement-from-opportunity-task.txt"),
    )
    .with_options(
        &[
            CommandOption::value("--catalog", "Catalog"),
            CommandOption::value("--client-token", "ClientToken"),
            CommandOption::value("--identifier", "Identifier"),
            CommandOption::value("--aws-submission", "AwsSubmission"),
            CommandOption::value("--tags", "Tags"),
        ],
    );
