//! The rows of a page on a terminal.

/// Rows from the top down, of which the last one can still be written over.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// The rows above the last one, each with a line feed.
    done: Vec<u8>,
    last: Vec<u8>,
    count: usize,
    /// The row that the next text goes to: the last one, or one below it.
    cursor: usize,
}

impl Rows {
    /// Writes text into the row of the cursor, from a column on, and moves to the next row.
    pub fn put(&mut self, column: i64, text: &[u8]) {
        if self.cursor >= self.count {
            self.finish_last();
            self.done.extend(std::iter::repeat_n(b'\n', self.cursor - self.count));
            self.count = self.cursor + 1;
        }
        overlay(&mut self.last, column, text);
        self.cursor += 1;
    }

    /// Moves down.
    pub fn skip(&mut self, rows: usize) {
        self.cursor += rows;
    }

    /// Moves back to the row that was written last.
    pub fn go_back(&mut self) {
        self.cursor = self.count.saturating_sub(1);
    }

    /// The rows as text.
    pub fn finish(mut self) -> String {
        self.finish_last();
        // Rows have nothing but ASCII.
        String::from_utf8(self.done).unwrap_or_default()
    }

    fn finish_last(&mut self) {
        if self.count > 0 {
            self.done.extend_from_slice(self.last.trim_ascii_end());
            self.done.push(b'\n');
            self.last.clear();
        }
    }
}

/// Writes text over a row from a column on, as a terminal would; spaces leave what is there.
pub(super) fn overlay(row: &mut Vec<u8>, column: i64, text: &[u8]) {
    let column = usize::try_from(column).unwrap_or_default();
    if row.is_empty() {
        row.resize(column, b' ');
        row.extend_from_slice(text);
        return;
    }
    if row.len() < column + text.len() {
        row.resize(column + text.len(), b' ');
    }
    for (cell, byte) in row.iter_mut().skip(column).zip(text) {
        if *byte != b' ' {
            *cell = *byte;
        }
    }
}
