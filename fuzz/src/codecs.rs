//! Codecs: what is read can be written, and is written the same when it is read again.

use whitesmith_codec::{
    Cbor, Codec, Dynamic, Json, QueryDialect, ReadError, ReadOptions, RestJson, WriteError, WriteOptions, Xml,
    read_query, write_query,
};
use whitesmith_schema::{Structure, Value};

use crate::shapes::TREE;

/// Enough for the lists that short inputs nest.
const MOST_NESTED: usize = 8;

type Written = Result<Vec<u8>, WriteError>;

/// Reads and writes until what is written stays the same, at most `rounds` times: in most formats once.
fn round_trip(
    bytes: &[u8],
    rounds: usize,
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
        let again = |written: &[u8]| {
            let shown = String::from_utf8_lossy(written);
            let again = read(written, options).unwrap_or_else(|error| panic!("{error}: {shown}"));
            let Some(members) = again.as_map() else { panic!("a structure is read as {again:?}") };
            write(&Structure { schema: &TREE, members }).unwrap_or_else(|error| panic!("{error}: {shown}"))
        };
        let mut written = written;
        for _ in 1..rounds {
            written = again(&written);
        }
        assert_eq!(String::from_utf8_lossy(&written), String::from_utf8_lossy(&again(&written)));
    }
}

fn codec<C: Codec>(bytes: &[u8]) {
    round_trip(
        bytes,
        1,
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
    // An entry that writes nothing, such as an empty structure, leaves a gap in the numbers, which the next reading closes; the
    // entry around it may write nothing then.
    round_trip(
        bytes,
        MOST_NESTED,
        |bytes, options| read_query(bytes, QueryDialect::Aws, options, Dynamic(&TREE)),
        |value| write_query("Grow", "2024-01-01", value, QueryDialect::Aws, None).map(String::into_bytes),
    );
}
