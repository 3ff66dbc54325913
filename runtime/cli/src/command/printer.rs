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
    /// Whether what is printed is still read.
    is_read: bool,
    /// Whether the results are events.
    is_of_events: bool,
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
        let paged = String::new();
        Ok(Self { settings, query, format, layout, is_terminal, pager, paged, is_read: true, is_of_events: false })
    }

    /// Makes the printer one of events: each is printed when it is shown, unless the query gives null for it.
    #[cfg(feature = "event-stream")]
    pub fn of_events(mut self) -> Self {
        self.format = match self.format {
            OutputFormat::Json => OutputFormat::JsonLines,
            OutputFormat::Yaml => OutputFormat::YamlStream,
            other => other,
        };
        self.pager = None;
        self.is_of_events = true;
        self
    }

    /// Whether what is printed is still read. If not, there is no use in fetching more.
    pub fn is_read(&self) -> bool {
        self.is_read
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
        if self.is_of_events && queried == Some(Value::Null) {
            return Ok(());
        }
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
        if !text.is_empty() {
            self.is_read = pager::print_while_read(&text)?;
        }
        Ok(())
    }

    /// Prints values as they come, as long as someone reads them.
    #[cfg(feature = "event-stream")]
    pub fn show_all(&mut self, mut next: impl FnMut() -> Result<Option<Value>, Failure>) -> Result<(), Failure> {
        while self.is_read
            && let Some(value) = next()?
        {
            self.show(&value)?;
        }
        Ok(())
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
