//! The comment at the top of each file.

/// A comment of these lines. File names may be part of them, so characters that would end or disguise it are dropped.
pub(super) fn comment(mark: &str, lines: &str) -> String {
    let lines = lines.lines().map(|line| {
        let text: String = line.chars().filter(|c| !whitesmith_docs::is_hidden(*c)).collect();
        format!("{}\n", format!("{mark} {text}").trim_end())
    });
    lines.collect()
}
