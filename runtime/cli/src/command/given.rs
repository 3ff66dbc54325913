//! The options that a command was given.

use whitesmith_client::environment::Environment;
use whitesmith_schema::ValueMap;

use crate::arguments::{Arity, Flag, GLOBAL_OPTIONS, nearest};
use crate::command_flags::SKELETON;
use crate::definition::Command;
use crate::failure::Failure;
use crate::pagination::{self, MAX_ITEMS, PAGE_SIZE, Paginator, STARTING_TOKEN};
use crate::parameters::{self, INPUT_JSON, INPUT_YAML};
use crate::shorthand;
use whitesmith_schema::{Blob, Member, Number, ShapeType, Value};

/// Values of a command's options; the last value of a repeated one counts.
pub struct GivenOptions<'a> {
    pub flags: &'a [Flag<'static>],
    pub options: Vec<(usize, Vec<String>)>,
}

impl<'a> GivenOptions<'a> {
    /// Takes what was found for a command's options; a former name counts as the option that it names.
    pub fn new(command: &Command, flags: &'a [Flag<'static>], found: Vec<(usize, Vec<String>)>) -> Self {
        let present = |index: usize| {
            let name = flags.get(index)?.name;
            let option = command.options.iter().find(|option| option.former_flag == Some(name))?;
            flags.iter().position(|flag| flag.name == option.flag)
        };
        let options = found.into_iter().map(|(index, values)| (present(index).unwrap_or(index), values));
        Self { flags, options: options.collect() }
    }

    pub fn values(&self, name: &str) -> Option<&Vec<String>> {
        let is_named = |index: usize| self.flags.get(index).is_some_and(|flag| flag.name == name);
        self.options.iter().rev().find(|(index, _)| is_named(*index)).map(|(_, values)| values)
    }

    pub fn value(&self, name: &str) -> Option<&str> {
        self.values(name).and_then(|values| values.first()).map(String::as_str)
    }

    /// Returns which of two options is given last.
    fn last_of(&self, names: [Option<&str>; 2]) -> Option<&str> {
        let given = self.options.iter().rev().filter_map(|(index, _)| self.flags.get(*index));
        given.map(|flag| flag.name).find(|name| names.contains(&Some(*name)))
    }

    /// Returns the required options that are missing. None is missing beside an option that provides the input or prints
    /// its skeleton; as observed, such an option counts when it is a word of its own, and `output` does not count.
    pub fn missing(&self, command: &Command, words: &[String]) -> Vec<&'static str> {
        let has_skeleton = self.flags.iter().any(|flag| flag.name == SKELETON);
        let provides_input = words.iter().any(|word| word == INPUT_JSON || word == INPUT_YAML);
        let skeleton = words.iter().position(|word| word == SKELETON);
        let prints_input = skeleton.is_some_and(|at| words.get(at + 1).is_none_or(|value| value != "output"));
        if provides_input || (prints_input && has_skeleton) {
            return Vec::new();
        }
        let is_missing = |option: &&crate::definition::CommandOption| {
            let is_required = command.member(option).is_some_and(|member| member.required && !member.idempotency_token);
            let is_given = self.values(option.flag).is_some()
                || option.negative.is_some_and(|negative| self.values(negative).is_some());
            is_required && !is_given
        };
        command.options.iter().filter(is_missing).map(|option| option.flag).collect()
    }

    /// Reads the members that the options set. The pagination options are not members, although one may have the name of
    /// a member's option.
    pub fn input(
        &self,
        command: &Command,
        paginator: Option<Paginator>,
        environment: &Environment,
    ) -> Result<ValueMap, Failure> {
        let mut input = ValueMap::new();
        for option in command.options {
            let Some(member) = command.member(option) else { continue };
            if paginator.is_some_and(|paginator| paginator.flags().any(|flag| flag.name == option.flag)) {
                continue;
            }
            if self.value(option.flag).is_some_and(|path| is_sent_from_file(command, member, path)) {
                input.insert(member.name, Value::Blob(Blob::default()));
                continue;
            }
            let scalars = self.values(option.flag).filter(|_| option.takes_scalars);
            if let Some(list) = scalars.and_then(|values| parameters::wrap_scalars(member, values)) {
                input.insert(member.name, list);
                continue;
            }
            let value = match self.values(option.flag) {
                _ if option.negative.is_some() => match self.last_of([Some(option.flag), option.negative]) {
                    Some(flag) => parameters::Given::Switch(flag == option.flag),
                    None => continue,
                },
                None => continue,
                Some(values) => {
                    let is_list = self.flags.iter().any(|flag| flag.name == option.flag && flag.arity == Arity::Any);
                    match values.first() {
                        _ if is_list => parameters::Given::Several(values.clone()),
                        Some(value) => parameters::Given::One(value.clone()),
                        None => continue,
                    }
                }
            };
            input.insert(member.name, parameters::read_option(environment, option.flag, member, value)?);
        }
        Ok(input)
    }

    /// Returns the file that is sent while it is read, if there is one.
    pub fn sent_file(&self, command: &Command) -> Option<&str> {
        command.options.iter().find_map(|option| {
            let (member, path) = (command.member(option)?, self.value(option.flag)?);
            is_sent_from_file(command, member, path).then_some(path)
        })
    }

    /// Returns the values of the pagination options; the message names one that is invalid.
    pub fn paging(&self, command: &Command, paginator: &Paginator) -> Result<pagination::Given<'_>, String> {
        let integer = |flag: &str, text: &str| {
            shorthand::whole(text)
                .ok_or_else(|| format!("invalid value for {flag}: expected an integer, found '{text}'"))
        };
        let page_size = match (self.value(PAGE_SIZE), paginator.paging.page_size) {
            (Some(text), Some(member)) => {
                let member = command.operation.input.member(member);
                let is_text = member.is_some_and(|member| member.target.shape_type == ShapeType::String);
                Some(if is_text { Value::from(text) } else { Value::Number(integer(PAGE_SIZE, text)?) })
            }
            _ => None,
        };
        let max_items = match self.value(MAX_ITEMS) {
            None => None,
            Some(text) => match integer(MAX_ITEMS, text)? {
                Number::Integer(items) => Some(items),
                _ => Some(i64::MAX),
            },
        };
        Ok(pagination::Given { starting_token: self.value(STARTING_TOKEN), page_size, max_items })
    }
}

/// Whether a file is sent while it is read. A checksum that the service insists on is that of bytes in memory.
fn is_sent_from_file(command: &Command, member: &Member, path: &str) -> bool {
    let needs_checksum = command.operation.traits.checksum.is_some_and(|checksum| checksum.required);
    !needs_checksum && parameters::is_large_file(member, path)
}

/// Returns a line for each unknown option that is near to a known one.
pub fn suggestions(words: &[String], flags: &[Flag<'_>]) -> String {
    let mut lines = String::new();
    for word in words.iter().filter(|word| word.starts_with('-')) {
        let name = word.split('=').next().unwrap_or(word);
        let known = flags.iter().map(|flag| flag.name).chain(GLOBAL_OPTIONS.iter().map(|(_, flag, _)| flag.name));
        if let Some(near) = nearest(name, known) {
            lines += &format!("\nunknown option {name}; did you mean {near}?");
        }
    }
    lines
}

/// Creates the failure for words that no option takes.
pub fn unknown_options(words: &[String], flags: &[Flag<'_>]) -> Failure {
    Failure::unknown_options(format!("Unknown options: {}{}", words.join(", "), suggestions(words, flags)))
}
