//! Prints results: through the query, in the output format, and through a pager on a terminal.

use std::io::IsTerminal;

use whitesmith_jmespath::Query;
use whitesmith_schema::Value;

use crate::arguments::GlobalOption;
use crate::configuration::Settings;
use crate::failure::Failure;
use crate::help;
use crate::interrupt;
use crate::output::{self, Layout, OutputFormat, Paint};
use crate::pager;
use crate::terminal::{visible, visible_value};

/// Prints the results of one run.
pub struct Printer<'a> {
    settings: &'a Settings,
    query: Option<&'a Query>,
    pub format: OutputFormat,
    layout: Layout<'static>,
    is_terminal: bool,
    pager: Option<String>,
    /// What the pager will show.
    paged: String,
}

impl<'a> Printer<'a> {
    /// Looks the output format and the pager up. `title` is the title of tables.
    pub fn new(settings: &'a Settings, query: Option<&'a Query>, title: &'static str) -> Result<Self, Failure> {
        let format = output_format(settings)?;
        let pager = pager::configured(settings)?;
        let is_terminal = std::io::stdout().is_terminal();
        let paint = match settings.globals.value(GlobalOption::Color) {
            Some("off") => Paint::Plain,
            Some("on") if pager.is_none() => Paint::ColouredWithResets,
            Some("on") => Paint::Coloured,
            _ if !is_terminal => Paint::Plain,
            _ if pager.is_none() => Paint::ColouredWithResets,
            _ => Paint::Coloured,
        };
        let layout = Layout { title, width: help::terminal_width(), paint };
        Ok(Self { settings, query, format, layout, is_terminal, pager, paged: String::new() })
    }

    /// Whether the format shows the pages of a listing one after the other.
    pub fn shows_pages(&self) -> bool {
        matches!(self.format, OutputFormat::Text | OutputFormat::YamlStream)
    }

    /// Prints a value, or keeps it for the pager.
    pub fn show(&mut self, value: &Value) -> Result<(), Failure> {
        if self.format == OutputFormat::Off {
            return Ok(());
        }
        let queried = self.query.map(|query| query.search(value)).transpose();
        let queried = queried.map_err(|error| Failure::general(error.to_string()))?;
        let value = queried.as_ref().unwrap_or(value);
        // A table has escape sequences of its own: the value is made safe before it is painted.
        let is_table = self.format == OutputFormat::Table;
        let safe = if self.is_terminal && is_table { Some(visible_value(value)) } else { None };
        let text = output::format(self.format, safe.as_ref().unwrap_or(value), self.layout)
            .map_err(|error| Failure::general(error.to_string()))?;
        let text = if self.is_terminal && !is_table { visible(&text) } else { text.into() };
        if self.pager.is_some() {
            self.paged += &text;
            return Ok(());
        }
        if text.is_empty() { Ok(()) } else { pager::print_exactly(&text) }
    }

    /// Shows what is kept for the pager.
    pub fn finish(self) -> Result<(), Failure> {
        if let Some(pager) = self.pager.filter(|_| !self.paged.is_empty()) {
            interrupt::ignore_interrupts();
            pager::page(&self.paged, &pager, self.settings)?;
        }
        // Observed: a terminal that has shown colours is reset once more at the end.
        let is_painted = self.format == OutputFormat::Table && self.layout.paint != Paint::Plain;
        if is_painted && self.is_terminal { pager::print_exactly("\x1b[0m") } else { Ok(()) }
    }
}

fn output_format(settings: &Settings) -> Result<OutputFormat, Failure> {
    let option = settings.globals.value(GlobalOption::Output).map(str::to_owned);
    let name = match option {
        Some(name) => Some(name),
        None => settings.of_environment_or_profile("AWS_DEFAULT_OUTPUT", "output")?,
    };
    let name = name.unwrap_or_else(|| "json".to_owned());
    OutputFormat::named(&name).ok_or_else(|| Failure::general(format!("unknown output format {name}")))
}
