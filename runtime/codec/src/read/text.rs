//! Parsing of scalars in formats that have only text.

use std::borrow::Cow;

use whitesmith_schema::{Blob, TimestampFormat};

use super::{Moment, Numeral};
use crate::{ReadProblem, number};

pub(crate) fn boolean(text: &str) -> Result<bool, ReadProblem> {
    match text.trim() {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(ReadProblem::Expected("true or false")),
    }
}

pub(crate) fn integer_or_decimal<'a>(text: &str) -> Result<Numeral<'a>, ReadProblem> {
    Numeral::parse(text.trim()).map(Numeral::into_owned).ok_or(ReadProblem::Expected("a number"))
}

pub(crate) fn float<'a>(text: &str) -> Result<Numeral<'a>, ReadProblem> {
    number::special(text.trim()).map_or_else(|| integer_or_decimal(text), |number| Ok(Numeral::Float(number)))
}

pub(crate) fn blob(text: &str) -> Result<Blob, ReadProblem> {
    let bytes = base64_simd::STANDARD.decode_to_vec(text.trim().as_bytes());
    bytes.map(Blob).map_err(|_| ReadProblem::NotBase64)
}

pub(crate) fn moment<'a>(text: &str, format: TimestampFormat) -> Moment<'a> {
    let number = Some(text).filter(|_| format == TimestampFormat::EpochSeconds).map(integer_or_decimal);
    match number {
        Some(Ok(number)) => Moment::Number(number),
        _ => Moment::Text(Cow::Owned(text.trim().to_owned())),
    }
}
