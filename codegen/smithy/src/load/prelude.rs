//! The shapes that models find in place: the prelude, and the trait packages that they name.

use memchr::memmem;

use super::error::LoadError;
use crate::source::{FileId, Sources, parse};
use crate::syntax::{Definitions, Ids, read_ast};

/// A namespace and its JSON AST.
type Package = (&'static str, &'static str);

/// The prelude: facts of the Smithy specification, without their documentation.
const PRELUDE: Package = ("smithy.api", include_str!("prelude/smithy.api.json"));

/// The traits of AWS and of the Smithy project: facts of the trait packages of <https://github.com/smithy-lang/smithy>
/// (Apache-2.0), without their documentation. A package names none that stands before it.
const PACKAGES: [Package; 16] = [
    ("aws.apigateway", include_str!("prelude/aws.apigateway.json")),
    ("aws.api", include_str!("prelude/aws.api.json")),
    ("aws.auth", include_str!("prelude/aws.auth.json")),
    ("aws.cloudformation", include_str!("prelude/aws.cloudformation.json")),
    ("aws.customizations", include_str!("prelude/aws.customizations.json")),
    ("aws.endpoints", include_str!("prelude/aws.endpoints.json")),
    ("aws.iam", include_str!("prelude/aws.iam.json")),
    ("aws.protocols", include_str!("prelude/aws.protocols.json")),
    ("aws.test", include_str!("prelude/aws.test.json")),
    ("smithy.contracts", include_str!("prelude/smithy.contracts.json")),
    ("smithy.mqtt", include_str!("prelude/smithy.mqtt.json")),
    ("smithy.openapi", include_str!("prelude/smithy.openapi.json")),
    ("smithy.protocols", include_str!("prelude/smithy.protocols.json")),
    ("smithy.rules", include_str!("prelude/smithy.rules.json")),
    ("smithy.test", include_str!("prelude/smithy.test.json")),
    ("smithy.waiters", include_str!("prelude/smithy.waiters.json")),
];

/// What a name could be hidden behind: the escape of an ASCII character.
const ESCAPE: &str = "\\u00";

/// Reads the prelude, and the packages whose namespaces files name. The others would say nothing about them, and cost as
/// much to load as a file of a thousand lines.
pub(super) fn read(files: &[FileId], sources: &mut Sources, ids: &mut Ids) -> Result<Vec<Definitions>, LoadError> {
    let names = |text: &str, name: &str| memmem::find(text.as_bytes(), name.as_bytes()).is_some();
    let texts: Vec<&str> = files.iter().map(|file| sources.text(*file)).collect();
    let is_hidden = texts.iter().any(|text| names(text, ESCAPE));
    let mut named = vec![PRELUDE];
    for package in PACKAGES {
        let is_named = |text: &str| names(text, package.0);
        if is_hidden || texts.iter().any(|text| is_named(text)) || named.iter().skip(1).any(|(_, text)| is_named(text))
        {
            named.push(package);
        }
    }
    let mut read = Vec::with_capacity(named.len());
    for (namespace, text) in named {
        let file = sources.add_built_in(&format!("{namespace}.json"), text);
        let node = parse(file, sources.text(file)).map_err(|error| LoadError::json(error, sources))?;
        read.push(read_ast(node, ids));
    }
    Ok(read)
}
