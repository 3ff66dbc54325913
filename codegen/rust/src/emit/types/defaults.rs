//! Default values as expressions.

use proc_macro2::Literal;

use crate::plan::{DefaultPlan, RustType};

/// The default of a member of a type.
pub(super) fn default_expression(default: &DefaultPlan, of: &RustType) -> String {
    match (default, of) {
        (DefaultPlan::Document(value), _) => document_expression(value),
        (DefaultPlan::Boolean(value), _) => value.to_string(),
        (DefaultPlan::Integer(value), RustType::Plain(name @ ("BigInteger" | "BigDecimal"))) => {
            format!("{name}::from({value})")
        }
        (DefaultPlan::Integer(value), RustType::Named(_)) if *value < 0 => format!("({value}).into()"),
        (DefaultPlan::Integer(value), RustType::Named(_)) => format!("{value}.into()"),
        (DefaultPlan::Integer(value), _) => value.to_string(),
        (DefaultPlan::Float(value), RustType::Plain("BigDecimal")) => {
            format!("BigDecimal::new({})", Literal::string(&value.to_string()))
        }
        #[allow(clippy::cast_possible_truncation, reason = "the member is no wider")]
        (DefaultPlan::Float(value), RustType::Plain("f32")) => format!("{:?}", *value as f32),
        (DefaultPlan::Float(value), _) => format!("{value:?}"),
        (DefaultPlan::Big(text), RustType::Plain(name)) => format!("{name}::new({})", Literal::string(text)),
        (DefaultPlan::String(text) | DefaultPlan::Big(text), _) => format!("{}.into()", Literal::string(text)),
        (DefaultPlan::Blob(bytes), _) => format!("Blob::from(&{}[..])", Literal::byte_string(bytes)),
        (DefaultPlan::Timestamp(text), _) => {
            format!("Timestamp::parse_date_time({}).unwrap_or(Timestamp::UNIX_EPOCH)", Literal::string(text))
        }
        (DefaultPlan::EpochSeconds(seconds), _) => {
            format!("Timestamp::from_epoch_seconds({seconds:?}).unwrap_or(Timestamp::UNIX_EPOCH)")
        }
        (DefaultPlan::EmptyList, _) => "Vec::new()".to_owned(),
        (DefaultPlan::EmptyMap, _) => "BTreeMap::new()".to_owned(),
    }
}

fn document_expression(value: &DefaultPlan) -> String {
    match value {
        DefaultPlan::Boolean(value) => format!("Document::from({value})"),
        DefaultPlan::Integer(value) => format!("Document::from({value}_i64)"),
        DefaultPlan::Float(value) => format!("Document::from({value:?}_f64)"),
        DefaultPlan::EmptyList => "Document::List(Vec::new())".to_owned(),
        DefaultPlan::EmptyMap => "Document::Map(whitesmith_schema::ValueMap::new())".to_owned(),
        DefaultPlan::Big(text) => {
            format!("Document::Number(whitesmith_schema::Number::Big({}.into()))", Literal::string(text))
        }
        DefaultPlan::String(text) | DefaultPlan::Timestamp(text) => {
            format!("Document::from({})", Literal::string(text))
        }
        DefaultPlan::Blob(_) | DefaultPlan::EpochSeconds(_) | DefaultPlan::Document(_) => "Document::Null".to_owned(),
    }
}
