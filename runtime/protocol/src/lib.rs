//! Smithy wire protocols over schemas.
