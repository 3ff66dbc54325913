//! Renders the documentation of Smithy models: the AWS CLI's help texts, manual pages, Markdown and Rust doc comments.

// What comes from outside is not indexed: an index that is wrong would be a panic.
#![cfg_attr(not(test), warn(clippy::indexing_slicing, clippy::string_slice))]

pub mod aws_cli;
mod definition_lists;
mod example;
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
pub mod restructured_text;
pub mod roff;
pub mod rustdoc;
mod text;
mod tree;

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

use aws_cli::{Family, Texts, TextsError};

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The path in the crate's folder, with forward slashes.
    pub path: String,
    /// The whole text.
    pub contents: String,
}

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
    let mut files = Vec::with_capacity(pages.commands.len() * 5 + 1);
    let mut budget = Budget::new(pages);
    let with_bullets = definition_lists::as_bullet_lists(pages);
    for (index, command) in pages.commands.iter().enumerate() {
        let limit = budget.page_limit();
        let written = files.len();
        for texts in &texts {
            let (folder, stem) = (texts.layout.folder(), &command.command);
            let (text, blocks) = aws_cli::text_and_blocks(pages, command, texts, limit);
            files.push(File { path: format!("docs/{folder}{stem}.txt"), contents: text });
            if texts.layout.family == Family::V2_36 {
                let head = roff::Head {
                    command: stem,
                    date: pages.version.unescaped(),
                    program: &pages.name,
                    manual: pages.title.unescaped(),
                };
                let with_bullets = with_bullets.as_ref().and_then(|pages| Some((pages, pages.commands.get(index)?)));
                let blocks = match with_bullets {
                    Some((pages, command)) => aws_cli::blocks(pages, command, texts, limit),
                    None => blocks,
                };
                files.push(File { path: format!("docs/{stem}.1"), contents: roff::source(&head, &blocks) });
            }
        }
        files.push(File {
            path: format!("docs/{}.md", command.command),
            contents: markdown_page::page(pages, command, limit),
        });
        budget.spend(files.iter().skip(written).map(|file| file.contents.len()).sum());
    }
    files.push(File { path: "docs/README.md".to_owned(), contents: markdown_page::index(pages, &texts) });
    if let Some(texts) = texts.iter().find(|texts| texts.layout.family == Family::V2_36) {
        let limit = budget.page_limit();
        files.push(File { path: "docs/README.txt".to_owned(), contents: aws_cli::service_text(pages, limit) });
        for waiter in &pages.waiters {
            let contents = aws_cli::waiter_text(pages, waiter, texts, budget.page_limit());
            budget.spend(contents.len());
            files.push(File { path: format!("docs/wait/{}.txt", waiter.name), contents });
        }
        if !pages.waiters.is_empty() {
            let contents = aws_cli::waiters_text(pages, texts, limit);
            files.push(File { path: "docs/wait/README.txt".to_owned(), contents });
        }
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

/// Limits the size of a service's pages. They describe a nested shape wherever it occurs, so shapes that contain each other
/// in many ways would fill any disk.
struct Budget {
    page: usize,
    left: usize,
}

impl Budget {
    /// The longest pages of AWS's models have about the size of the model's own text.
    fn new(pages: &ServicePages) -> Self {
        const KIB: usize = 1 << 10;
        const MIB: usize = 1 << 20;
        let text = pages.text_len();
        Self {
            page: (256 * KIB).saturating_add(text.saturating_mul(8)).min(8 * MIB),
            left: (8 * MIB).saturating_add(text.saturating_mul(64)),
        }
    }

    /// Bytes after which the next page leaves nested shapes out.
    fn page_limit(&self) -> usize {
        self.page.min(self.left)
    }

    fn spend(&mut self, bytes: usize) {
        self.left = self.left.saturating_sub(bytes);
    }
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
