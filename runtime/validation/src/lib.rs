//! Checks values against the constraint traits of their Smithy shapes.
//!
//! It checks `required`, `length`, `range`, `pattern`, `uniqueItems`, enum values, that a union has one member, and that a
//! dynamic [`Value`](whitesmith_schema::Value) has its shape's type. Generated types and dynamic values share the code, since
//! both serialize over their schema.
//!
//! ```
//! use whitesmith_schema::{Constraints, Member, Schema, Structure, Value, ValueMap};
//!
//! static KEY: Schema = Schema::string("example#Key").with_constraints(&Constraints::new().with_length(Some(1), Some(4)));
//! static TAG: Schema = Schema::structure("example#Tag", &[Member::new("Key", &KEY).with_required()]);
//!
//! let members: ValueMap = [("Key", Value::from("longer"))].into_iter().collect();
//! let violations = whitesmith_validation::validate(&Structure { schema: &TAG, members: &members }).unwrap_err();
//! assert_eq!(
//!     violations.to_string(),
//!     "1 validation error detected. Value with length 6 at '/Key' failed to satisfy constraint: \
//!      Member must have length between 1 and 4, inclusive"
//! );
//! ```

// What comes from outside is not indexed: an index that is wrong would be a panic.
#![cfg_attr(not(test), warn(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::string_slice))]

mod canonical;
mod decimal;
mod path;
mod pattern;
mod validator;
mod violation;

pub use canonical::canonical;
pub use path::{Path, Segment};
pub use pattern::{Pattern, PatternError, to_rust};
pub use validator::{
    MAX_VIOLATIONS, is_valid_count, is_valid_leaf, is_valid_member_count, is_valid_text, validate, validate_input,
};
pub use violation::{Constraint, Violation, Violations};
