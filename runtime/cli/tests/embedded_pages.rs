//! Pages that a program embeds are those that it shows.

use whitesmith_cli::{Pages, pages};

#[test]
fn pages_of_the_folders_are_embedded() {
    const PAGES: Pages = pages!("tests/pages", "wait");
    assert_eq!(PAGES.text("README"), "NAME\n       things\n");
    assert_eq!(PAGES.text("get-thing"), "NAME\n       get-thing\n");
    assert_eq!(PAGES.text("wait/thing-ready"), "NAME\n       thing-ready\n");
    const OUTER: Pages = pages!("tests/pages");
    assert_eq!(OUTER.text("wait/thing-ready"), "");
}
