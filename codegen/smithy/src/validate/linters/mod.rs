//! The validators of the reference's linters package, which metadata can ask for.

mod abbreviations;
mod camel_case;
mod client_optional;
mod input_output_reuse;
mod noninclusive_terms;
mod operation_verbs;
mod pagination;
mod repeated_names;
mod reserved_words;
mod sensitive_data;
mod timestamp_names;
mod words;

use super::configuration::Create;

/// Every linter, by the name that metadata calls it.
pub(super) const ALL: [(&str, Create); 12] = [
    ("AbbreviationName", abbreviations::create),
    ("CamelCase", camel_case::create),
    ("InputOutputStructureReuse", input_output_reuse::create),
    ("MissingClientOptionalTrait", client_optional::create),
    ("MissingPaginatedTrait", pagination::create),
    ("MissingSensitiveTrait", sensitive_data::create),
    ("NoninclusiveTerms", noninclusive_terms::create),
    ("RepeatedShapeName", repeated_names::create_repeated),
    ("ReservedWords", reserved_words::create),
    ("ShouldHaveUsedTimestamp", timestamp_names::create),
    ("StandardOperationVerb", operation_verbs::create),
    ("StutteredShapeName", repeated_names::create_stuttered),
];
