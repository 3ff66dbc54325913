//! The AWS CLI's help pages, byte for byte: its markup, and what docutils and groff make of it.

mod help_markup;
mod layout;
mod page;
mod service_page;
mod syntax;
mod texts;

pub use help_markup::HelpMarkup;
pub use layout::{Family, Layout};
pub use page::{CommandMarkup, markup};
pub use texts::{FixedOption, Notes, Texts, TextsError};

use crate::{ServicePages, WaiterPage};

use super::line_breaker::LineBreaker;
use super::manual_page::ManualPage;
use super::manual_writer;
use super::restructured_text::{Block, Memory, read};

/// Sets pages as text of 80 columns, one after another.
#[derive(Debug, Default)]
pub struct TextSetter {
    read: Memory,
    breaker: LineBreaker,
}

impl TextSetter {
    /// Returns the page of a command that consists of these blocks.
    pub fn command(&mut self, command: &str, blocks: &[Block]) -> String {
        let mut page = ManualPage::new(command, std::mem::take(&mut self.breaker));
        manual_writer::write(blocks, &mut page);
        let (text, breaker) = page.finish();
        self.breaker = breaker;
        text
    }

    /// Returns the page of a service.
    pub fn service(&mut self, pages: &ServicePages, limit: usize) -> String {
        self.markup(&pages.name, &service_page::service(pages, limit))
    }

    /// Returns the page of a service's waiters.
    pub fn waiters(&mut self, pages: &ServicePages, texts: &Texts, limit: usize) -> String {
        self.markup(service_page::WAIT, &service_page::waiters(pages, texts, limit))
    }

    /// Returns the page of a waiter.
    pub fn waiter(&mut self, pages: &ServicePages, waiter: &WaiterPage, texts: &Texts, limit: usize) -> String {
        self.markup(&waiter.name, &page::waiter_markup(pages, waiter, texts, limit))
    }

    /// Returns the page that a markup becomes.
    pub fn markup(&mut self, command: &str, markup: &str) -> String {
        let blocks = self.blocks(markup);
        self.command(command, &blocks)
    }

    /// Returns the blocks of a page after its title, which stands in the page's head already.
    pub fn blocks(&mut self, markup: &str) -> Vec<Block> {
        let mut blocks = read(markup, &mut self.read);
        let title = blocks.iter().position(|block| matches!(block, Block::Section(_)));
        blocks.drain(..title.map_or(0, |title| title + 1));
        blocks
    }
}
