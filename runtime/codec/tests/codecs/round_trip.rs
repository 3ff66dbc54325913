//! Typed values to bytes, and back to typed and dynamic ones.

use std::collections::BTreeMap;

use proptest::collection::{btree_map, vec};
use proptest::option::weighted;
use proptest::prelude::*;
use whitesmith_codec::{Dynamic, ReadOptions, Typed};
use whitesmith_schema::{BigDecimal, BigInteger, Blob, SerializeMembers as _, Timestamp, to_value};

use super::forms::{Form, for_every_form};
use super::shapes::{Choice, Kind, Tree};

fn full() -> Tree {
    let twig = Tree { name: Some("twig".into()), names: Some(vec!["a".into(), "b".into()]), ..Tree::default() };
    let counts: BTreeMap<_, _> = [("one".to_owned(), 1), ("a b&=.é".to_owned(), -2)].into();
    Tree {
        name: Some("  Ä < > & \" ' \r\n\t 😀 ".into()),
        alive: Some(false),
        byte: Some(i8::MIN),
        short: Some(i16::MAX),
        count: Some(i32::MIN),
        long: Some(i64::MAX),
        float: Some(0.1),
        double: Some(-1.5e300),
        big_integer: Some(BigInteger::new("-123456789012345678901234567890")),
        big_decimal: Some(BigDecimal::new("1.5")),
        bytes: Some(Blob::from(&[0, 255, 62, 63][..])),
        planted: Some(Timestamp::new(1_515_531_081, 123_000_000)),
        felled: Some(Timestamp::new(-62_135_596_800, 0)),
        seen: Some(Timestamp::new(253_402_300_799, 0)),
        burnt: Some(Timestamp::new(-1, 500_000_000)),
        kind: Some(Kind::from("ash")),
        names: Some(vec!["".into(), " ".into()]),
        flat_names: Some(vec!["x".into(), "y".into()]),
        counts: Some(counts.clone()),
        flat_counts: Some(counts),
        branch: Some(Box::new(Tree { choice: Some(Choice::Number(7)), ..Tree::default() })),
        twigs: Some(vec![twig.clone(), twig]),
        choice: Some(Choice::Names(vec!["n".into()])),
        token: Some("t".into()),
    }
}

/// Equal but for the text of a bigDecimal, which formats may put otherwise.
fn check<F: Form>(tree: &Tree) {
    let bytes = F::write(tree, None).unwrap();
    let shown = String::from_utf8_lossy(&bytes);
    for options in [ReadOptions::CLIENT, ReadOptions::SERVER] {
        let mut typed = F::read(&bytes, options, Typed::<Tree>::new())
            .unwrap_or_else(|error| panic!("{}: {error}\n{shown}", F::NAME));
        if let (Some(read), Some(written)) = (&typed.big_decimal, &tree.big_decimal) {
            assert_eq!(read.as_str().parse::<f64>(), written.as_str().parse::<f64>(), "{}", F::NAME);
            typed.big_decimal.clone_from(&tree.big_decimal);
        }
        assert_eq!(to_value(&typed), to_value(tree), "{}\n{shown}", F::NAME);
        let dynamic = F::read(&bytes, options, Dynamic(tree.schema())).unwrap();
        assert_eq!(dynamic.as_map().map(|members| members.len()), to_value(tree).as_map().map(|all| all.len()));
    }
}

#[test]
fn every_kind_of_value_survives() {
    fn full_tree<F: Form>() {
        check::<F>(&full());
    }
    for_every_form!(full_tree);
}

#[test]
fn dynamic_values_are_written_as_typed_ones() {
    fn same<F: Form>() {
        let tree = full();
        let value = to_value(&tree);
        let members = value.as_map().unwrap();
        let dynamic = whitesmith_schema::Structure { schema: tree.schema(), members };
        let written = F::write(&dynamic, None).unwrap();
        assert_eq!(
            String::from_utf8_lossy(&written),
            String::from_utf8_lossy(&F::write(&tree, None).unwrap()),
            "{}",
            F::NAME
        );
    }
    for_every_form!(same);
}

#[test]
fn not_finite_numbers_survive() {
    fn special<F: Form>() {
        for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            #[allow(clippy::cast_possible_truncation, reason = "it is not finite")]
            let tree = Tree { float: Some(number as f32), double: Some(number), ..Tree::default() };
            let bytes = F::write(&tree, None).unwrap();
            let read = F::read(&bytes, ReadOptions::SERVER, Typed::<Tree>::new()).unwrap();
            assert_eq!(read.double.map(f64::to_bits), tree.double.map(f64::to_bits), "{}", F::NAME);
            assert_eq!(read.float.map(f32::is_nan), tree.float.map(f32::is_nan), "{}", F::NAME);
        }
    }
    for_every_form!(special);
}

/// Text that every format can hold.
fn text() -> impl Strategy<Value = String> {
    vec(any::<char>().prop_filter("XML holds it", |c| *c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}')), 0..12)
        .prop_map(|characters| characters.into_iter().collect())
}

fn instant() -> impl Strategy<Value = Timestamp> {
    (-62_135_596_800..=253_402_300_799_i64, 0..1000_u32)
        .prop_map(|(seconds, millis)| Timestamp::new(seconds, millis * 1_000_000))
}

prop_compose! {
    fn tree()(
        name in weighted(0.5, text()),
        alive in any::<Option<bool>>(),
        long in any::<Option<i64>>(),
        count in any::<Option<i32>>(),
        double in weighted(0.5, proptest::num::f64::NORMAL | proptest::num::f64::ZERO),
        float in weighted(0.5, proptest::num::f32::NORMAL),
        bytes in weighted(0.5, vec(any::<u8>(), 0..20)),
        felled in weighted(0.5, instant()),
        names in weighted(0.5, vec(text(), 0..4)),
        flat_names in weighted(0.5, vec(text(), 1..4)),
        counts in weighted(0.5, btree_map(text(), any::<i32>(), 1..4)),
    ) -> Tree {
        let bytes = bytes.map(Blob::from);
        Tree { name, alive, count, long, float, double, bytes, felled, names, flat_names, counts, ..Tree::default() }
    }
}

proptest! {
    #[test]
    fn any_tree_survives(tree in tree(), twigs in vec(tree(), 0..3)) {
        let tree = Tree { twigs: Some(twigs), ..tree };
        check::<whitesmith_codec::Json>(&tree);
        check::<whitesmith_codec::RestJson>(&tree);
        // CBOR timestamps are doubles, which hold milliseconds up to the year 9999.
        check::<whitesmith_codec::Cbor>(&tree);
        check::<whitesmith_codec::Xml>(&tree);
        check::<whitesmith_codec::RpcV2Json>(&tree);
        // A form says nothing of an entry in which nothing is set.
        let said = tree.twigs.clone().map(|mut twigs| {
            twigs.retain(|twig| *twig != Tree::default());
            twigs
        });
        check::<crate::codecs::forms::Query>(&Tree { twigs: said, ..tree });
    }
}
