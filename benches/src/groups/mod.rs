//! The groups of benchmarks.

mod build;
mod call;
mod client;
mod codegen;
mod context;
pub mod instructions;
mod mock;
mod rest;
mod scale;
mod size;
mod soak;
mod start_up;
mod streams;
mod types;

use crate::report::Recorder;

pub use context::Context;

/// A group.
pub struct Group {
    /// Its name on the command line.
    pub name: &'static str,
    /// Whether it runs by default.
    by_default: bool,
    /// The workload.
    pub run: fn(&Context<'_>, &mut Recorder<'_>) -> anyhow::Result<()>,
}

const GROUPS: [Group; 13] = [
    Group { name: "codegen", by_default: true, run: codegen::run },
    Group { name: "types", by_default: true, run: types::run },
    Group { name: "client", by_default: true, run: client::run },
    Group { name: "rest", by_default: true, run: rest::run },
    Group { name: "streams", by_default: true, run: streams::run },
    Group { name: "start-up", by_default: true, run: start_up::run },
    Group { name: "call", by_default: true, run: call::run },
    Group { name: "mock", by_default: true, run: mock::run },
    Group { name: "soak", by_default: false, run: soak::run },
    Group { name: "build", by_default: false, run: build::run },
    Group { name: "scale", by_default: false, run: scale::run },
    Group { name: "size", by_default: true, run: size::run },
    Group { name: "instructions", by_default: true, run: instructions::run },
];

/// Returns the named groups in the order of measuring, or the default groups.
pub fn choose(names: &[String]) -> anyhow::Result<Vec<&'static Group>> {
    for name in names {
        let known: Vec<_> = GROUPS.iter().map(|group| group.name).collect();
        anyhow::ensure!(known.contains(&name.as_str()), "no group `{name}`; there are {}", known.join(", "));
    }
    let is_chosen = |group: &&Group| match names {
        [] => group.by_default,
        names => names.iter().any(|name| name == group.name),
    };
    Ok(GROUPS.iter().filter(is_chosen).collect())
}

#[cfg(test)]
mod tests {
    use clap::Args as _;

    use super::*;
    use crate::arguments::Bench;

    #[test]
    fn groups_are_chosen_by_name() {
        let names = |groups: &[&str]| {
            let groups: Vec<String> = groups.iter().map(|name| (*name).to_owned()).collect();
            choose(&groups).map(|groups| groups.iter().map(|group| group.name).collect::<Vec<_>>())
        };
        assert_eq!(names(&["mock", "types"]).ok(), Some(vec!["types", "mock"]));
        assert!(names(&[]).is_ok_and(|names| !names.contains(&"build")));
        assert!(names(&["speed"]).is_err_and(|error| error.to_string().contains("codegen")));
    }

    #[test]
    fn help_names_all_groups_and_those_that_take_long() {
        let command = Bench::augment_args(clap::Command::new("bench"));
        let option = command.get_arguments().find(|argument| argument.get_id() == "groups").unwrap();
        let list = |groups: Vec<&Group>| groups.iter().map(|group| group.name).collect::<Vec<_>>().join(", ");
        let long = list(GROUPS.iter().filter(|group| !group.by_default).collect()).replace(", scale", " and scale");
        let expected = format!("What to measure: {}. All but {long} unless said", list(GROUPS.iter().collect()));
        let help = option.get_help().map(ToString::to_string).unwrap_or_default();
        assert!(help.starts_with(&expected), "{help}");
    }
}
