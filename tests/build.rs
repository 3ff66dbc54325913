//! Says which tests cannot run here, so that they are reported as ignored with the reason.

use std::path::{Path, PathBuf};

/// Names of the browser.
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];

fn main() {
    println!("cargo::rustc-check-cfg=cfg(has_browser, has_corpora, has_fish, has_zsh)");
    println!("cargo::rerun-if-env-changed=PATH");
    println!("cargo::rerun-if-env-changed=WHITESMITH_CORPUS");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let is_installed = |name: &&&str| folders.iter().any(|folder| folder.join(name).is_file());
    if let Some(browser) = BROWSERS.iter().find(is_installed) {
        println!("cargo::rustc-cfg=has_browser");
        println!("cargo::rustc-env=BROWSER={browser}");
    }
    for shell in ["fish", "zsh"] {
        if is_installed(&&shell) {
            println!("cargo::rustc-cfg=has_{shell}");
        }
    }
    let corpora = std::env::var_os("WHITESMITH_CORPUS")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/conformance"), PathBuf::from);
    if let Ok(corpora) = corpora.canonicalize() {
        println!("cargo::rustc-cfg=has_corpora");
        println!("cargo::rustc-env=CORPORA={}", corpora.display());
    }
    println!("cargo::rerun-if-changed=build.rs");
}
