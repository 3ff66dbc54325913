//! Bytes from anywhere: an error with its place, or a value, and never a panic.

use proptest::collection::vec;
use proptest::prelude::*;
use whitesmith_codec::{Dynamic, ReadOptions, Typed};

use super::forms::Form;
use super::shapes::{TREE, Tree};

fn survives<F: Form>(bytes: &[u8]) {
    for options in [ReadOptions::CLIENT, ReadOptions::SERVER] {
        if let Err(error) = F::read(bytes, options, Typed::<Tree>::new()) {
            assert!(error.offset() <= bytes.len().max(16), "{}: {error}", F::NAME);
        }
        let _ = F::read(bytes, options, Dynamic(&TREE));
    }
}

fn every_form(bytes: &[u8]) {
    survives::<whitesmith_codec::Json>(bytes);
    survives::<whitesmith_codec::RestJson>(bytes);
    survives::<whitesmith_codec::RpcV2Json>(bytes);
    survives::<whitesmith_codec::Cbor>(bytes);
    survives::<whitesmith_codec::Xml>(bytes);
    survives::<crate::codecs::forms::Query>(bytes);
}

proptest! {
    #[test]
    fn any_bytes_are_survived(bytes in vec(any::<u8>(), 0..200)) {
        every_form(&bytes);
    }

    #[test]
    fn pieces_of_messages_are_survived(pieces in vec(piece(), 0..40)) {
        every_form(pieces.concat().as_bytes());
    }

    #[test]
    fn pieces_of_cbor_are_survived(pieces in vec(cbor_piece(), 0..40)) {
        survives::<whitesmith_codec::Cbor>(&pieces.concat());
    }
}

fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"Names\"",
        "\"Branch\"",
        "\"Choice\"",
        "\"Count\"",
        "null",
        "true",
        "-1",
        "1e400",
        "\"\\ud800\"",
        "\"a\"",
        "<Tree>",
        "</Tree>",
        "<Names>",
        "</Names>",
        "<member>",
        "</member>",
        "<FlatNames>x",
        "</FlatNames>",
        "<Counts>",
        "</Counts>",
        "<entry>",
        "</entry>",
        "<key>k</key>",
        "<value>1</value>",
        "<Branch/>",
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
        "&lt;",
        "&#0;",
        "&#x110000;",
        "&x;",
        "<?xml version=\"1.0\"?>",
        "<!DOCTYPE a [<!ENTITY x \"y\">]>",
        "Names.member.1=",
        "&",
        "=",
        "%",
        "%ff",
        "Branch.Branch.Count=1",
        "FlatNames.1=a",
        "Counts.entry.1.key=a",
        "Counts.entry.1.value=1",
        "+",
    ])
}

fn cbor_piece() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        any::<u8>().prop_map(|byte| vec![byte]),
        prop::sample::select(vec!["Names", "Branch", "Choice", "Count", "Planted", "BigDecimal", "Bytes"]).prop_map(
            |name| {
                let mut piece = vec![0x60 | u8::try_from(name.len()).unwrap_or_default()];
                piece.extend_from_slice(name.as_bytes());
                piece
            }
        ),
        prop::sample::select(vec![
            vec![0xbf],
            vec![0x9f],
            vec![0xff],
            vec![0xc1],
            vec![0xc2, 0x41, 1],
            vec![0xc4, 0x82, 1, 2],
            vec![0xbb, 255, 255, 255, 255, 255, 255, 255, 255],
            vec![0x5b, 127, 255, 255, 255, 255, 255, 255, 255],
            vec![0xf9, 0x7c, 0],
            vec![0xf6],
            vec![0x7f],
        ]),
    ]
}
