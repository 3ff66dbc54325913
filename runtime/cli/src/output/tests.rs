use super::*;

fn formatted(kind: OutputFormat, json: &str, width: usize, paint: Paint) -> String {
    let value = json::read(json).unwrap();
    format(kind, &value, Layout { title: "Forge", width, paint }).unwrap_or_else(|error| error.to_string())
}

fn text(json: &str) -> String {
    formatted(OutputFormat::Text, json, 80, Paint::Plain)
}

fn table(json: &str) -> String {
    formatted(OutputFormat::Table, json, 80, Paint::Plain)
}

#[test]
fn text_puts_tabs_between_sorted_scalars() {
    assert_eq!(text(r#"{"b":true,"a":null,"c":1.50}"#), "None\tTrue\t1.5\n");
    assert_eq!(text(r#""x""#), "x\n");
    assert_eq!(text("null"), "None\n");
    assert_eq!(text("[]"), "");
    assert_eq!(text(r#"["a",1,["b",["c"]]]"#), "a\t1\nb\nc\n");
}

#[test]
fn text_leads_nested_lines_with_their_name() {
    assert_eq!(
        text(r#"{"z":"1","tags":[{"k":"a","v":"b"},{"k":"c"}],"ids":["x","y"],"o":{"p":"q"}}"#),
        "1\nIDS\tx\nIDS\ty\nO\tq\nTAGS\ta\tb\nTAGS\tc\t\n"
    );
}

#[test]
fn text_aligns_the_objects_of_a_list() {
    assert_eq!(text(r#"[{"b":1},{"a":2,"c":3},{"c":null},{"d":[4]}]"#), "\t1\t\n2\t\t3\n\t\tNone\n\t\t\nD\t4\n");
    assert_eq!(text(r#"[{"a":1},{"a":{"b":2}},{"b":[1]}]"#), "1\n{'b': 2}\n\nB\t1\n");
}

#[test]
fn text_of_many_different_keys_takes_as_long_as_its_size() {
    let objects: Vec<String> = (0..8_000).map(|at| format!("{{\"k{at}\":1}}")).collect();
    let value = json::read(&format!("[{}]", objects.join(","))).unwrap();
    let started = std::time::Instant::now();
    let layout = Layout { title: "", width: 80, paint: Paint::Plain };
    assert_eq!(format(OutputFormat::Text, &value, layout).unwrap().len(), 8_000 * 8_001);
    // Searching each object for each key would take minutes.
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

#[test]
fn tables_of_one_object_stand_upright_when_they_are_too_wide() {
    assert_eq!(
        table(r#"{"Alpha":"1","Beta":"2"}"#),
        [
            "-------------------",
            "|      Forge      |",
            "+--------+--------+",
            "|  Alpha | Beta   |",
            "+--------+--------+",
            "|  1     |  2     |",
            "+--------+--------+",
            "",
        ]
        .join("\n")
    );
    let narrow = formatted(OutputFormat::Table, r#"{"Alpha":"1","Beta":"2"}"#, 10, Paint::Plain);
    assert!(narrow.contains("|  Alpha"), "{narrow}");
    assert!(narrow.contains("|  Beta"), "{narrow}");
}

#[test]
fn tables_of_nothing_print_nothing_and_of_scalars_their_title() {
    for empty in ["null", "{}", "[]", "\"\"", "0", "false"] {
        assert_eq!(table(empty), "", "{empty}");
    }
    assert_eq!(table("5"), "-------\n|Forge|\n+-----+\n");
}

#[test]
fn uneven_rows_are_an_error() {
    assert!(table(r#"[["a","b"],"c"]"#).contains("expected 2 cells, found 1"), "{}", table(r#"[["a","b"],"c"]"#));
    assert!(table(r#"[{"a":1},2]"#).contains("number"));
}

#[test]
fn outputs_that_padding_makes_too_large_are_refused() {
    let wide = format!("[{}[\"{}\"]]", "[\"a\"],".repeat(20_000), "w".repeat(20_000));
    assert!(table(&wide).starts_with("the output exceeds the limit"));
    let objects: Vec<String> = (0..12_000).map(|at| format!("{{\"k{at}\":1}}")).collect();
    assert!(text(&format!("[{}]", objects.join(","))).starts_with("the output exceeds the limit"));
}

#[test]
fn wide_characters_take_two_columns() {
    assert!(table(r#"["日本","ab"]"#).contains("|  日本  |\n|  ab    |\n"), "{}", table(r#"["日本","ab"]"#));
}

#[test]
fn empty_objects_print_nothing_in_any_format() {
    for (_, kind) in OUTPUT_FORMATS {
        assert_eq!(formatted(*kind, "{}", 80, Paint::Plain), "");
    }
    assert_eq!(formatted(OutputFormat::Json, "[]", 80, Paint::Plain), "[]\n");
    assert_eq!(formatted(OutputFormat::YamlStream, r#"{"a":1}"#, 80, Paint::Plain), "- a: 1\n");
    assert_eq!(formatted(OutputFormat::Off, r#"{"a":1}"#, 80, Paint::Plain), "");
}
