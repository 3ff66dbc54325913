//! A command line in the manner of the AWS CLI, driven by a schema.

pub mod jmespath;
pub mod json;
pub mod output;
pub mod yaml;
