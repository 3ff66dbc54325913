//! URLs in messages.

use std::borrow::Cow;

/// Returns a URL without the user name and password before its host, for messages.
pub fn without_user_info(url: &str) -> Cow<'_, str> {
    let rest = url.split_once("//").map_or(url, |(_, rest)| rest);
    let scheme = url.strip_suffix(rest).unwrap_or_default();
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    match authority.rsplit_once('@') {
        Some((_, host)) => Cow::Owned(format!("{scheme}{host}{path}")),
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
