//! The shapes that every model has.

use super::LoadError;
use crate::source::{Sources, parse};
use crate::syntax::{Definitions, Ids, read_ast};

/// The prelude and the traits of AWS and of the Smithy project that models apply: facts of the Smithy specification and
/// of the trait packages of <https://github.com/smithy-lang/smithy> (Apache-2.0), without their documentation.
const FILES: [(&str, &str); 3] = [
    ("prelude.json", include_str!("prelude/prelude.json")),
    ("aws.json", include_str!("prelude/aws.json")),
    ("smithy.json", include_str!("prelude/smithy.json")),
];

/// Reads the files that come with the tool.
pub(super) fn read(sources: &mut Sources, ids: &mut Ids) -> Result<Vec<Definitions>, LoadError> {
    let mut read = Vec::with_capacity(FILES.len());
    for (name, text) in FILES {
        let file = sources.add_built_in(name, text.as_bytes())?;
        let node = parse(file, sources.text(file)).map_err(|error| LoadError::json(error, sources))?;
        read.push(read_ast(node, ids));
    }
    Ok(read)
}
