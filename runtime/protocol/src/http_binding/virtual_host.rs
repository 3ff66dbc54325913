//! Hosts that begin with the value of a path's first label, such as `bucket.s3.us-east-1.amazonaws.com`.

use std::borrow::Cow;

use http::header::HOST;

use crate::ReceivedRequest;

/// The domain of hosts on the same machine (RFC 6761, section 6.3).
const LOCALHOST: &str = "localhost";

/// Returns a request's path as the operations' patterns have it: with the label that stands in the host, if `own`, the
/// service's own label, follows it there.
pub(super) fn full_path<'a>(own: Option<&str>, path: &'a str, request: ReceivedRequest<'_>) -> Cow<'a, str> {
    let Some(own) = own else { return Cow::Borrowed(path) };
    let host = request.headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    match label(own, host) {
        Some(label) => {
            Cow::Owned(format!("/{label}{}", path.strip_suffix('/').filter(|it| it.is_empty()).unwrap_or(path)))
        }
        // Some clients end a path that is the label alone with a slash.
        None => Cow::Borrowed(path.strip_suffix('/').filter(|it| it.matches('/').count() == 1).unwrap_or(path)),
    }
}

/// Returns what precedes the service's own label in a host, which a region or a variant may follow after a hyphen.
fn label<'h>(own: &str, host: &'h str) -> Option<&'h str> {
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let is_own = |label: &str| {
        label == LOCALHOST || label.strip_prefix(own).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    };
    let mut splits = name.match_indices('.').filter_map(|(at, _)| name.split_at_checked(at));
    let is_before_own = |after: &str| after.split('.').nth(1).is_some_and(is_own);
    splits.find(|(_, after)| is_before_own(after)).map(|(before, _)| before)
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue, Method};

    use super::*;

    fn path(host: &'static str, path: &str) -> String {
        let headers: HeaderMap = [(HOST, HeaderValue::from_static(host))].into_iter().collect();
        let request = ReceivedRequest::new(&Method::GET, path, &headers, &[]);
        full_path(Some("s3"), path, request).into_owned()
    }

    #[test]
    fn the_label_returns_to_the_path() {
        for host in ["b.s3.us-east-1.amazonaws.com", "b.s3-accelerate.amazonaws.com:443", "b.localhost:8080"] {
            assert_eq!(path(host, "/k/l"), "/b/k/l", "{host}");
            assert_eq!(path(host, "/"), "/b", "{host}");
        }
        assert_eq!(path("a.b.s3.amazonaws.com", "/k"), "/a.b/k");
    }

    #[test]
    fn other_hosts_leave_the_path() {
        for host in ["s3.us-east-1.amazonaws.com", "127.0.0.1:8080", "localhost", "", "example.com"] {
            assert_eq!(path(host, "/b/k"), "/b/k", "{host}");
            assert_eq!(path(host, "/b/"), "/b", "{host}");
            assert_eq!(path(host, "/b/k/"), "/b/k/", "{host}");
            assert_eq!(path(host, "/"), "/", "{host}");
        }
    }
}
