//! Manifests that inherit nothing: a crate may be moved into a workspace that knows nothing of ours.

use anyhow::Context as _;
use toml::{Table, Value};

/// The parts of a workspace manifest that crates inherit.
pub struct Workspace<'a> {
    package: Option<&'a Table>,
    lints: Option<&'a Table>,
    dependencies: Option<&'a Table>,
}

impl<'a> Workspace<'a> {
    /// Reads the manifest of a workspace.
    pub fn of(manifest: &'a Table) -> Self {
        let section = manifest.get("workspace").and_then(Value::as_table);
        let table = |key: &str| section.and_then(|section| section.get(key)).and_then(Value::as_table);
        Self { package: table("package"), lints: table("lints"), dependencies: table("dependencies") }
    }

    /// The version of its crates.
    pub fn version(&self) -> String {
        let version = self.package.and_then(|package| package.get("version")).and_then(Value::as_str);
        version.unwrap_or_default().to_owned()
    }

    /// Replaces what the manifest of a crate in `folder` inherits by what it stands for.
    ///
    /// # Errors
    /// Fails if the workspace does not define it.
    pub fn expand(&self, manifest: &mut Table, folder: &str) -> anyhow::Result<()> {
        if let Some(package) = manifest.get_mut("package").and_then(Value::as_table_mut) {
            for (key, value) in package.iter_mut().filter(|(_, value)| is_inherited(value)) {
                let own = self.package.and_then(|package| package.get(key));
                *value = own.with_context(|| format!("the workspace has no `{key}` for its packages"))?.clone();
            }
        }
        if manifest.get("lints").is_some_and(is_inherited) {
            manifest.remove("lints");
            if let Some(lints) = self.lints {
                manifest.insert("lints".to_owned(), Value::Table(lints.clone()));
            }
        }
        self.expand_dependencies(manifest, folder)?;
        for (_, target) in manifest.get_mut("target").and_then(Value::as_table_mut).into_iter().flatten() {
            if let Some(target) = target.as_table_mut() {
                self.expand_dependencies(target, folder)?;
            }
        }
        Ok(())
    }

    fn expand_dependencies(&self, table: &mut Table, folder: &str) -> anyhow::Result<()> {
        for kind in ["dependencies", "build-dependencies", "dev-dependencies"] {
            for (name, value) in table.get_mut(kind).and_then(Value::as_table_mut).into_iter().flatten() {
                if is_inherited(value) {
                    *value = self.dependency(name, value, folder)?;
                }
            }
        }
        Ok(())
    }

    /// The workspace's dependency with what the crate adds to it.
    fn dependency(&self, name: &str, own: &Value, folder: &str) -> anyhow::Result<Value> {
        let base = self.dependencies.and_then(|dependencies| dependencies.get(name));
        let mut whole = match base.with_context(|| format!("the workspace has no dependency `{name}`"))? {
            Value::Table(table) => table.clone(),
            version => Table::from_iter([("version".to_owned(), version.clone())]),
        };
        if let Some(Value::String(path)) = whole.get_mut("path") {
            let up = "../".repeat(folder.split('/').count());
            *path = format!("{up}{path}").replace("../../runtime/", "../");
        }
        for (key, value) in own.as_table().into_iter().flatten().filter(|(key, _)| *key != "workspace") {
            match (whole.get_mut(key), value) {
                (Some(Value::Array(all)), Value::Array(more)) => {
                    all.extend(more.iter().filter(|one| !all.contains(one)).cloned().collect::<Vec<_>>());
                }
                _ => {
                    whole.insert(key.clone(), value.clone());
                }
            }
        }
        Ok(Value::Table(whole))
    }
}

fn is_inherited(value: &Value) -> bool {
    value.get("workspace").and_then(Value::as_bool) == Some(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_inherited_is_written_out() {
        let workspace: Table = r#"
            [workspace.package]
            version = "1.2.3"
            [workspace.lints.rust]
            unsafe_code = "forbid"
            [workspace.dependencies]
            http = "1"
            tokio = { version = "1.54", features = ["rt"] }
            whitesmith-schema = { path = "runtime/schema", version = "1.2.3" }"#
            .parse()
            .unwrap();
        let mut manifest: Table = r#"
            [package]
            name = "whitesmith-client"
            version.workspace = true
            [lints]
            workspace = true
            [dependencies]
            http.workspace = true
            whitesmith-schema.workspace = true
            own = "2"
            [target.'cfg(unix)'.dependencies]
            tokio = { workspace = true, features = ["net"], optional = true }"#
            .parse()
            .unwrap();
        Workspace::of(&workspace).expand(&mut manifest, "runtime/client").unwrap();
        let expected: Table = r#"
            [package]
            name = "whitesmith-client"
            version = "1.2.3"
            [lints.rust]
            unsafe_code = "forbid"
            [dependencies]
            http = { version = "1" }
            whitesmith-schema = { path = "../schema", version = "1.2.3" }
            own = "2"
            [target.'cfg(unix)'.dependencies]
            tokio = { version = "1.54", features = ["rt", "net"], optional = true }"#
            .parse()
            .unwrap();
        assert_eq!(manifest, expected);
    }
}
