//! Draws sections below each other, all of the same width.

use super::super::error::{MAX_BYTES, OutputError};
use super::Paint;
use super::section::{Section, width};

/// Spaces and edge of a cell.
const PADDING: usize = 4;
/// The two outer edges.
const EDGES: usize = 2;

/// How a table looks.
#[derive(Clone, Copy, Debug)]
pub struct Layout<'a> {
    /// The table's title: the operation's name.
    pub title: &'a str,
    /// Width from which single rows are shown as columns.
    pub width: usize,
    /// Its colours.
    pub paint: Paint,
}

pub fn render(mut sections: Vec<Section>, layout: Layout<'_>) -> Result<String, OutputError> {
    let mut total = total_width(&sections);
    if total > layout.width {
        sections = sections.into_iter().map(Section::on_its_side).collect();
        total = total_width(&sections);
    }
    // Every line is as wide as the widest.
    let lines: usize = sections.iter().map(Section::line_count).sum();
    if lines.saturating_mul(total) > MAX_BYTES {
        return Err(OutputError::TooLarge);
    }
    let mut out = layout.paint.top(&"-".repeat(total));
    for section in &sections {
        section.draw(total, layout.paint, &mut out);
    }
    Ok(out)
}

fn total_width(sections: &[Section]) -> usize {
    sections.iter().map(Section::least_width).max().unwrap_or(0)
}

impl Section {
    /// Turns a section of one row into a row per cell, with its header.
    fn on_its_side(self) -> Self {
        let ([row], false) = (self.rows.as_slice(), self.headers.is_empty()) else { return self };
        let mut turned = Self { title: self.title.clone(), level: self.level, ..Self::default() };
        for (header, cell) in self.headers.iter().zip(row) {
            // Two cells each: never uneven.
            let _ = turned.add_row(vec![header.clone(), cell.clone()]);
        }
        turned
    }

    fn least_width(&self) -> usize {
        let outer = EDGES + 2 * self.level;
        let cells: usize = self.widths.iter().map(|width| width + PADDING).sum();
        (width(&self.title) + outer).max(cells + outer)
    }

    /// The number of lines that the section takes at most.
    fn line_count(&self) -> usize {
        self.rows.len() + 5
    }

    fn draw(&self, total: usize, paint: Paint, out: &mut String) {
        let total = total.saturating_sub(2 * self.level);
        let mut line = |text: &str| out.push_str(&paint.line(text, self.level));
        if !self.title.is_empty() {
            line(&centred(&self.title, total, true));
            if self.headers.is_empty() && self.rows.is_empty() {
                line(&format!("+{}+", "-".repeat(total.saturating_sub(EDGES))));
            }
        }
        let widths = self.column_widths(total);
        let rule: String = widths
            .iter()
            .enumerate()
            .map(|(at, width)| match at {
                0 => format!("+{}+", "-".repeat(width.saturating_sub(2))),
                _ => format!("{}+", "-".repeat(width.saturating_sub(1))),
            })
            .collect();
        if !self.headers.is_empty() {
            line(&rule);
            let cells = widths.iter().zip(&self.headers).enumerate();
            line(&cells.map(|(at, (width, header))| centred(header, *width, at == 0)).collect::<String>());
        }
        if !self.rows.is_empty() && !widths.is_empty() {
            line(&rule);
            for row in &self.rows {
                let cells = widths.iter().zip(row).enumerate();
                line(&cells.map(|(at, (width, cell))| aligned(cell, *width, at == 0, paint)).collect::<String>());
            }
            line(&rule);
        }
    }

    /// Returns the columns' widths with edges, stretched to fill the line; rounding differences go to the last columns or
    /// are taken from the first.
    #[allow(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "widths of text on a terminal"
    )]
    fn column_widths(&self, total: usize) -> Vec<usize> {
        let natural: Vec<usize> = self.widths.iter().map(|width| width + PADDING).collect();
        let sum: usize = natural.iter().sum();
        if sum == 0 {
            return natural;
        }
        let scale = total as f64 / sum as f64;
        let mut widths: Vec<usize> =
            natural.iter().map(|width| (scale * *width as f64).round_ties_even() as usize).collect();
        let count = widths.len();
        let mut scaled: usize = widths.iter().sum();
        let mut at = 0;
        while scaled != total {
            let column = at % count;
            let column = if scaled < total { count - 1 - column } else { column };
            if let Some(width) = widths.get_mut(column) {
                if scaled < total {
                    *width += 1;
                    scaled += 1;
                } else {
                    *width = width.saturating_sub(1);
                    scaled -= 1;
                }
            }
            at += 1;
        }
        widths
    }
}

fn left_edge(first: bool) -> &'static str {
    if first { "|" } else { "" }
}

fn centred(text: &str, length: usize, first: bool) -> String {
    let edge = left_edge(first);
    let text_width = width(text);
    let before = (length / 2).saturating_sub(text_width / 2 + 1);
    let after = length.saturating_sub(1 + edge.len() + before + text_width);
    format!("{edge}{}{text}{}|", " ".repeat(before), " ".repeat(after))
}

fn aligned(text: &str, length: usize, first: bool, paint: Paint) -> String {
    let edge = left_edge(first);
    let text_width = width(text);
    let padding = if length > text_width + edge.len() + 2 { 2 } else { 0 };
    let after = length.saturating_sub(edge.len() + padding + text_width + 1);
    format!("{edge}{}{}{}|", " ".repeat(padding), paint.cell(text), " ".repeat(after))
}
