//! The shapes that every model has.

use super::draft::Draft;
use super::{LoadError, ast, trait_values};
use crate::source::{Sources, parse};

/// The prelude and the traits of AWS and of the Smithy project that models apply: facts of the Smithy specification and
/// of the trait packages of <https://github.com/smithy-lang/smithy> (Apache-2.0), without their documentation.
const FILES: [(&str, &str); 3] = [
    ("prelude.json", include_str!("prelude/prelude.json")),
    ("aws.json", include_str!("prelude/aws.json")),
    ("smithy.json", include_str!("prelude/smithy.json")),
];

/// Reads the prelude into a draft.
pub(super) fn read(sources: &mut Sources, draft: &mut Draft) -> Result<(), LoadError> {
    draft.in_prelude = true;
    for (name, text) in FILES {
        let file = sources.add_built_in(name, text.as_bytes())?;
        let node = parse(file, sources.text(file)).map_err(|error| LoadError::json(error, sources))?;
        ast::read(node, draft);
    }
    trait_values::apply_built_in(draft, sources);
    draft.in_prelude = false;
    Ok(())
}
