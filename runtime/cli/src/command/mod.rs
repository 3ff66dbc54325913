//! One command: options become an input, the input a call, and the call's output is printed.

mod given;
mod printer;

use std::time::Duration;

use whitesmith_client::blocking::Body;
use whitesmith_jmespath::Query;
use whitesmith_schema::{Member, Value, ValueMap, Waiter};

use crate::arguments::{GlobalOption, Positional, Scanner};
use crate::call::{self, PreparedCall, TimestampStyle};
#[cfg(feature = "event-stream")]
use crate::call::{Events, is_empty};
use crate::command_flags::{SKELETON, invocation_flags};
use crate::configuration::Settings;
use crate::definition::{Command, CommandLine};
use crate::failure::Failure;
use crate::help;
use crate::interrupt;
use crate::outfile::{self, OUTFILE, STANDARD_OUTPUT};
use crate::output::OutputFormat;
use crate::pager;
use crate::pagination::{self, Pages, Paginator};
use crate::parameters::{self, INPUT_JSON, INPUT_YAML};
use crate::presigning::{self, EXPIRES_IN, PRESIGN};
use crate::program::Program;
use crate::skeleton;
use crate::waiting::{self, Schedule};
use given::{GivenOptions, suggestions, unknown_options};
use printer::Printer;

/// A command with everything that it runs by.
#[derive(Debug)]
pub struct Invocation<'a> {
    pub program: &'a Program,
    pub service: &'static CommandLine,
    pub command: &'static Command,
    pub settings: &'a Settings,
    pub query: Option<Query>,
    pub style: TimestampStyle,
    /// The waiter that polls with the command.
    pub waiter: Option<&'static Waiter>,
}

impl Invocation<'_> {
    /// Runs the command with the words that follow its name.
    pub fn run(&self, words: &[String]) -> Result<(), Failure> {
        let paginator = if self.waiter.is_none() { Paginator::of(self.command) } else { None };
        let flags = invocation_flags(self.command, self.waiter.is_some());
        let usage = |problem: String| self.program.usage_failure(Some(self.service), problem);
        let has_outfile = outfile::member(self.command.operation).is_some() && self.waiter.is_none();
        // The file, and the word `help`.
        let positionals = [Positional { optional: false }, Positional { optional: true }];
        let positionals = positionals.get(usize::from(!has_outfile)..).unwrap_or_default();
        let scan = Scanner { flags: &flags, positionals }.scan(words).map_err(|error| usage(error.to_string()))?;
        let given = GivenOptions::new(self.command, &flags, scan.options);
        let mut positionals = scan.positionals.into_iter();
        let outfile = if has_outfile { positionals.next().flatten() } else { None };
        let mut missing = given.missing(self.command, words);
        let is_presigned = self.waiter.is_none() && !self.has_own(PRESIGN) && given.values(PRESIGN).is_some();
        missing.extend((has_outfile && outfile.is_none() && !is_presigned).then_some(OUTFILE));
        if !missing.is_empty() {
            let near = suggestions(&scan.rest, &flags);
            return Err(usage(format!("the following arguments are required: {}{near}", missing.join(", "))));
        }
        let mut rest = scan.rest;
        match positionals.next().flatten() {
            Some(word) if word == "help" => {
                return help::show(&self.service.pages.text(&self.command.page(self.waiter)), self.settings);
            }
            word => rest.extend(word),
        }
        if !rest.is_empty() {
            return Err(unknown_options(&rest, &flags));
        }
        let expiry = given.value(EXPIRES_IN).filter(|_| self.waiter.is_none() && !self.has_own(EXPIRES_IN));
        if expiry.is_some() && !is_presigned {
            return Err(usage(format!("{EXPIRES_IN} cannot be used without {PRESIGN}")));
        }
        let (paging, input) = self.input(&given, paginator, &usage)?;
        // Without a value, the option prints the input's skeleton.
        let skeleton = given.values(SKELETON).map(|values| values.first().map_or("input", String::as_str));
        let operation = self.command.operation;
        match skeleton {
            Some("input") => pager::print(&skeleton::input_json(operation.input)),
            Some("yaml-input") => pager::print(&skeleton::input_yaml(operation.input)),
            Some(_) => {
                self.prepare_call()?;
                self.checked(input)?;
                #[cfg(feature = "event-stream")]
                if self.command.events.is_some() {
                    let mut samples = skeleton::events(operation.output).into_iter();
                    return self.show_events(|| Ok(samples.next()));
                }
                let mut printer = self.printer()?;
                printer.show(&skeleton::output(operation.output))?;
                printer.finish()
            }
            None if is_presigned => self.presign(input, paging, presigning::expiry(expiry)?),
            None => self.call(input, paging, &given, outfile.as_deref()),
        }
    }

    /// Whether the operation itself has an option of this name.
    fn has_own(&self, flag: &str) -> bool {
        self.command.options.iter().any(|option| option.flag == flag || option.negative == Some(flag))
    }

    /// Reads the input, and whether it is one of a listing.
    fn input<'g>(
        &self,
        given: &'g GivenOptions<'_>,
        paginator: Option<Paginator>,
        usage: &dyn Fn(String) -> Failure,
    ) -> Result<(Option<(Paginator, pagination::Given<'g>)>, ValueMap), Failure> {
        let environment = &self.settings.environment;
        let mut paging = match paginator {
            Some(paginator) => Some((paginator, given.paging(self.command, &paginator).map_err(usage)?)),
            None => None,
        };
        let mut input = given.input(self.command, paginator, environment)?;
        let is_off = self.settings.globals.has(GlobalOption::NoPaginate);
        if paginator.is_some_and(|paginator| is_off || paginator.is_used_by_hand(&input)) {
            self.switch_off(&mut paging)?;
            // Options that pagination has shadowed are the operation's own again.
            input = given.input(self.command, None, environment)?;
        }
        let (json, yaml) = (given.value(INPUT_JSON), given.value(INPUT_YAML));
        parameters::merge_cli_input(environment, json, yaml, self.command.operation.input, &mut input)?;
        if paging.as_ref().is_some_and(|(paginator, _)| paginator.is_used_by_hand(&input)) {
            self.switch_off(&mut paging)?;
        }
        Ok((paging, input))
    }

    /// Turns pagination off. Its options must not be given then, except for those that shadow the operation's own.
    fn switch_off(&self, paging: &mut Option<(Paginator, pagination::Given<'_>)>) -> Result<(), Failure> {
        let Some((_, given)) = paging.take() else { return Ok(()) };
        let is_own = |name: &&str| self.command.options.iter().any(|option| option.flag == *name);
        let unusable: Vec<&str> = given.names().into_iter().filter(|name| !is_own(name)).collect();
        if unusable.is_empty() {
            return Ok(());
        }
        Err(Failure::usage(format!(
            "--no-paginate, or the operation's own paging options, cannot be used together with {}",
            unusable.join(", ")
        )))
    }

    /// Prints a request that anyone may send until it expires; of a listing, that for the first page.
    fn presign(
        &self,
        mut input: ValueMap,
        paging: Option<(Paginator, pagination::Given<'_>)>,
        expires_in: Duration,
    ) -> Result<(), Failure> {
        let call = self.prepare_call()?;
        if let Some((paginator, given)) = paging {
            paginator.prepare(&given, &mut input)?;
        }
        let request = call.presign(self.command.operation, &self.checked(input)?, expires_in)?;
        let mut printer = self.printer()?;
        printer.show(&presigning::shown(&request))?;
        printer.finish()
    }

    fn printer(&self) -> Result<Printer<'_>, Failure> {
        Printer::new(self.settings, self.query.as_ref(), self.command.operation.name)
    }

    fn prepare_call(&self) -> Result<PreparedCall, Failure> {
        call::prepare(self.settings, self.service, self.command.operation, self.style)
    }

    /// Makes the call, or as many as the pages or the waiter take, and prints the result.
    fn call(
        &self,
        mut input: ValueMap,
        paging: Option<(Paginator, pagination::Given<'_>)>,
        given: &GivenOptions<'_>,
        outfile: Option<&str>,
    ) -> Result<(), Failure> {
        let call = self.prepare_call()?;
        let operation = self.command.operation;
        let call_once = |input: &ValueMap| call.call(operation, input);
        if let Some(waiter) = self.waiter {
            let schedule = Schedule::new(waiter, given.value(waiting::DELAY), given.value(waiting::MAX_ATTEMPTS))?;
            let input = self.checked(input)?;
            interrupt::exit_on_interrupt();
            return waiting::wait(waiter, operation, &input, &schedule, &call_once);
        }
        let Some((paginator, given)) = paging else {
            let input = self.checked(input)?;
            interrupt::exit_on_interrupt();
            let (mut output, content) = call.call_streaming(operation, &input, given.sent_file(self.command))?;
            #[cfg(feature = "event-stream")]
            if let Some(protocol) = self.command.events {
                let mut events = Events::new(&call, operation, protocol, content);
                let mut beside = Some(output).filter(|output| !is_empty(output));
                return self.show_events(|| match beside.take() {
                    Some(beside) => Ok(Some(beside)),
                    None => events.next(),
                });
            }
            if let (Some(path), Some(member)) = (outfile, outfile::member(operation)) {
                output = write_outfile(path, member, output, content)?;
                if path == STANDARD_OUTPUT {
                    return Ok(());
                }
            }
            let mut printer = self.printer()?;
            printer.show(&output)?;
            return printer.finish();
        };
        let start = paginator.prepare(&given, &mut input)?;
        let input = self.checked(input)?;
        if given.max_items.is_some_and(|items| items <= 0) {
            eprintln!("warning: the result of --max-items is undefined for values below 1");
        }
        interrupt::exit_on_interrupt();
        let mut printer = self.printer()?;
        let mut pages = paginator.pages(&call_once, input, start, given.max_items);
        let result = if printer.shows_pages() {
            show_pages(&mut printer, paginator, &mut pages)
        } else {
            paginator.merged(&mut pages).and_then(|merged| printer.show(&merged))
        };
        // The pages before one that failed are shown.
        printer.finish().and(result)
    }

    /// Prints events as they arrive. Those before an error are printed.
    #[cfg(feature = "event-stream")]
    fn show_events(&self, next: impl FnMut() -> Result<Option<Value>, Failure>) -> Result<(), Failure> {
        let mut printer = self.printer()?.of_events();
        let result = printer.show_all(next);
        printer.finish().and(result)
    }

    /// Returns the input as the protocol writes it, after its checks.
    fn checked(&self, input: ValueMap) -> Result<ValueMap, Failure> {
        let schema = self.command.operation.input;
        let option = self.settings.globals.value(GlobalOption::CliBinaryFormat).map(str::to_owned);
        let format = match option {
            Some(format) => Some(format),
            None => self.settings.of_any_profile("cli_binary_format")?,
        };
        let mut input = Value::Map(input);
        if format.is_none_or(|format| format == "base64") {
            input = parameters::decode_base64(input, schema)?;
        }
        if let Value::Map(map) = &input {
            parameters::check(map, schema)?;
            call::check_bucket(self.command.operation, map)?;
        }
        match parameters::prepare(input, schema) {
            Value::Map(map) => Ok(map),
            _ => Ok(ValueMap::new()),
        }
    }
}

/// Writes the content of a response to its file, and returns the rest of the output.
fn write_outfile(path: &str, member: &Member, output: Value, mut content: Body) -> Result<Value, Failure> {
    let Value::Map(output) = output else { return Ok(output) };
    if member.is_streaming() {
        outfile::write(path, &mut content)?;
    } else {
        outfile::write(path, &mut outfile::content(output.get(member.name)))?;
    }
    Ok(Value::Map(output.into_iter().filter(|(name, _)| name != member.name).collect()))
}

/// Prints the pages one after the other. Text shows their items and the token, YAML streams show all of them.
fn show_pages(printer: &mut Printer<'_>, paginator: Paginator, pages: &mut Pages<'_>) -> Result<(), Failure> {
    let mut is_first = true;
    while printer.is_read()
        && let Some(page) = pages.next()?
    {
        match printer.format {
            OutputFormat::Text => printer.show(&paginator.shown_of(page, is_first))?,
            _ => printer.show(&Value::Map(page))?,
        }
        is_first = false;
    }
    match pages.resume_token() {
        Some(token) if printer.format == OutputFormat::Text => {
            let token: ValueMap = [("NextToken", Value::from(token))].into_iter().collect();
            printer.show(&Value::Map([("NextToken", Value::Map(token))].into_iter().collect()))
        }
        _ => Ok(()),
    }
}
