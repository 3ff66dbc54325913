//! Facts of the pinned model, for tests that hold for every version of it.

use partnercentral_selling::schema;

/// The HTTP status that the model gives an error.
pub fn status_of(error: &str) -> u16 {
    let mut errors = schema::CLOSURE.operations.iter().flat_map(|operation| operation.errors);
    errors.find(|schema| schema.name() == error).and_then(|schema| schema.error).unwrap().status
}
