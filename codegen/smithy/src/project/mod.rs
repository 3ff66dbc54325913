//! Projects: what a `smithy-build.json` says (Smithy 2.0, "smithy-build.json"). Reading the files that it names is left to
//! the caller.

mod error;
mod manifest;
mod transforms;

use crate::model::{Model, nearest_names};
use crate::source::{Level, Node, Sources, Span, parse_with_comments, render};

pub use error::{ProjectError, TransformError};
pub use manifest::{InvalidManifest, manifest_paths};

/// A `smithy-build.json`.
#[derive(Clone, Debug)]
pub struct Project {
    /// The project's own models: files and folders, relative to the file.
    pub sources: Vec<String>,
    /// Models that it uses: files and folders, relative to the file.
    pub imports: Vec<String>,
    /// Maven coordinates of archives with models, `group:artifact:version`.
    pub dependencies: Vec<String>,
    projections: Vec<Projection>,
}

#[derive(Clone, Debug)]
struct Projection {
    name: String,
    imports: Vec<String>,
    transforms: Vec<Node>,
}

impl Project {
    /// Reads a `smithy-build.json`, which may have comments.
    ///
    /// # Errors
    /// When the file is not JSON or not a project.
    pub fn parse(name: &str, bytes: &[u8]) -> Result<Self, ProjectError> {
        let mut sources = Sources::new();
        let file = sources.add(name, bytes)?;
        let invalid = |text: &str, span: Span| ProjectError::Invalid {
            rendered: render(&sources, Level::Error, Some("Project"), text, span),
        };
        let node =
            parse_with_comments(file, sources.text(file)).map_err(|error| invalid(&error.to_string(), error.span))?;
        if node.get("version").and_then(Node::as_str).is_none_or(|version| !matches!(version, "1" | "1.0" | "2.0")) {
            let span = node.get("version").map_or(Span { end: node.span.start + 1, ..node.span }, |node| node.span);
            return Err(invalid("expected `version` to be \"1.0\"", span));
        }
        let list = |node: &Node, key: &str| -> Result<Vec<String>, ProjectError> {
            let Some(value) = node.get(key) else { return Ok(Vec::new()) };
            let strings: Vec<String> = value.strings().map(str::to_owned).collect();
            let elements = value.as_array().map_or(usize::MAX, <[Node]>::len);
            if strings.len() == elements {
                Ok(strings)
            } else {
                Err(invalid(&format!("expected `{key}` to be a list of strings"), value.span))
            }
        };
        let mut projections = Vec::new();
        for entry in node.get("projections").and_then(Node::as_object).into_iter().flatten() {
            projections.push(Projection {
                name: entry.key.to_string(),
                imports: list(&entry.value, "imports")?,
                transforms: entry.value.get("transforms").and_then(Node::as_array).unwrap_or_default().to_vec(),
            });
        }
        let dependencies = node.get("maven").map_or(Ok(Vec::new()), |maven| list(maven, "dependencies"))?;
        Ok(Self { sources: list(&node, "sources")?, imports: list(&node, "imports")?, dependencies, projections })
    }

    fn projection(&self, name: &str) -> Result<&Projection, ProjectError> {
        self.projections.iter().find(|projection| projection.name == name).ok_or_else(|| {
            let near = nearest_names(name, self.projections.iter().map(|projection| projection.name.as_str()));
            let hint = near.first().map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            ProjectError::UnknownProjection { name: name.to_owned(), hint }
        })
    }

    /// The models that only a projection uses.
    ///
    /// # Errors
    /// When there is no such projection.
    pub fn imports_of(&self, projection: &str) -> Result<&[String], ProjectError> {
        Ok(&self.projection(projection)?.imports)
    }

    /// Applies the transforms of a projection to a model.
    ///
    /// # Errors
    /// When there is no such projection, or a transform is unknown or malformed.
    pub fn transform(&self, projection: &str, model: &mut Model) -> Result<(), TransformError> {
        let mut seen = Vec::new();
        self.transform_with(projection, model, &mut seen)
    }

    fn transform_with(&self, name: &str, model: &mut Model, seen: &mut Vec<String>) -> Result<(), TransformError> {
        if seen.iter().any(|known| known == name) {
            return Err(TransformError::Recursive(name.to_owned()));
        }
        seen.push(name.to_owned());
        for transform in &self.projection(name).map_err(Box::new)?.transforms {
            let kind = transform.get("name").and_then(Node::as_str).unwrap_or_default();
            let empty = Node::empty_object();
            let arguments = transform.get("args").unwrap_or(&empty);
            if kind == "apply" {
                for other in arguments.get("projections").into_iter().flat_map(Node::strings) {
                    self.transform_with(other, model, seen)?;
                }
            } else {
                transforms::apply(kind, arguments, model)?;
            }
        }
        seen.pop();
        Ok(())
    }
}
