//! A deserializer without input: a structure read from it has default values for its required members and no others.

use std::borrow::Cow;

use crate::deserialize::read_erased;
use crate::erased::{ErasedFailure, Read};
use crate::{BigDecimal, BigInteger, Blob, Deserialize, Deserializer, Document, Member, Schema, Timestamp, Value};

/// Deserializes structures without members, for [`Deserialize::absent`].
///
/// The error is the member that has no default value.
#[derive(Debug, Default)]
pub struct Absent;

macro_rules! absent {
    ($($method:ident -> $type:ty),*) => {$(
        fn $method(&mut self, at: &'static Member) -> Result<$type, Self::Error> {
            <$type>::absent().ok_or(at)
        }
    )*};
}

impl Deserializer for Absent {
    type Error = &'static Member;

    absent!(
        boolean -> bool, byte -> i8, short -> i16, integer -> i32, long -> i64, float -> f32, double -> f64,
        big_integer -> BigInteger, big_decimal -> BigDecimal, string -> String, blob -> Blob, timestamp -> Timestamp
    );

    fn document(&mut self, _: &'static Member) -> Result<Document, Self::Error> {
        Ok(Value::Null)
    }

    fn null(&mut self) -> Result<bool, Self::Error> {
        Ok(true)
    }

    fn list_with(
        &mut self,
        _: &'static Member,
        _: impl FnMut(&mut Self) -> Result<(), Self::Error>,
    ) -> Result<(), Self::Error> {
        Ok(())
    }

    fn map_with(
        &mut self,
        _: &'static Member,
        _: impl FnMut(&mut Self, Cow<'_, str>) -> Result<(), Self::Error>,
    ) -> Result<(), Self::Error> {
        Ok(())
    }

    fn structure_with<T>(
        &mut self,
        _: &'static Schema,
        read: impl FnOnce(&mut Self) -> Result<T, Self::Error>,
    ) -> Result<T, Self::Error> {
        read(self)
    }

    fn next_member(&mut self, _: &'static Schema) -> Result<Option<usize>, Self::Error> {
        Ok(None)
    }

    fn skip(&mut self) -> Result<(), Self::Error> {
        Ok(())
    }

    fn missing(&self, member: &'static Member) -> Self::Error {
        member
    }
}

/// Reads a structure of which no member is set; an error if a required one has no sensible value.
pub(crate) fn read_absent(read: Read<'_>) -> Result<(), ErasedFailure> {
    read_erased(&mut Absent, read).map_err(|_| ErasedFailure(()))
}
