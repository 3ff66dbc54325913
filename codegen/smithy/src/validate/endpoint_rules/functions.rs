//! The functions of rules that only look at their arguments (Smithy 2.0, "Rules engine standard library functions").

use super::partitions;
use super::value::Value;

/// Calls a function; `None` if there is none of that name.
pub(super) fn call(name: &str, arguments: &[Value]) -> Option<Result<Value, String>> {
    let result = match name {
        "aws.partition" => text(arguments, 0).map(partitions::of_region),
        "aws.parseArn" => text(arguments, 0).map(parse_arn),
        "aws.isVirtualHostableS3Bucket" => is_bucket(arguments),
        "isValidHostLabel" => is_host_label(arguments),
        "parseURL" => text(arguments, 0).map(parse_url),
        "split" => split(arguments),
        "substring" => substring(arguments),
        "uriEncode" => text(arguments, 0).map(|text| Value::String(uri_encode(text))),
        _ => return None,
    };
    Some(result)
}

fn argument(arguments: &[Value], at: usize) -> Result<&Value, String> {
    arguments.get(at).ok_or_else(|| format!("expected more than {} arguments", arguments.len()))
}

fn text(arguments: &[Value], at: usize) -> Result<&str, String> {
    argument(arguments, at)?.as_text()
}

fn parse_arn(arn: &str) -> Value {
    let mut parts = arn.splitn(6, ':');
    let mut next = || parts.next().unwrap_or_default();
    let (prefix, partition, service, region, account, resource) = (next(), next(), next(), next(), next(), next());
    if prefix != "arn" || partition.is_empty() || service.is_empty() || resource.is_empty() {
        return Value::Empty;
    }
    Value::record([
        ("partition", Value::text(partition)),
        ("service", Value::text(service)),
        ("region", Value::text(region)),
        ("accountId", Value::text(account)),
        ("resourceId", Value::Array(resource.split([':', '/']).map(Value::text).collect())),
    ])
}

/// Four decimal numbers without leading zeros, or an IPv6 address in brackets.
fn is_ip(host: &str) -> bool {
    let is_number = |part: &str| {
        (1..=3).contains(&part.len())
            && part.bytes().all(|byte| byte.is_ascii_digit())
            && (part.len() == 1 || !part.starts_with('0'))
    };
    host.starts_with('[') && host.ends_with(']') || host.split('.').count() == 4 && host.split('.').all(is_number)
}

fn is_bucket(arguments: &[Value]) -> Result<Value, String> {
    let name = text(arguments, 0)?;
    let allows_dots = argument(arguments, 1)?.as_boolean()?;
    let is_alphanumeric = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let is_inner = |byte: u8| is_alphanumeric(&byte) || byte == b'-' || (allows_dots && byte == b'.');
    let bytes = name.as_bytes();
    let good = (3..=63).contains(&bytes.len())
        && bytes.first().is_some_and(is_alphanumeric)
        && bytes.last().is_some_and(is_alphanumeric)
        && name.bytes().all(is_inner)
        && !["..", "-.", ".-"].iter().any(|pair| name.contains(pair))
        && !(allows_dots && is_ip(name));
    Ok(Value::Boolean(good))
}

fn is_host_label(arguments: &[Value]) -> Result<Value, String> {
    let label = text(arguments, 0)?;
    let allows_dots = argument(arguments, 1)?.as_boolean()?;
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.starts_with(|c: char| c.is_ascii_alphanumeric())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let good = if allows_dots { label.split('.').all(is_label) } else { is_label(label) };
    Ok(Value::Boolean(good))
}

fn parse_url(url: &str) -> Value {
    let Some((scheme, rest)) = url.split_once("://") else { return Value::Empty };
    if !matches!(scheme, "http" | "https") || rest.contains('?') {
        return Value::Empty;
    }
    let rest = rest.split('#').next().unwrap_or_default();
    let (authority, path) = rest.find('/').and_then(|at| rest.split_at_checked(at)).unwrap_or((rest, ""));
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = match host.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        Some(_) if !host.starts_with('[') => return Value::Empty,
        _ => host,
    };
    let normalized = format!("/{}/", path.trim_matches('/')).replace("//", "/");
    Value::record([
        ("scheme", Value::text(scheme)),
        ("authority", Value::text(authority)),
        ("path", Value::text(path)),
        ("normalizedPath", Value::text(normalized)),
        ("isIp", Value::Boolean(is_ip(host))),
    ])
}

fn split(arguments: &[Value]) -> Result<Value, String> {
    let (value, delimiter) = (text(arguments, 0)?, text(arguments, 1)?);
    let limit = argument(arguments, 2)?.as_integer()?;
    if delimiter.is_empty() {
        return Err("the delimiter of `split` must not be empty".to_owned());
    }
    let limit = usize::try_from(limit).map_err(|_| "the limit of `split` must not be negative".to_owned())?;
    let parts: Vec<Value> = match limit {
        0 => value.split(delimiter).map(Value::text).collect(),
        _ => value.splitn(limit, delimiter).map(Value::text).collect(),
    };
    Ok(Value::Array(parts))
}

fn substring(arguments: &[Value]) -> Result<Value, String> {
    let value = text(arguments, 0)?;
    let index = |at| argument(arguments, at)?.as_integer();
    let (start, stop) = (index(1)?, index(2)?);
    let is_reversed = argument(arguments, 3)?.as_boolean()?;
    let (Ok(start), Ok(stop)) = (usize::try_from(start), usize::try_from(stop)) else { return Ok(Value::Empty) };
    if start >= stop || stop > value.len() || !value.is_ascii() {
        return Ok(Value::Empty);
    }
    let range = if is_reversed { value.len() - stop..value.len() - start } else { start..stop };
    Ok(value.get(range).map_or(Value::Empty, Value::text))
}

fn uri_encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn called(name: &str, arguments: &[Value]) -> Value {
        call(name, arguments).and_then(Result::ok).unwrap_or(Value::Empty)
    }

    #[test]
    fn substrings_count_from_either_end() {
        let substring = |start, stop, reverse| {
            let arguments =
                [Value::text("abcdef"), Value::Integer(start), Value::Integer(stop), Value::Boolean(reverse)];
            called("substring", &arguments)
        };
        assert_eq!(substring(0, 2, false), Value::text("ab"));
        assert_eq!(substring(0, 2, true), Value::text("ef"));
        assert_eq!(substring(4, 7, false), Value::Empty);
    }

    #[test]
    fn urls_are_taken_apart() {
        let Value::Record(parts) = called("parseURL", &[Value::text("https://127.0.0.1:80/a")]) else {
            unreachable!("a URL is a record")
        };
        assert_eq!(parts.get("authority"), Some(&Value::text("127.0.0.1:80")));
        assert_eq!(parts.get("normalizedPath"), Some(&Value::text("/a/")));
        assert_eq!(parts.get("isIp"), Some(&Value::Boolean(true)));
        assert_eq!(called("parseURL", &[Value::text("https://a?b")]), Value::Empty);
        assert_eq!(called("parseURL", &[Value::text("a:b")]), Value::Empty);
    }

    #[test]
    fn arns_and_buckets_are_recognized() {
        let resource = |arn| match called("aws.parseArn", &[Value::text(arn)]) {
            Value::Record(parts) => parts.get("resourceId").cloned(),
            _ => None,
        };
        let parts = Value::Array(vec![Value::text("accesspoint"), Value::text("mine")]);
        assert_eq!(resource("arn:aws:s3:us-east-1:1234:accesspoint/mine"), Some(parts));
        assert_eq!(resource("arn:aws:s3:us-east-1:1234:"), None);
        let is_bucket = |name| called("aws.isVirtualHostableS3Bucket", &[Value::text(name), Value::Boolean(true)]);
        assert_eq!(is_bucket("my.bucket-1"), Value::Boolean(true));
        for name in ["ab", "My", "my..bucket", "my.-bucket", "192.168.0.1", "bucket-"] {
            assert_eq!(is_bucket(name), Value::Boolean(false), "{name}");
        }
    }

    #[test]
    fn splitting_stops_at_the_limit() {
        let split = |text, limit| called("split", &[Value::text(text), Value::text("--"), Value::Integer(limit)]);
        assert_eq!(split("a--b--c", 2), Value::Array(vec![Value::text("a"), Value::text("b--c")]));
        assert_eq!(split("a--b", 0), Value::Array(vec![Value::text("a"), Value::text("b")]));
        assert!(call("split", &[Value::text("a"), Value::text(""), Value::Integer(0)]).is_some_and(|it| it.is_err()));
    }
}
