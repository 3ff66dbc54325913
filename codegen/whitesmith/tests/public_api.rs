//! The public API that a plan describes is the one that rustdoc finds in the generated crate, item for item; and the
//! verdict of two plans is that of what rustdoc found.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use whitesmith_rust::plan::{Plan, Request};
use whitesmith_rust::verdict::{Level, Verdicts, public_api};
use whitesmith_smithy::load;

const OPERATIONS: [&str; 2] = ["StartEngagementByAcceptingInvitationTask", "StartEngagementFromOpportunityTask"];

/// Items by path, with their signatures.
type Items = BTreeMap<String, String>;

/// What rustdoc says of a crate.
struct Rustdoc {
    index: serde_json::Map<String, Value>,
    items: Items,
}

impl Rustdoc {
    /// Documents a crate as JSON, which takes an unstable option.
    fn of(manifest: &Path, target: &Path, library: &str) -> Self {
        let output = Command::new("cargo")
            .args(["rustdoc", "--quiet", "--lib", "--package", &library.replace('_', "-")])
            .arg("--manifest-path")
            .arg(manifest)
            .args(["--", "-Zunstable-options", "--output-format", "json"])
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_TARGET_DIR", target)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let text = std::fs::read(target.join(format!("doc/{library}.json"))).unwrap();
        let mut whole: Value = serde_json::from_slice(&text).unwrap();
        let Value::Object(index) = whole["index"].take() else { panic!("no index") };
        let mut found = Self { index, items: Items::new() };
        let root = whole["root"].clone();
        for item in found.children(&root, "module", "items") {
            if ["types", "errors", "operations"].contains(&name(&item)) {
                found.module(&item, name(&item));
            }
        }
        found
    }

    fn get(&self, id: &Value) -> Option<Value> {
        self.index.get(&id.to_string()).cloned()
    }

    fn children(&self, id: &Value, kind: &str, list: &str) -> Vec<Value> {
        let item = self.get(id).unwrap();
        self.all(item["inner"][kind][list].as_array().unwrap())
    }

    fn all(&self, ids: &[Value]) -> Vec<Value> {
        ids.iter().filter_map(|id| self.get(id)).collect()
    }

    fn module(&mut self, module: &Value, path: &str) {
        for item in self.children(&module["id"], "module", "items") {
            let inner = &item["inner"];
            let below = format!("{path}::{}", name(&item));
            if let Some(used) = inner.get("use") {
                let used = self.get(&used["id"]).unwrap();
                self.module(&used, path);
            } else if inner.get("struct").is_some() {
                self.add(&below, "struct");
                self.fields(&item, &below);
                self.impls(&item["inner"]["struct"]["impls"], &below);
            } else if inner.get("enum").is_some() {
                self.variants(&item, &below);
                self.impls(&item["inner"]["enum"]["impls"], &below);
            }
        }
    }

    fn add(&mut self, path: &str, signature: &str) {
        self.items.insert(path.to_owned(), signature.to_owned());
    }

    fn fields(&mut self, item: &Value, path: &str) {
        let fields = item["inner"]["struct"]["kind"]["plain"]["fields"].as_array().cloned().unwrap_or_default();
        for field in self.all(&fields) {
            self.add(&format!("{path}::{}", raw(name(&field))), &type_text(&field["inner"]["struct_field"]));
        }
    }

    fn variants(&mut self, item: &Value, path: &str) {
        let mut unknown = String::new();
        for variant in self.children(&item["id"], "enum", "variants") {
            let held = variant["inner"]["variant"]["kind"]["tuple"].as_array().cloned().unwrap_or_default();
            let held: Vec<String> = held
                .iter()
                .filter_map(|id| self.get(id))
                .map(|field| type_text(&field["inner"]["struct_field"]))
                .collect();
            let signature = held.join(", ");
            if name(&variant) == "Unknown" {
                unknown.clone_from(&signature);
            }
            self.add(&format!("{path}::{}", name(&variant)), &signature);
        }
        let kind = match unknown.as_str() {
            "UnknownValue" => "enum of texts",
            "i32" => "enum of numbers",
            _ => "enum",
        };
        self.add(path, kind);
    }

    /// Inherent functions, and the implementations that the plan speaks of.
    fn impls(&mut self, ids: &Value, path: &str) {
        for implementation in self.all(ids.as_array().unwrap()) {
            let implementation = &implementation["inner"]["impl"];
            let of = &implementation["trait"];
            if of.is_null() {
                for id in implementation["items"].as_array().unwrap() {
                    let function = self.get(id).unwrap();
                    self.function(&function, path);
                }
                continue;
            }
            if !implementation["blanket_impl"].is_null() || implementation["is_synthetic"] == true {
                continue;
            }
            let argument = of["args"]["angle_bracketed"]["args"].get(0).map(|argument| type_text(&argument["type"]));
            match (last(of["path"].as_str().unwrap()), argument) {
                ("Default", _) => self.add(&format!("impl Default for {path}"), ""),
                ("RequestId", _) => self.add(&format!("impl RequestId for {path}"), ""),
                ("Error", _) if path.starts_with("errors::") => {
                    self.add(&format!("impl std::error::Error for {path}"), "");
                }
                ("From", Some(from)) if path.starts_with("operations::") => {
                    self.add(&format!("impl From<errors::{from}> for {path}"), "");
                }
                _ => {}
            }
        }
    }

    fn function(&mut self, item: &Value, path: &str) {
        // What enums have by being enums.
        if ["VALUES", "as_str", "value"].contains(&name(item)) && item["inner"].get("struct_field").is_none() {
            let is_setter =
                item["inner"]["function"]["sig"]["inputs"].as_array().is_some_and(|inputs| inputs.len() == 2);
            if !is_setter {
                return;
            }
        }
        let inputs = item["inner"]["function"]["sig"]["inputs"].as_array().unwrap();
        let is_setter = inputs.first().is_some_and(|input| input[0] == "self");
        let arguments = inputs.iter().map(|input| match input[0].as_str().unwrap() {
            "self" => "self".to_owned(),
            _ if is_setter => type_text(&input[1]),
            name => format!("{}: {}", raw(name), type_text(&input[1])),
        });
        let output = type_text(&item["inner"]["function"]["sig"]["output"]);
        let signature = format!("fn({}) -> {output}", arguments.collect::<Vec<_>>().join(", "));
        self.add(&format!("{path}::{}()", raw(name(item))), &signature);
    }
}

fn name(item: &Value) -> &str {
    item["name"].as_str().unwrap_or_default()
}

/// Keywords as plans write them.
fn raw(name: &str) -> String {
    if ["type", "match", "enum"].contains(&name) { format!("r#{name}") } else { name.to_owned() }
}

fn last(path: &str) -> &str {
    path.rsplit("::").next().unwrap()
}

fn type_text(of: &Value) -> String {
    let arguments = |of: &Value| -> String {
        let arguments = of["angle_bracketed"]["args"].as_array().cloned().unwrap_or_default();
        let texts: Vec<String> = arguments.iter().map(|argument| type_text(&argument["type"])).collect();
        if texts.is_empty() { String::new() } else { format!("<{}>", texts.join(", ")) }
    };
    if let Some(path) = of.get("resolved_path") {
        format!("{}{}", last(path["path"].as_str().unwrap()), arguments(&path["args"]))
    } else if let Some(bounds) = of.get("impl_trait") {
        let bound = &bounds[0]["trait_bound"]["trait"];
        format!("impl {}{}", last(bound["path"].as_str().unwrap()), arguments(&bound["args"]))
    } else if let Some(primitive) = of.get("primitive") {
        primitive.as_str().unwrap().to_owned()
    } else {
        of["generic"].as_str().unwrap_or("?").to_owned()
    }
}

/// The items of a plan that a crate of types alone has, and that rustdoc tells of in one place.
fn listed(plan: &Plan) -> Items {
    let api = public_api(plan);
    let items = api.iter().map(|(path, item)| (path.to_owned(), item.signature.clone()));
    items.filter(|(path, _)| !path.contains("::Client::") && !path.starts_with("impl TypedOperation")).collect()
}

/// The step that two lists of items ask for: anything gone or different is major, anything new is minor.
fn level(old: &Items, new: &Items) -> Level {
    if old.iter().any(|(path, signature)| new.get(path) != Some(signature)) {
        Level::Major
    } else if old.len() < new.len() {
        Level::Minor
    } else {
        Level::None
    }
}

#[test]
#[ignore = "needs the corpora"]
fn verdicts_agree_with_rustdoc() {
    let folder = crate::workspace::corpus("model-history");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("public-api");
    let mut before: Option<(Plan, Items)> = None;
    for file in &files {
        let out = tempfile::tempdir().unwrap();
        let mut arguments = vec!["codegen", "--emit", "types", "--model", file.to_str().unwrap()];
        arguments.extend(["--out", out.path().to_str().unwrap()]);
        arguments.extend(OPERATIONS.iter().flat_map(|name| ["--operation", name]));
        let status = Command::new(env!("CARGO_BIN_EXE_whitesmith")).args(arguments).current_dir(here).status().unwrap();
        assert!(status.success());
        let bytes = std::fs::read(file).unwrap();
        let (model, _) = load::load(&[("model.json", &bytes)]).unwrap();
        let request = Request { operations: OPERATIONS.map(str::to_owned).into(), ..Request::default() };
        let plan = Plan::new(&model, &request).unwrap();
        let found = Rustdoc::of(&out.path().join("Cargo.toml"), &target, &plan.library());
        let items = listed(&plan);
        assert!(items.len() > 50, "{}", items.len());
        let differing: Vec<_> = items
            .keys()
            .chain(found.items.keys())
            .filter(|path| items.get(*path) != found.items.get(*path))
            .map(|path| (path, items.get(path), found.items.get(path)))
            .collect();
        assert!(differing.is_empty(), "{}: plan and rustdoc differ: {differing:#?}", file.display());
        if let Some((old_plan, old_items)) = &before {
            let verdict = Verdicts::of(old_plan, &plan).rust.level;
            assert_eq!(verdict, level(old_items, &found.items), "{}", file.display());
        }
        before = Some((plan, found.items));
    }
}
