//! A workspace of everything that is generated from the fixtures and the large models.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use crate::fixtures::{self, root};
use crate::{cargo, large};

/// The fixtures whose mocks are started, and whose command lines are in [`COMBINED`].
const STARTED: [&str; 3] = ["event-stream", "pages-and-waiters", "streaming"];
/// The program for the command lines of all of them.
const COMBINED: &str = "tools";
/// The programs that are started.
pub const PROGRAMS: [&str; 4] = [COMBINED, "event-stream-mock", "pages-and-waiters-mock", "streaming-mock"];

/// What `cargo test --workspace` asks of dependencies beyond what generated crates do: with the same features, nothing is
/// built a second time for them. A difference costs time, and nothing else.
const FEATURES: &str = r#"[package]
name = "features"
edition = "2024"

[dependencies]
either = { version = "1", default-features = false, features = ["use_std"] }
getrandom = { version = "0.4", features = ["std"] }
hyper-util = { version = "0.1", default-features = false, features = ["http2"] }
regex-syntax = "0.8"
rustix = { version = "1", features = ["fs", "pty", "time", "use-libc"] }
serde = { version = "1", features = ["alloc"] }
toml_edit = { version = "0.25", default-features = false, features = ["display", "parse"] }
zerocopy = { version = "0.8", features = ["derive"] }
"#;

static WORKSPACE: LazyLock<PathBuf> = LazyLock::new(write);

/// The folder of the workspace.
#[must_use]
pub fn workspace() -> &'static Path {
    &WORKSPACE
}

#[allow(clippy::expect_used, reason = "a test cannot go on without the workspace")]
fn write() -> PathBuf {
    let folder = root().join("target/fixtures");
    let models: Vec<_> = fixtures::all().into_iter().chain(large::all()).collect();
    let loaded = models.iter().map(|model| (&model.name, fixtures::load(&[("model.json", &model.json)])));
    let generated: Vec<_> = loaded.map(|(name, model)| fixtures::generated_whole(name, &model)).collect();
    let named = models.iter().zip(&generated).filter(|(model, _)| STARTED.contains(&model.name.as_str()));
    let plans: Vec<_> = named.map(|(_, generated)| &generated.plan).collect();
    let combined = whitesmith_rust::combine(COMBINED, &plans, &fixtures::settings(COMBINED, &[]));
    let combined = combined.expect("a program for several fixtures");
    let mut members = String::new();
    // Documentation alone is not a crate.
    let crates = generated.iter().flat_map(|one| &one.crates).chain([&combined]);
    for one in crates.filter(|one| one.files.iter().any(|file| file.path == "Cargo.toml")) {
        let _ = writeln!(members, "    {:?},", one.name);
        for file in &one.files {
            fixtures::write(&folder.join(&one.name).join(&file.path), &file.contents);
        }
    }
    fixtures::write(&folder.join("features/Cargo.toml"), FEATURES);
    fixtures::write(&folder.join("features/src/lib.rs"), "");
    fixtures::write(&folder.join("Cargo.toml"), &manifest(&members));
    std::fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).expect("a lock file");
    // Downloads what this machine lacks; builds are offline.
    let fetched = cargo::command(&folder, "fetch").arg("--quiet").status();
    assert!(fetched.is_ok_and(|status| status.success()), "dependencies cannot be fetched");
    folder
}

/// The profiles of the workspace around it, so that dependencies are not built twice.
fn manifest(members: &str) -> String {
    let whole = std::fs::read_to_string(root().join("Cargo.toml")).unwrap_or_default();
    let profiles = whole.find("[profile.").map_or("", |start| whole.get(start..).unwrap_or_default());
    format!("[workspace]\nresolver = \"3\"\nmembers = [\n    \"features\",\n{members}]\n\n{profiles}")
}
