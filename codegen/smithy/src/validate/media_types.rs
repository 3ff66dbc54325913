//! `MediaType`: the value is a media type (RFC 9110, section 8.3.1).

use super::context::{Context, Report};

pub(super) fn check(context: &Context<'_>, report: &mut Report) {
    for applied in context.with_trait("smithy.api#mediaType") {
        let value = applied.value.as_str().unwrap_or("");
        if !is_media_type(value) {
            let message = format!("`{value}` is not a media type such as `text/plain; charset=UTF-8`");
            report.trait_error("MediaType", applied, message);
        }
    }
}

fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// A token at the start of a text, and what comes after it.
fn token(text: &str) -> Option<&str> {
    let end = text.bytes().position(|byte| !is_token_byte(byte)).unwrap_or(text.len());
    if end == 0 { None } else { text.get(end..) }
}

fn quoted(text: &str) -> Option<&str> {
    let mut escaped = false;
    let inside = text.strip_prefix('"')?;
    let end = inside.char_indices().find(|(_, c)| {
        let closes = *c == '"' && !escaped;
        escaped = *c == '\\' && !escaped;
        closes
    })?;
    inside.get(end.0 + 1..)
}

fn is_media_type(text: &str) -> bool {
    fn parameters(mut rest: &str) -> Option<()> {
        loop {
            rest = rest.trim_start();
            if rest.is_empty() {
                return Some(());
            }
            rest = rest.strip_prefix(';')?.trim_start();
            rest = token(rest)?.trim_start().strip_prefix('=')?.trim_start();
            rest = if rest.starts_with('"') { quoted(rest)? } else { token(rest)? };
        }
    }
    let subtype = token(text).and_then(|rest| rest.strip_prefix('/')).and_then(token);
    subtype.and_then(parameters).is_some()
}
