//! Renders the documentation of Smithy models: the AWS CLI's help texts, manual pages, Markdown and Rust doc comments.

pub mod aws_cli;
mod example;
mod html;
pub mod hyphenation;
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
mod tree;

pub use html::parse;
pub use page::{
    CommandPage, ErrorPage, Example, Limits, MemberPage, OptionPage, ServicePages, ShapeIndex, ShapeKind, ShapePage,
};
pub use tree::{Documentation, Element, Node, Tag};

use aws_cli::{Family, Texts, TextsError};

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The path in the crate's folder, with forward slashes.
    pub path: String,
    /// The whole text.
    pub contents: String,
}

/// The reference pages of some operations of a service, below `docs/`: for each command its text in the three layouts, a
/// manual page and a Markdown page; and an index.
///
/// `cli_texts` are files of fixed texts, name and contents; each serves the layout that its
/// style names, and where there is none for a layout the project's own serve. Of two for one layout the last one counts.
///
/// # Errors
/// When a file of fixed texts is not of the form that `docs/cli-texts.md` describes.
pub fn files(pages: &ServicePages, cli_texts: &[(String, String)]) -> Result<Vec<File>, TextsError> {
    let texts = choose_texts(cli_texts)?;
    let mut files = Vec::with_capacity(pages.commands.len() * 5 + 1);
    let mut budget = Budget::new(pages);
    for command in &pages.commands {
        let limit = budget.page_limit();
        let written = files.len();
        for texts in &texts {
            let (folder, stem) = (texts.layout.folder(), &command.command);
            let (text, blocks) = aws_cli::text_and_blocks(pages, command, texts, limit);
            files.push(File { path: format!("docs/{folder}{stem}.txt"), contents: text });
            if texts.layout.family == Family::V2_36 {
                let head =
                    roff::Head { command: stem, date: &pages.version, program: &pages.name, manual: &pages.title };
                files.push(File { path: format!("docs/{stem}.1"), contents: roff::source(&head, &blocks) });
            }
        }
        files.push(File {
            path: format!("docs/{}.md", command.command),
            contents: markdown_page::page(pages, command, limit),
        });
        budget.spend(files.iter().skip(written).map(|file| file.contents.len()).sum());
    }
    files.push(File { path: "docs/README.md".to_owned(), contents: markdown_page::index(pages) });
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

/// Bounds the pages of a service: shapes that contain each other in many ways would fill any disk, since pages describe
/// nested shapes at every place.
struct Budget {
    page: usize,
    left: usize,
}

impl Budget {
    /// The longest pages of AWS's models take one byte a byte of the model's own text.
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

/// The texts of each layout: the last of the given ones, else the project's own.
fn choose_texts(cli_texts: &[(String, String)]) -> Result<Vec<Texts>, TextsError> {
    let mut chosen = Texts::own().to_vec();
    for (name, contents) in cli_texts {
        let texts = Texts::from_json(name, contents)?;
        chosen.retain(|other| other.layout.family != texts.layout.family);
        chosen.push(texts);
    }
    chosen.sort_by_key(|texts| texts.layout.family);
    Ok(chosen)
}
