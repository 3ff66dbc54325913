//! Where an AWS JSON response says which error it carries.

use http::HeaderName;
use whitesmith_schema::{Operation, Service, Value, ValueMap};

use crate::error_code::{self, header_text};
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
    let header = || header_text(response.headers, &X_AMZN_ERRORTYPE);
    let shape = fields.kind.or(fields.code).or_else(header);
    error_code::summarize(service, operation, response.headers, shape, fields.message)
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
