//! `--cli-input-json` and `--cli-input-yaml`: the whole input in one document.

use whitesmith_client::environment::Environment;
use whitesmith_schema::{Schema, Value, ValueMap};

use super::file;
use crate::failure::Failure;
use crate::{json, yaml};

/// The option for JSON.
pub const INPUT_JSON: &str = "--cli-input-json";
/// The option for YAML.
pub const INPUT_YAML: &str = "--cli-input-yaml";

/// Adds the members of the document to the input, except those that options have set.
pub fn merge(
    environment: &Environment,
    json_text: Option<&str>,
    yaml_text: Option<&str>,
    schema: &'static Schema,
    input: &mut ValueMap,
) -> Result<(), Failure> {
    let (flag, text) = match (json_text, yaml_text) {
        (None, None) => return Ok(()),
        (Some(_), Some(_)) => {
            return Err(Failure::usage(format!("{INPUT_JSON} and {INPUT_YAML} cannot be used together")));
        }
        (Some(text), None) => (INPUT_JSON, text),
        (None, Some(text)) => (INPUT_YAML, text),
    };
    let content = match file::load(environment, text).map_err(|error| error.of_option(flag))? {
        None => text.to_owned(),
        Some(Value::String(text)) => text,
        Some(Value::Blob(bytes)) => {
            let text = String::from_utf8(bytes.0).map_err(|_| Failure::option(flag, "the file is not valid UTF-8"))?;
            // Bytes may begin with a byte order mark, text may not.
            text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)
        }
        Some(_) => return Ok(()),
    };
    let value = if flag == INPUT_JSON {
        json::read(&content).map_err(|error| Failure::option(flag, error))?
    } else {
        yaml::read(&content, Some(schema)).map_err(|error| Failure::option(flag, error))?
    };
    let Value::Map(entries) = value else {
        return Err(Failure::option(flag, format!("expected a map, found {}", value.kind())));
    };
    for (key, value) in entries {
        if !input.contains_key(&key) {
            input.insert(key, value);
        }
    }
    Ok(())
}
