//! The options of an operation: one for each member of its input, under names that the command line can tell apart.

use foldhash::HashSet;

use super::aws_cli::{HIDDEN_OPTIONS, RENAMED_OPTIONS, SCALAR_LISTS, rows_of};
use whitesmith_docs::naming_cli::{OptionName, command_name, option_name};
use whitesmith_smithy::model::{Model, Shape, ShapeType};

/// An option, and the member that it sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionPlan {
    /// The member's name in the model.
    pub member: String,
    /// The option.
    pub name: OptionName,
    /// A former name of the option, which no page shows.
    pub former: Option<String>,
    /// Whether each value is that of the only member of a list's structures.
    pub takes_scalars: bool,
}

/// Options that every command of AWS CLI 2.36 has: an operation's option of the same name could never be given.
///
/// Sorted.
const TAKEN_OPTIONS: &[&str] = &[
    "--ca-bundle",
    "--cli-auto-prompt",
    "--cli-binary-format",
    "--cli-connect-timeout",
    "--cli-error-format",
    "--cli-input-json",
    "--cli-input-yaml",
    "--cli-read-timeout",
    "--color",
    "--debug",
    "--endpoint-url",
    "--generate-cli-skeleton",
    "--no-cli-auto-prompt",
    "--no-cli-pager",
    "--no-paginate",
    "--no-sign-request",
    "--no-verify-ssl",
    "--output",
    "--profile",
    "--query",
    "--region",
    "--version",
];

/// The options of an operation, in the order of its input's members.
pub(super) fn of_operation(model: &Model, service: Option<&Shape>, operation: &Shape) -> Vec<OptionPlan> {
    let input = operation.as_operation().and_then(|operation| model.shape(&operation.input.target));
    let command = command_name(operation.id.name());
    let sdk_id =
        service.and_then(|service| service.traits.get("aws.api#service")?.get("sdkId")?.as_str()).unwrap_or_default();
    let mut names = Names { sdk_id, command: &command, given: HashSet::default() };
    let mut options: Vec<OptionPlan> = Vec::new();
    for member in input.map(|input| input.members.as_slice()).unwrap_or_default() {
        let is_boolean = model.target(member).is_some_and(|target| target.shape_type == ShapeType::Boolean);
        let name = names.option(&member.name, is_boolean);
        let former = names.former(&name);
        let takes_scalars = names.takes_scalars(&name);
        options.push(OptionPlan { member: member.name.to_string(), name, former, takes_scalars });
    }
    options
}

/// Gives the options of one command their names.
struct Names<'a> {
    sdk_id: &'a str,
    command: &'a str,
    /// The flags of earlier options.
    given: HashSet<String>,
}

impl Names<'_> {
    fn option(&mut self, member: &str, is_boolean: bool) -> OptionName {
        let name = self.free_name(member, is_boolean);
        self.given.extend(name.flags().map(str::to_owned));
        name
    }

    fn free_name(&self, member: &str, is_boolean: bool) -> OptionName {
        let name = self.excepted(option_name(member, is_boolean));
        let is_free = |name: &OptionName| {
            name.flags().all(|flag| TAKEN_OPTIONS.binary_search(&flag).is_err() && !self.given.contains(flag))
        };
        if is_free(&name) {
            return name;
        }
        // The exceptions show the way: `--version` of `register-thing` becomes `--thing-version`.
        let noun = self.command.split_once('-').map_or(self.command, |(_, noun)| noun);
        let prefixed = option_name(&format!("{noun}-{}", whitesmith_docs::naming_cli::hyphenated(member)), is_boolean);
        if is_free(&prefixed) {
            return prefixed;
        }
        // Each earlier flag rules out one number at most.
        (2..self.given.len() + 4)
            .map(|number| option_name(&format!("{}-{number}", prefixed.positive().trim_start_matches('-')), is_boolean))
            .find(is_free)
            .unwrap_or(prefixed)
    }

    /// The option under the AWS CLI's own names for its flags.
    fn excepted(&self, name: OptionName) -> OptionName {
        match name {
            OptionName::Value(flag) => OptionName::Value(self.excepted_flag(flag)),
            OptionName::Pair { positive, negative } => {
                OptionName::Pair { positive: self.excepted_flag(positive), negative: self.excepted_flag(negative) }
            }
        }
    }

    fn excepted_flag(&self, flag: String) -> String {
        self.listed(RENAMED_OPTIONS, &flag).unwrap_or(flag)
    }

    /// The former name of an option that takes a value.
    fn former(&self, name: &OptionName) -> Option<String> {
        match name {
            OptionName::Value(flag) => self.listed(HIDDEN_OPTIONS, flag).filter(|former| !self.given.contains(former)),
            OptionName::Pair { .. } => None,
        }
    }

    fn takes_scalars(&self, name: &OptionName) -> bool {
        let plain = name.positive().trim_start_matches("--");
        SCALAR_LISTS.binary_search(&(self.sdk_id, self.command, plain)).is_ok()
    }

    /// The flag that a table has for another one.
    fn listed(&self, table: &[(&str, &str, &str, &str)], flag: &str) -> Option<String> {
        let plain = flag.trim_start_matches("--");
        let mut entries = rows_of(table, self.sdk_id)
            .iter()
            .filter(|(_, command, option, _)| *option == plain && (command.is_empty() || *command == self.command));
        entries.next().map(|(.., other)| format!("--{other}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flags(sdk_id: &str, command: &str, members: &[(&str, bool)]) -> Vec<String> {
        let mut names = Names { sdk_id, command, given: HashSet::default() };
        let options = members.iter().map(|(member, is_boolean)| names.option(member, *is_boolean));
        options.flat_map(|option| option.flags().map(str::to_owned).collect::<Vec<_>>()).collect()
    }

    #[test]
    fn exceptions_are_those_of_the_aws_cli() {
        assert_eq!(flags("SWF", "register-activity-type", &[("version", false)]), ["--activity-version"]);
        assert_eq!(flags("OpsWorks", "clone-stack", &[("Region", false)]), ["--stack-region"]);
        assert_eq!(
            flags("ECS", "create-service", &[("enableExecuteCommand", true)]),
            ["--enable-execute-command", "--disable-execute-command"]
        );
    }

    #[test]
    fn an_option_is_no_global_one() {
        assert_eq!(flags("", "register-thing", &[("version", false)]), ["--thing-version"]);
        assert_eq!(flags("", "query", &[("query", false)]), ["--query-query"]);
        assert_eq!(flags("", "put-it", &[("verifySsl", true)]), ["--it-verify-ssl", "--no-it-verify-ssl"]);
        assert_eq!(flags("", "put-it", &[("Debug", true)]), ["--it-debug", "--no-it-debug"]);
    }

    #[test]
    fn options_of_one_command_differ() {
        assert_eq!(
            flags("", "put-it", &[("reboot", true), ("noReboot", true), ("itNoReboot", false)]),
            ["--reboot", "--no-reboot", "--it-no-reboot", "--no-it-no-reboot", "--it-it-no-reboot"]
        );
        assert_eq!(flags("", "it", &[("itOutput", false), ("output", false)]), ["--it-output", "--it-output-2"]);
    }

    #[test]
    fn former_names_are_those_of_the_aws_cli() {
        let names = Names { sdk_id: "mgn", command: "start-test", given: HashSet::default() };
        let former = |flag: &str| names.former(&OptionName::Value(flag.to_owned()));
        assert_eq!(former("--source-server-ids").as_deref(), Some("--source-server-i-ds"));
        assert_eq!(former("--other"), None);
    }

    #[test]
    fn some_lists_take_the_values_of_their_only_member() {
        let takes = |command| {
            let names = Names { sdk_id: "Elastic Load Balancing", command, given: HashSet::default() };
            names.takes_scalars(&OptionName::Value("--instances".to_owned()))
        };
        assert!(takes("describe-instance-health") && !takes("describe-load-balancers"));
    }

    #[test]
    fn the_table_is_sorted() {
        assert!(TAKEN_OPTIONS.is_sorted());
    }
}
