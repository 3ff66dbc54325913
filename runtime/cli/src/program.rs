//! The running program: the services that it knows and how it was started.

use std::fmt::Display;

use crate::definition::CommandLine;
use crate::failure::Failure;

/// Started under this name, a program of one service takes the words that follow `aws`.
const AWS: &str = "aws";

/// The running program.
#[derive(Clone, Debug)]
pub struct Program {
    /// The services.
    pub services: Vec<&'static CommandLine>,
    /// The name that it was started with.
    pub name: String,
    /// Whether the words begin with a service's name.
    pub names_service: bool,
}

impl Program {
    /// Describes a program that was started with a name. A program of several services always takes the service's name.
    pub fn new(services: &[&'static CommandLine], name: &str, is_combined: bool) -> Self {
        Self { services: services.to_vec(), name: name.to_owned(), names_service: is_combined || name == AWS }
    }

    /// Returns the service of a name.
    pub fn service(&self, name: &str) -> Option<&'static CommandLine> {
        self.services.iter().copied().find(|service| service.name == name)
    }

    /// Returns the only service of a program that is not told which one is meant.
    pub fn implied_service(&self) -> Option<&'static CommandLine> {
        if self.names_service { None } else { self.services.first().copied() }
    }

    /// Returns what is typed before the commands of a service.
    pub fn prefix(&self, service: &CommandLine) -> String {
        if self.names_service { format!("{} {}", self.name, service.name) } else { self.name.clone() }
    }

    /// Returns a reminder of how the program, or one of its services, is used.
    pub fn usage(&self, service: Option<&CommandLine>) -> String {
        let name = &self.name;
        let (usage, help) = match service {
            None => (format!("{name} [options] <service> <command> [options]"), format!("{name} <service> help")),
            Some(service) => {
                let prefix = self.prefix(service);
                let usage = if self.names_service {
                    format!("{name} [options] {} <command> [options]", service.name)
                } else {
                    format!("{name} [options] <command> [options]")
                };
                (usage, format!("{prefix} help\n  {prefix} <command> help"))
            }
        };
        format!("usage: {usage}\n\nFor help, run:\n\n  {help}\n")
    }

    /// Creates a usage failure with the reminder.
    pub fn usage_failure(&self, service: Option<&CommandLine>, problem: impl Display) -> Failure {
        Failure::usage(format!("{problem}\n\n{}", self.usage(service)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::made_up::COMMAND_LINE;

    #[test]
    fn hints_name_the_program_that_was_started() {
        let usage = |program: Program| program.usage(Some(&COMMAND_LINE));
        assert_eq!(
            usage(Program::new(&[&COMMAND_LINE], "forge", false)),
            "usage: forge [options] <command> [options]\n\nFor help, run:\n\n  forge help\n  forge <command> help\n"
        );
        assert_eq!(
            usage(Program::new(&[&COMMAND_LINE], "aws", false)),
            "usage: aws [options] forge <command> [options]\n\nFor help, run:\n\n  aws forge help\n  \
             aws forge <command> help\n"
        );
        assert_eq!(Program::new(&[&COMMAND_LINE], "tools", true).prefix(&COMMAND_LINE), "tools forge");
        assert!(Program::new(&[&COMMAND_LINE], "tools", true).implied_service().is_none());
        assert!(Program::new(&[&COMMAND_LINE], "forge", false).implied_service().is_some());
    }
}
