//! The AWS CLI's help pages, byte for byte: its markup, and what docutils and groff make of it.

mod help_markup;
mod layout;
mod page;
mod syntax;
mod texts;

pub use help_markup::HelpMarkup;
pub use layout::{Family, Layout};
pub use page::markup;
pub use texts::{FixedOption, Notes, Texts, TextsError};

use crate::plan::documentation::{CommandPage, ServicePages};

use super::manual_page::ManualPage;
use super::{manual_writer, restructured_text};

/// A command's page as text of 80 columns, in the layout of the texts.
pub fn text(pages: &ServicePages, command: &CommandPage, texts: &Texts) -> String {
    let blocks = restructured_text::read(&markup(pages, command, texts));
    let mut page = ManualPage::new(&command.command);
    // The first heading is the page's title, which stands in its head already.
    let title = blocks.iter().position(|block| matches!(block, restructured_text::Block::Section(_)));
    let body = blocks.get(title.map_or(0, |title| title + 1)..).unwrap_or_default();
    manual_writer::write(body, &mut page);
    page.finish()
}
