//! Documentation from a model never leaves its place: its line of roff, its Markdown block, its comment, its page.

use whitesmith_docs::aws_cli::Family;
use whitesmith_docs::rustdoc::rustdoc;
use whitesmith_docs::{PageSettings, files, parse};
use whitesmith_rust::emit::File;
use whitesmith_rust::plan::{Plan, Request};
use whitesmith_smithy::load;
use whitesmith_smithy::model::Model;

/// A model of one operation, whose shapes all have the same documentation.
fn model(documentation: &str) -> String {
    let text = serde_json::to_string(documentation).expect("a string is JSON");
    r##"{
  "smithy": "2.0",
  "shapes": {
    "a#Service": {
      "type": "service", "version": "1",
      "operations": [{ "target": "a#DoIt" }],
      "traits": { "smithy.api#documentation": $TEXT }
    },
    "a#DoIt": {
      "type": "operation",
      "input": { "target": "a#Input" }, "output": { "target": "a#Output" }, "errors": [{ "target": "a#Failure" }],
      "traits": { "smithy.api#documentation": $TEXT }
    },
    "a#Input": {
      "type": "structure",
      "members": {
        "Name": { "target": "smithy.api#String", "traits": { "smithy.api#documentation": $TEXT, "smithy.api#required": {} } },
        "Tree": { "target": "a#Tree" },
        "Flag": { "target": "smithy.api#Boolean" }
      }
    },
    "a#Tree": {
      "type": "union",
      "members": {
        "Leaf": { "target": "smithy.api#Blob", "traits": { "smithy.api#documentation": $TEXT } },
        "Branches": { "target": "a#Trees" }
      }
    },
    "a#Trees": { "type": "list", "member": { "target": "a#Tree" } },
    "a#Output": {
      "type": "structure",
      "members": { "Any": { "target": "smithy.api#Document", "traits": { "smithy.api#documentation": $TEXT } } }
    },
    "a#Failure": {
      "type": "structure", "members": {},
      "traits": { "smithy.api#error": "client", "smithy.api#documentation": $TEXT }
    }
  }
}"##
        .replace("$TEXT", &text)
}

fn pages(documentation: &str) -> Vec<File> {
    let json = model(documentation);
    let (model, _) = load::load(&[("model.json", json.as_bytes())]).expect("a model");
    all_pages(&model)
}

/// The pages of a model in every layout.
fn all_pages(model: &Model) -> Vec<File> {
    let request = Request { name: Some("service".to_owned()), ..Request::default() };
    let plan = Plan::new(model, &request).expect("a plan");
    let settings = PageSettings { layouts: [Family::V1, Family::V2_22].into(), ..PageSettings::default() };
    files(&plan.pages, &settings).expect("pages")
}

fn page<'f>(files: &'f [File], name: &str) -> &'f str {
    &files.iter().find(|file| file.path == name).expect("the page").contents
}

/// Whether a line of Markdown belongs to a code block; `fence` is the length of the fence of the block that is open.
fn follow_fence(line: &str, fence: &mut Option<usize>) -> bool {
    let line = line.trim_start();
    let quotes = line.bytes().take_while(|byte| *byte == b'`').count();
    // A fence has no quotes after it; code within a line may begin with as many.
    let is_fence = quotes >= 3 && !line.trim_start_matches('`').contains('`');
    match *fence {
        None if is_fence => *fence = Some(quotes),
        Some(open) if is_fence && quotes >= open && line.len() == quotes => *fence = None,
        Some(_) => {}
        None => return false,
    }
    true
}

/// The texts that would do harm somewhere.
const HOSTILE: &[&str] = &[
    "*/ fn main() { } /*",
    "\"] #![allow(x)]",
    ".so /etc/passwd",
    "<p>x</p><p>.so /etc/passwd</p>",
    "x\n.so /etc/passwd",
    "' .br",
    "a \\n \\fB \\*[x] \\\\ \\",
    "a\u{0}b\u{1}c\u{7}d\u{1b}[31me\u{8}f\u{7f}g\u{85}h",
    "\r\n\t\u{b}\u{c}x",
    "<b>a<i>b</b>c</i><p>d<ul><li>e<p>f",
    "</p></p></ul></li>x",
    "<script>alert(1)</script><style>x</style>y",
    "<img src=x onerror=alert(1)>z",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<a href=\"https://x.test/)](evil) <b>\">x</a>",
    "```\n# not a heading\n```",
    "| a | b |\n| --- | --- |",
    "<code>`a``b```c`</code>",
    "<pre>```\nx\n````</pre>",
    "[link](evil.md) ![image](evil.png)",
    "---\n===\n***",
    "1. a\n2. b",
    "a::",
    ".. include:: /etc/passwd",
    "<p>.. include:: /etc/passwd</p>",
    "<p>.. raw:: html</p>",
    "*a **b ``c `d |e _`f",
    "a_ b__ |c| `d`_ `e`__ [f]_",
    "\u{202e}gnp.exe \u{200b}\u{feff}",
    "<p>\u{2014} x</p><p>-- y</p>",
    "<note></note><note><p></p></note>",
    "%s {members} {command} $(x) `x`",
];

#[test]
fn pages_hold_no_control_characters() {
    for documentation in HOSTILE {
        for file in pages(documentation) {
            let found = file.contents.chars().find(|c| c.is_control() && *c != '\n');
            assert_eq!(found, None, "{}: {documentation:?}", file.path);
        }
    }
}

#[test]
fn text_pages_are_ascii_and_keep_their_sections() {
    for documentation in HOSTILE {
        let files = pages(documentation);
        for name in ["docs/do-it.txt", "docs/v1/do-it.txt", "docs/v2.22/do-it.txt"] {
            let page = page(&files, name);
            assert!(page.is_ascii(), "{name}: {documentation:?}");
            let sections: Vec<&str> = page
                .lines()
                .filter(|line| line.starts_with(|c: char| c.is_ascii_uppercase()) && !line.starts_with("DO-IT()"))
                .filter(|line| *line != "DOCUTILS SYSTEM MESSAGES")
                .collect();
            assert_eq!(
                sections,
                ["NAME", "DESCRIPTION", "SYNOPSIS", "OPTIONS", "GLOBAL OPTIONS", "OUTPUT"],
                "{name}: {documentation:?}"
            );
        }
    }
}

#[test]
fn manual_pages_have_only_their_own_requests() {
    const REQUESTS: &[&str] = &[".TH ", ".SH ", ".PP", ".RS ", ".RE", ".IP ", ".TP", ".nf", ".fi", ".ad l"];
    const ESCAPES: &[&str] = &["fB", "fR", "fI", "-", "e", "&", "%", "(aq", "(ga", "(dq", "(ha", "(ti", "(bu", "[u"];
    for documentation in HOSTILE {
        let files = pages(documentation);
        let page = page(&files, "docs/do-it.1");
        for line in page.lines() {
            if line.starts_with(['.', '\'']) {
                assert!(REQUESTS.iter().any(|request| line.starts_with(request)), "{line}: {documentation:?}");
            }
            for escape in line.split('\\').skip(1) {
                assert!(ESCAPES.iter().any(|known| escape.starts_with(known)), "{line}: {documentation:?}");
            }
        }
    }
}

#[test]
fn markdown_pages_keep_their_headings_and_tables() {
    let harmless = pages("x");
    let headings = |files: &[File]| -> Vec<String> {
        let mut fence = None;
        page(files, "docs/do-it.md")
            .lines()
            .filter(|line| !follow_fence(line, &mut fence) && line.starts_with('#'))
            .map(str::to_owned)
            .collect()
    };
    for documentation in HOSTILE {
        let files = pages(documentation);
        assert_eq!(headings(&files), headings(&harmless), "{documentation:?}");
        let page = page(&files, "docs/do-it.md");
        for line in page.lines().filter(|line| line.starts_with("| `Failure`")) {
            let bars = line.replace("\\|", "").matches('|').count();
            assert_eq!(bars, 4, "{line}: {documentation:?}");
        }
        let unescaped = page.replace("\\<", "").replace("\\[", "").replace("\\]", "");
        assert!(!unescaped.contains("<script") && !unescaped.contains("<img"), "{documentation:?}");
        assert!(!unescaped.contains("](evil"), "{documentation:?}");
        assert!(!unescaped.contains("](<javascript"), "{documentation:?}");
    }
}

#[test]
fn doc_comments_stay_on_their_lines() {
    for documentation in HOSTILE {
        let text = rustdoc(&parse(documentation), &|_| None, &[]);
        assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{documentation:?}");
        let mut fence = None;
        for line in text.lines() {
            let outside = fence.is_none();
            if follow_fence(line, &mut fence) && outside {
                assert!(line.ends_with("text"), "a code block would be a doctest: {text}");
            }
        }
        assert_eq!(fence, None, "{documentation:?}");
    }
}

#[test]
fn long_texts_take_no_longer_than_they_must() {
    let texts = [
        "internationalisation ".repeat(10_000),
        "x".repeat(200_000),
        "<b>".repeat(60_000),
        "``a ".repeat(50_000),
        "*a ".repeat(60_000),
        "`a ".repeat(60_000),
        "a-b-".repeat(50_000),
        "a_b:c@".repeat(32_000),
        "<ul><li>".repeat(20_000),
        "<p>1. x</p>".repeat(4_000),
        "&amp;".repeat(40_000),
        "[".repeat(200_000),
        "http://".repeat(28_000),
    ];
    for text in texts {
        let json = model("x").replacen("\"x\"", &serde_json::to_string(&text).expect("a string is JSON"), 2);
        let (model, _) = load::load(&[("model.json", json.as_bytes())]).expect("a model");
        let started = std::time::Instant::now();
        all_pages(&model);
        let seconds = started.elapsed().as_secs_f64();
        // Quadratic work on such a text takes many minutes; the bound leaves room for slow machines and unoptimised builds.
        assert!(seconds < 60.0, "{seconds} s for {}…", &text[..20]);
    }
}

/// A service whose structures all contain each other, in as many operations.
fn mutual(count: usize) -> String {
    let names = |prefix: &str| (0..count).map(|index| format!("{prefix}{index}")).collect::<Vec<_>>();
    let list = |names: Vec<String>| names.join(",");
    let operations = list(names("Op").iter().map(|name| format!(r#"{{"target": "ex#{name}"}}"#)).collect());
    let members = list((0..count).map(|to| format!(r#""m{to}": {{"target": "ex#T{to}"}}"#)).collect());
    let shapes = names("Op")
        .iter()
        .map(|name| format!(r#""ex#{name}": {{"type": "operation", "input": {{"target": "ex#{name}Input"}}}}"#))
        .chain(names("Op").iter().map(|name| {
            format!(r#""ex#{name}Input": {{"type": "structure", "members": {{"a": {{"target": "ex#T0"}}}}}}"#)
        }))
        .chain(
            names("T").iter().map(|name| format!(r#""ex#{name}": {{"type": "structure", "members": {{{members}}}}}"#)),
        )
        .collect();
    let service = r#""ex#S": {"type": "service", "version": "2024-01-01", "operations": ["#;
    format!(r#"{{"smithy": "2.0", "shapes": {{{service}{operations}]}}, {}}}}}"#, list(shapes))
}

#[test]
fn structures_that_contain_each_other_do_not_fill_the_disk() {
    let json = mutual(12);
    let (model, _) = load::load(&[("model.json", json.as_bytes())]).expect("a model");
    let bytes: usize = all_pages(&model).iter().map(|file| file.contents.len()).sum();
    assert!(bytes < 32 << 20, "{bytes} bytes of pages");
}

/// An operation whose input has `count` members, each a structure.
fn wide(count: usize) -> String {
    let members = (0..count).map(|at| format!(r#""m{at}": {{"target": "ex#T{at}"}}"#)).collect::<Vec<_>>().join(",");
    let types: String = (0..count)
        .map(|at| {
            format!(r#", "ex#T{at}": {{"type": "structure", "members": {{"a": {{"target": "smithy.api#String"}}}}}}"#)
        })
        .collect();
    format!(
        r#"{{"smithy": "2.0", "shapes": {{
            "ex#S": {{"type": "service", "version": "2024-01-01", "operations": [{{"target": "ex#Op"}}]}},
            "ex#Op": {{"type": "operation", "input": {{"target": "ex#OpInput"}}}},
            "ex#OpInput": {{"type": "structure", "members": {{{members}}}}}{types}}}}}"#
    )
}

#[test]
fn wide_structures_take_time_and_space_in_proportion() {
    let measure = |count: usize| {
        let json = wide(count);
        let (model, _) = load::load(&[("model.json", json.as_bytes())]).expect("a model");
        let started = std::time::Instant::now();
        let bytes: usize = all_pages(&model).iter().map(|file| file.contents.len()).sum();
        (bytes, started.elapsed().as_secs_f64())
    };
    let ((few, _), (many, seconds)) = (measure(1_000), measure(10_000));
    assert!(many <= few * 12, "{few} and {many} bytes");
    // Quadratic work takes minutes here, in an optimised build; the bound leaves room for slow machines.
    assert!(seconds < 60.0, "{seconds} s");
}
