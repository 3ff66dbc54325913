//! What codecs decide the same way.

use whitesmith_codec::{Cbor, Dynamic, Json, Nulls, ReadError, ReadOptions, ReadProblem, RestJson, Typed, Xml};
use whitesmith_schema::{Member, Number, Schema, Structure, Timestamp, Value, prelude};

use super::forms::{Form, Query, for_every_form};
use super::shapes::{Choice, TREE, Tree};

static NAMES: Schema = Schema::list("example#Names", &[Member::new("member", &prelude::STRING)]);
static SPARSE: Schema = Schema::list("example#Sparse", &[Member::new("member", &prelude::STRING)]).with_sparse();
static COUNTS: Schema =
    Schema::map("example#Counts", &[Member::new("key", &prelude::STRING), Member::new("value", &prelude::STRING)]);
static LISTS: Schema = Schema::structure(
    "example#Lists",
    &[Member::new("Names", &NAMES), Member::new("Sparse", &SPARSE), Member::new("Counts", &COUNTS)],
);
static ANY: Schema = Schema::structure("example#Any", &[Member::new("Any", &prelude::DOCUMENT)]);

/// The bytes of a message that says what JSON would.
fn said<F: Form>(json: &str) -> Vec<u8> {
    let value = Json::read(format!(r#"{{"Any":{json}}}"#).as_bytes(), ReadOptions::SERVER, Dynamic(&ANY)).unwrap();
    let bytes = F::write(&Structure { schema: &ANY, members: value.as_map().unwrap() }, None).unwrap();
    // Without the member around it.
    match F::NAME {
        "Cbor" => bytes[5..bytes.len() - 1].to_vec(),
        _ => bytes[7..bytes.len() - 1].to_vec(),
    }
}

fn read<F: Form>(json: &str, schema: &'static Schema, options: ReadOptions) -> Result<Value, ReadError> {
    F::read(&said::<F>(json), options, Dynamic(schema))
}

fn problem<F: Form>(json: &str, schema: &'static Schema, options: ReadOptions) -> ReadProblem {
    read::<F>(json, schema, options).unwrap_err().problem().clone()
}

fn member<F: Form>(json: &str, name: &str) -> Option<Value> {
    let schema = if TREE.member(name).is_some() && name != "Names" { &TREE } else { &LISTS };
    read::<F>(json, schema, ReadOptions::CLIENT).unwrap().as_map().unwrap().get(name).cloned()
}

fn texts(items: &[Option<&str>]) -> Value {
    Value::List(items.iter().map(|item| item.map_or(Value::Null, Value::from)).collect())
}

#[test]
fn clients_discard_nulls_in_dense_lists_and_maps_and_servers_reject_them() {
    fn check<F: Form>() {
        assert_eq!(member::<F>(r#"{"Names":["a",null,"b"]}"#, "Names"), Some(texts(&[Some("a"), Some("b")])));
        assert_eq!(
            read::<F>(r#"{"Counts":{"a":null,"b":"c"}}"#, &LISTS, ReadOptions::CLIENT).unwrap().shown(),
            r#"{"Counts": {"b": "c"}}"#
        );
        for json in [r#"{"Names":["a",null]}"#, r#"{"Counts":{"a":null}}"#] {
            assert_eq!(problem::<F>(json, &LISTS, ReadOptions::SERVER), ReadProblem::Null, "{}", F::NAME);
        }
    }
    check::<Json>();
    check::<Cbor>();
}

#[test]
fn nulls_are_kept_in_sparse_lists_and_where_the_options_say_so() {
    fn check<F: Form>() {
        let kept = texts(&[Some("a"), None]);
        assert_eq!(member::<F>(r#"{"Sparse":["a",null]}"#, "Sparse"), Some(kept.clone()));
        let keep = ReadOptions { dense_nulls: Nulls::Keep, ..ReadOptions::CLIENT };
        let lists = read::<F>(r#"{"Names":["a",null]}"#, &LISTS, keep).unwrap();
        assert_eq!(lists.as_map().unwrap().get("Names"), Some(&kept));
    }
    check::<Json>();
    check::<Cbor>();
}

#[test]
fn unknown_members_are_skipped_and_null_members_absent() {
    fn check<F: Form>() {
        let tree = read::<F>(r#"{"Else":{"x":[1,{"y":null}]},"Long":7,"Count":null}"#, &TREE, ReadOptions::SERVER);
        assert_eq!(tree.unwrap().shown(), r#"{"Long": 7}"#, "{}", F::NAME);
    }
    check::<Json>();
    check::<Cbor>();
}

#[test]
fn integers_may_be_written_with_a_fraction_of_zero() {
    fn check<F: Form>() {
        assert_eq!(member::<F>(r#"{"Long":5.0}"#, "Long"), Some(5.into()), "{}", F::NAME);
        assert_eq!(
            problem::<F>(r#"{"Long":5.5}"#, &TREE, ReadOptions::CLIENT),
            ReadProblem::OutOfRange("long"),
            "{}",
            F::NAME
        );
        assert_eq!(problem::<F>(r#"{"Byte":128}"#, &TREE, ReadOptions::CLIENT), ReadProblem::OutOfRange("byte"));
    }
    check::<Json>();
    check::<Cbor>();
}

#[test]
fn floats_that_overflow_are_errors_in_typed_values_only() {
    fn check<F: Form>() {
        let bytes = said::<F>(r#"{"Float":3.4e39}"#);
        let error = F::read(&bytes, ReadOptions::CLIENT, Typed::<Tree>::new()).unwrap_err();
        assert_eq!(error.problem(), &ReadProblem::OutOfRange("float"));
        assert_eq!(member::<F>(r#"{"Float":3.4e39}"#, "Float"), Some(Value::Number(Number::Float(3.4e39))));
    }
    check::<Json>();
    check::<Cbor>();
}

#[test]
fn dynamic_floats_go_out_as_they_are() {
    fn check<F: Form>() {
        for number in [3.4e39, 0.1] {
            let members = [("Float", Value::from(number))].into_iter().collect();
            let bytes = F::write(&Structure { schema: &TREE, members: &members }, None).unwrap();
            let read = F::read(&bytes, ReadOptions::CLIENT, Dynamic(&TREE)).unwrap();
            let Some(Value::Number(Number::Float(read))) = read.as_map().unwrap().get("Float") else { panic!() };
            assert!((read - number).abs() / number < 1e-7, "{}: {read}", F::NAME);
        }
    }
    for_every_form!(check);
    let members = [("Float", Value::from(0.300_000_01))].into_iter().collect();
    let json = Json::write(&Structure { schema: &TREE, members: &members }, None).unwrap();
    assert_eq!(json, br#"{"Float":0.30000001}"#);
}

#[test]
fn the_years_1_to_9999_survive_in_every_format() {
    fn check<F: Form>() {
        for seconds in [-62_135_596_800, -1, 0, 253_402_300_799] {
            let at = Some(Timestamp::new(seconds, 0));
            let tree = Tree { planted: at, felled: at, seen: at, burnt: at, ..Tree::default() };
            let bytes = F::write(&tree, None).unwrap();
            let read = F::read(&bytes, ReadOptions::SERVER, Typed::<Tree>::new()).unwrap();
            assert!([read.planted, read.felled, read.seen, read.burnt].iter().all(|read| *read == at), "{}", F::NAME);
        }
    }
    for_every_form!(check);
}

#[test]
fn years_without_a_date_are_not_written_as_one() {
    fn check<F: Form>() {
        for seconds in [-62_167_219_201, 253_402_300_800] {
            let at = Some(Timestamp::new(seconds, 0));
            for tree in [Tree { felled: at, ..Tree::default() }, Tree { seen: at, ..Tree::default() }] {
                let error = F::write(&tree, None).unwrap_err().to_string();
                assert!(error.ends_with(" cannot hold a timestamp outside of the years 0 to 9999"), "{error}");
            }
            let tree = Tree { burnt: at, ..Tree::default() };
            let bytes = F::write(&tree, None).unwrap();
            assert_eq!(F::read(&bytes, ReadOptions::SERVER, Typed::<Tree>::new()).unwrap(), tree, "{}", F::NAME);
        }
    }
    check::<Json>();
    check::<RestJson>();
    check::<Xml>();
    check::<Query>();
}

#[test]
fn seconds_beyond_the_year_9999_are_read() {
    fn check<F: Form>() {
        let read = member::<F>(r#"{"Planted":9007199254740992}"#, "Planted");
        assert_eq!(read, Some(Value::Timestamp(Timestamp::new(9_007_199_254_740_992, 0))), "{}", F::NAME);
    }
    check::<Json>();
}

#[test]
fn unions_have_one_member() {
    fn check<F: Form>() {
        let two = r#"{"Choice":{"Text":"a","Number":7}}"#;
        for options in [ReadOptions::CLIENT, ReadOptions::SERVER] {
            assert_eq!(problem::<F>(two, &TREE, options), ReadProblem::UnionMembers, "{}", F::NAME);
        }
        let with_null = r#"{"Choice":{"Text":null,"Number":7}}"#;
        let tree = F::read(&said::<F>(with_null), ReadOptions::SERVER, Typed::<Tree>::new()).unwrap();
        assert!(tree.choice == Some(Choice::Number(7)));
        let unknown = r#"{"Choice":{"Else":7}}"#;
        assert_eq!(problem::<F>(unknown, &TREE, ReadOptions::SERVER), ReadProblem::UnknownUnionMember);
        let tree = F::read(&said::<F>(unknown), ReadOptions::CLIENT, Typed::<Tree>::new()).unwrap();
        assert!(tree.choice == Some(Choice::Unknown));
        assert_eq!(problem::<F>(r#"{"Choice":{}}"#, &TREE, ReadOptions::SERVER), ReadProblem::NoUnionMember);
    }
    check::<Json>();
    check::<Cbor>();
}

#[test]
fn the_idempotency_token_stands_in_where_none_is_set() {
    fn check<F: Form>() {
        let token = |tree: &Tree| {
            let bytes = F::write(tree, Some("generated")).unwrap();
            F::read(&bytes, ReadOptions::SERVER, Typed::<Tree>::new()).unwrap().token
        };
        assert_eq!(token(&Tree::default()).as_deref(), Some("generated"), "{}", F::NAME);
        assert_eq!(token(&Tree { token: Some("own".into()), ..Tree::default() }).as_deref(), Some("own"));
    }
    for_every_form!(check);
}

#[test]
fn depth_is_bounded() {
    fn check<F: Form>() {
        let mut tree = Tree::default();
        for _ in 0..40 {
            tree = Tree { branch: Some(Box::new(tree)), ..Tree::default() };
        }
        let bytes = F::write(&Tree { name: Some("x".into()), ..tree }, None).unwrap();
        let options = ReadOptions { max_depth: 20, ..ReadOptions::SERVER };
        // A form has no parameter for a structure without members.
        if F::NAME != "Query" {
            let error = F::read(&bytes, options, Dynamic(&TREE)).unwrap_err();
            assert_eq!(error.problem(), &ReadProblem::TooDeep(20), "{}", F::NAME);
            assert!(F::read(&bytes, ReadOptions::SERVER, Dynamic(&TREE)).is_ok(), "{}", F::NAME);
        }
    }
    for_every_form!(check);
}

#[test]
fn json_names_count_in_rest_json_only() {
    let tree = Tree { name: Some("oak".into()), ..Tree::default() };
    assert_eq!(<Json as Form>::write(&tree, None).unwrap(), br#"{"Name":"oak"}"#);
    assert_eq!(<RestJson as Form>::write(&tree, None).unwrap(), br#"{"n":"oak"}"#);
    assert_eq!(<Xml as Form>::write(&tree, None).unwrap(), b"<Tree><Title>oak</Title></Tree>");
}

trait Shown {
    fn shown(&self) -> String;
}

impl Shown for Value {
    /// The value as JSON-like text.
    fn shown(&self) -> String {
        match self {
            Self::Map(map) => {
                let entries: Vec<_> = map.iter().map(|(key, value)| format!("{key:?}: {}", value.shown())).collect();
                format!("{{{}}}", entries.join(", "))
            }
            Self::String(text) => format!("{text:?}"),
            Self::Number(number) => number.to_string(),
            other => format!("{other:?}"),
        }
    }
}
