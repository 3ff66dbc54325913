//! Pages of commands: as text, as a manual page and as Markdown.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::aws_cli::{self, Family, TextSetter, Texts};
use crate::budget::Budget;
use crate::file::File;
use crate::{ServicePages, markdown_page, parallel, roff};

/// The pages of a service's commands.
pub(super) struct CommandPages<'p> {
    pub pages: &'p ServicePages,
    /// The pages with bullet lists in the place of definition lists, if there are any.
    pub with_bullets: Option<&'p ServicePages>,
    pub links: &'p markdown_page::Links<'p>,
    pub texts: &'p [Texts],
}

/// What pages have in common, remembered from one to the next.
#[derive(Default)]
struct Memory<'p> {
    setter: TextSetter,
    roff: roff::Memory,
    markdown: markdown_page::Memory<'p>,
}

impl<'p> CommandPages<'p> {
    /// Renders them.
    pub fn files(&self, budget: &mut Budget) -> Vec<File> {
        self.all_at_once(budget).unwrap_or_else(|| self.one_after_another(budget))
    }

    /// The pages of all commands, on all cores; `None` if the budget would have cut any of them short.
    fn all_at_once(&self, budget: &mut Budget) -> Option<Vec<File>> {
        let commands: Vec<usize> = (0..self.pages.commands.len()).collect();
        let limit = budget.page_limit();
        let spent = AtomicUsize::new(0);
        let written = parallel::map_with(&commands, Memory::default, |memory, index| {
            if spent.load(Ordering::Relaxed).saturating_add(limit) > budget.left {
                return None;
            }
            let files = self.of_command(memory, *index, limit);
            spent.fetch_add(size_of(&files), Ordering::Relaxed);
            Some(files)
        });
        let files: Vec<File> = written.into_iter().collect::<Option<Vec<_>>>()?.into_iter().flatten().collect();
        let spent = size_of(&files);
        if spent.saturating_add(limit) > budget.left {
            return None;
        }
        budget.spend(spent);
        Some(files)
    }

    /// The pages of all commands, each within what the ones before it have left of the budget.
    fn one_after_another(&self, budget: &mut Budget) -> Vec<File> {
        let mut memory = Memory::default();
        let mut files = Vec::new();
        for index in 0..self.pages.commands.len() {
            let written = self.of_command(&mut memory, index, budget.page_limit());
            budget.spend(size_of(&written));
            files.extend(written);
        }
        files
    }

    /// The pages of a command.
    fn of_command(&self, memory: &mut Memory<'p>, index: usize, limit: usize) -> Vec<File> {
        let pages = self.pages;
        let Some(command) = pages.commands.get(index) else { return Vec::new() };
        let stem = &command.command;
        let mut files = Vec::with_capacity(self.texts.len() + 2);
        for texts in self.texts {
            let markup = aws_cli::markup(pages, command, texts, limit);
            let blocks = memory.setter.blocks(&markup.text);
            let contents = memory.setter.command(stem, &blocks);
            files.push(File { path: format!("docs/{}{stem}.txt", texts.layout.folder()), contents });
            if texts.layout.family == Family::V2_36 {
                let head = roff::Head {
                    command: stem,
                    date: pages.version.unescaped(),
                    program: &pages.name,
                    manual: pages.title.unescaped(),
                };
                let with_bullets = self.with_bullets.filter(|_| markup.has_definition_lists);
                let with_bullets = with_bullets.and_then(|pages| Some((pages, pages.commands.get(index)?)));
                let with_bullets = with_bullets
                    .map(|(pages, command)| aws_cli::markup(pages, command, texts, limit))
                    .map(|markup| memory.setter.blocks(&markup.text));
                let blocks = with_bullets.as_ref().unwrap_or(&blocks);
                let contents = roff::source(&head, blocks, &mut memory.roff);
                files.push(File { path: format!("docs/{stem}.1"), contents });
            }
        }
        let contents = markdown_page::page(pages, self.links, &mut memory.markdown, command, limit);
        files.push(File { path: format!("docs/{stem}.md"), contents });
        files
    }
}

fn size_of(files: &[File]) -> usize {
    files.iter().map(|file| file.contents.len()).sum()
}
