//! Documentation tree → the Markdown of a Rust doc comment.

use crate::{Documentation, ModelText};

use super::markdown_blocks;

/// Markdown for a doc comment: paragraphs, then the constraints. No line of it can end the comment, become a doctest, or make
/// `cargo doc` warn: HTML is escaped, addresses are marked as links, code blocks are marked as text.
///
/// `resolve` gives the Rust path of the item that a piece of code names (`GetOpportunity` → `crate::client::…`), for links
/// to other items; `None` leaves the code as it is. The result has no trailing newline and is empty when there is nothing to say.
pub fn rustdoc(
    documentation: &Documentation,
    resolve: &dyn Fn(&str) -> Option<String>,
    constraints: &[(&'static str, ModelText)],
) -> String {
    let mut out = markdown_blocks::render(documentation, resolve);
    if !constraints.is_empty() {
        if !out.is_empty() {
            out.push_str("\n\n");
        }
        out.push_str("Constraints: ");
        for (at, (name, value)) in constraints.iter().enumerate() {
            out.push_str(if at == 0 { "" } else { "; " });
            out.push_str(name);
            out.push(' ');
            out.push_str(&value.markdown_code());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    fn plain(html: &str) -> String {
        rustdoc(&parse(html), &|_| None, &[])
    }

    #[test]
    fn blocks_in_a_line_stand_apart() {
        let line =
            markdown_blocks::render_inline(&parse("<p>One.</p><ul><li>two</li><li>three</li></ul><p>End</p>"), &|_| {
                None
            });
        assert_eq!(line, "One. two three End");
    }

    #[test]
    fn paragraphs_code_links_and_lists() {
        assert_eq!(
            plain(
                "<p>Use <code>a</code> or <a href=\"https://x.test/a b\">the <b>page</b></a>.</p>\
                 <ul> <li> <p>one</p> </li> <li>two<ul><li>three</li></ul></li></ul><p>End</p>"
            ),
            "Use `a` or [the **page**](<https://x.test/a%20b>).\n\n- one\n- two\n  - three\n\nEnd"
        );
    }

    #[test]
    fn items_of_the_crate_are_linked() {
        let resolve = |name: &str| (name == "Tag").then(|| "crate::types::Tag".to_owned());
        assert_eq!(
            rustdoc(&parse("<code>Tag</code>, <a>Tag</a>, <code>Other</code>"), &resolve, &[]),
            "[`Tag`](crate::types::Tag), [`Tag`](crate::types::Tag), `Other`"
        );
    }

    #[test]
    fn nothing_becomes_markup_by_accident() {
        for (html, expected) in [
            ("a [b] *c* _d_ &lt;T> `e` \\", "a \\[b\\] \\*c\\* \\_d\\_ \\<T\\> \\`e\\` \\\\"),
            ("see https://x.test/y_z.", "see <https://x.test/y_z>."),
            ("# no heading", "\\# no heading"),
            ("1. no list", "1\\. no list"),
            ("- no list", "\\- no list"),
            ("<script>alert(1)</script>x", "x"),
            ("*/ \"]", "\\*/ \"\\]"),
            ("<code>a`b</code>", "``a`b``"),
            ("<code> </code>x", "x"),
            ("a\u{0}b\u{1b}c", "abc"),
            ("<a href=\"javascript:x\">y</a>", "y"),
        ] {
            assert_eq!(plain(html), expected, "{html}");
        }
    }

    #[test]
    fn code_blocks_are_no_doctests() {
        assert_eq!(plain("<p>a</p><pre>fn main() {\n  ```\n}</pre>"), "a\n\n````text\nfn main() {\n  ```\n}\n````");
    }

    #[test]
    fn constraints_follow_the_text() {
        let constraint = ("pattern", ModelText::from("^[a-z]+$"));
        assert_eq!(rustdoc(&parse("<p>Text</p>"), &|_| None, &[constraint]), "Text\n\nConstraints: pattern `^[a-z]+$`");
    }
}
