//! The parameters of query protocols.

mod form;
mod names;
mod source;
mod writer;

use whitesmith_schema::SerializeMembers;

use crate::{ReadError, ReadOptions, Seed, WriteError};

pub use names::QueryDialect;
use source::QueryReader;
use writer::QueryWriter;

/// Writes a request's body: the action, the version, and the members of the input.
///
/// ```
/// use whitesmith_codec::{QueryDialect, write_query};
/// use whitesmith_schema::{Member, Schema, Structure, Value};
///
/// static STRING: Schema = Schema::string("smithy.api#String");
/// static INPUT: Schema = Schema::structure("example#TagInput", &[Member::new("key", &STRING)]);
///
/// let members = [("key", Value::from("a b"))].into_iter().collect();
/// let input = Structure { schema: &INPUT, members: &members };
/// let body = write_query("Tag", "2024-01-01", &input, QueryDialect::Aws, None)?;
/// assert_eq!(body, "Action=Tag&Version=2024-01-01&key=a%20b");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// If a member has no form in a query.
pub fn write_query<T: SerializeMembers>(
    action: &str,
    version: &str,
    input: &T,
    dialect: QueryDialect,
    idempotency_token: Option<&str>,
) -> Result<String, WriteError> {
    let mut writer = QueryWriter::new(dialect);
    writer.parameter("Action", action);
    writer.parameter("Version", version);
    crate::write::members(&mut writer, input, idempotency_token)?;
    Ok(writer.into_string())
}

/// Reads the members of an input from a request's body. Parameters that the input does not have, such as `Action`, are
/// skipped.
///
/// # Errors
/// If the body is not a form or does not fit the schema.
pub fn read_query<S: Seed>(
    body: &[u8],
    dialect: QueryDialect,
    options: ReadOptions,
    seed: S,
) -> Result<S::Value, ReadError> {
    QueryReader::new(body, dialect, options)?.seed(seed)
}

/// The value of one parameter of a request's body, such as `Action`.
///
/// # Errors
/// If the body is not a form.
pub fn query_parameter(body: &[u8], name: &str, options: ReadOptions) -> Result<Option<String>, ReadError> {
    let form = form::Form::parse(body, options.max_depth)?;
    let node = form.named(form::ROOT, name).and_then(|at| form.node(at));
    Ok(node.and_then(|node| node.text.as_deref()).map(str::to_owned))
}
