//! The functions.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Longest host label, in bytes.
const LONGEST_LABEL: usize = 63;

/// Whether a text is a host label (RFC 1123): letters, digits and inner hyphens.
pub fn is_host_label(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() <= LONGEST_LABEL
        && bytes.first().is_some_and(u8::is_ascii_alphanumeric)
        && bytes.last().is_some_and(u8::is_ascii_alphanumeric)
        && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
}

/// Whether a text is a host label, or with `allow_sub_domains` several labels separated by dots: `isValidHostLabel`.
pub fn is_valid_host_label(text: &str, allow_sub_domains: bool) -> bool {
    if allow_sub_domains { text.split('.').all(is_host_label) } else { is_host_label(text) }
}

/// Whether a bucket's name can begin a host name: `aws.isVirtualHostableS3Bucket`.
pub fn is_virtual_hostable_s3_bucket(text: &str, allow_sub_domains: bool) -> bool {
    (3..=63).contains(&text.len())
        && !text.bytes().any(|byte| byte.is_ascii_uppercase())
        && text.parse::<Ipv4Addr>().is_err()
        && is_valid_host_label(text, allow_sub_domains)
}

/// Percent-encodes everything but RFC 3986's unreserved characters: `uriEncode`.
pub fn uri_encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// Returns the characters from `start` up to `stop`, with `reverse` counted from the end: `substring`. `None` unless the
/// text is ASCII and long enough.
pub fn substring(text: &str, start: usize, stop: usize, reverse: bool) -> Option<&str> {
    if start >= stop || stop > text.len() || !text.is_ascii() {
        return None;
    }
    if reverse {
        text.get(text.len().checked_sub(stop)?..text.len().checked_sub(start)?)
    } else {
        text.get(start..stop)
    }
}

/// Returns the pieces between delimiters, at most `limit` unless it is 0: `split`.
pub fn split<'a>(text: &'a str, delimiter: &str, limit: usize) -> Vec<&'a str> {
    if delimiter.is_empty() {
        return vec![text];
    }
    if limit == 0 { text.split(delimiter).collect() } else { text.splitn(limit, delimiter).collect() }
}

/// A parsed URL: `parseURL`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParsedUrl<'a> {
    /// `http` or `https`.
    pub scheme: &'a str,
    /// Host and port.
    pub authority: &'a str,
    /// The path as given, which may be empty.
    pub path: &'a str,
    /// The path with a slash at both ends.
    pub normalized_path: String,
    /// Whether the host is an address.
    pub is_ip: bool,
}

/// Parses a URL: `parseURL`. `None` if it is invalid or has a query or fragment.
pub fn parse_url(url: &str) -> Option<ParsedUrl<'_>> {
    let (scheme, rest) = url.split_once("://")?;
    let (authority, path) = rest.find('/').map_or((rest, ""), |slash| rest.split_at(slash));
    let host = host_of(authority)?;
    if !matches!(scheme, "http" | "https") || !path.bytes().all(may_stand_in_path) {
        return None;
    }
    let trimmed = path.trim_matches('/');
    let normalized_path = if trimmed.is_empty() { "/".to_owned() } else { format!("/{trimmed}/") };
    Some(ParsedUrl { scheme, authority, path, normalized_path, is_ip: host.parse::<IpAddr>().is_ok() })
}

/// Returns the host of a URL's authority, an IPv6 address without its brackets. `None` if the authority is invalid.
fn host_of(authority: &str) -> Option<&str> {
    let (user, place) = authority.rsplit_once('@').unwrap_or(("", authority));
    let (host, port, is_host) = match place.strip_prefix('[') {
        Some(address) => {
            let (address, port) = address.split_once(']')?;
            (address, port, address.parse::<Ipv6Addr>().is_ok())
        }
        None => {
            let (name, port) = place.find(':').map_or((place, ""), |colon| place.split_at(colon));
            (name, port, !name.is_empty() && name.bytes().all(may_stand_in_authority))
        }
    };
    let is_port = port.is_empty() || port.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok());
    (is_host && is_port && user.bytes().all(may_stand_in_authority)).then_some(host)
}

/// RFC 3986: unreserved characters and sub-delimiters. The `http` crate takes no percent-encoding in a host either.
fn may_stand_in_authority(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:".contains(&byte)
}

/// As for the URLs of requests, which the `http` crate holds.
fn may_stand_in_path(byte: u8) -> bool {
    !byte.is_ascii_control() && !b" #<>?`".contains(&byte)
}

/// A parsed Amazon Resource Name: `aws.parseArn`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParsedArn<'a> {
    /// The partition's name.
    pub partition: &'a str,
    /// The service's name.
    pub service: &'a str,
    /// The region, which may be empty.
    pub region: &'a str,
    /// The account's id, which may be empty.
    pub account_id: &'a str,
    /// The pieces of the resource's id, between colons and slashes.
    pub resource_id: Vec<&'a str>,
}

/// Parses an Amazon Resource Name: `aws.parseArn`. `None` if it is invalid.
pub fn parse_arn(arn: &str) -> Option<ParsedArn<'_>> {
    let mut parts = arn.splitn(6, ':');
    let prefix = parts.next()?;
    let (partition, service, region) = (parts.next()?, parts.next()?, parts.next()?);
    let (account_id, resource) = (parts.next()?, parts.next()?);
    if prefix != "arn" || partition.is_empty() || service.is_empty() || resource.is_empty() {
        return None;
    }
    Some(ParsedArn { partition, service, region, account_id, resource_id: resource.split([':', '/']).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn host_labels_and_buckets() {
        assert!(is_valid_host_label("a-1", false));
        assert!(!is_valid_host_label("a.b", false));
        assert!(is_valid_host_label("a.b", true));
        for bad in ["", "-a", "a-", "a_b", "ä", &"a".repeat(64), "a..b", "."] {
            assert!(!is_valid_host_label(bad, true), "{bad}");
        }
        assert!(is_virtual_hostable_s3_bucket("my-bucket", false));
        for bad in ["ab", "My-bucket", "192.168.0.1", "a..b", &"a".repeat(64)] {
            assert!(!is_virtual_hostable_s3_bucket(bad, true), "{bad}");
        }
    }

    #[test]
    fn substrings_count_from_either_end() {
        assert_eq!(substring("abcdefgh", 0, 3, false), Some("abc"));
        assert_eq!(substring("abcdefgh", 0, 3, true), Some("fgh"));
        assert_eq!(substring("abcdefgh", 2, 3, true), Some("f"));
        assert_eq!(substring("ab", 0, 3, false), None);
        assert_eq!(substring("ab", 1, 1, false), None);
        assert_eq!(substring("äb", 0, 2, false), None);
    }

    #[test]
    fn texts_are_encoded_and_split() {
        assert_eq!(uri_encode("a b/ü~"), "a%20b%2F%C3%BC~");
        assert_eq!(split("a--b--c", "--", 0), ["a", "b", "c"]);
        assert_eq!(split("a--b--c", "--", 2), ["a", "b--c"]);
        assert_eq!(split("abc", "--", 0), ["abc"]);
    }

    #[test]
    fn urls_are_parsed() {
        let url = parse_url("https://example.com:8443/a/b").unwrap();
        assert_eq!((url.authority, url.path, &*url.normalized_path), ("example.com:8443", "/a/b", "/a/b/"));
        assert!(!url.is_ip);
        assert_eq!(parse_url("http://127.0.0.1").map(|url| (url.is_ip, url.normalized_path)), Some((true, "/".into())));
        assert_eq!(parse_url("https://[fe80::1]/x").map(|url| url.is_ip), Some(true));
        for bad in ["example.com", "ftp://example.com", "https://example.com?q", "https://a b", ""] {
            assert_eq!(parse_url(bad), None, "{bad}");
        }
    }

    /// What is parsed can be requested: the `http` crate reads it the same way.
    #[test]
    fn parsed_urls_are_urls_of_requests() {
        let users = ["", "user@", "a:b@", "[@"];
        let hosts =
            ["", "example.com", "a_b", "1.2.3.4", "[::1]", "[::1", "::1", "[x]", "a]", "a b", "\u{fc}", "a%20b", "a<"];
        let ports = ["", ":", ":80", ":65536", ":x", ":1:2"];
        let paths =
            ["", "/", "/a/b/", "/a b", "/%2F", "/{x}", "/\u{fc}", "/\\", "/a?b", "/a#b", "/\t", "//", "/:@[]|~"];
        let mut parsed = 0;
        for (user, host) in users.iter().flat_map(|user| hosts.map(|host| (user, host))) {
            for (port, path) in ports.iter().flat_map(|port| paths.map(|path| (port, path))) {
                let text = format!("http://{user}{host}{port}{path}");
                let Some(url) = parse_url(&text) else { continue };
                parsed += 1;
                let uri: http::Uri = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
                assert_eq!(uri.authority().map(http::uri::Authority::as_str), Some(url.authority), "{text}");
                assert_eq!(uri.path(), if url.path.is_empty() { "/" } else { url.path }, "{text}");
                assert_eq!(
                    uri.host().is_some_and(|host| host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok()),
                    url.is_ip
                );
            }
        }
        assert!(parsed > 100, "{parsed}");
    }

    #[test]
    fn arns_are_parsed() {
        let arn = parse_arn("arn:aws:s3-outposts:us-west-2:123:outpost:op-1/accesspoint:name").unwrap();
        assert_eq!((arn.service, arn.region, arn.account_id), ("s3-outposts", "us-west-2", "123"));
        assert_eq!(arn.resource_id, ["outpost", "op-1", "accesspoint", "name"]);
        for bad in ["", "arn:aws:s3:::", "arn::s3:::x", "urn:aws:s3:::x", "arn:aws:s3:us-west-2:123"] {
            assert_eq!(parse_arn(bad), None, "{bad}");
        }
    }
}
