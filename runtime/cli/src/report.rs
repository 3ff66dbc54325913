//! Reports a failure on standard error, in the format of `--cli-error-format`.

use std::io::{IsTerminal, Write};

use whitesmith_schema::{Value, ValueMap};

use crate::arguments::GlobalOption;
use crate::configuration::Settings;
use crate::failure::{Failure, FailureKind};
use crate::output::{self, Layout, OutputFormat, Paint};
use crate::terminal::{cut, visible};

/// Begins every error, whatever the program is called, so that scripts can find it.
const PREFIX: &str = "aws: [ERROR]:";
/// The enhanced format shows collections with fewer entries in full.
const SHOWN_ENTRIES: usize = 5;
/// The most characters of a text that are shown.
const MAX_CHARACTERS: usize = 8192;

/// Writes a failure to standard error.
pub fn report(failure: &Failure, settings: &Settings, usage: &str) {
    let text = render(failure, &error_format(settings), usage);
    let stderr = std::io::stderr();
    let text = if stderr.is_terminal() { visible(&text) } else { text.into() };
    let _ = stderr.lock().write_all(text.as_bytes());
}

fn error_format(settings: &Settings) -> String {
    let option = settings.globals.value(GlobalOption::CliErrorFormat).map(str::to_owned);
    let configured = || {
        let variable = settings.environment.non_empty("AWS_CLI_ERROR_FORMAT");
        variable.or_else(|| settings.of_any_profile("cli_error_format").ok().flatten())
    };
    option.or_else(configured).unwrap_or_default().to_lowercase()
}

/// Returns the text of a failure.
fn render(failure: &Failure, format: &str, usage: &str) -> String {
    let plain = |message: &str| format!("\n{PREFIX} {}\n", cut(message.trim(), MAX_CHARACTERS));
    let (code, sentence) = match &failure.kind {
        FailureKind::Interrupted => return String::new(),
        FailureKind::UnknownOptions => return format!("\n{usage}\n{}", plain(&failure.message)),
        FailureKind::General => return plain(&failure.message),
        FailureKind::Service { .. } => (None, failure.message.clone()),
        FailureKind::Usage => (Some("ParamValidation"), failure.message.clone()),
        FailureKind::Configuration(code) => (Some(*code), failure.message.clone()),
    };
    let sentence = cut(&sentence, MAX_CHARACTERS).into_owned();
    let mut members = ValueMap::new();
    if let Some(code) = code {
        members.insert("Code", Value::from(code));
        members.insert("Message", Value::from(sentence.as_str()));
    }
    for (key, value) in failure.members.iter() {
        members.insert(key, cut_value(value));
    }
    let kind = match format {
        "legacy" => return plain(&sentence),
        "json" => OutputFormat::Json,
        "yaml" => OutputFormat::Yaml,
        "text" => OutputFormat::Text,
        "table" => OutputFormat::Table,
        _ => {
            let headed =
                code.map_or_else(|| sentence.clone(), |code| format!("An error occurred ({code}): {sentence}"));
            return plain(&headed) + &details(&failure.members);
        }
    };
    let layout = Layout { title: "error", width: 80, paint: Paint::Plain };
    output::format(kind, &Value::Map(members), layout).unwrap_or_else(|_| plain(&sentence))
}

/// Returns a value with its strings cut.
fn cut_value(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::from(cut(text, MAX_CHARACTERS).into_owned()),
        Value::List(items) => Value::List(items.iter().map(cut_value).collect()),
        Value::Map(map) => Value::Map(map.iter().map(|(key, value)| (key, cut_value(value))).collect()),
        other => other.clone(),
    }
}

/// The members of an error beside its code and message, a line each.
fn details(members: &ValueMap) -> String {
    let others = members.iter().filter(|(key, _)| !["code", "message"].contains(&key.to_lowercase().as_str()));
    let (mut lines, mut is_complex) = (String::new(), false);
    for (key, value) in others {
        let shown = inline(value).unwrap_or_else(|| {
            is_complex = true;
            "<complex value>".to_owned()
        });
        lines += &format!("{key}: {shown}\n");
    }
    if lines.is_empty() {
        return lines;
    }
    if is_complex {
        lines += "Use \"--cli-error-format json\" or another format to see all of it.\n";
    }
    format!("\nAdditional error details:\n{lines}")
}

/// A scalar, or a small collection of scalars, on one line.
fn inline(value: &Value) -> Option<String> {
    let scalar = |value: &Value| match value {
        Value::List(_) | Value::Map(_) => None,
        value => Some(output::scalar_text(value)),
    };
    match value {
        Value::List(items) if items.len() < SHOWN_ENTRIES => {
            let items: Option<Vec<_>> = items.iter().map(scalar).collect();
            Some(format!("[{}]", items?.join(", ")))
        }
        Value::Map(map) if map.len() < SHOWN_ENTRIES => {
            let entries: Option<Vec<_>> = map.iter().map(|(key, it)| Some(format!("{key}: {}", scalar(it)?))).collect();
            Some(format!("{{{}}}", entries?.join(", ")))
        }
        value => scalar(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    fn service() -> Failure {
        let members = json::read(r#"{"Message":"no","Code":"Bad","Reason":"r","List":[{"a":1}],"Few":[1,true]}"#);
        let Ok(Value::Map(members)) = members else { panic!() };
        Failure::service("Bad", "An error occurred (Bad) when calling the Forge operation: no", members)
    }

    #[test]
    fn the_enhanced_format_shows_the_members() {
        assert_eq!(
            render(&service(), "enhanced", ""),
            "\naws: [ERROR]: An error occurred (Bad) when calling the Forge operation: no\n\nAdditional error details:\n\
             Reason: r\nList: <complex value>\nFew: [1, True]\nUse \"--cli-error-format json\" or another format to see all of it.\n"
        );
        assert_eq!(
            render(&Failure::usage("it is wrong"), "", ""),
            "\naws: [ERROR]: An error occurred (ParamValidation): it is wrong\n"
        );
    }

    #[test]
    fn long_messages_are_cut() {
        let long = Failure::service("Bad", "x".repeat(2_000_000), ValueMap::new());
        for format in ["", "legacy", "json", "text"] {
            let text = render(&long, format, "");
            assert!(text.len() < 9000, "{format}: {}", text.len());
        }
    }

    #[test]
    fn structured_formats_carry_code_and_message() {
        assert_eq!(
            render(&Failure::configuration("NoRegion", "none"), "json", ""),
            "{\n    \"Code\": \"NoRegion\",\n    \"Message\": \"none\"\n}\n"
        );
        assert_eq!(render(&Failure::usage("x"), "text", ""), "ParamValidation\tx\n");
        assert!(render(&service(), "json", "").starts_with("{\n    \"Message\": \"no\",\n    \"Code\": \"Bad\",\n"));
        assert_eq!(
            render(&service(), "legacy", ""),
            "\naws: [ERROR]: An error occurred (Bad) when calling the Forge operation: no\n"
        );
    }

    #[test]
    fn unknown_options_and_general_failures_stay_plain() {
        assert_eq!(render(&Failure::general("oh"), "json", "usage"), "\naws: [ERROR]: oh\n");
        assert_eq!(render(&Failure::unknown_options("oh"), "json", "usage"), "\nusage\n\naws: [ERROR]: oh\n");
        assert_eq!(render(&Failure::interrupted(), "json", "usage"), "");
    }
}
