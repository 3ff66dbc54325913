//! The Smithy IDL: the reference implementation's JSON AST of each model, or its reason to reject it.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::PathBuf;

use anyhow::Context as _;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use whitesmith_smithy::model::{Event, Model, Severity};
use whitesmith_smithy::source::{Entry, Node, NodeValue, Object, Sources, parse};
use whitesmith_smithy::{format, load, project, validate, write};

use crate::suite::{Context, Tally};

/// Minimums for events of validators.
const PRECISION: f64 = 0.97;
const RECALL: f64 = 0.97;
/// Minimums for invalid models and for the positions of their errors.
const REFUSED: f64 = 1.0;
const PLACES: f64 = 0.95;

/// Shape IDs of a file that cases depend on.
#[derive(Deserialize)]
struct Dependency {
    shapes: Vec<String>,
}

/// A model that loads.
#[derive(Deserialize)]
struct Valid {
    id: String,
    files: Vec<String>,
    #[serde(default)]
    deps: Vec<String>,
    ast: String,
}

/// A model that is refused.
#[derive(Deserialize)]
struct Invalid {
    id: String,
    files: Vec<String>,
    #[serde(default)]
    deps: Vec<String>,
    file: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    message: String,
}

/// A model with every event about it.
#[derive(Deserialize)]
struct Validated {
    id: String,
    file: String,
    files: Vec<String>,
    #[serde(default)]
    deps: Vec<String>,
    events: Vec<ExpectedEvent>,
    #[serde(default)]
    also: Vec<ExpectedEvent>,
}

#[derive(Deserialize)]
struct ExpectedEvent {
    severity: String,
    event_id: String,
    shape: Option<String>,
}

/// A text and its formatted form.
#[derive(Deserialize)]
struct Formatted {
    id: String,
    file: String,
    expected: String,
}

/// A `META-INF/smithy/manifest` with the paths that it lists; none if it is refused.
#[derive(Deserialize)]
struct Manifest {
    name: String,
    manifest: String,
    models: Option<Vec<String>>,
}

/// Runs the suite. Each case of the tally is a measure over all models; models that differ are printed.
pub fn run(context: &Context<'_>) -> anyhow::Result<Tally> {
    let suite = Suite { folder: context.corpus.join("smithy-idl") };
    let mut tally = Tally::default();
    let foreign: Vec<Dependency> = suite.index("deps")?;
    let foreign = foreign.into_iter().flat_map(|dependency| dependency.shapes).collect();
    suite.asts("valid", &foreign, &mut tally)?;
    suite.asts("real", &foreign, &mut tally)?;
    suite.errors(&mut tally)?;
    suite.events(&mut tally)?;
    suite.formatted(&mut tally)?;
    suite.manifests(&mut tally)?;
    Ok(tally)
}

struct Suite {
    folder: PathBuf,
}

#[allow(clippy::cast_precision_loss, reason = "counts of test cases")]
fn measure(tally: &mut Tally, name: &str, found: usize, all: usize, demanded: f64) {
    let share = found as f64 / all.max(1) as f64;
    println!("idl: {name}: {found} of {all}, {:.1} % ({:.0} % demanded)", share * 100.0, demanded * 100.0);
    if share >= demanded {
        tally.passed += 1;
    } else {
        tally.failed += 1;
    }
}

impl Suite {
    fn index<T: DeserializeOwned>(&self, name: &str) -> anyhow::Result<Vec<T>> {
        let path = self.folder.join(name).join("index.json");
        let bytes = std::fs::read(&path).with_context(|| path.display().to_string())?;
        serde_json::from_slice(&bytes).with_context(|| path.display().to_string())
    }

    fn read(&self, name: &str) -> anyhow::Result<Vec<u8>> {
        let path = self.folder.join(name);
        std::fs::read(&path).with_context(|| path.display().to_string())
    }

    /// Loads files. The error says why they cannot be read at all.
    fn load(&self, files: &[String], deps: &[String]) -> anyhow::Result<Result<(Model, Vec<Event>), String>> {
        let names = files.iter().chain(deps);
        let files: Vec<(&str, Vec<u8>)> =
            names.map(|name| Ok((name.as_str(), self.read(name)?))).collect::<anyhow::Result<_>>()?;
        let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
        Ok(load::assemble(&files).map_err(|error| error.to_string()))
    }

    fn asts(&self, name: &str, foreign: &HashSet<String>, tally: &mut Tally) -> anyhow::Result<()> {
        let cases: Vec<Valid> = self.index(name)?;
        let mut passed = 0;
        for case in &cases {
            let bytes = self.read(&case.ast)?;
            let mut sources = Sources::new();
            let file = sources.add(&case.ast, &bytes)?;
            let expected = parse(file, sources.text(file))?;
            let found = match self.load(&case.files, &case.deps)? {
                Ok((model, events)) => match events.iter().find(|event| event.severity == Severity::Error) {
                    Some(error) => Err(error.render(model.sources())),
                    None => Ok(write::ast(&model)),
                },
                Err(error) => Err(error),
            };
            match found.map(|found| difference(&expected, &found, foreign)) {
                Ok(None) => passed += 1,
                Ok(Some(place)) => println!("idl: {}: differs at {place}", case.id),
                Err(error) => println!("idl: {}: refused: {error}", case.id),
            }
        }
        measure(tally, name, passed, cases.len(), 1.0);
        Ok(())
    }

    fn errors(&self, tally: &mut Tally) -> anyhow::Result<()> {
        /// The tolerated difference from the reference's column.
        const NEAR: usize = 3;
        let cases: Vec<Invalid> = self.index("invalid")?;
        let (mut refused, mut placed) = (0, 0);
        for case in &cases {
            let loaded = self.load(&case.files, &case.deps)?;
            let Ok((model, events)) = loaded else {
                refused += 1;
                continue;
            };
            let events = validate::validate(&model, events);
            let failures: Vec<&Event> = events.iter().filter(|event| event.severity.is_failure()).collect();
            refused += usize::from(!failures.is_empty());
            let is_there = |event: &&&Event| {
                let Some(line) = case.line else { return true };
                model.sources().place(event.span).is_some_and(|place| {
                    case.file.as_deref() == Some(place.file)
                        && place.line == line
                        && place.column.abs_diff(case.column.unwrap_or(0)) <= NEAR
                })
            };
            if failures.iter().find(is_there).is_some() {
                placed += 1;
            } else {
                let first =
                    failures.first().map_or_else(|| "accepted".to_owned(), |event| event.render(model.sources()));
                println!("idl: {}: expected {:?} {}\n{first}", case.id, case.line, case.message);
            }
        }
        measure(tally, "invalid, refused", refused, cases.len(), REFUSED);
        measure(tally, "invalid, at the place", placed, cases.len(), PLACES);
        Ok(())
    }

    fn formatted(&self, tally: &mut Tally) -> anyhow::Result<()> {
        let cases: Vec<Formatted> = self.index("formatter")?;
        let mut passed = 0;
        for case in &cases {
            let expected = String::from_utf8(self.read(&case.expected)?)?;
            let is_same = |name: &str| -> anyhow::Result<bool> {
                Ok(format::format(name, &self.read(name)?).is_ok_and(|text| text == expected))
            };
            if is_same(&case.file)? && is_same(&case.expected)? {
                passed += 1;
            } else {
                println!("idl: {}: formatted otherwise", case.id);
            }
        }
        measure(tally, "formatter", passed, cases.len(), 1.0);
        Ok(())
    }

    fn manifests(&self, tally: &mut Tally) -> anyhow::Result<()> {
        let cases: Vec<Manifest> = self.index("manifests")?;
        let mut passed = 0;
        for case in &cases {
            let found = project::manifest_paths(&case.manifest);
            match (&case.models, &found) {
                (Some(models), Ok(paths)) if models == paths => passed += 1,
                (None, Err(_)) => passed += 1,
                _ => println!("idl: manifest {}: expected {:?}, found {found:?}", case.name, case.models),
            }
        }
        measure(tally, "manifests", passed, cases.len(), 1.0);
        Ok(())
    }

    fn events(&self, tally: &mut Tally) -> anyhow::Result<()> {
        let cases: Vec<Validated> = self.index("validators")?;
        let (mut expected, mut found, mut common, mut good) = (0, 0, 0, 0);
        for case in &cases {
            let Ok((model, events)) = self.load(&case.files, &case.deps)? else {
                println!("idl: {}: cannot be read", case.id);
                continue;
            };
            let events = validate::validate(&model, events);
            let theirs = keys(&case.events);
            let allowed = keys(&case.also);
            let ours: BTreeSet<_> = events
                .iter()
                .filter(|event| event.severity != Severity::Suppressed)
                .filter(|event| model.sources().place(event.span).is_none_or(|place| place.file == case.file))
                .map(|event| {
                    let shape = event.shape.as_ref().map(ToString::to_string).unwrap_or_default();
                    (event.severity.name().to_owned(), shape, event.id.clone())
                })
                .collect();
            let extra: Vec<_> = ours.difference(&theirs).filter(|key| !allowed.contains(*key)).collect();
            expected += theirs.len();
            found += ours.len();
            common += theirs.intersection(&ours).count();
            good += ours.len() - extra.len();
            for (severity, shape, id) in theirs.difference(&ours) {
                println!("idl: {}: missing {severity} {id} {shape}", case.id);
            }
            for (severity, shape, id) in extra {
                println!("idl: {}: not expected {severity} {id} {shape}", case.id);
            }
        }
        measure(tally, "precision of events", good, found, PRECISION);
        measure(tally, "recall of events", common, expected, RECALL);
        Ok(())
    }
}

fn keys(events: &[ExpectedEvent]) -> BTreeSet<(String, String, String)> {
    let counted = events.iter().filter(|event| event.severity != "SUPPRESSED");
    counted
        .map(|event| (event.severity.clone(), event.shape.clone().unwrap_or_default(), event.event_id.clone()))
        .collect()
}

/// Returns where two models differ in meaning. Shapes of dependencies count if the reference has them.
fn difference(expected: &Node, found: &Node, foreign: &HashSet<String>) -> Option<String> {
    let empty = Node::empty_object();
    let metadata = |model: &Node| model.get("metadata").unwrap_or(&empty).clone();
    if metadata(expected) != metadata(found) {
        return Some("metadata".to_owned());
    }
    let theirs: BTreeMap<&str, Node> = shapes(expected).collect();
    let is_counted = |id: &str| theirs.contains_key(id) || !foreign.contains(id);
    let ours: BTreeMap<&str, Node> = shapes(found).filter(|(id, _)| is_counted(id)).collect();
    let ids: BTreeSet<&str> = theirs.keys().chain(ours.keys()).copied().collect();
    ids.into_iter().find(|id| theirs.get(id) != ours.get(id)).map(str::to_owned)
}

fn shapes(model: &Node) -> impl Iterator<Item = (&str, Node)> {
    let entries = model.get("shapes").and_then(Node::as_object).into_iter().flatten();
    entries.filter(|entry| !entry.key.starts_with("smithy.api#")).map(|entry| (&*entry.key, canonical(&entry.value)))
}

/// A shape without what makes no difference: empty properties, the order of bound shapes, and `Unit` for no structure.
fn canonical(shape: &Node) -> Node {
    let unordered = ["operations", "collectionOperations", "resources", "errors"];
    let is_empty = |value: &Node| match &value.value {
        NodeValue::Array(elements) => elements.is_empty(),
        NodeValue::Object(object) => object.is_empty(),
        _ => false,
    };
    let mut entries: Vec<Entry> = Vec::new();
    for entry in shape.as_object().into_iter().flatten() {
        let mut value = entry.value.clone();
        match &mut value.value {
            NodeValue::Array(elements) if unordered.contains(&&*entry.key) => {
                elements.sort_by_key(ToString::to_string);
            }
            NodeValue::Object(_) if matches!(&*entry.key, "member" | "key" | "value") => value = canonical(&value),
            NodeValue::Object(members) if &*entry.key == "members" => {
                let members = members.iter().map(|member| Entry { value: canonical(&member.value), ..member.clone() });
                value.value = NodeValue::Object(Object::new(members.collect()));
            }
            _ => {}
        }
        let is_unit = value.get("target").and_then(Node::as_str) == Some("smithy.api#Unit");
        let is_left_out = is_empty(&value) || (is_unit && matches!(&*entry.key, "input" | "output"));
        if !is_left_out {
            entries.push(Entry { value, ..entry.clone() });
        }
    }
    Node::synthetic(NodeValue::Object(Object::new(entries)))
}
