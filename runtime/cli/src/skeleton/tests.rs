use super::*;
use crate::json;
use crate::made_up::{INPUT, OUTPUT};

#[test]
fn inputs_have_every_member_and_end_where_they_repeat() {
    let text = input_json(&INPUT);
    assert!(text.starts_with("{\n    \"Name\": \"\",\n    \"Token\": \"\",\n    \"Part\": {\n"), "{text}");
    for part in [
        "\"Metal\": \"tin plate\"",
        "\"Parts\": [\n            {}",
        "\"Texts\": [\n        \"\"\n    ]",
        "\"Labels\": {\n        \"KeyName\": 0\n    }",
        "\"Ratio\": 0.0",
        "\"Hot\": true",
        "\"Bytes\": null",
        "\"When\": \"1970-01-01T00:00:00\"",
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
}

#[test]
fn yaml_inputs_tell_what_members_are_for() {
    let text = input_yaml(&INPUT);
    let expected = "Name: ''  # [REQUIRED] What to make.\nToken: '' # [REQUIRED] \nPart:\n  Name: ''  # [REQUIRED] What it is called.\n  \
                    Metal: tin plate #  Valid values are: tin plate, iron.\n  Count: 0\n";
    assert!(text.starts_with(expected), "{text}");
    assert!(text.contains("\nTexts:\n- ''\nLabels:\n  KeyName: 0\n"), "{text}");
    assert!(text.contains("\nHot: true\nBytes: !!binary ''\nWhen: 1970-01-01 00:00:00\n"), "{text}");
    crate::yaml::read(&text, Some(&INPUT)).unwrap();
}

#[test]
fn outputs_are_named_after_their_members() {
    let text = json::to_compact_ascii(&output(&OUTPUT));
    assert!(
        text.starts_with(r#"{"Id":"Id","When":"1970-01-01T00:00:00","Parts":[{"Name":"Name","Metal":"Metal","#),
        "{text}"
    );
}
