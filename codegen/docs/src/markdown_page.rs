//! A command's page in Markdown, for people who browse the repository, and the index of all commands.

use std::cell::RefCell;
use std::rc::Rc;

use foldhash::HashMap;

use crate::{
    CommandPage, Documentation, ErrorPage, MemberPage, ModelText, Node, OptionPage, ServicePages, ShapeKind, ShapePage,
};

use super::aws_cli::Texts;
use super::example;
use super::markdown_blocks::{code_into, is_hidden, render, render_inline};

/// Nested members are described down to this depth; the JSON syntax shows the rest.
const DEEPEST_MEMBER: usize = 12;

/// The commands by the operations that documentation names.
#[derive(Debug)]
pub struct Links<'p>(HashMap<&'p str, &'p str>);

impl<'p> Links<'p> {
    /// The links of the pages.
    pub fn new(pages: &'p ServicePages) -> Self {
        // Of two commands of one operation the first counts.
        Self(pages.commands.iter().rev().map(|page| (page.operation.as_str(), page.command.as_str())).collect())
    }

    /// Returns the page of the command for an operation's name, unless that is the current page.
    fn to_command(&self, name: &str, this: &str) -> Option<String> {
        let command = self.0.get(name).filter(|_| name != this)?;
        Some(format!("{command}.md"))
    }
}

/// What the pages of a service have in common, remembered from one page to the next.
#[derive(Debug, Default)]
pub struct Memory<'p> {
    /// The Markdown of documentations, and the operations whose commands it links to.
    documentations: HashMap<*const Node, (Rc<str>, Vec<&'p str>)>,
    /// The constraints of members.
    constraints: HashMap<*const MemberPage, Rc<str>>,
}

/// Returns the page of a command. Nested members are left out after `limit` bytes.
pub fn page<'p>(
    pages: &'p ServicePages,
    links: &'p Links<'p>,
    memory: &mut Memory<'p>,
    command: &'p CommandPage,
    limit: usize,
) -> String {
    let mut writer = Writer { pages, links, memory, command, limit, out: String::new() };
    writer.heading();
    writer.synopsis();
    writer.options();
    writer.output();
    writer.errors();
    writer.examples();
    writer.line("---");
    writer.blank();
    writer.line(&format!(
        "[All commands](README.md) · as [plain text]({0}.txt) · as a [manual page]({0}.1)",
        command.command
    ));
    writer.out
}

/// The index of a service's commands.
pub fn index(pages: &ServicePages, links: &Links<'_>, texts: &[Texts]) -> String {
    let mut out = String::from("# ");
    out.push_str(&pages.title.markdown());
    out.push_str("\n\n");
    let about = render(&pages.documentation, &|name| links.to_command(name, ""));
    if !about.is_empty() {
        out.push_str(&about);
        out.push_str("\n\n");
    }
    out.push_str("| Command | What it does |\n| --- | --- |\n");
    for command in &pages.commands {
        let mut name = String::new();
        code_into(&mut name, &command.command);
        let summary = cell(&first_sentence(&render_inline(&command.documentation, &|_| None)));
        out.push_str(&format!("| [{name}]({}.md) | {summary} |\n", command.command));
    }
    out.push_str(
        "\nEach page comes as Markdown (`.md`), as plain text of 80 columns (`.txt`), and as a manual page (`.1`, for \
         `man -l`).",
    );
    for folder in texts.iter().map(|texts| texts.layout.folder()).filter(|folder| !folder.is_empty()) {
        out.push_str(&format!(" `{folder}` has the layout of AWS CLI {}.", folder.trim_matches(['v', '/'])));
    }
    out.push('\n');
    out
}

struct Writer<'p, 'm> {
    pages: &'p ServicePages,
    links: &'p Links<'p>,
    memory: &'m mut Memory<'p>,
    command: &'p CommandPage,
    limit: usize,
    out: String,
}

impl<'p> Writer<'p, '_> {
    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn blank(&mut self) {
        self.out.push('\n');
    }

    fn section(&mut self, title: &str) {
        self.line(&format!("## {title}"));
        self.blank();
    }

    fn documentation(&mut self, documentation: &Documentation) -> Rc<str> {
        let this = self.command.operation.as_str();
        if let Some((markdown, linked)) = self.memory.documentations.get(&documentation.nodes.as_ptr())
            && !linked.contains(&this)
        {
            return Rc::clone(markdown);
        }
        let linked = RefCell::new(Vec::new());
        let markdown: Rc<str> = render(documentation, &|name| {
            linked.borrow_mut().extend(self.links.0.get_key_value(name).map(|(operation, _)| *operation));
            self.links.to_command(name, this)
        })
        .into();
        let linked = linked.into_inner();
        if !linked.contains(&this) {
            self.memory.documentations.insert(documentation.nodes.as_ptr(), (Rc::clone(&markdown), linked));
        }
        markdown
    }

    fn heading(&mut self) {
        let name = code(&format!("{} {}", self.pages.name, self.command.command));
        self.line(&format!("# {name}"));
        self.blank();
        if let Some(reason) = &self.command.deprecated {
            let reason = deprecation(reason);
            self.line(&format!("> {reason}"));
            self.blank();
        }
        let about = self.documentation(&self.command.documentation);
        if !about.is_empty() {
            self.line(&about);
            self.blank();
        }
    }

    fn synopsis(&mut self) {
        self.section("Synopsis");
        let mut text = format!("{} {}", self.pages.name, self.command.command);
        for option in &self.command.options {
            let flags: Vec<&str> = option.name.flags().collect();
            let usage = match flags.as_slice() {
                [flag] => format!("{flag} <value>"),
                flags => flags.join(" | "),
            };
            text.push_str(if option.is_required { " \\\n    " } else { " \\\n    [" });
            text.push_str(&usage);
            if !option.is_required {
                text.push(']');
            }
        }
        for (flag, _) in self.pagination_options() {
            text.push_str(&format!(" \\\n    [{flag} <value>]"));
        }
        if self.command.has_output_file {
            text.push_str(" \\\n    <outfile>");
        }
        self.fenced("text", &text);
    }

    /// The options of pagination, and what they do.
    fn pagination_options(&self) -> impl Iterator<Item = (&'static str, &'static str)> + use<> {
        let pagination = self.command.pagination.as_ref();
        let token = ("--starting-token", "Continues an earlier result: the `NextToken` at its end.");
        let size = ("--page-size", "The number of items to ask for in each call.");
        let items = ("--max-items", "The largest number of items in the result.");
        let has_size = pagination.is_some_and(|pagination| pagination.page_size.is_some());
        [Some(token), Some(size).filter(|_| has_size), Some(items)].into_iter().flatten().filter({
            let is_paginated = pagination.is_some();
            move |_| is_paginated
        })
    }

    fn options(&mut self) {
        self.section("Options");
        let options: Vec<(&OptionPage, &MemberPage)> = self
            .command
            .options
            .iter()
            .filter_map(|option| Some((option, self.pages.shape(self.command.input?).members.get(option.member)?)))
            .collect();
        if self.command.pagination.is_some() {
            self.line("The command makes as many calls as the whole result takes.");
            self.blank();
            for (flag, text) in self.pagination_options() {
                self.line(&format!("- {}: {text}", code(flag)));
            }
            self.blank();
        }
        if options.is_empty() {
            self.line("The command has no options of its own.");
            self.blank();
            return;
        }
        self.line("| Option | Type | Required | Constraints |");
        self.line("| --- | --- | --- | --- |");
        for (option, member) in &options {
            let names: Vec<String> = option.name.flags().map(code).collect();
            let required = if option.is_required { "yes" } else { "no" };
            let row = format!(
                "| {} | {} | {required} | {} |",
                names.join(", "),
                self.pages.type_label(member),
                cell(&self.constraints(member))
            );
            self.line(&row);
        }
        self.blank();
        for (option, member) in options {
            self.line(&format!("### {}", code(option.name.positive())));
            self.blank();
            self.option(member);
        }
    }

    fn option(&mut self, member: &'p MemberPage) {
        if let Some(reason) = &member.deprecated {
            let reason = deprecation(reason);
            self.line(&format!("> {reason}"));
            self.blank();
        }
        let about = self.documentation(&member.documentation);
        if !about.is_empty() {
            self.line(&about);
            self.blank();
        }
        let shape = self.pages.target(member);
        if shape.kind == ShapeKind::Union {
            self.line("One of these members, and no more:");
            self.blank();
        }
        let start = self.out.len();
        self.members(shape, 0, &mut vec![&shape.name]);
        if self.out.len() > start {
            self.blank();
        }
        if !shape.kind.is_scalar() {
            let example = example::json(self.pages, shape, &member.name);
            self.line("As JSON:");
            self.blank();
            self.fenced("json", &example);
        }
    }

    fn output(&mut self) {
        self.section("Output");
        let members = self.command.output.map(|output| self.pages.shape(output).members.as_slice()).unwrap_or_default();
        if members.is_empty() {
            self.line("None.");
        }
        if let Some(events) = &self.command.events {
            self.line(&format!(
                "Each event of {} is printed as it arrives, as JSON on a line of its own.",
                code(events)
            ));
            self.blank();
        }
        for member in members {
            self.member(&member.name, member, 0, &mut Vec::new());
        }
        self.blank();
    }

    fn members(&mut self, shape: &'p ShapePage, depth: usize, stack: &mut Vec<&'p str>) {
        match (shape.kind, shape.members.as_slice()) {
            (ShapeKind::Structure | ShapeKind::Union, members) => {
                for member in members {
                    self.member(&member.name, member, depth, stack);
                }
            }
            (ShapeKind::List, [element]) => {
                let target = self.pages.target(element);
                if !target.kind.is_scalar() || !self.constraints(element).is_empty() {
                    self.member("", element, depth, stack);
                }
            }
            (ShapeKind::Map, [key, value]) => {
                self.member("key", key, depth, stack);
                self.member("value", value, depth, stack);
            }
            _ => {}
        }
    }

    fn member(&mut self, name: &str, member: &'p MemberPage, depth: usize, stack: &mut Vec<&'p str>) {
        let shape = self.pages.target(member);
        let indent = " ".repeat(depth * 2);
        let mut head = match name {
            "" => "each element".to_owned(),
            name => code(name),
        };
        head.push_str(" (");
        head.push_str(self.pages.type_label(member));
        if member.is_required {
            head.push_str(", required");
        }
        let constraints = self.constraints(member);
        if !constraints.is_empty() {
            head.push_str(", ");
            head.push_str(&constraints);
        }
        head.push(')');
        let around = stack.contains(&shape.name.as_str());
        if around {
            head.push_str(", as above");
        }
        if let Some(reason) = &member.deprecated {
            head.push_str(". ");
            head.push_str(&deprecation(reason));
        }
        let about = self.documentation(&member.documentation);
        let mut blocks = about.lines();
        // A paragraph goes on in the line of the name; a list or code cannot.
        if begins_with_paragraph(&about)
            && let Some(first) = blocks.next()
        {
            head.push_str(": ");
            head.push_str(first);
        }
        self.line(&format!("{indent}- {head}"));
        if !about.is_empty() && !begins_with_paragraph(&about) {
            self.blank();
        }
        for line in blocks {
            if line.is_empty() {
                self.blank();
            } else {
                self.line(&format!("{indent}  {line}"));
            }
        }
        if around || depth >= DEEPEST_MEMBER || self.out.len() >= self.limit {
            return;
        }
        stack.push(&shape.name);
        self.members(shape, depth + 1, stack);
        stack.pop();
    }

    /// Returns the constraints of a member as Markdown.
    fn constraints(&mut self, member: &'p MemberPage) -> Rc<str> {
        if let Some(constraints) = self.memory.constraints.get(&std::ptr::from_ref(member)) {
            return Rc::clone(constraints);
        }
        let shape = self.pages.target(member);
        let limits = self.pages.limits(member);
        let mut out: Vec<String> =
            limits.named().map(|(name, value)| format!("{name} {}", value.markdown_code())).collect();
        if !shape.values.is_empty() {
            let values: Vec<String> = shape.values.iter().map(ModelText::markdown_code).collect();
            out.push(format!("one of {}", values.join(", ")));
        }
        let constraints: Rc<str> = out.join(", ").into();
        self.memory.constraints.insert(std::ptr::from_ref(member), Rc::clone(&constraints));
        constraints
    }

    fn errors(&mut self) {
        self.section("Errors");
        if self.command.errors.is_empty() {
            self.line("The model names no errors for this command.");
            self.blank();
            return;
        }
        self.line("| Error | Meaning | What to do |");
        self.line("| --- | --- | --- |");
        let command = self.command;
        for error in &command.errors {
            let meaning = render_inline(&error.documentation, &|name| self.links.to_command(name, &command.operation));
            let row = format!("| {} | {} | {} |", code(&error.name), cell(&meaning), advice(error));
            self.line(&row);
        }
        self.blank();
    }

    fn examples(&mut self) {
        self.section("Example");
        let examples = example::of_command(self.pages, self.command);
        for example in examples {
            if !example.title.is_empty() {
                self.line(&example.title.markdown());
                self.blank();
            }
            self.fenced("sh", &example.invocation);
            if let Some(output) = &example.output {
                self.line("Output:");
                self.blank();
                self.fenced("json", output);
            }
        }
    }

    fn fenced(&mut self, language: &str, text: &str) {
        // No line of the text is a fence, since a longer run of quotes than any in it surrounds it.
        let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
        let fence = "`".repeat(longest.max(2) + 1);
        let text: String = text.chars().filter(|c| !is_hidden(*c) || *c == '\n').collect();
        self.line(&format!("{fence}{language}\n{text}\n{fence}"));
        self.blank();
    }
}

/// Advice on errors, by a part of their names; the first match counts.
const ADVICE: &[(&[&str], &str)] = &[
    (
        &["Throttl", "TooManyRequests", "SlowDown", "RequestLimit"],
        "Wait, then send fewer requests at a time. The command itself tries again twice.",
    ),
    (&["Expired"], "Get fresh credentials, or a fresh token, and try again."),
    (
        &["AccessDenied", "Unauthorized", "NotAuthorized", "Forbidden"],
        "Check which credentials are used (`--profile`) and what their policies allow.",
    ),
    (&["NotFound", "NoSuch", "DoesNotExist"], "Check the identifiers and the region."),
    (&["Quota", "LimitExceeded"], "Remove what is not needed any more, or ask for a higher quota."),
    (
        &["Conflict", "AlreadyExists", "InUse", "Concurrent"],
        "Look at the present state of what the command changes, then decide whether to send it again.",
    ),
    (&["Validation", "Invalid", "Malformed", "BadRequest"], "Correct the options that the message names."),
    (&["Internal", "Unavailable", "ServiceException"], "Try again later; the fault is not in the request."),
];

fn advice(error: &ErrorPage) -> &'static str {
    use whitesmith_smithy::model::ErrorFault;
    let by_name = ADVICE.iter().find(|(names, _)| names.iter().any(|name| error.name.contains(name)));
    if error.is_throttling
        && let Some((_, advice)) = ADVICE.first()
    {
        return advice;
    }
    match (by_name, error.fault) {
        (Some((_, advice)), _) => advice,
        (None, _) if error.is_retryable => "Try again; the command itself tries again twice.",
        (None, Some(ErrorFault::Server)) => "Try again later; the fault is not in the request.",
        (None, _) => "Correct the request as the message says.",
    }
}

fn deprecation(reason: &ModelText) -> String {
    format!("**Deprecated.** {}", reason.markdown()).trim_end().to_owned()
}

fn begins_with_paragraph(markdown: &str) -> bool {
    let digits = markdown.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = digits > 0 && markdown.get(digits..).is_some_and(|rest| rest.starts_with(". "));
    !markdown.is_empty() && !markdown.starts_with("```") && !markdown.starts_with("- ") && !numbered
}

fn code(text: &str) -> String {
    let mut out = String::new();
    code_into(&mut out, text);
    out
}

/// Returns Markdown for a cell of a table: one line, with bars escaped.
fn cell(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut escaped = false;
    for c in markdown.chars() {
        match c {
            '|' if !escaped => out.push_str("\\|"),
            '\n' => out.push(' '),
            c => out.push(c),
        }
        escaped = c == '\\' && !escaped;
    }
    out
}

/// The first sentence of a text, for an index.
fn first_sentence(text: &str) -> String {
    let end = text.match_indices(". ").map(|(at, _)| at + 1).find(|at| {
        // Not inside code or a link, as far as one can see.
        let before = text.get(..*at).unwrap_or_default();
        before.matches('`').count() % 2 == 0 && before.matches('[').count() == before.matches("](").count()
    });
    text.get(..end.unwrap_or(text.len())).unwrap_or_default().to_owned()
}
