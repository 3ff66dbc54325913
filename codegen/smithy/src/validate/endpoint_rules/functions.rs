//! The functions of rules over the values that rules compute with.

use whitesmith_endpoint::{
    is_valid_host_label, is_virtual_hostable_s3_bucket, parse_arn, parse_url, partition, split, substring, uri_encode,
};

use super::value::Value;
use crate::endpoint_rules::Function;

/// Calls a function that looks at its arguments alone.
pub(super) fn call(function: Function, arguments: &[Value]) -> Result<Value, String> {
    Ok(match (function, arguments) {
        (Function::IsSet, [value]) => Value::Boolean(*value != Value::Empty),
        (Function::Not, [value]) => Value::Boolean(!value.as_boolean()?),
        (Function::BooleanEquals, [one, other]) => Value::Boolean(one.as_boolean()? == other.as_boolean()?),
        (Function::StringEquals, [one, other]) => Value::Boolean(one.as_text()? == other.as_text()?),
        (Function::IsValidHostLabel, [text, allows_dots]) => {
            Value::Boolean(is_valid_host_label(text.as_text()?, allows_dots.as_boolean()?))
        }
        (Function::IsVirtualHostableS3Bucket, [text, allows_dots]) => {
            Value::Boolean(is_virtual_hostable_s3_bucket(text.as_text()?, allows_dots.as_boolean()?))
        }
        (Function::Partition, [region]) => partition_of(region.as_text()?),
        (Function::ParseArn, [text]) => arn(text.as_text()?),
        (Function::ParseUrl, [text]) => url(text.as_text()?),
        (Function::UriEncode, [text]) => Value::String(uri_encode(text.as_text()?)),
        (Function::Split, [text, delimiter, limit]) => {
            let (text, delimiter) = (text.as_text()?, delimiter.as_text()?);
            if delimiter.is_empty() {
                return Err("the delimiter of `split` must not be empty".to_owned());
            }
            texts(split(text, delimiter, index(limit)?))
        }
        (Function::Substring, [text, start, stop, reverse]) => {
            let found = substring(text.as_text()?, index(start)?, index(stop)?, reverse.as_boolean()?);
            found.map_or(Value::Empty, Value::text)
        }
        (function, arguments) => return Err(format!("cannot call {function:?} with {} arguments", arguments.len())),
    })
}

fn index(value: &Value) -> Result<usize, String> {
    usize::try_from(value.as_integer()?).map_err(|_| value.unexpected("an integer of 0 or more"))
}

fn texts(texts: Vec<&str>) -> Value {
    Value::Array(texts.into_iter().map(Value::text).collect())
}

fn partition_of(region: &str) -> Value {
    let partition = partition(region);
    Value::record([
        ("name", Value::text(partition.name)),
        ("dnsSuffix", Value::text(partition.dns_suffix)),
        ("dualStackDnsSuffix", Value::text(partition.dual_stack_dns_suffix)),
        ("supportsFIPS", Value::Boolean(partition.supports_fips)),
        ("supportsDualStack", Value::Boolean(partition.supports_dual_stack)),
        ("implicitGlobalRegion", Value::text(partition.implicit_global_region)),
    ])
}

fn arn(text: &str) -> Value {
    let Some(arn) = parse_arn(text) else { return Value::Empty };
    Value::record([
        ("partition", Value::text(arn.partition)),
        ("service", Value::text(arn.service)),
        ("region", Value::text(arn.region)),
        ("accountId", Value::text(arn.account_id)),
        ("resourceId", texts(arn.resource_id)),
    ])
}

fn url(text: &str) -> Value {
    let Some(url) = parse_url(text) else { return Value::Empty };
    Value::record([
        ("scheme", Value::text(url.scheme)),
        ("authority", Value::text(url.authority)),
        ("path", Value::text(url.path)),
        ("normalizedPath", Value::text(url.normalized_path)),
        ("isIp", Value::Boolean(url.is_ip)),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_have_the_fields_of_their_types() {
        let text = Value::text("arn:aws:s3:::bucket/key");
        let Ok(Value::Record(arn)) = call(Function::ParseArn, &[text]) else { unreachable!("an ARN is a record") };
        assert_eq!(arn.get("resourceId"), Some(&texts(vec!["bucket", "key"])));
        let text = Value::text("https://127.0.0.1:80/a");
        let Ok(Value::Record(url)) = call(Function::ParseUrl, &[text]) else { unreachable!("a URL is a record") };
        assert_eq!(url.get("normalizedPath"), Some(&Value::text("/a/")));
        let text = Value::text("cn-north-1");
        let Ok(Value::Record(of)) = call(Function::Partition, &[text]) else { unreachable!("it is a record") };
        assert_eq!(of.get("dnsSuffix"), Some(&Value::text("amazonaws.com.cn")));
        assert_eq!(call(Function::ParseArn, &[Value::text("x")]), Ok(Value::Empty));
    }

    #[test]
    fn values_of_other_types_are_refused() {
        assert_eq!(call(Function::Not, &[Value::Empty]), Err("expected a boolean, found nothing".to_owned()));
        let split = [Value::text("a"), Value::text(""), Value::Integer(0)];
        assert_eq!(call(Function::Split, &split), Err("the delimiter of `split` must not be empty".to_owned()));
        let substring = [Value::text("a"), Value::Integer(-1), Value::Integer(1), Value::Boolean(false)];
        assert!(call(Function::Substring, &substring).is_err());
    }
}
