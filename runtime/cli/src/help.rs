//! Help pages and the version.

use std::io::IsTerminal;

use crate::arguments::GLOBAL_OPTIONS;
use crate::configuration::Settings;
use crate::failure::Failure;
use crate::program::Program;
use crate::terminal::visible;
use crate::{pager, pages};

/// Columns without a terminal.
const DEFAULT_WIDTH: usize = 80;

/// Returns the terminal's width, or 80 columns.
pub fn terminal_width() -> usize {
    if !std::io::stdout().is_terminal() {
        return DEFAULT_WIDTH;
    }
    terminal_size::terminal_size_of(std::io::stdout()).map_or(DEFAULT_WIDTH, |(width, _)| usize::from(width.0))
}

/// Returns the program's name and version.
pub fn version(program: &Program) -> String {
    let (system, machine) = (std::env::consts::OS, std::env::consts::ARCH);
    let (name, version) = match program.services.as_slice() {
        [service] => (service.name, service.version),
        services => (program.name.as_str(), services.first().map_or("", |service| service.version)),
    };
    format!("{name}-cli/{version} {system}/{machine}")
}

/// Returns a page on the services of a program; on the only one if it has but one.
pub fn program_page(program: &Program) -> String {
    if let Some(service) = program.implied_service() {
        return service.pages.text(pages::SERVICE);
    }
    let name = &program.name;
    let mut page =
        format!("NAME\n       {name}\n\nSYNOPSIS\n       {name} [options] <service> <command> [options]\n\nSERVICES\n");
    for service in &program.services {
        page += &format!("       {}\n", service.name);
    }
    page + "\n" + &global_options()
}

fn global_options() -> String {
    let mut page = "GLOBAL OPTIONS\n".to_owned();
    for (_, flag, summary) in GLOBAL_OPTIONS {
        page += &format!("       {}\n              {summary}.\n\n", flag.name);
    }
    page
}

/// Prints a page, through a pager on a terminal.
pub fn show(page: &str, settings: &Settings) -> Result<(), Failure> {
    match pager::configured(settings)? {
        // A missing pager does not keep the page from being shown.
        Some(pager) => pager::page(&visible(page), &pager, settings).or_else(|_| pager::print(page)),
        None => pager::print(page),
    }
}
