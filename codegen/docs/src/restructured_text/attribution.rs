//! Attributions of quotes: paragraphs at their end that begin with a dash.

use super::line::Line;

/// An attribution's text and line.
type Attribution = (String, usize);

/// Splits a quote at its first attribution, a paragraph that begins with a dash: what is before, the attribution, the rest.
pub(super) fn split_attribution<'l, 'p>(
    lines: &'l [Line<'p>],
) -> (&'l [Line<'p>], Option<Attribution>, &'l [Line<'p>]) {
    let mut seen_text = false;
    let mut after_blank = false;
    for (index, line) in lines.iter().enumerate() {
        if line.text.is_empty() {
            after_blank = true;
            continue;
        }
        if seen_text
            && after_blank
            && let Some(dash) = dash_length(line.text)
            && let Some(end) = attribution_end(lines, index)
        {
            let mut text = line.text.get(dash..).unwrap_or_default().to_owned();
            for line in lines.get(index + 1..end).unwrap_or_default() {
                text.push('\n');
                text.push_str(line.text.trim_start());
            }
            return (
                lines.get(..index).unwrap_or_default(),
                Some((text, line.number)),
                lines.get(end..).unwrap_or_default(),
            );
        }
        seen_text = true;
        after_blank = false;
    }
    (lines, None, &[])
}

/// Returns the length in bytes of a line's leading dash, with its spaces.
fn dash_length(text: &str) -> Option<usize> {
    let rest = if let Some(rest) = text.strip_prefix('\u{2014}') {
        rest
    } else {
        let rest = text.strip_prefix("--")?;
        let rest = rest.strip_prefix('-').unwrap_or(rest);
        if rest.starts_with('-') {
            return None;
        }
        rest
    };
    let rest = rest.trim_start_matches(' ');
    (!rest.is_empty()).then_some(text.len() - rest.len())
}

/// Where an attribution ends; `None` if its lines are not indented alike.
fn attribution_end(lines: &[Line<'_>], start: usize) -> Option<usize> {
    let mut indent = None;
    for (index, line) in lines.iter().enumerate().skip(start + 1) {
        if line.text.is_empty() {
            return Some(index);
        }
        let spaces = line.text.len() - line.text.trim_start().len();
        if *indent.get_or_insert(spaces) != spaces {
            return None;
        }
    }
    Some(lines.len())
}
