//! A command's page in the AWS CLI's markup.

use crate::{
    CommandPage, Limits, MemberPage, ModelText, OptionPage, PaginationPage, ServicePages, ShapeKind, ShapePage,
    WaiterPage,
};

use super::help_markup::HelpMarkup;
use super::syntax::{self, Shorthand};
use super::texts::{FixedOption, Texts};

/// The markup of a command's page.
pub struct CommandMarkup {
    /// It.
    pub text: String,
    /// Whether the page has definition lists, which the markup ignores.
    pub has_definition_lists: bool,
}

/// Returns the markup of a command's page, which leaves nested shapes out after `limit` bytes.
pub fn markup(pages: &ServicePages, command: &CommandPage, texts: &Texts, limit: usize) -> CommandMarkup {
    let mut writer = Writer { pages, texts, waiter: None, markup: HelpMarkup::with_limit(limit) };
    writer.page(command);
    CommandMarkup { has_definition_lists: writer.markup.has_definition_lists(), text: writer.markup.finish() }
}

/// Returns the markup of a waiter's page: the page of the command that it polls, with options of its own.
pub fn waiter_markup(pages: &ServicePages, waiter: &WaiterPage, texts: &Texts, limit: usize) -> String {
    let mut writer = Writer { pages, texts, waiter: Some(waiter), markup: HelpMarkup::with_limit(limit) };
    if let Some(command) = pages.commands.get(waiter.command) {
        writer.page(command);
    }
    writer.markup.finish()
}

struct Writer<'p> {
    pages: &'p ServicePages,
    texts: &'p Texts,
    /// The waiter, if the page is that of one.
    waiter: Option<&'p WaiterPage>,
    markup: HelpMarkup,
}

/// The option that prints a skeleton, which stands behind those of pagination.
const SKELETON: &str = "--generate-cli-skeleton";

impl<'p> Writer<'p> {
    fn page(&mut self, command: &'p CommandPage) {
        let name = self.name(command);
        if self.texts.layout.has_meta_lines {
            self.markup.line(".. meta::");
            self.markup.line(&format!("   :description: {name}"));
            self.markup.line("");
        }
        self.markup.new_paragraph();
        let wait = if self.waiter.is_some() { "wait " } else { "" };
        self.markup.line(&format!(".. _cli:aws {} {wait}{name}:", self.pages.name));
        self.markup.title(name);
        self.description(command);
        self.synopsis(command);
        self.markup.section("Options");
        for option in &command.options {
            if let Some(member) = self.input_member(command, option) {
                self.option(option, member);
            }
        }
        if command.has_output_file {
            let output_file = self.texts.notes.output_file.clone();
            self.option_start("``outfile``", "string", true);
            self.markup.fixed_text(&output_file);
            self.option_end();
        } else {
            for option in &self.texts.input_options {
                if option.flags.iter().any(|flag| flag == SKELETON) {
                    self.added_options(command);
                }
                self.fixed_option(option);
            }
        }
        self.markup.section("Global Options");
        for option in &self.texts.global_options {
            self.global_option(option);
        }
        self.output(command);
    }

    fn name(&self, command: &'p CommandPage) -> &'p str {
        self.waiter.map_or(&command.command, |waiter| &waiter.name)
    }

    /// The pagination of the page's command; waiters have none.
    fn pagination(&self, command: &'p CommandPage) -> Option<&'p PaginationPage> {
        command.pagination.as_ref().filter(|_| self.waiter.is_none())
    }

    /// The options that pagination or a waiter adds, with their types and texts.
    fn added(&self, command: &'p CommandPage) -> Vec<(&'static str, &'static str, &'p str)> {
        let notes = &self.texts.notes;
        if self.waiter.is_some() {
            return vec![("--delay", "integer", &notes.delay), ("--max-attempts", "integer", &notes.max_attempts)];
        }
        let Some(pagination) = &command.pagination else { return Vec::new() };
        let size = self.page_size(command, pagination);
        let size = size.map(|member| ("--page-size", self.pages.type_label(member), notes.page_size.as_str()));
        let token = ("--starting-token", "string", notes.starting_token.as_str());
        let items = ("--max-items", "integer", notes.max_items.as_str());
        [Some(token), size, Some(items)].into_iter().flatten().collect()
    }

    fn page_size(&self, command: &'p CommandPage, pagination: &PaginationPage) -> Option<&'p MemberPage> {
        self.pages.shape(command.input?).members.get(pagination.page_size?)
    }

    fn added_options(&mut self, command: &'p CommandPage) {
        let limits = self.pagination(command).and_then(|pagination| self.page_size(command, pagination));
        let limits = limits.map(|member| self.pages.limits(member)).unwrap_or_default();
        for (flag, type_label, text) in self.added(command) {
            self.option_start(&format!("``{flag}``"), type_label, false);
            self.markup.fixed_text(text);
            if flag == "--page-size" && self.texts.layout.shows_limits() {
                self.limits(&limits);
            }
            self.option_end();
        }
    }

    fn input_member(&self, command: &CommandPage, option: &OptionPage) -> Option<&'p MemberPage> {
        self.pages.shape(command.input?).members.get(option.member)
    }

    fn description(&mut self, command: &'p CommandPage) {
        self.markup.section("Description");
        match self.waiter {
            None => self.markup.documentation(&command.documentation),
            Some(waiter) => {
                self.markup.documentation(&waiter.documentation);
                self.markup.new_paragraph();
                let text = self.texts.notes.waiter.replace("{command}", &command.command);
                self.markup.fixed_text(&text.replace("{delay}", &waiter.delay.to_string()));
            }
        }
        if self.pages.is_aws {
            self.markup.new_paragraph();
            self.markup.write(&self.texts.see_also);
            self.markup.line("");
        }
        if command.uses_documents {
            self.markup.new_paragraph();
            self.markup.line(&self.texts.notes.documents.replace("{command}", &command.command));
        }
        if let Some(events) = command.events.as_ref().filter(|_| self.waiter.is_none()) {
            self.markup.new_paragraph();
            let text = self.texts.notes.events.replace("{command}", &command.command);
            self.markup.line(&text.replace("{events}", events));
        }
        if let Some(pagination) = self.pagination(command) {
            self.markup.new_paragraph();
            let text = self.texts.notes.pagination.replace("{command}", &command.command);
            self.markup.line(&text.replace("{items}", &format!("``{}``", pagination.items.join("``, ``"))));
        }
    }

    fn synopsis(&mut self, command: &'p CommandPage) {
        self.markup.section("Synopsis");
        self.markup.start_literal();
        self.markup.line(self.name(command));
        for option in &command.options {
            let flags: Vec<&str> = option.name.flags().collect();
            let usage = match flags.as_slice() {
                [flag] => format!("{flag} <value>"),
                flags => flags.join(" | "),
            };
            self.usage(&usage, option.is_required);
        }
        if command.has_output_file {
            self.markup.line("<outfile>");
        } else {
            for option in &self.texts.input_options {
                if option.flags.iter().any(|flag| flag == SKELETON) {
                    for (flag, ..) in self.added(command) {
                        self.usage(&format!("{flag} <value>"), false);
                    }
                }
                self.usage(&fixed_usage(option), false);
            }
        }
        for option in &self.texts.global_options {
            self.usage(&fixed_usage(option), false);
        }
        self.markup.end_literal();
    }

    fn usage(&mut self, usage: &str, is_required: bool) {
        if is_required {
            self.markup.line(usage);
        } else {
            self.markup.line(&format!("[{usage}]"));
        }
    }

    fn option_start(&mut self, name: &str, type_label: &str, is_required: bool) {
        let required = if is_required && self.texts.layout.shows_limits() { " [required]" } else { "" };
        self.markup.write(&format!("{name} ({type_label}){required}\n"));
        self.markup.indent();
    }

    fn option_end(&mut self) {
        self.markup.dedent();
        self.markup.new_paragraph();
    }

    fn option(&mut self, option: &OptionPage, member: &'p MemberPage) {
        let name = option.name.flags().map(|flag| format!("``{flag}``")).collect::<Vec<_>>().join(" | ");
        let shape = self.pages.target(member);
        self.option_start(&name, self.pages.type_label(member), option.is_required);
        self.markup.documentation(&member.documentation);
        if shape.kind == ShapeKind::StreamingBlob {
            let note = self.texts.notes.streaming_blob.clone();
            self.note(&note);
        }
        self.union_note(shape);
        self.values(shape);
        if self.texts.layout.shows_limits() {
            self.limits(&self.pages.limits(member));
        }
        self.members(shape, &mut vec![&shape.name]);
        self.option_end();
        if option.name.flags().count() == 1 {
            self.examples(shape);
        }
    }

    fn fixed_option(&mut self, option: &FixedOption) {
        let name = option.flags.iter().map(|flag| format!("``{flag}``")).collect::<Vec<_>>().join(" | ");
        self.option_start(&name, &option.type_name, false);
        self.markup.fixed_text(&option.text);
        self.option_end();
    }

    fn global_option(&mut self, option: &FixedOption) {
        let name = option.flags.iter().map(|flag| format!("``{flag}``")).collect::<Vec<_>>().join(" | ");
        self.markup.line(&format!("{name} ({})", option.type_name));
        self.markup.line("");
        self.markup.line(&option.text);
        self.markup.line("");
        if !option.choices.is_empty() {
            self.markup.line("");
            for choice in &option.choices {
                self.markup.line(&format!("*   {choice}"));
                self.markup.line("");
            }
            self.markup.line("");
        }
    }

    /// The shorthand and JSON of an option's value.
    fn examples(&mut self, shape: &'p ShapePage) {
        match syntax::shorthand(self.pages, shape, self.texts.layout.maps_nest) {
            Shorthand::Plain => return,
            Shorthand::Example(example) if !example.is_empty() => {
                self.example_start("Shorthand Syntax");
                for line in example.lines() {
                    self.markup.line(line);
                }
                self.markup.end_literal();
            }
            Shorthand::Unsupported | Shorthand::TooComplex | Shorthand::Example(_) => {}
        }
        let element = match (shape.kind, shape.members.as_slice()) {
            (ShapeKind::List, [element]) => Some(self.pages.target(element)),
            _ => None,
        };
        match element.filter(|element| element.kind.is_scalar()) {
            Some(element) => {
                self.example_start("Syntax");
                let value = syntax::example_value(element, false);
                self.markup.write(&format!("{value} {value} ..."));
                if self.texts.layout.lists_values_in_syntax() && !element.values.is_empty() {
                    self.markup.new_paragraph();
                    self.markup.write("Where valid values are:\n");
                    for value in &element.values {
                        self.markup.write(&format!("    {}\n", value.help_literal()));
                    }
                    self.markup.write("\n");
                }
            }
            None if shape.kind.is_scalar() => return,
            None => {
                self.example_start("JSON Syntax");
                syntax::json(self.pages, shape, &mut self.markup);
            }
        }
        self.markup.end_literal();
        self.markup.new_paragraph();
    }

    fn example_start(&mut self, label: &str) {
        self.markup.new_paragraph();
        self.markup.write(label);
        self.markup.start_literal();
    }

    fn output(&mut self, command: &'p CommandPage) {
        self.markup.section("Output");
        let output = command.output.filter(|_| self.waiter.is_none());
        let members = output.map(|output| self.pages.shape(output).members.as_slice()).unwrap_or_default();
        if members.is_empty() {
            self.markup.write("None");
        }
        for member in members {
            self.member(&member.name, member, false, &mut Vec::new());
        }
    }

    /// The members of a value's shape; `stack` names the shapes around.
    fn members(&mut self, shape: &'p ShapePage, stack: &mut Vec<&'p str>) {
        match (shape.kind, shape.members.as_slice()) {
            (ShapeKind::Structure | ShapeKind::Union, members) => {
                for member in members {
                    self.member(&member.name, member, member.is_required, stack);
                }
            }
            (ShapeKind::List, [element]) => self.member("", element, false, stack),
            (ShapeKind::Map, [key, value]) => {
                self.member(&wire_name(key, "key"), key, false, stack);
                self.member(&wire_name(value, "value"), value, false, stack);
            }
            _ => {}
        }
    }

    fn member(&mut self, name: &str, member: &'p MemberPage, is_required: bool, stack: &mut Vec<&'p str>) {
        let shape = self.pages.target(member);
        let around = stack.iter().filter(|name| **name == shape.name).count();
        // A shape is described once within itself.
        if around > 1 || self.markup.is_too_long() {
            if shape.kind.type_name() == "structure" {
                self.markup.write("( ... recursive ... )");
            }
            return;
        }
        let arrow = if name.is_empty() { "" } else { " -> " };
        let required = if is_required && self.texts.layout.shows_limits() { " [required]" } else { "" };
        self.markup.write(&format!("{name}{arrow}({}){required}", self.pages.type_label(member)));
        self.markup.indent();
        self.markup.new_paragraph();
        self.markup.documentation(&member.documentation);
        self.union_note(shape);
        if self.texts.layout.shows_limits() {
            self.values(shape);
            self.limits(&self.pages.limits(member));
        }
        self.markup.new_paragraph();
        stack.push(&shape.name);
        self.members(shape, stack);
        stack.pop();
        self.markup.dedent();
        self.markup.new_paragraph();
    }

    fn union_note(&mut self, shape: &ShapePage) {
        if shape.kind == ShapeKind::Union {
            let members: Vec<_> = shape.members.iter().map(|member| format!("``{}``", member.name)).collect();
            let note = self.texts.notes.union.replace("{members}", &members.join(", "));
            self.note(&note);
        }
    }

    fn note(&mut self, text: &str) {
        self.markup.start_admonition("note");
        self.markup.line(text);
        self.markup.end_admonition();
    }

    fn values(&mut self, shape: &ShapePage) {
        if shape.values.is_empty() {
            return;
        }
        self.markup.new_paragraph();
        self.markup.write("Possible values:");
        self.markup.start_list();
        for value in &shape.values {
            self.markup.item(&format!("``{}``", value.help_literal()));
        }
        self.markup.end_list();
    }

    fn limits(&mut self, limits: &Limits) {
        if limits.named().next().is_none() {
            return;
        }
        self.markup.new_paragraph();
        self.markup.write("Constraints:");
        self.markup.start_list();
        for (name, value) in limits.named() {
            self.markup.item(&format!("{name}: ``{}``", value.help_literal()));
        }
        self.markup.end_list();
    }
}

/// The name that the model gives a member of a map on the wire.
fn wire_name(member: &MemberPage, otherwise: &str) -> String {
    member.wire_name.as_ref().map_or_else(|| otherwise.to_owned(), ModelText::help_literal)
}

fn fixed_usage(option: &FixedOption) -> String {
    match option.flags.as_slice() {
        [flag] if option.is_flag() => flag.clone(),
        [flag] => format!("{flag} <value>"),
        flags => flags.join(" | "),
    }
}
