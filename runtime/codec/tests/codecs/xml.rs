//! XML beyond what all codecs share.

use whitesmith_codec::{Codec, Dynamic, ReadError, ReadOptions, ReadProblem, Typed, WriteError, WriteOptions, Xml};
use whitesmith_schema::{Member, Schema, Structure, Value, ValueMap, WireTraits, XmlNamespace, prelude};

use super::shapes::{TREE, Tree};

static ATTRIBUTE: WireTraits = WireTraits::NONE.with_xml_attribute().with_xml_name("xsi:kind");
static NAMES: Schema = Schema::list(
    "example#Names",
    &[Member::new("member", &prelude::STRING)
        .with_wire(&WireTraits::NONE.with_xml_name("item").with_xml_namespace("urn:item", None))],
);
static NESTED: Schema = Schema::structure(
    "example#Nested",
    &[Member::new("Text", &prelude::STRING), Member::new("Kind", &prelude::STRING).with_wire(&ATTRIBUTE)],
);
static ROOT: Schema = Schema::structure(
    "example#Root",
    &[
        Member::new("Names", &NAMES).with_wire(&WireTraits::NONE.with_xml_namespace("urn:names", Some("n"))),
        Member::new("Nested", &NESTED)
            .with_wire(&WireTraits::NONE.with_xml_namespace("http://www.w3.org/2001/XMLSchema-instance", Some("xsi"))),
    ],
)
.with_wire(&WireTraits::NONE.with_xml_name("Top"));

fn root() -> ValueMap {
    let nested = [("Text", Value::from("t")), ("Kind", Value::from("<\"&\n"))].into_iter().collect();
    let names = Value::List(vec!["a".into(), "b".into()]);
    [("Names", names), ("Nested", Value::Map(nested))].into_iter().collect()
}

const WRITTEN: &str = concat!(
    r#"<Top xmlns="urn:top"><Names xmlns:n="urn:names"><item xmlns="urn:item">a</item><item xmlns="urn:item">b</item>"#,
    r#"</Names><Nested xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:kind="&lt;&quot;&amp;&#xA;">"#,
    r#"<Text>t</Text></Nested></Top>"#,
);

fn read(document: &str) -> Result<Tree, ReadError> {
    Xml::read(document.as_bytes(), ReadOptions::CLIENT, Typed::<Tree>::new())
}

fn problem(document: &str) -> ReadProblem {
    read(document).unwrap_err().problem().clone()
}

#[test]
fn names_namespaces_and_attributes_are_those_of_the_model() {
    let members = root();
    let namespace = Some(XmlNamespace { uri: "urn:top", prefix: None });
    let options = WriteOptions { xml_namespace: namespace, ..WriteOptions::default() };
    let document = Xml::write(&Structure { schema: &ROOT, members: &members }, &options).unwrap();
    assert_eq!(String::from_utf8(document).unwrap(), WRITTEN);
    let read = Xml::read(WRITTEN.as_bytes(), ReadOptions::SERVER, Dynamic(&ROOT)).unwrap();
    let (Some(names), Some(nested)) = (members.get("Names"), members.get("Nested").and_then(Value::as_map)) else {
        panic!()
    };
    assert_eq!(read.as_map().unwrap().get("Names"), Some(names));
    let read = read.as_map().unwrap().get("Nested").and_then(Value::as_map).unwrap();
    assert_eq!((read.get("Kind"), read.get("Text")), (nested.get("Kind"), nested.get("Text")));
}

#[test]
fn flattened_lists_and_maps_may_be_interleaved() {
    let tree = read(concat!(
        "<Tree><FlatNames>a</FlatNames><Count>1</Count>",
        "<FlatCounts><key>x</key><value>1</value></FlatCounts><FlatNames>b</FlatNames>",
        "<FlatCounts><value>2</value><key>y</key></FlatCounts></Tree>",
    ))
    .unwrap();
    assert_eq!(tree.flat_names, Some(vec!["a".into(), "b".into()]));
    assert_eq!(tree.flat_counts, Some([("x".to_owned(), 1), ("y".to_owned(), 2)].into()));
    assert_eq!(tree.count, Some(1));
}

#[test]
fn an_element_that_is_not_flattened_replaces_an_earlier_one() {
    let tree = read("<T><Names><member>a</member></Names><Names><member>b</member></Names></T>").unwrap();
    assert_eq!(tree.names, Some(vec!["b".into()]));
}

#[test]
fn what_is_not_content_is_skipped() {
    let tree = read(concat!(
        "\u{feff}<?xml version = \"1.0\" encoding = \"UTF-8\"?><!DOCTYPE Tree>\n<!-- c --><Tree xmlns=\"urn:x\">",
        "text<![CDATA[more]]><Title>a<!-- b -->c<![CDATA[<d>]]>&#101;&lt;</Title><Else><Title>x</Title></Else>",
        "<?pi?><Alive>true</Alive></Tree>\n",
    ))
    .unwrap();
    assert_eq!(tree.name.as_deref(), Some("ac<d>e<"));
    assert_eq!(tree.alive, Some(true));
}

#[test]
fn empty_elements_are_empty_values() {
    let tree = read("<Tree><Title/><Bytes></Bytes><Names/><Counts></Counts><Branch/></Tree>").unwrap();
    assert_eq!(tree.name.as_deref(), Some(""));
    assert_eq!(tree.bytes.map(|bytes| bytes.0), Some(Vec::new()));
    assert_eq!((tree.names, tree.counts), (Some(Vec::new()), Some([].into())));
    assert!(tree.branch.is_some());
}

#[test]
fn entities_are_not_expanded() {
    let bomb = concat!(
        "<!DOCTYPE T [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>",
        "<T><Title>&b;&b;&b;&b;</Title></T>"
    );
    assert_eq!(problem(bomb), ReadProblem::UnknownEntity);
    assert!(matches!(problem("<T><Title>&#xD800;</Title></T>"), ReadProblem::Xml(_)));
}

#[test]
fn malformed_documents_are_errors() {
    for document in [
        "<T",
        "<T>",
        "<T></U>",
        "<T></T></T>",
        "<T></T><T/>",
        "<T/>x",
        "x<T/>",
        "</T>",
        "<T><Title></T>",
        "<T><Title>a</Title>",
        "<T a=></T",
        "<T><Title>a & b</Title></T>",
        "<T><Count>x</Count></T>",
        "<T><Count>1<b/></Count></T>",
        "<T><Alive>TRUE</Alive></T>",
        "<T><Bytes>!</Bytes></T>",
        "<T><Counts><entry><key>a</key></entry></Counts></T>",
    ] {
        assert!(read(document).is_err(), "{document}");
    }
    let error = read("<T><Count>many</Count></T>").unwrap_err();
    assert_eq!((error.offset(), error.member()), (10, Some("Count")));
}

#[test]
fn characters_that_xml_cannot_hold_are_errors() {
    let tree = Tree { name: Some("a\u{1}".into()), ..Tree::default() };
    let error = Xml::write(&tree, &WriteOptions::default()).unwrap_err();
    assert_eq!(error, WriteError::Character { member: "Name", character: '\u{1}' });
}

#[test]
fn structures_are_found_below_wrappers() {
    let document =
        b"<R><Result><Title>a</Title></Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></R>";
    let tree = Xml::read_below(&["Result"], document, ReadOptions::CLIENT, Typed::<Tree>::new()).unwrap();
    assert_eq!(tree.name.as_deref(), Some("a"));
    let none = Xml::read_below(&["Result"], b"<R><Else/></R>", ReadOptions::CLIENT, Typed::<Tree>::new()).unwrap();
    assert_eq!(none.name, None);
    assert!(Xml::read_below(&["Result"], b"<R><Result/>", ReadOptions::CLIENT, Dynamic(&TREE)).is_err());
}

#[test]
fn fields_of_errors_are_found_with_and_without_wrappers() {
    let fields = |document: &str| {
        let mut fields = Vec::new();
        Xml::read_strings(document.as_bytes(), ReadOptions::CLIENT, |name, text| fields.push(format!("{name}={text}")))
            .unwrap();
        fields.join(" ")
    };
    let error = "<Code>Oops</Code><Nested><Code>x</Code></Nested><Message>no</Message>";
    for document in [
        format!("<ErrorResponse><Error>{error}</Error><RequestId>r</RequestId></ErrorResponse>"),
        format!("<Response><Errors><Error>{error}</Error></Errors><RequestId>r</RequestId></Response>"),
        format!("<Error>{error}<RequestId>r</RequestId></Error>"),
    ] {
        assert_eq!(fields(&document), "Code=Oops Message=no RequestId=r", "{document}");
    }
}
