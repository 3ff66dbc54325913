//! Every AWS model of the corpora: everything that is generated for it compiles without a warning of the compiler, of `clippy`, or
//! of `rustdoc`, which is a suite of its own because it takes three times as long.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::Context as _;
use serde::Deserialize;
use whitesmith::files::Files;
use whitesmith::sources::Sources;
use whitesmith::standalone::{self, Runtime};
use whitesmith::workspace::cargo;
use whitesmith::{inputs, parallel, pinned};
use whitesmith_rust::{Artifact, Generated, Settings, generate, plan};

use crate::cargo_tests::target;
use crate::suite::{Context, Tally};

/// Runs the suite: `clippy`, which is also the compiler, over one workspace with all generated crates.
pub fn run(context: &Context<'_>) -> anyhow::Result<Tally> {
    checked(context, &["clippy", "--all-features"])
}

/// Runs the suite of documentation: `rustdoc` over the same workspace.
pub fn run_docs(context: &Context<'_>) -> anyhow::Result<Tally> {
    checked(context, &["doc", "--no-deps", "--all-features"])
}

/// Generates crates and runs a Cargo command on them; a crate with diagnostics has failed.
fn checked(context: &Context<'_>, arguments: &[&str]) -> anyhow::Result<Tally> {
    let models = models(&context.corpus.join("aws-models"))?;
    let results = parallel::map(&models, |path| file_name(path), |path| generated(path));
    let mut files = Files::new();
    let mut tally = Tally::default();
    for (path, result) in models.iter().zip(results) {
        match result {
            Ok(generated) => {
                for warning in &generated.warnings {
                    println!("corpus: {}: {warning}", file_name(path));
                }
                tally.skipped += generated.warnings.len();
                pinned::collect(generated.crates, &mut files);
            }
            Err(error) => {
                tally.failed += 1;
                println!("corpus: {}: {error:#}", file_name(path));
            }
        }
    }
    let sources = Sources::Checkout(context.root.to_path_buf());
    standalone::complete(&sources, &Runtime::Vendored, standalone::Manifests::new(), &mut files)?;
    let folder = target(context.root).join("conformance/corpus");
    whitesmith::files::replace_all(&folder, &files)?;
    std::fs::copy(context.root.join("Cargo.lock"), folder.join("Cargo.lock")).context("cannot copy Cargo.lock")?;

    let complaints = complaints_of(context.root, &folder, arguments)?;
    for (name, complaints) in &complaints {
        let more = complaints.len().saturating_sub(1);
        let first = complaints.first().map(String::as_str).unwrap_or_default();
        println!("corpus: {name}: {first}\n(and {more} more)");
    }
    let crates = files.keys().filter(|path| is_crate(path)).count();
    tally.failed += complaints.len();
    tally.passed = crates.saturating_sub(complaints.len());
    Ok(tally)
}

fn models(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let mut paths: Vec<PathBuf> = entries.map(|entry| Ok(entry?.path())).collect::<anyhow::Result<_>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    Ok(paths)
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Whether a path is the manifest of a generated crate.
fn is_crate(path: &str) -> bool {
    path.ends_with("/Cargo.toml") && !path.starts_with("runtime/")
}

/// Everything that can be generated from a model; the warnings name the rest.
fn generated(path: &Path) -> anyhow::Result<Generated> {
    let name = file_name(path);
    let bytes = std::fs::read(path).with_context(|| name.clone())?;
    let model = inputs::load(&[(name.clone(), bytes)])?;
    let settings = Settings {
        request: plan::Request::default(),
        artifacts: Artifact::DEFAULT.into(),
        header: inputs::header(&name, "cargo xtask conformance corpus"),
        version: "0.1.0".to_owned(),
        runtime: "../runtime".to_owned(),
        ..Settings::default()
    };
    Ok(generate(&model, &settings)?)
}

/// A line of what Cargo says in JSON.
#[derive(Deserialize)]
struct Line {
    manifest_path: Option<PathBuf>,
    message: Option<Message>,
}

#[derive(Deserialize)]
struct Message {
    rendered: Option<String>,
}

/// Runs a Cargo command on the workspace and returns its diagnostics by crate.
fn complaints_of(root: &Path, folder: &Path, arguments: &[&str]) -> anyhow::Result<BTreeMap<String, Vec<String>>> {
    let output = cargo()
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target(root))
        .args(arguments)
        .args(["--workspace", "--offline", "--keep-going", "--quiet", "--message-format=json"])
        .stderr(Stdio::inherit())
        .output()
        .context("cannot start cargo")?;
    let mut complaints: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in output.stdout.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        let line: Line = serde_json::from_slice(line).context("cargo does not speak JSON")?;
        let (Some(manifest), Some(message)) = (line.manifest_path, line.message) else { continue };
        let name = manifest.parent().map(file_name).unwrap_or_default();
        complaints.entry(name).or_default().push(message.rendered.unwrap_or_default());
    }
    anyhow::ensure!(output.status.success() || !complaints.is_empty(), "cargo {} failed", arguments.join(" "));
    Ok(complaints)
}
