//! No text of a model leaves its place in a generated file, whatever it says and wherever it stands.

use whitesmith_rust::{Artifact, Crate, Settings, generate};
use whitesmith_smithy::load;

/// A model in which `$TEXT` stands for free text, once in each place that a model has for it.
const MODEL: &str = r##"{
  "smithy": "2.0",
  "shapes": {
    "a#Service": {
      "type": "service", "version": $TEXT,
      "operations": [{ "target": "a#DoIt" }],
      "traits": {
        "aws.protocols#awsJson1_0": {},
        "aws.api#service": { "sdkId": "A", "endpointPrefix": $TEXT },
        "aws.auth#sigv4": { "name": $TEXT },
        "smithy.api#title": $TEXT,
        "smithy.api#documentation": $TEXT,
        "smithy.rules#endpointRuleSet": {
          "version": "1.0",
          "parameters": { "Region": { "type": "String", "builtIn": "AWS::Region", "documentation": $TEXT } },
          "rules": [{ "type": "error", "conditions": [], "error": $TEMPLATE, "documentation": $TEXT }]
        },
        "smithy.rules#endpointTests": {
          "version": "1.0",
          "testCases": [{ "documentation": $TEXT, "expect": { "error": $TEXT } }]
        }
      }
    },
    "a#DoIt": {
      "type": "operation",
      "input": { "target": "a#Input" }, "output": { "target": "a#Output" }, "errors": [{ "target": "a#Failure" }],
      "traits": {
        "smithy.api#documentation": $TEXT,
        "smithy.api#deprecated": { "message": $TEXT, "since": $TEXT },
        "smithy.api#examples": [
          { "title": $TEXT, "documentation": $TEXT, "input": { "Name": $TEXT }, "output": { "Name": $TEXT } }
        ],
        "smithy.test#httpRequestTests": [
          { "id": "Case", "protocol": "aws.protocols#awsJson1_0", "method": "POST", "uri": "/", "documentation": $TEXT,
            "body": $TEXT, "headers": { "X-Text": $TEXT }, "params": { "Name": $TEXT } }
        ]
      }
    },
    "a#Input": {
      "type": "structure",
      "members": {
        "Name": {
          "target": "a#Text",
          "traits": { "smithy.api#documentation": $TEXT, "smithy.api#required": {}, "smithy.api#default": $TEXT }
        },
        "Second": { "target": "a#Text", "traits": { "smithy.api#required": {}, "smithy.api#deprecated": { "message": $TEXT } } },
        "Third": { "target": "a#Text", "traits": { "smithy.api#required": {} } },
        "Choice": { "target": "a#Choice" },
        "Either": { "target": "a#Either" }
      }
    },
    "a#Text": {
      "type": "string",
      "traits": { "smithy.api#documentation": $TEXT, "smithy.api#mediaType": $TEXT }
    },
    "a#Choice": {
      "type": "enum",
      "members": {
        "ONE": { "target": "smithy.api#Unit", "traits": { "smithy.api#enumValue": $TEXT, "smithy.api#documentation": $TEXT } },
        "TWO": { "target": "smithy.api#Unit", "traits": { "smithy.api#enumValue": "two", "smithy.api#deprecated": { "message": $TEXT } } }
      }
    },
    "a#Either": {
      "type": "union",
      "members": { "Leaf": { "target": "smithy.api#Blob", "traits": { "smithy.api#documentation": $TEXT } } }
    },
    "a#Output": { "type": "structure", "members": { "Name": { "target": "a#Text" } } },
    "a#Failure": {
      "type": "structure",
      "members": { "message": { "target": "smithy.api#String", "traits": { "smithy.api#documentation": $TEXT } } },
      "traits": {
        "smithy.api#error": "client",
        "smithy.api#documentation": $TEXT,
        "aws.protocols#awsQueryError": { "code": $TEXT, "httpResponseCode": 400 }
      }
    }
  }
}"##;

/// Another such model, with the names and texts of HTTP bindings, XML, waiters and pages.
const BOUND_MODEL: &str = r##"{
  "smithy": "2.0",
  "shapes": {
    "a#Service": {
      "type": "service", "version": "1",
      "operations": [{ "target": "a#DoIt" }], "errors": [{ "target": "a#Failure" }],
      "traits": {
        "aws.protocols#restXml": {},
        "smithy.api#xmlNamespace": { "uri": $TEXT, "prefix": $TEXT },
        "smithy.api#httpApiKeyAuth": { "name": $TEXT, "in": "header", "scheme": $TEXT },
        "smithy.api#externalDocumentation": { $TEXT: $TEXT },
        "smithy.api#deprecated": { "message": $TEXT, "since": $TEXT },
        "smithy.api#tags": [$TEXT],
        "aws.api#service": {
          "sdkId": "A", "arnNamespace": $TEXT, "cloudFormationName": $TEXT, "cloudTrailEventSource": $TEXT,
          "docId": $TEXT, "endpointPrefix": $TEXT
        },
        "smithy.rules#clientContextParams": { "Extra": { "type": "string", "documentation": $TEXT } }
      }
    },
    "a#DoIt": {
      "type": "operation",
      "input": { "target": "a#Input" }, "output": { "target": "a#Output" }, "errors": [{ "target": "a#Failure" }],
      "traits": {
        "smithy.api#http": { "method": "POST", "uri": "/do/{Label}" },
        "smithy.api#externalDocumentation": { "Link": $TEXT, $TEXT: "https://example.com" },
        "smithy.api#unstable": {}, "smithy.api#tags": [$TEXT], "smithy.api#since": $TEXT,
        "smithy.rules#staticContextParams": { "Extra": { "value": $TEXT } },
        "smithy.api#examples": [
          {
            "title": $TEXT, "documentation": $TEXT,
            "input": { "Label": $TEXT, "Names": [$TEXT], "Counts": { $TEXT: 1 }, "Any": { $TEXT: [$TEXT] } },
            "error": { "shapeId": "a#Failure", "content": { "message": $TEXT } }
          }
        ],
        "smithy.waiters#waitable": {
          "Done": {
            "documentation": $TEXT,
            "acceptors": [
              { "state": "success", "matcher": { "output": {
                "path": "Name", "expected": $TEXT, "comparator": "stringEquals" } } },
              { "state": "failure", "matcher": { "errorType": $TEXT } }
            ]
          }
        },
        "smithy.test#httpResponseTests": [
          { "id": "Case", "protocol": "aws.protocols#restXml", "code": 200, "documentation": $TEXT,
            "body": $TEXT, "bodyMediaType": $TEXT, "headers": { "X-Text": $TEXT }, "params": { "Name": $TEXT } }
        ]
      }
    },
    "a#Input": {
      "type": "structure",
      "members": {
        "Label": { "target": "smithy.api#String", "traits": { "smithy.api#httpLabel": {}, "smithy.api#required": {} } },
        "Query": { "target": "smithy.api#String", "traits": { "smithy.api#httpQuery": $TEXT } },
        "Header": { "target": "smithy.api#String", "traits": { "smithy.api#httpHeader": $TEXT } },
        "Prefixed": { "target": "a#Names", "traits": { "smithy.api#jsonName": $TEXT } },
        "Names": { "target": "a#Names", "traits": { "smithy.api#xmlName": $TEXT, "aws.protocols#ec2QueryName": $TEXT } },
        "Counts": {
          "target": "a#Counts",
          "traits": { "smithy.api#xmlFlattened": {}, "smithy.api#recommended": { "reason": $TEXT } }
        },
        "Any": { "target": "smithy.api#Document", "traits": { "smithy.api#default": $TEXT } },
        "Reading": { "target": "a#Reading", "traits": { "smithy.api#externalDocumentation": { $TEXT: $TEXT } } }
      },
      "traits": { "smithy.api#documentation": $TEXT, "smithy.api#xmlName": $TEXT }
    },
    "a#Names": {
      "type": "list", "traits": { "smithy.api#documentation": $TEXT, "smithy.api#deprecated": { "message": $TEXT } },
      "member": { "target": "smithy.api#String", "traits": { "smithy.api#xmlName": $TEXT } }
    },
    "a#Counts": {
      "type": "map", "traits": { "smithy.api#documentation": $TEXT },
      "key": { "target": "smithy.api#String", "traits": { "smithy.api#xmlName": $TEXT, "smithy.api#documentation": $TEXT } },
      "value": { "target": "smithy.api#Integer", "traits": { "smithy.api#xmlName": $TEXT } }
    },
    "a#Reading": {
      "type": "structure", "traits": { "smithy.api#deprecated": { "message": $TEXT }, "smithy.api#title": $TEXT },
      "members": { "Old": { "target": "smithy.api#String", "traits": {
        "smithy.api#deprecated": { "since": $TEXT }, "smithy.api#documentation": $TEXT, "smithy.api#xmlAttribute": {},
        "smithy.api#xmlNamespace": { "uri": $TEXT } } } }
    },
    "a#Output": {
      "type": "structure", "traits": { "smithy.api#documentation": $TEXT },
      "members": {
        "Name": { "target": "smithy.api#String" },
        "Body": { "target": "smithy.api#Blob", "traits": { "smithy.api#mediaType": $TEXT, "smithy.api#documentation": $TEXT } }
      }
    },
    "a#Failure": {
      "type": "structure",
      "members": { "message": { "target": "smithy.api#String" } },
      "traits": { "smithy.api#error": "client", "smithy.api#deprecated": { "message": $TEXT } }
    }
  }
}"##;

/// Texts that would do harm in some file. Each contains `MARK`, which is how its traces are found.
const PAYLOADS: &[&str] = &[
    "MARK\n\n    std::fs::write(\"x\", \"y\")",
    "MARK\n```\nfn main() { panic!() }\n```",
    "MARK\r\n//! x",
    "MARK\rpub fn x() {}",
    "MARK\u{0}\u{7}\u{1b}[31m",
    "MARK\u{202e}\u{2066}x",
    "MARK\u{2028}pub fn x() {}",
    "MARK */ pub fn x() {} /*",
    "MARK\"] #![allow(x)]",
    "MARK\"; pub fn x() {} //",
    "MARK\"#; pub fn x() {} //",
    "MARK\\",
    "MARK\"\n[dependencies]\nx = \"1\"",
    "# MARK",
    "1. MARK",
    "- MARK",
    "MARK | x |\n| --- |",
    "<script>MARK</script><b>MARK",
    "[MARK](javascript:x) <https://x.test/>",
    ".so MARK\n.so MARK",
    "'MARK $(x) `x` 'x'",
    "{MARK} %s",
];

const MODELS: [&str; 2] = [MODEL, BOUND_MODEL];

fn generated(text: &str) -> Vec<Crate> {
    MODELS.iter().flat_map(|model| generated_of(model, text)).collect()
}

fn generated_of(model: &str, text: &str) -> Vec<Crate> {
    let quoted = serde_json::to_string(text).expect("a string is JSON");
    let template = serde_json::to_string(&text.replace('{', "{{").replace('}', "}}")).expect("a string is JSON");
    let json = model.replace("$TEXT", &quoted).replace("$TEMPLATE", &template);
    let (model, _) = load::load(&[("model.json", json.as_bytes())]).expect("a model");
    let settings = Settings {
        artifacts: Artifact::ALL.into(),
        header: format!("@generated from {text}"),
        version: "0.1.0".to_owned(),
        runtime: "../runtime".to_owned(),
        ..Settings::default()
    };
    generate(&model, &settings).unwrap_or_else(|error| panic!("{text:?}: {error}")).crates
}

/// The items and attributes of a Rust file without the values of literals and documentation.
fn skeleton(path: &str, text: &str) -> String {
    let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}\n{text}"));
    let tokens = quote::quote!(#file).to_string();
    let tokens: proc_macro2::TokenStream = tokens.parse().expect("tokens of a file");
    let mut out = String::new();
    without_literals(tokens, &mut out);
    out
}

fn without_literals(tokens: proc_macro2::TokenStream, out: &mut String) {
    let mut previous = String::new();
    for tree in tokens {
        match tree {
            // The number of lines of a doc comment depends on the text.
            proc_macro2::TokenTree::Group(group) if group.stream().to_string().starts_with("doc =") => {
                previous.clear();
                out.truncate(out.trim_end_matches(['#', '!']).len());
            }
            proc_macro2::TokenTree::Group(group) => {
                out.push_str(&format!("{:?}", group.delimiter()));
                without_literals(group.stream(), out);
                out.push_str("end");
            }
            proc_macro2::TokenTree::Literal(literal) if literal.to_string().contains('"') => out.push('L'),
            other => out.push_str(&other.to_string()),
        }
    }
}

/// Without the pieces of code that exist only if there is documentation.
fn without_optional(skeleton: &str) -> String {
    // Long lines end in a comma.
    let text = skeleton.replace(",end", "end");
    ["deprecated=L", "deprecated", ".with_docParenthesisLend"].iter().fold(text, |text, part| text.replace(part, ""))
}

#[test]
fn rust_files_have_the_same_items_whatever_the_text() {
    let harmless = generated("MARK");
    for payload in PAYLOADS {
        let hostile = generated(payload);
        for (one, other) in harmless.iter().zip(&hostile) {
            assert_eq!(one.files.len(), other.files.len(), "{payload:?}");
            for (expected, found) in one.files.iter().zip(&other.files) {
                assert_eq!(expected.path, found.path, "{payload:?}");
                if expected.path.ends_with(".rs") {
                    let expected_items = without_optional(&skeleton(&expected.path, &expected.contents));
                    let found_items = without_optional(&skeleton(&found.path, &found.contents));
                    let same =
                        expected_items.bytes().zip(found_items.bytes()).take_while(|(one, other)| one == other).count();
                    let after = |text: &str| {
                        text.get(same.saturating_sub(40)..).unwrap_or_default().chars().take(120).collect::<String>()
                    };
                    assert_eq!(
                        after(&expected_items),
                        after(&found_items),
                        "{}: {payload:?}\n{}",
                        found.path,
                        found.contents
                    );
                }
            }
        }
    }
}

#[test]
fn no_file_holds_control_characters() {
    for payload in PAYLOADS {
        for file in generated(payload).iter().flat_map(|one| &one.files) {
            let found = file.contents.chars().find(|c| whitesmith_docs::is_hidden(*c) && *c != '\n');
            assert_eq!(found, None, "{}: {payload:?}\n{}", file.path, file.contents);
        }
    }
}

#[test]
fn no_doc_comment_has_a_code_block_of_the_model() {
    for payload in PAYLOADS {
        for file in generated(payload).iter().flat_map(|one| &one.files).filter(|file| file.path.ends_with(".rs")) {
            let mut fence = false;
            for line in file.contents.lines() {
                let line = line.trim_start();
                let Some(text) = line.strip_prefix("///").or_else(|| line.strip_prefix("//!")) else { continue };
                if text.trim_start().starts_with("```") {
                    assert!(fence || !text.contains("MARK"), "{}: {payload:?}: {line}", file.path);
                    fence = !fence;
                }
                // Four spaces make a code block, which is a doctest.
                let is_indented = !fence && text.starts_with("     ") && !text.trim_start().starts_with('-');
                assert!(!is_indented, "{}: {payload:?}: {line}", file.path);
                assert!(fence || !text.contains("fs::write") || !text.starts_with("     "), "{line}");
            }
        }
    }
}

#[test]
fn manifests_keep_their_tables() {
    for payload in PAYLOADS {
        for file in generated(payload).iter().flat_map(|one| &one.files).filter(|file| file.path.ends_with(".toml")) {
            let table: toml::Table =
                file.contents.parse().unwrap_or_else(|error| panic!("{}: {payload:?}: {error}", file.path));
            if let Some(dependencies) = table.get("dependencies").and_then(toml::Value::as_table) {
                assert!(!dependencies.contains_key("x"), "{}: {payload:?}", file.path);
            }
        }
    }
}
