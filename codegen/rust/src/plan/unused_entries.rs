//! Stale entries of the AWS CLI's tables.

use super::aws_cli::{
    HIDDEN_OPTIONS, REMOVED_COMMANDS, RENAMED_OPTIONS, SCALAR_LISTS, UNSIGNED_COMMANDS, paginators, rows_of,
};
use super::paging::fits;
use super::{OperationPlan, Plan};

/// Returns the entries of the tables that are for a service and fit none of its commands and options, a line each.
/// Such an entry is stale, unless the plan has only some of the service's operations.
#[must_use]
pub fn unused_entries(plan: &Plan) -> Vec<String> {
    let sdk_id = plan.service.sdk_id.unescaped();
    let has_command = |command: &str| plan.operations.iter().any(|operation| operation.command == command);
    let commands = rows_of(REMOVED_COMMANDS, sdk_id).iter().chain(rows_of(UNSIGNED_COMMANDS, sdk_id));
    let commands = commands.filter(|(_, command)| !has_command(command));
    let mut lines: Vec<String> = commands.map(|(_, command)| command.to_string()).collect();
    for (_, command, option, name) in rows_of(RENAMED_OPTIONS, sdk_id).iter().chain(rows_of(HIDDEN_OPTIONS, sdk_id)) {
        let fits = |operation: &&OperationPlan| command.is_empty() || operation.command == *command;
        let has_option = |operation: &OperationPlan| operation.has_flag(&format!("--{name}"));
        if !plan.operations.iter().filter(fits).any(has_option) {
            let place = if command.is_empty() { String::new() } else { format!("{command} ") };
            lines.push(format!("{place}--{option}, known as --{name}"));
        }
    }
    for (_, command, option) in rows_of(SCALAR_LISTS, sdk_id) {
        let has_option = |operation: &OperationPlan| {
            operation.command == *command && operation.options.iter().any(|option| option.takes_scalars)
        };
        if !plan.operations.iter().any(has_option) {
            lines.push(format!("{command} --{option}"));
        }
    }
    for row in paginators(sdk_id) {
        let operation = plan.operations.iter().find(|operation| operation.id.name() == row.operation);
        if !operation.is_some_and(|operation| operation.paging.is_some() && fits(row, &operation.options)) {
            lines.push(format!("pages of {}", row.operation));
        }
    }
    lines
}
