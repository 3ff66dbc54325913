//! Access to the control API: on the loopback interface for programs on this machine and the mock's own page, but not for
//! pages of other sites in a browser; on other interfaces for those who have the token.

use http::StatusCode;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HOST, HeaderName, ORIGIN};
use http::request::Parts;

use crate::site::Site;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

fn header<'a>(parts: &'a Parts, name: &HeaderName) -> Option<&'a str> {
    parts.headers.get(name).map(|value| value.to_str().unwrap_or("?"))
}

/// The host that a request names: the one in its target counts before that of the header (RFC 9112, 3.2.2).
fn host(parts: &Parts) -> &str {
    let in_target = parts.uri.authority().map(|authority| authority.as_str());
    in_target.or_else(|| header(parts, &HOST)).unwrap_or_default()
}

/// Checks where a control request comes from.
///
/// # Errors
/// Status and reason of the refusal.
pub(super) fn admit(site: &Site, parts: &Parts) -> Result<(), (StatusCode, &'static str)> {
    let forbidden = |reason| Err((StatusCode::FORBIDDEN, reason));
    let host = host(parts);
    // Another name that leads to this machine is how a page of another site gets around the browser's rules.
    if site.loopback && !is_local(host) {
        return forbidden("the request names another host than this machine");
    }
    if let Some(origin) = header(parts, &ORIGIN) {
        let own = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://")) == Some(host);
        if !own {
            return forbidden("the control API refuses pages of other origins");
        }
    }
    match header(parts, &SEC_FETCH_SITE) {
        None | Some("same-origin" | "none") => Ok(()),
        Some(_) => forbidden("the control API refuses pages of other origins"),
    }
}

/// Checks the token of a control request, which everything but the page and the description needs.
///
/// # Errors
/// Status and reason of the refusal.
pub(super) fn authorize(site: &Site, parts: &Parts) -> Result<(), (StatusCode, &'static str)> {
    let Some(token) = &site.control_token else {
        return match site.loopback {
            true => Ok(()),
            false => Err((StatusCode::FORBIDDEN, "the control API is off: set a control token to use it off loopback")),
        };
    };
    let given = header(parts, &AUTHORIZATION).and_then(|value| value.strip_prefix("Bearer "));
    match given.is_some_and(|given| token.matches(given.trim())) {
        true => Ok(()),
        false => Err((StatusCode::UNAUTHORIZED, "expected the control token: Authorization: Bearer TOKEN")),
    }
}

/// Whether a host, with or without its port, is this machine under a name that cannot be registered.
fn is_local(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let name = name.trim_start_matches('[').trim_end_matches(']');
    name.eq_ignore_ascii_case("localhost") || name.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// Whether the body is declared as JSON, which a page of another site cannot do without a preflight request.
pub(super) fn is_json(parts: &Parts) -> bool {
    let media_type = header(parts, &CONTENT_TYPE).and_then(|value| value.split(';').next());
    media_type.is_some_and(|media_type| media_type.trim().eq_ignore_ascii_case("application/json"))
}

#[cfg(test)]
mod tests {
    use http::Request;

    use super::{host, is_local};

    #[test]
    fn the_target_counts_before_the_header() {
        let named = |target: &str, header: &str| {
            let request = Request::builder().uri(target).header("host", header).body(()).unwrap();
            host(&request.into_parts().0).to_owned()
        };
        assert_eq!(named("http://example.com/_mock/tasks", "localhost"), "example.com");
        assert_eq!(named("/_mock/tasks", "localhost:80"), "localhost:80");
    }

    #[test]
    fn recognizes_local_hosts() {
        for host in ["localhost", "localhost:80", "LOCALHOST:1", "127.0.0.1:8080", "[::1]:8080", "[::1]", "127.1.2.3"] {
            assert!(is_local(host), "{host}");
        }
        for host in ["", "example.com", "localhost.example.com:80", "10.0.0.1", "127.0.0.1.example.com"] {
            assert!(!is_local(host), "{host}");
        }
    }
}
