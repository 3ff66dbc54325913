//! The options that every command takes.

use super::scan::{Arity, Flag, Scan};

/// A global option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of the options")]
pub enum GlobalOption {
    Debug,
    EndpointUrl,
    NoVerifySsl,
    NoPaginate,
    Output,
    Query,
    Profile,
    Region,
    Version,
    Color,
    NoSignRequest,
    CaBundle,
    CliReadTimeout,
    CliConnectTimeout,
    CliBinaryFormat,
    NoCliPager,
    CliAutoPrompt,
    NoCliAutoPrompt,
    CliErrorFormat,
}

const fn switch(name: &'static str) -> Flag<'static> {
    Flag { name, arity: Arity::None, choices: &[] }
}

const fn value(name: &'static str) -> Flag<'static> {
    Flag { name, arity: Arity::One, choices: &[] }
}

const fn choice(name: &'static str, choices: &'static [&'static str]) -> Flag<'static> {
    Flag { name, arity: Arity::One, choices }
}

/// Values of `--cli-error-format`.
pub const ERROR_FORMATS: &[&str] = &["legacy", "json", "yaml", "text", "table", "enhanced"];

/// Every global option in the order of the help page, with a summary.
pub const GLOBAL_OPTIONS: &[(GlobalOption, Flag<'static>, &str)] = &[
    (GlobalOption::Debug, switch("--debug"), "Log requests and responses to standard error"),
    (GlobalOption::EndpointUrl, value("--endpoint-url"), "URL to call instead of the service's own"),
    (GlobalOption::NoVerifySsl, switch("--no-verify-ssl"), "Accept any TLS certificate"),
    (GlobalOption::NoPaginate, switch("--no-paginate"), "Fetch the first page only"),
    (
        GlobalOption::Output,
        choice("--output", &["json", "text", "table", "yaml", "yaml-stream", "off"]),
        "Format of the result",
    ),
    (GlobalOption::Query, value("--query"), "JMESPath expression to apply to the result"),
    (GlobalOption::Profile, value("--profile"), "Profile of the configuration files"),
    (GlobalOption::Region, value("--region"), "Region to call"),
    (GlobalOption::Version, switch("--version"), "Print the version"),
    (GlobalOption::Color, choice("--color", &["on", "off", "auto"]), "When to print in color"),
    (GlobalOption::NoSignRequest, switch("--no-sign-request"), "Send requests without credentials"),
    (GlobalOption::CaBundle, value("--ca-bundle"), "File of TLS certificates to trust"),
    (GlobalOption::CliReadTimeout, value("--cli-read-timeout"), "Seconds to wait for a response, 0 for no limit"),
    (
        GlobalOption::CliConnectTimeout,
        value("--cli-connect-timeout"),
        "Seconds to wait for a connection, 0 for no limit",
    ),
    (
        GlobalOption::CliBinaryFormat,
        choice("--cli-binary-format", &["base64", "raw-in-base64-out"]),
        "Format of binary values in the input",
    ),
    (GlobalOption::NoCliPager, switch("--no-cli-pager"), "Print without a pager"),
    (GlobalOption::CliAutoPrompt, switch("--cli-auto-prompt"), "Prompt for missing options"),
    (GlobalOption::NoCliAutoPrompt, switch("--no-cli-auto-prompt"), "Do not prompt"),
    (GlobalOption::CliErrorFormat, choice("--cli-error-format", ERROR_FORMATS), "Format of errors"),
];

/// The global options that were given; the last value of a repeated one counts.
#[derive(Clone, Debug, Default)]
pub struct Globals {
    given: Vec<(GlobalOption, Option<String>)>,
}

impl Globals {
    /// Returns the options of a scan over [`GLOBAL_OPTIONS`].
    pub fn from_scan(scan: &Scan) -> Self {
        let given = scan.options.iter().filter_map(|(index, values)| {
            GLOBAL_OPTIONS.get(*index).map(|(option, ..)| (*option, values.first().cloned()))
        });
        Self { given: given.collect() }
    }

    /// Whether an option was given.
    pub fn has(&self, option: GlobalOption) -> bool {
        self.given.iter().any(|(other, _)| *other == option)
    }

    /// Returns an option's value.
    pub fn value(&self, option: GlobalOption) -> Option<&str> {
        self.given.iter().rev().find(|(other, _)| *other == option).and_then(|(_, value)| value.as_deref())
    }
}
