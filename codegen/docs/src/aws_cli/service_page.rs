//! The pages of a service and of its waiters: what they are for, and a list of commands.

use crate::ServicePages;

use super::help_markup::HelpMarkup;
use super::texts::Texts;

/// The command that runs waiters.
pub const WAIT: &str = "wait";

/// Returns the markup of a service's page.
pub fn service(pages: &ServicePages, limit: usize) -> String {
    let mut markup = HelpMarkup::with_limit(limit);
    start(&mut markup, &pages.name, &format!("aws {}", pages.name));
    markup.documentation(&pages.documentation);
    list(&mut markup, pages.listed.iter().map(String::as_str));
    markup.finish()
}

/// Returns the markup of the page of a service's waiters.
pub fn waiters(pages: &ServicePages, texts: &Texts, limit: usize) -> String {
    let mut markup = HelpMarkup::with_limit(limit);
    start(&mut markup, WAIT, &format!("aws {} {WAIT}", pages.name));
    markup.fixed_text(&texts.notes.waiters);
    list(&mut markup, pages.waiters.iter().map(|waiter| waiter.name.as_str()));
    markup.finish()
}

fn start(markup: &mut HelpMarkup, title: &str, reference: &str) {
    markup.new_paragraph();
    markup.line(&format!(".. _cli:{reference}:"));
    markup.title(title);
    markup.section("Description");
}

fn list<'n>(markup: &mut HelpMarkup, names: impl Iterator<Item = &'n str>) {
    markup.section("Available Commands");
    for name in names {
        markup.new_paragraph();
        markup.line(&format!("* {name}"));
    }
}
