//! The codecs, behind one interface.

use whitesmith_codec::{
    Cbor, Codec, Json, QueryDialect, ReadError, ReadOptions, RestJson, RpcV2Json, Seed, WriteError, WriteOptions, Xml,
    read_query, write_query,
};
use whitesmith_schema::SerializeMembers;

/// A format, written and read as one message.
pub trait Form {
    const NAME: &'static str;

    fn write<T: SerializeMembers>(value: &T, token: Option<&str>) -> Result<Vec<u8>, WriteError>;
    fn read<S: Seed>(bytes: &[u8], options: ReadOptions, seed: S) -> Result<S::Value, ReadError>;
}

macro_rules! forms {
    ($($codec:ident),*) => {$(
        impl Form for $codec {
            const NAME: &'static str = stringify!($codec);

            fn write<T: SerializeMembers>(value: &T, token: Option<&str>) -> Result<Vec<u8>, WriteError> {
                <$codec as Codec>::write(value, &WriteOptions { idempotency_token: token, ..WriteOptions::default() })
            }

            fn read<S: Seed>(bytes: &[u8], options: ReadOptions, seed: S) -> Result<S::Value, ReadError> {
                <$codec as Codec>::read(bytes, options, seed)
            }
        }
    )*};
}
forms!(Json, RestJson, RpcV2Json, Cbor, Xml);

/// The parameters of `awsQuery`.
pub struct Query;

impl Form for Query {
    const NAME: &'static str = "Query";

    fn write<T: SerializeMembers>(value: &T, token: Option<&str>) -> Result<Vec<u8>, WriteError> {
        write_query("Grow", "2024-01-01", value, QueryDialect::Aws, token).map(String::into_bytes)
    }

    fn read<S: Seed>(bytes: &[u8], options: ReadOptions, seed: S) -> Result<S::Value, ReadError> {
        read_query(bytes, QueryDialect::Aws, options, seed)
    }
}

/// Runs a check for every form.
macro_rules! for_every_form {
    ($check:ident) => {
        $check::<whitesmith_codec::Json>();
        $check::<whitesmith_codec::RestJson>();
        $check::<whitesmith_codec::RpcV2Json>();
        $check::<whitesmith_codec::Cbor>();
        $check::<whitesmith_codec::Xml>();
        $check::<crate::codecs::forms::Query>();
    };
}
pub(crate) use for_every_form;
