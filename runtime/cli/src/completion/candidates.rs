//! The words that can follow those that are typed.

use std::fs;

use whitesmith_client::endpoint::regions;

use super::option_words::{OptionWords, command_options, global_options};
use super::scripts::SHELLS;
use crate::arguments::{Arity, GLOBAL_OPTIONS, GlobalOption};
use crate::configuration::Settings;
use crate::definition::{Command, CommandLine};
use crate::outfile;
use crate::program::Program;
use crate::waiting::WAIT;

/// The command that prints scripts.
pub const COMPLETION: &str = "completion";

/// Commands of every service, and of a program that is not told the service.
const OWN_COMMANDS: [(&str, &str); 2] = [(COMPLETION, "Print a completion script"), ("help", "Print help")];

/// What can stand in the place of the last word.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Candidates {
    /// The words, each with what it means.
    pub words: Vec<(String, &'static str)>,
    /// Whether the word can be the name of a file.
    pub files: bool,
}

/// What the words before the last one say.
struct Typed {
    service: Option<&'static CommandLine>,
    /// The word after the service's name.
    operation: Option<String>,
    /// The command, which may be that of a waiter.
    command: Option<&'static Command>,
    /// How many words followed the command that belong to no option.
    positionals: usize,
    options: Vec<OptionWords>,
    /// The position of the option whose value comes next.
    pending: Option<usize>,
}

/// Returns what the last word can be.
pub fn candidates(program: &Program, settings: &Settings, words: &[String]) -> Candidates {
    let Some((last, before)) = words.split_last() else { return Candidates::default() };
    let mut typed = Typed {
        service: program.implied_service(),
        operation: None,
        command: None,
        positionals: 0,
        options: global_options(),
        pending: None,
    };
    for word in before {
        typed.follow(program, word);
    }
    typed.candidates(program, settings, last)
}

impl Typed {
    /// Takes a word that is finished.
    fn follow(&mut self, program: &Program, word: &str) {
        let pending = self.pending.and_then(|at| self.options.get(at)).map(|option| option.arity);
        if pending == Some(Arity::One) {
            self.pending = None;
        } else if word.starts_with('-') {
            let position = self.options.iter().position(|option| option.flag == word);
            self.pending = position.filter(|at| self.options.get(*at).is_some_and(|it| it.arity != Arity::None));
        } else if pending == Some(Arity::Any) {
            // Another value.
        } else if pending == Some(Arity::Optional) {
            self.pending = None;
        } else if let Some(service) = self.service {
            self.follow_in(service, word);
        } else if self.operation.is_none() {
            self.service = program.service(word);
            // A command of the program itself.
            self.operation = if self.service.is_none() { Some(word.to_owned()) } else { None };
        }
    }

    fn follow_in(&mut self, service: &'static CommandLine, word: &str) {
        if self.operation.is_none() {
            self.operation = Some(word.to_owned());
            self.set_command(service.command(word), false);
        } else if self.command.is_none() && self.waits(service) {
            let has_waiter = |command: &&Command| command.waiters.iter().any(|waiter| waiter.name == word);
            self.set_command(service.commands.iter().find(has_waiter), true);
        } else {
            self.positionals += 1;
        }
    }

    fn set_command(&mut self, command: Option<&'static Command>, is_waiter: bool) {
        self.command = command;
        if let Some(command) = command {
            let global = std::mem::take(&mut self.options);
            self.options = command_options(command, is_waiter).into_iter().chain(global).collect();
        }
    }

    fn waits(&self, service: &CommandLine) -> bool {
        self.operation.as_deref() == Some(WAIT) && service.command(WAIT).is_none()
    }

    fn candidates(&self, program: &Program, settings: &Settings, last: &str) -> Candidates {
        let pending = self.pending.and_then(|at| self.options.get(at));
        let takes_more = pending.is_some_and(|option| option.arity != Arity::One);
        match pending {
            Some(option) if !(takes_more && last.starts_with('-')) => values(option, settings, last),
            _ if last.starts_with('-') => self.named_options(last),
            _ => match self.positional(program, last) {
                Some(candidates) => candidates,
                None => self.named_options(last),
            },
        }
    }

    fn named_options(&self, last: &str) -> Candidates {
        let fitting = self.options.iter().filter(|option| option.flag.starts_with(last));
        Candidates { words: fitting.map(|option| (option.flag.to_owned(), option.summary)).collect(), files: false }
    }

    /// Returns what a word that belongs to no option can be; `None` if only options can follow.
    fn positional(&self, program: &Program, last: &str) -> Option<Candidates> {
        let words: Vec<(&str, &'static str)> = match (self.service, self.operation.as_deref()) {
            (None, None) => {
                let services = program.services.iter().map(|service| (service.name, ""));
                services.chain(OWN_COMMANDS).collect()
            }
            (Some(service), None) => {
                let commands = service.commands.iter().map(|command| (command.name, command.operation.doc));
                let has_waiters = service.commands.iter().any(|command| !command.waiters.is_empty());
                let wait = has_waiters.then_some((WAIT, "Wait for a state"));
                commands.chain(wait).chain(OWN_COMMANDS).collect()
            }
            (Some(service), Some(_)) if self.command.is_none() && self.waits(service) => {
                let waiters = service.commands.iter().flat_map(|command| command.waiters);
                waiters.map(|waiter| (waiter.name, "")).collect()
            }
            (_, Some(COMPLETION)) if self.command.is_none() => SHELLS.iter().map(|(name, _)| (*name, "")).collect(),
            (_, Some(_)) => {
                let command = self.command?;
                let has_outfile = outfile::member(command.operation).is_some() && self.positionals == 0;
                return has_outfile.then(|| Candidates { words: Vec::new(), files: true });
            }
        };
        let fitting = words.into_iter().filter(|(word, _)| word.starts_with(last));
        Some(Candidates { words: fitting.map(|(word, summary)| (word.to_owned(), summary)).collect(), files: false })
    }
}

/// Returns the values of an option.
fn values(option: &OptionWords, settings: &Settings, last: &str) -> Candidates {
    let plain =
        |words: Vec<String>| Candidates { words: words.into_iter().map(|word| (word, "")).collect(), files: false };
    let fitting =
        |words: &mut dyn Iterator<Item = String>| plain(words.filter(|word| word.starts_with(last)).collect());
    if !option.is_of_member() {
        let name = GLOBAL_OPTIONS.iter().find(|(_, flag, _)| flag.name == option.flag);
        match name.map(|(name, ..)| *name) {
            Some(GlobalOption::Region) => return fitting(&mut regions().map(str::to_owned)),
            Some(GlobalOption::Profile) => {
                let files = settings.files();
                let names = files.iter().flat_map(|files| files.profile_names()).map(str::to_owned);
                return fitting(&mut names.into_iter());
            }
            _ => {}
        }
    }
    for scheme in ["file://", "fileb://"] {
        if let Some(path) = last.strip_prefix(scheme) {
            return plain(paths(path).into_iter().map(|path| format!("{scheme}{path}")).collect());
        }
    }
    let words: Vec<String> = option.values(last).into_iter().map(|value| value.into_owned()).collect();
    // What has known values is no file.
    let files = words.is_empty() && option.values("").is_empty();
    Candidates { files, ..plain(words) }
}

/// Returns the files whose path begins with a text, folders with a slash at their end.
fn paths(typed: &str) -> Vec<String> {
    let (folder, name) = typed.rfind('/').and_then(|slash| typed.split_at_checked(slash + 1)).unwrap_or(("", typed));
    let entries = fs::read_dir(if folder.is_empty() { "." } else { folder });
    let entries = entries.into_iter().flatten().flatten().filter_map(|entry| {
        let found = entry.file_name().into_string().ok()?;
        let is_hidden = found.starts_with('.') && !name.starts_with('.');
        let slash = if entry.path().is_dir() { "/" } else { "" };
        (found.starts_with(name) && !is_hidden).then(|| format!("{folder}{found}{slash}"))
    });
    let mut paths: Vec<String> = entries.collect();
    paths.sort();
    paths
}
