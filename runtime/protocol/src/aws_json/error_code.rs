//! Where an AWS JSON response says which error it carries.

use http::{HeaderMap, HeaderName};
use whitesmith_schema::{Operation, Service, Value, ValueMap};

use super::X_AMZN_QUERY_ERROR;
use crate::json::{JsonFormat, JsonReader, JsonWriter};
use crate::{ErrorSummary, ReadError, ReadOptions, Received};

const X_AMZN_ERRORTYPE: HeaderName = HeaderName::from_static("x-amzn-errortype");

/// Takes the code from the body's `__type`, else its `code`, else the header `x-amzn-errortype`.
pub(super) fn summarize(
    service: &'static Service,
    operation: &'static Operation,
    response: Received<'_>,
    options: ReadOptions,
) -> ErrorSummary {
    let mut fields = Fields::default();
    // What was found before the body turned out to be no JSON still counts.
    let _ = fields.read(response.body, options);
    let shape = fields
        .kind
        .or(fields.code)
        .or_else(|| header_text(response.headers, &X_AMZN_ERRORTYPE))
        .map(|text| sanitize(&text).to_owned())
        .filter(|text| !text.is_empty());
    let query_code = header_text(response.headers, &X_AMZN_QUERY_ERROR)
        .filter(|_| service.query_compatible)
        .and_then(|text| text.split(';').next().map(str::to_owned))
        .filter(|code| !code.is_empty());
    let named = |name: &str| operation.errors.iter().position(|error| error.name() == name);
    let coded = |code: &str| {
        operation.errors.iter().position(|error| error.traits.error.is_some_and(|error| error.query_code == Some(code)))
    };
    let index = shape.as_deref().and_then(named).or_else(|| query_code.as_deref().and_then(coded));
    ErrorSummary { code: query_code.or(shape), message: fields.message, index }
}

/// Cuts a namespace and what stands after a colon: `a.b#FooError:http://…` is `FooError`.
fn sanitize(code: &str) -> &str {
    let code = code.split(':').next().unwrap_or_default();
    code.rsplit('#').next().unwrap_or_default().trim()
}

fn header_text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

#[derive(Default)]
struct Fields {
    kind: Option<String>,
    code: Option<String>,
    message: Option<String>,
}

impl Fields {
    fn read(&mut self, body: &[u8], options: ReadOptions) -> Result<(), ReadError> {
        let mut capitalized = None;
        let read = JsonReader::new(body, options)?.entries(|reader, key| {
            let field = match &*key {
                "__type" => &mut self.kind,
                "code" => &mut self.code,
                "message" => &mut self.message,
                "Message" => &mut capitalized,
                _ => return whitesmith_schema::Deserializer::skip(reader),
            };
            *field = reader.text_or_skip()?;
            Ok(())
        });
        self.message = self.message.take().or(capitalized);
        read
    }
}

/// The body of an error that is in no model.
pub(super) fn write(code: &str, message: &str) -> Vec<u8> {
    let fields: ValueMap = [("__type", Value::from(code)), ("message", Value::from(message))].into_iter().collect();
    let mut writer = JsonWriter::new(JsonFormat::Compact);
    writer.any(&Value::Map(fields));
    writer.into_bytes()
}
