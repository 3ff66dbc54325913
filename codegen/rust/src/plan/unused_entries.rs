//! Stale entries of the AWS CLI's tables.

use super::aws_cli::{HIDDEN_OPTIONS, REMOVED_COMMANDS, RENAMED_OPTIONS, SCALAR_LISTS, UNSIGNED_COMMANDS, paginators};
use super::paging::fits;
use super::{OperationPlan, Plan};

/// Returns the entries of the tables that are for a service and fit none of its commands and options, a line each.
/// Such an entry is stale, unless the plan has only some of the service's operations.
#[must_use]
pub fn unused_entries(plan: &Plan) -> Vec<String> {
    let sdk_id = plan.service.sdk_id.unescaped();
    let has_command = |command: &str| plan.operations.iter().any(|operation| operation.command == command);
    let commands = REMOVED_COMMANDS.iter().chain(UNSIGNED_COMMANDS);
    let commands = commands.filter(|(id, command)| *id == sdk_id && !has_command(command));
    let mut lines: Vec<String> = commands.map(|(_, command)| command.to_string()).collect();
    for (id, command, option, name) in RENAMED_OPTIONS.iter().chain(HIDDEN_OPTIONS) {
        let fits = |operation: &&OperationPlan| command.is_empty() || operation.command == *command;
        let has_option = |operation: &OperationPlan| operation.has_flag(&format!("--{name}"));
        if *id == sdk_id && !plan.operations.iter().filter(fits).any(has_option) {
            let place = if command.is_empty() { String::new() } else { format!("{command} ") };
            lines.push(format!("{place}--{option}, known as --{name}"));
        }
    }
    for (id, command, option) in SCALAR_LISTS {
        let has_option = |operation: &OperationPlan| {
            operation.command == *command && operation.options.iter().any(|option| option.takes_scalars)
        };
        if *id == sdk_id && !plan.operations.iter().any(has_option) {
            lines.push(format!("{command} --{option}"));
        }
    }
    for row in paginators(sdk_id) {
        let operation = plan.operations.iter().find(|operation| operation.id.name() == row.operation);
        if !operation.is_some_and(|operation| operation.paging.is_some() && fits(&row, &operation.options)) {
            lines.push(format!("pages of {}", row.operation));
        }
    }
    lines
}
