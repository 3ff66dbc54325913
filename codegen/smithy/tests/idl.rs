//! The Smithy IDL: mistakes with their messages, hostile input, the JSON AST that comes out, and formatting.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use whitesmith_smithy::load::assemble;
use whitesmith_smithy::model::Severity;
use whitesmith_smithy::{format, validate, write};

const HEAD: &str = "$version: \"2\"\nnamespace a.b\n";

/// The errors of a file, rendered.
fn errors(text: &str) -> Vec<String> {
    let (model, events) = assemble(&[("model.smithy", text.as_bytes())]).unwrap();
    let events = validate::validate(&model, events);
    let failures = events.iter().filter(|event| event.severity.is_failure());
    failures.map(|event| event.render(model.sources())).collect()
}

fn first_error(body: &str) -> String {
    errors(&format!("{HEAD}{body}")).into_iter().next().unwrap_or_default()
}

#[test]
fn typical_mistakes_are_shown_with_what_was_expected() {
    insta::assert_snapshot!(
        [
            ("a misspelled type", "strucure City {}\n"),
            ("a colon left out", "structure City {\n    name String\n}\n"),
            ("a brace left out", "structure City {\n    name: String\n\nstring Other\n"),
            ("a misspelled target", "structure City {\n    name: Strnig\n}\n"),
            ("a misspelled trait", "structure City {\n    @reqired\n    name: String\n}\n"),
            ("an open string", "@documentation(\"no end)\nstring City\n"),
            ("a misspelled property", "operation Get {\n    imput: City\n}\nstructure City {}\n"),
            ("a member twice", "structure City {\n    name: String\n    name: String\n}\n"),
            ("a shape on the line of another", "string City string Town\n"),
            ("a bad escape", "@documentation(\"\\q\")\nstring City\n"),
            ("a target that nothing states", "structure City {\n    $name\n}\n"),
            ("a value of the wrong type", "@length(min: \"1\")\nstring City\n"),
            ("a brace left out before a shape", "structure City {\n    name: String\n\nstructure Town {}\n"),
            ("single quotes", "@documentation('A city.')\nstring City\n"),
            ("a colon in an enum", "enum Size {\n    BIG: \"big\"\n}\n"),
            ("a trait that was not imported", "use aws.protocols#restXml\n@restJson1\nservice Weather {}\n"),
            ("traits for a misspelled shape", "string City\napply Ctiy @sensitive\n"),
            ("traits for a misspelled member", "structure City {\n    name: String\n}\napply City$nmae @required\n"),
        ]
        .map(|(what, body)| format!("# {what}\n{}\n", first_error(body)))
        .join("\n")
    );
}

#[test]
fn parsing_goes_on_after_an_error() {
    let found = errors(&format!("{HEAD}strucure A {{}}\n\nstring B\n\nunoin C {{}}\n"));
    assert_eq!(found.len(), 2, "{found:?}");
    let many: String = (0..100).map(|at| format!("strucure A{at} {{}}\n\n")).collect();
    assert_eq!(errors(&format!("{HEAD}{many}")).len(), 20);
}

#[test]
fn the_idl_and_its_json_ast_are_the_same_model() {
    let text = r#"$version: "2"
metadata owners = ["a", "b"]
namespace a.b
use smithy.api#Unit

/// A city.
structure City with [Named] {
    $name
    @required
    @length(min: 1)
    population: Integer = 3
}

@mixin
structure Named { name: String }

apply City$name @documentation("""
    Two
      lines.
    """)

enum Kind {
    A
    B = "b"
}

operation Get {
    input := { city: City }
    output: Unit
}
"#;
    let (model, events) = assemble(&[("model.smithy", text.as_bytes())]).unwrap();
    assert!(events.iter().all(|event| event.severity < Severity::Danger), "{events:?}");
    let ast = write::pretty(&write::ast(&model));
    insta::assert_snapshot!(ast);
    let (again, events) = assemble(&[("model.json", ast.as_bytes())]).unwrap();
    assert!(events.is_empty(), "{events:?}");
    assert_eq!(write::pretty(&write::ast(&again)), ast);
}

#[test]
fn shapes_hide_those_of_the_prelude_in_their_namespace_in_any_file() {
    let one = format!("{HEAD}structure S {{ value: String }}\n");
    let two = format!("{HEAD}integer String\n");
    let (model, _) = assemble(&[("one.smithy", one.as_bytes()), ("two.smithy", two.as_bytes())]).unwrap();
    assert_eq!(model.shape_named("a.b#S").unwrap().member("value").unwrap().target.as_str(), "a.b#String");
    let (model, _) = assemble(&[("one.smithy", one.as_bytes())]).unwrap();
    assert_eq!(model.shape_named("a.b#S").unwrap().member("value").unwrap().target.as_str(), "smithy.api#String");
}

#[test]
fn bad_input_is_refused_with_its_place() {
    for (text, expected) in [
        ("\u{feff}$version: \"2\"\n".to_owned(), "model.smithy:1:1"),
        (format!("{HEAD}string A\0\n"), "model.smithy:3:9"),
        (format!("{HEAD}@documentation(\"\"\"\n{}", "x\n".repeat(1000)), "Unterminated text block"),
        (format!("{HEAD}@documentation(\"\\ud800\")\nstring A\n"), "half of a surrogate pair"),
        (format!("{HEAD}@a({}\nstring A\n", "[".repeat(100_000)), "maximum allowed depth of 64"),
        (format!("{HEAD}@a({}\nstring A\n", "{a:".repeat(100_000)), "maximum allowed depth of 64"),
        (format!("{HEAD}/// {}\nstring A {{\n", "x".repeat(4 << 20)), "model.smithy:4:10"),
        (format!("{HEAD}@documentation(\"{}", "x".repeat(4 << 20)), "Unterminated string"),
        (format!("{HEAD}string {}!\n", "a".repeat(4 << 20)), "Unexpected character"),
        (format!("{}string A {{\r\n", HEAD.replace('\n', "\r\n")), "model.smithy:3:10"),
        (format!("{}string A {{\r", HEAD.replace('\n', "\r")), "model.smithy:3:10"),
    ] {
        let found = errors(&text);
        assert!(found.first().is_some_and(|error| error.contains(expected)), "{expected}: {found:?}");
    }
    let error = assemble(&[("model.smithy", b"namespace \xff")]).unwrap_err().to_string();
    assert!(error.contains("model.smithy") && error.contains("UTF-8"), "{error}");
}

/// Prefixes and single changed bytes of a model: none makes the loader panic.
#[test]
fn damaged_files_do_not_panic() {
    let good = include_str!("idl/everything.smithy");
    let attempt = |bytes: &[u8]| {
        if let Ok((model, events)) = assemble(&[("damaged.smithy", bytes)]) {
            for event in validate::validate(&model, events) {
                assert!(!event.render(model.sources()).is_empty());
            }
        }
        let _ = format::format("damaged.smithy", bytes);
    };
    attempt(good.as_bytes());
    for end in (0..good.len()).step_by(37) {
        attempt(&good.as_bytes()[..end]);
    }
    let damage = [b'"', b'{', b'}', b'(', b'$', b'\\', b'/', b'=', 0, b'\n'];
    for (at, byte) in (0..good.len()).step_by(19).zip(damage.iter().cycle()) {
        let mut bytes = good.as_bytes().to_vec();
        bytes[at] = *byte;
        attempt(&bytes);
    }
}

#[test]
fn time_is_linear_in_the_size_of_a_file() {
    let file = |shapes: usize| {
        let mut text = HEAD.to_owned();
        for at in 0..shapes {
            let _ = writeln!(text, "/// Text.\n@length(min: 1)\nstring S{at}\n");
        }
        text
    };
    let time = |text: &str| {
        let start = Instant::now();
        assert!(assemble(&[("model.smithy", text.as_bytes())]).unwrap().1.is_empty());
        start.elapsed()
    };
    let (small, large) = (file(2_000), file(20_000));
    let least = (0..3).map(|_| time(&small)).min().unwrap_or_default().max(Duration::from_millis(1));
    assert!(time(&large) < least * 60, "ten times the size takes more than sixty times as long");
}

#[test]
fn formatting_is_stable() {
    let text = include_str!("idl/everything.smithy");
    let formatted = format::format("everything.smithy", text.as_bytes()).unwrap();
    insta::assert_snapshot!(formatted);
    assert_eq!(format::format("everything.smithy", formatted.as_bytes()).unwrap(), formatted);
    let error = format::format("bad.smithy", b"namespace a.b\nstrucure A {}\n").unwrap_err().to_string();
    assert!(error.contains("did you mean `structure`?") && error.contains("bad.smithy:2:1"), "{error}");
}

#[test]
fn documentation_between_the_words_of_a_statement_becomes_a_comment() {
    for (written, formatted) in [
        (
            "map A\n/// Of what?\n{ key: String, value: String }",
            "// Of what?\nmap A {\n    key: String\n    value: String\n}",
        ),
        ("structure A with [\n/// Of what?\nB] {}", "structure A with [\n    // Of what?\n    B\n] {}"),
        ("resource A\n/// Of what?\n{}", "// Of what?\nresource A {}"),
        ("@private\noperation A\n/// Of what?\n{}", "@private\n// Of what?\noperation A {}"),
    ] {
        let text = format::format("model.smithy", format!("{HEAD}{written}\n").as_bytes()).unwrap();
        assert!(text.ends_with(&format!("\n\n{formatted}\n")), "{text}");
        assert_eq!(format::format("model.smithy", text.as_bytes()).unwrap(), text);
    }
}

#[test]
fn a_quote_at_the_end_of_a_text_block_does_not_close_it() {
    for (written, formatted) in [("\"  ", r#"\""#), ("\"\"\t", r#""\""#), (r#"\" "#, r#"\""#), (r#"\\" "#, r#"\\\""#)] {
        let text = format!("{HEAD}@documentation(\"\"\"\n    Said\n    {written}\"\"\")\nstring A\n");
        let text = format::format("model.smithy", text.as_bytes()).unwrap();
        assert!(text.ends_with(&format!("    Said\n    {formatted}\"\"\"\n)\nstring A\n")), "{text}");
        assert_eq!(format::format("model.smithy", text.as_bytes()).unwrap(), text);
    }
}

#[test]
fn applied_traits_come_after_those_of_the_shape() {
    let text =
        format!("{HEAD}apply City @tags([\"applied\"])\n@tags([\"own\"])\nstring City\napply City @tags([\"last\"])\n");
    let (model, _) = assemble(&[("model.smithy", text.as_bytes())]).unwrap();
    let tags = model.shape_named("a.b#City").unwrap().traits.get("smithy.api#tags").unwrap();
    assert_eq!(tags.strings().collect::<Vec<_>>(), ["own", "applied", "last"]);
}

#[test]
fn packages_are_there_when_a_file_names_them() {
    let has = |text: &str, id: &str| assemble(&[("model.json", text.as_bytes())]).unwrap().0.shape_named(id).is_some();
    let named = r#"{"smithy": "2.0", "metadata": {"a": "aws.api"}}"#;
    let hidden = r#"{"smithy": "2.0", "metadata": {"a": "aws\u002eapi"}}"#;
    let other = r#"{"smithy": "2.0", "metadata": {"a": "api"}}"#;
    for (text, is_there) in [(named, true), (hidden, true), (other, false)] {
        assert_eq!(has(text, "aws.api#service"), is_there, "{text}");
        assert!(has(text, "smithy.api#String"), "{text}");
    }
    // A package brings those that it names itself.
    let gateway = r#"{"smithy": "2.0", "metadata": {"a": "aws.apigateway"}}"#;
    assert!(has(gateway, "aws.api#ArnNamespace"));
}

#[test]
fn columns_of_long_lines_count_characters() {
    let filler = "é".repeat(10_000);
    let found = errors(&format!("{HEAD}@documentation(\"{filler}\") string A string B\n"));
    let column = "@documentation(\"".len() + 10_000 + "\") string A ".len() + 1;
    assert!(found.first().is_some_and(|error| error.contains(&format!("model.smithy:3:{column}\n"))), "{found:?}");
}
