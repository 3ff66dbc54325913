//! Renders the documentation of Smithy models: the AWS CLI's help texts, manual pages, Markdown and Rust doc comments.

// What comes from outside is not indexed: an index that is wrong would be a panic.
#![cfg_attr(not(test), warn(clippy::indexing_slicing, clippy::string_slice))]

pub mod aws_cli;
mod budget;
mod command_pages;
mod definition_lists;
mod example;
mod file;
mod html;
pub mod hyphenation;
mod json;
pub mod line_breaker;
pub mod manual_page;
pub mod manual_writer;
pub mod markdown_blocks;
pub mod markdown_page;
pub mod naming_cli;
mod page;
mod paragraph;
pub mod parallel;
pub mod restructured_text;
pub mod roff;
mod rows;
pub mod rustdoc;
mod text;
mod tree;

pub use file::File;
pub use html::parse;
pub use json::Json;
pub use markdown_blocks::is_hidden;
pub use page::{
    CommandPage, ErrorPage, Example, Limits, MemberPage, OptionPage, PaginationPage, ServicePages, ShapeIndex,
    ShapeKind, ShapePage, WaiterPage,
};
pub use text::{ModelText, toml_string};
pub use tree::{Documentation, Element, Node, Tag};

use std::collections::BTreeSet;

use aws_cli::{Family, TextSetter, Texts, TextsError};
use budget::Budget;
use command_pages::CommandPages;

/// Which pages to write, and with which fixed texts.
#[derive(Clone, Debug, Default)]
pub struct PageSettings {
    /// Files of fixed texts, name and contents. Each replaces the project's own texts for the layout that its style names;
    /// of two for one layout the last counts.
    pub texts: Vec<(String, String)>,
    /// Older layouts to write. The current layout is always written, and so is one that `texts` has a file for.
    pub layouts: BTreeSet<Family>,
}

/// Renders the reference pages of a service's commands: for each command its text, a manual page and a Markdown page,
/// the texts of waiters, and an index of all. Paths are below `docs/`.
///
/// # Errors
/// Fails if a file of fixed texts is not of the form that `docs/cli-texts.md` describes.
pub fn files(pages: &ServicePages, settings: &PageSettings) -> Result<Vec<File>, TextsError> {
    let texts = choose_texts(settings)?;
    let mut budget = Budget::new(pages);
    let with_bullets = definition_lists::as_bullet_lists(pages);
    let links = markdown_page::Links::new(pages);
    let commands = CommandPages { pages, with_bullets: with_bullets.as_ref(), links: &links, texts: &texts };
    let mut files = commands.files(&mut budget);
    files.push(File { path: "docs/README.md".to_owned(), contents: markdown_page::index(pages, &links, &texts) });
    if let Some(texts) = texts.iter().find(|texts| texts.layout.family == Family::V2_36) {
        let mut setter = TextSetter::default();
        let limit = budget.page_limit();
        files.push(File { path: "docs/README.txt".to_owned(), contents: setter.service(pages, limit) });
        for waiter in &pages.waiters {
            let contents = setter.waiter(pages, waiter, texts, budget.page_limit());
            budget.spend(contents.len());
            files.push(File { path: format!("docs/wait/{}.txt", waiter.name), contents });
        }
        if !pages.waiters.is_empty() {
            let contents = setter.waiters(pages, texts, limit);
            files.push(File { path: "docs/wait/README.txt".to_owned(), contents });
        }
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

/// The texts of each layout to write: the last of the given ones, else the project's own.
fn choose_texts(settings: &PageSettings) -> Result<Vec<Texts>, TextsError> {
    let is_wanted = |family: Family| family == Family::V2_36 || settings.layouts.contains(&family);
    let mut chosen: Vec<Texts> = Texts::own().iter().filter(|texts| is_wanted(texts.layout.family)).cloned().collect();
    for (name, contents) in &settings.texts {
        let texts = Texts::from_json(name, contents)?;
        chosen.retain(|other| other.layout.family != texts.layout.family);
        chosen.push(texts);
    }
    chosen.sort_by_key(|texts| texts.layout.family);
    Ok(chosen)
}
