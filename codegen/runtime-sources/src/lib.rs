//! The sources of Whitesmith's runtime crates, so that the program `whitesmith` needs no checkout.

/// The files of the repository that generated workspaces hold, by path in it: the runtime crates without their tests, the
/// manifest and lock file that say which versions they use, and the licences. Sorted by path.
pub static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/files.rs"));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_runtime_crate_is_there() {
        let paths: Vec<&str> = FILES.iter().map(|(path, _)| *path).collect();
        for crate_name in ["schema", "client", "cli", "mock"] {
            assert!(paths.contains(&format!("runtime/{crate_name}/Cargo.toml").as_str()), "{crate_name}");
        }
        assert!(paths.contains(&"Cargo.toml") && paths.contains(&"Cargo.lock") && paths.contains(&"LICENSE-MIT"));
        assert!(!paths.iter().any(|path| path.contains("/tests/")));
        assert!(paths.is_sorted());
    }
}
