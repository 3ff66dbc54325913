//! URLs in messages.

use std::borrow::Cow;

/// Returns a URL without the user name and password before its host, for messages.
pub fn without_user_info(url: &str) -> Cow<'_, str> {
    let start = url.find("//").map_or(0, |at| at + 2);
    let (scheme, rest) = url.split_at(start);
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    match rest.get(..end).and_then(|authority| authority.rfind('@')) {
        Some(at) => Cow::Owned(format!("{scheme}{}", rest.get(at + 1..).unwrap_or_default())),
        None => Cow::Borrowed(url),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_info_is_removed() {
        for (url, shown) in [
            ("http://me:word@h:1/a@b", "http://h:1/a@b"),
            ("me:word@h", "h"),
            ("http://me:w@rd@h?x", "http://h?x"),
            ("http://h/me:word@x", "http://h/me:word@x"),
        ] {
            assert_eq!(without_user_info(url), shown);
        }
    }
}
