//! The AWS CLI's help pages, byte for byte: its markup, and what docutils and groff make of it.

mod help_markup;
mod layout;
mod page;
mod service_page;
mod syntax;
mod texts;

pub use help_markup::HelpMarkup;
pub use layout::{Family, Layout};
pub use page::markup;
pub use texts::{FixedOption, Notes, Texts, TextsError};

use crate::{CommandPage, ServicePages, WaiterPage};

use super::manual_page::ManualPage;
use super::manual_writer;
use super::restructured_text::{Block, read};

/// Returns a command's page as text of 80 columns, in the layout of the texts, and the blocks it consists of. Nested shapes
/// are left out after `limit` bytes.
pub fn text_and_blocks(
    pages: &ServicePages,
    command: &CommandPage,
    texts: &Texts,
    limit: usize,
) -> (String, Vec<Block>) {
    let blocks = blocks(pages, command, texts, limit);
    (text_of_blocks(&command.command, &blocks), blocks)
}

/// Returns the blocks that a command's page consists of.
pub fn blocks(pages: &ServicePages, command: &CommandPage, texts: &Texts, limit: usize) -> Vec<Block> {
    body(&markup(pages, command, texts, limit))
}

/// Returns the page of a service as text.
pub fn service_text(pages: &ServicePages, limit: usize) -> String {
    text_of_markup(&pages.name, &service_page::service(pages, limit))
}

/// Returns the page of a service's waiters as text.
pub fn waiters_text(pages: &ServicePages, texts: &Texts, limit: usize) -> String {
    text_of_markup(service_page::WAIT, &service_page::waiters(pages, texts, limit))
}

/// Returns the page of a waiter as text.
pub fn waiter_text(pages: &ServicePages, waiter: &WaiterPage, texts: &Texts, limit: usize) -> String {
    text_of_markup(&waiter.name, &page::waiter_markup(pages, waiter, texts, limit))
}

/// The text that the markup of a page becomes.
pub fn text_of_markup(command: &str, markup: &str) -> String {
    text_of_blocks(command, &body(markup))
}

/// The blocks of a page after its title, which stands in the page's head already.
fn body(markup: &str) -> Vec<Block> {
    let mut blocks = read(markup);
    let title = blocks.iter().position(|block| matches!(block, Block::Section(_)));
    blocks.drain(..title.map_or(0, |title| title + 1));
    blocks
}

fn text_of_blocks(command: &str, blocks: &[Block]) -> String {
    let mut page = ManualPage::new(command);
    manual_writer::write(blocks, &mut page);
    page.finish()
}
