//! Projects as models: `smithy-build.json` with its sources, imports, dependencies and projections.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use whitesmith_smithy::model::Model;
use whitesmith_smithy::project::Project;
use whitesmith_smithy::{load, write};

use crate::inputs;
use crate::model_files::{self, ModelFile};

/// The name by which a project's file is known.
const PROJECT_FILE: &str = "smithy-build.json";
/// The group of packages whose traits Whitesmith brings itself.
const BUILT_IN_GROUP: &str = "software.amazon.smithy";

/// Options for `smithy-build.json` among the models.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct ProjectOptions {
    /// A projection of smithy-build.json whose transforms are applied.
    #[arg(long, value_name = "NAME")]
    pub projection: Option<String>,
    /// An archive of smithy-build.json's maven.dependencies, or a folder that has it; nothing is fetched.
    #[arg(long = "dependency", value_name = "PATH")]
    dependencies: Vec<PathBuf>,
    /// A local Maven repository, ~/.m2/repository if not given.
    #[arg(long, value_name = "DIR")]
    maven_repository: Option<PathBuf>,
}

/// Models with the projects that name them.
pub struct Inputs {
    pub files: Vec<ModelFile>,
    projects: Vec<Project>,
    projection: Option<String>,
}

/// Whether a path is a project's file.
pub fn is_project(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == PROJECT_FILE)
}

/// Reads models; a project's file stands for everything that it names.
pub fn read(paths: &[PathBuf], options: &ProjectOptions) -> anyhow::Result<Inputs> {
    let mut all = Vec::new();
    let mut projects = Vec::new();
    for path in paths {
        if !is_project(path) {
            all.push(path.clone());
            continue;
        }
        let name = path.display().to_string();
        let bytes = model_files::read_file(path)?;
        let project = Project::parse(&name, &bytes)?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let imports = options.projection.as_deref().map_or(Ok(&[][..]), |projection| project.imports_of(projection))?;
        all.extend(project.sources.iter().chain(&project.imports).chain(imports).map(|named| folder.join(named)));
        for dependency in &project.dependencies {
            all.extend(find(dependency, options).with_context(|| name.clone())?);
        }
        projects.push(project);
    }
    anyhow::ensure!(
        options.projection.is_none() || !projects.is_empty(),
        "--projection needs a {PROJECT_FILE} among the models"
    );
    let files = inputs::read_models(&all)?;
    Ok(Inputs { files, projects, projection: options.projection.clone() })
}

impl Inputs {
    /// Loads the valid model that the files describe, and applies the projection that was asked for.
    pub fn load(&self) -> anyhow::Result<Model> {
        let mut model = inputs::load(&self.files)?;
        self.project(&mut model)?;
        Ok(model)
    }

    /// The one file that is pinned for the model: what [`inputs::pinnable`] says, or the projection as a JSON AST.
    pub fn pinnable(&self) -> anyhow::Result<Vec<u8>> {
        if self.projection.is_none() {
            return inputs::pinnable(&self.files);
        }
        let files: Vec<(&str, &[u8])> = self.files.iter().map(|(name, bytes)| (name.as_str(), &bytes[..])).collect();
        let (mut model, _) = load::assemble(&files)?;
        self.project(&mut model)?;
        Ok(write::pretty(&write::ast(&model)).into_bytes())
    }

    /// Applies the transforms of the projection that was asked for.
    pub fn project(&self, model: &mut Model) -> anyhow::Result<()> {
        if let Some(projection) = &self.projection {
            for project in &self.projects {
                project.transform(projection, model)?;
            }
        }
        Ok(())
    }
}

/// The archive of a Maven dependency; none for packages whose traits are always there.
fn find(coordinates: &str, options: &ProjectOptions) -> anyhow::Result<Option<PathBuf>> {
    let parts: Vec<&str> = coordinates.split(':').collect();
    let &[group, artifact, version] = parts.as_slice() else {
        anyhow::bail!("invalid dependency `{coordinates}`: expected `group:artifact:version`");
    };
    let archive = format!("{artifact}-{version}.jar");
    let in_repository: PathBuf = group.split('.').chain([artifact, version, archive.as_str()]).collect();
    let home = std::env::home_dir().map(|home| home.join(".m2/repository"));
    let repository = options.maven_repository.clone().or(home);
    let given = options.dependencies.iter().flat_map(|path| {
        let is_archive = path.file_name().is_some_and(|name| name == archive.as_str());
        if is_archive { vec![path.clone()] } else { vec![path.join(&archive), path.join(&in_repository)] }
    });
    let mut candidates = given.chain(repository.map(|repository| repository.join(&in_repository)));
    match candidates.find(|candidate| candidate.is_file()) {
        Some(found) => Ok(Some(found)),
        None if group == BUILT_IN_GROUP => Ok(None),
        None => anyhow::bail!("missing dependency `{coordinates}`: pass {archive} with --dependency"),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests state their assumptions by panicking")]
mod tests {
    use std::fs;

    use whitesmith_smithy::load::assemble;

    use super::*;

    fn write(folder: &Path, name: &str, text: &str) {
        fs::create_dir_all(folder.join(name).parent().unwrap()).unwrap();
        fs::write(folder.join(name), text).unwrap();
    }

    fn ids(folder: &Path, projection: Option<&str>) -> anyhow::Result<Vec<String>> {
        let options = ProjectOptions { projection: projection.map(str::to_owned), ..ProjectOptions::default() };
        let inputs = read(&[folder.join(PROJECT_FILE)], &options)?;
        let files: Vec<(&str, &[u8])> = inputs.files.iter().map(|(name, bytes)| (name.as_str(), &bytes[..])).collect();
        let (mut model, _) = assemble(&files)?;
        inputs.project(&mut model)?;
        Ok(model.own_shapes().map(|shape| shape.id.to_string()).collect())
    }

    #[test]
    fn reads_what_a_project_names_and_applies_its_projections() {
        let folder = tempfile::tempdir().unwrap();
        write(
            folder.path(),
            PROJECT_FILE,
            r#"{"version": "1.0", "sources": ["model"], "imports": ["other.json"],
                "maven": {"dependencies": ["software.amazon.smithy:smithy-aws-traits:1.0"]},
                "projections": {
                    "external": {"transforms": [{"name": "excludeShapesByTag", "args": {"tags": ["internal"]}}]},
                    "renamed": {"transforms": [
                        {"name": "apply", "args": {"projections": ["external"]}},
                        {"name": "renameShapes", "args": {"renamed": {"a.b#Kept": "a.b#Other"}}}]},
                    "typo": {"transforms": [{"name": "excludeShapeByTag"}]}}}"#,
        );
        let model = "$version: \"2\"\nnamespace a.b\n@tags([\"internal\"])\nstring Internal\nstructure Kept {\n    a: Internal\n}\n";
        write(folder.path(), "model/a.smithy", model);
        write(folder.path(), "other.json", r#"{"smithy": "2.0", "shapes": {"c.d#S": {"type": "string"}}}"#);
        assert_eq!(ids(folder.path(), None).unwrap(), ["a.b#Internal", "a.b#Kept", "c.d#S"]);
        assert_eq!(ids(folder.path(), Some("external")).unwrap(), ["a.b#Kept", "c.d#S"]);
        assert_eq!(ids(folder.path(), Some("renamed")).unwrap(), ["a.b#Other", "c.d#S"]);
        let error = ids(folder.path(), Some("typo")).unwrap_err().to_string();
        assert_eq!(error, "unknown transform `excludeShapeByTag`; did you mean `excludeShapesByTag`?");
        let error = ids(folder.path(), Some("extern")).unwrap_err().to_string();
        assert_eq!(error, "unknown projection `extern`; did you mean `external`?");
    }

    /// The AST of a projection with one transform of a model with closures, suppressions and deprecations.
    fn transformed(transform: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        let project = format!(
            r#"{{"version": "1.0", "sources": ["m.smithy"], "projections": {{"p": {{"transforms": [{transform}]}}}}}}"#
        );
        write(folder.path(), PROJECT_FILE, &project);
        let model = r#"$version: "2"
metadata shapeClosures = [{ id: "main", includeBySelector: "[id='a.b#Kept']", rename: { "c.d#Inner": "Renamed" } }]
metadata suppressions = [
    { id: "UnreferencedShape", namespace: "a.b", reason: "r" }
    { id: "Other", namespace: "a.b" }
]
namespace a.b
use c.d#Inner
@suppress(["Other", "Mine"])
structure Kept {
    inner: Inner
    @required
    @idempotencyToken
    token: String
}
@deprecated(since: "2024-05-01")
string Old
@deprecated(since: "1.2.0")
string OldVersion
"#;
        write(folder.path(), "m.smithy", model);
        write(folder.path(), "other.smithy", "$version: \"2\"\nnamespace c.d\nstring Inner\n");
        let options = ProjectOptions { projection: Some("p".to_owned()), ..ProjectOptions::default() };
        let inputs = read(&[folder.path().join(PROJECT_FILE), folder.path().join("other.smithy")], &options).unwrap();
        String::from_utf8(inputs.pinnable().unwrap()).unwrap()
    }

    #[test]
    fn includes_and_flattens_closures() {
        let included = transformed(r#"{"name": "includeClosures", "args": {"closures": ["main"]}}"#);
        assert!(included.contains("a.b#Kept") && included.contains("c.d#Inner"), "{included}");
        assert!(!included.contains("a.b#Old"), "{included}");
        let arguments = r#""args": {"closure": "main", "namespace": "x"}"#;
        let flat = transformed(&format!(r#"{{"name": "flattenClosureNamespaces", {arguments}}}"#));
        assert!(flat.contains("x#Kept") && flat.contains("x#Renamed") && flat.contains("a.b#Old"), "{flat}");
    }

    #[test]
    fn filters_suppressions() {
        let arguments = r#""args": {"eventIdDenyList": ["Other"], "removeReasons": true}"#;
        let filtered = transformed(&format!(r#"{{"name": "filterSuppressions", {arguments}}}"#));
        assert!(filtered.contains("Mine") && filtered.contains("UnreferencedShape"), "{filtered}");
        assert!(!filtered.contains("Other") && !filtered.contains("reason"), "{filtered}");
        let unused = transformed(r#"{"name": "filterSuppressions", "args": {"removeUnused": true}}"#);
        assert!(!unused.contains("Mine") && !unused.contains("UnreferencedShape"), "{unused}");
    }

    #[test]
    fn removes_deprecated_shapes_and_makes_tokens_optional() {
        let arguments = r#""args": {"relativeDate": "2025-01-01", "relativeVersion": "1.10.0"}"#;
        let removed = transformed(&format!(r#"{{"name": "removeDeprecatedShapes", {arguments}}}"#));
        assert!(!removed.contains("a.b#Old"), "{removed}");
        let optional = transformed(r#"{"name": "makeIdempotencyTokensClientOptional"}"#);
        assert!(optional.contains("smithy.api#clientOptional"), "{optional}");
    }

    #[test]
    fn reads_the_models_of_an_archive_that_a_project_depends_on() {
        let folder = tempfile::tempdir().unwrap();
        let project = r#"{"version": "1.0", "maven": {"dependencies": ["com.example:traits:2.0"]}}"#;
        write(folder.path(), PROJECT_FILE, project);
        let texts = [
            ("META-INF/smithy/manifest", "traits.smithy\n"),
            ("META-INF/smithy/traits.smithy", "$version: \"2\"\nnamespace com.example\n@trait\nstructure mine {}\n"),
        ];
        fs::write(folder.path().join("traits-2.0.jar"), crate::archive::pack(&texts)).unwrap();
        let options = ProjectOptions { dependencies: vec![folder.path().to_path_buf()], ..ProjectOptions::default() };
        let inputs = read(&[folder.path().join(PROJECT_FILE)], &options).unwrap();
        let model = inputs.load().unwrap();
        assert!(model.shape_named("com.example#mine").is_some());
        assert!(inputs.files.iter().all(|(name, _)| name.ends_with("traits-2.0.jar!META-INF/smithy/traits.smithy")));
    }

    #[test]
    fn names_dependencies_that_are_missing() {
        let folder = tempfile::tempdir().unwrap();
        let project = r#"{"version": "1.0", "maven": {"dependencies": ["com.example:traits:2.0"]}}"#;
        write(folder.path(), PROJECT_FILE, project);
        let error = format!("{:#}", ids(folder.path(), None).unwrap_err());
        assert!(error.contains("pass traits-2.0.jar with --dependency"), "{error}");
    }
}
