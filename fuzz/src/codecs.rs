//! Codecs: what is read can be written, and is written the same when it is read again.

use whitesmith_codec::{
    Cbor, Codec, Dynamic, Json, QueryDialect, ReadError, ReadOptions, RestJson, WriteError, WriteOptions, Xml,
    read_query, write_query,
};
use whitesmith_schema::{Structure, Value};

use crate::shapes::TREE;

type Written = Result<Vec<u8>, WriteError>;

fn round_trip(
    bytes: &[u8],
    read: impl Fn(&[u8], ReadOptions) -> Result<Value, ReadError>,
    write: impl Fn(&Structure<'_>) -> Written,
) {
    for options in [ReadOptions::CLIENT, ReadOptions::SERVER] {
        let value = match read(bytes, options) {
            Ok(value) => value,
            Err(error) => {
                let _ = error.to_string();
                continue;
            }
        };
        let Some(members) = value.as_map() else { panic!("a structure is read as {value:?}") };
        // Some texts and times cannot be written in every format.
        let Ok(written) = write(&Structure { schema: &TREE, members }) else { continue };
        let shown = String::from_utf8_lossy(&written);
        let again = read(&written, options).unwrap_or_else(|error| panic!("{error}: {shown}"));
        let Some(members) = again.as_map() else { panic!("a structure is read as {again:?}") };
        let rewritten = write(&Structure { schema: &TREE, members }).unwrap_or_else(|error| panic!("{error}: {shown}"));
        assert_eq!(shown, String::from_utf8_lossy(&rewritten));
    }
}

fn codec<C: Codec>(bytes: &[u8]) {
    round_trip(
        bytes,
        |bytes, options| C::read(bytes, options, Dynamic(&TREE)),
        |value| C::write(value, &WriteOptions::default()),
    );
    let _ = C::read_strings(bytes, ReadOptions::CLIENT, |_, _| {});
}

pub(crate) fn json(bytes: &[u8]) {
    codec::<Json>(bytes);
    codec::<RestJson>(bytes);
}

pub(crate) fn cbor(bytes: &[u8]) {
    codec::<Cbor>(bytes);
}

pub(crate) fn xml(bytes: &[u8]) {
    codec::<Xml>(bytes);
}

pub(crate) fn query(bytes: &[u8]) {
    round_trip(
        bytes,
        |bytes, options| read_query(bytes, QueryDialect::Aws, options, Dynamic(&TREE)),
        |value| write_query("Grow", "2024-01-01", value, QueryDialect::Aws, None).map(String::into_bytes),
    );
}
